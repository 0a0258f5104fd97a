"""What editors make for themselves is no news."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from kompetanse.preview.noise import is_noise


@pytest.mark.parametrize(
    "name",
    [
        ".kurs.md.swp",
        "kurs.md~",
        ".#kurs.md",
        "#kurs.md#",
        "4913",
        "kurs.md.tmp",
        "kurs.md___jb_tmp___",
        "~$bok.docx",
    ],
)
def test_a_file_of_an_editor_is_none_of_ours(name: str) -> None:
    assert is_noise(PurePosixPath("content/kurs", name))


@pytest.mark.parametrize(
    "name",
    [
        "content/kurs/index.md",
        "content/4913.md",
        "content/tmp/a.md",
        ".kompetanse/offers/a.json",
        "region.yml",
    ],
)
def test_what_a_person_wrote_is(name: str) -> None:
    assert not is_noise(PurePosixPath(name))
