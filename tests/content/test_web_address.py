"""What an address in front matter and region.yml may be."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from kompetanse.content.values import Url

ADDRESS = TypeAdapter(Url)


@pytest.mark.parametrize(
    "written",
    [
        "https://example.no/a?b=c:d#e",
        "HTTPS://example.no",
        "http://blåbær.example/",
        "mailto:post@example.no",
        "post@example.no",
        "/tilgjengelighet/",
        "../om/?a=b:c",
        "om",
    ],
)
def test_web_addresses_mailboxes_and_paths_are_taken_as_written(written: str) -> None:
    assert ADDRESS.validate_python(written) == written


@pytest.mark.parametrize(
    "written",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "java\tscript:alert(1)",
        "java\rscript:alert(1)",
        "\x01javascript:alert(1)",
        "java\u200bscript:alert(1)",
        "data:text/html,x",
        "ftp://example.no",
        "file:///etc/hosts",
        "1x:alert@b",
        "https:",
        "https://example.no/a b",
        "https://example.no/a\u00a0b",
        "https://example.no/\x7f",
        "https://example.no/'a",
    ],
)
def test_every_other_scheme_and_every_sign_that_hides_is_refused(written: str) -> None:
    with pytest.raises(ValidationError):
        ADDRESS.validate_python(written)
