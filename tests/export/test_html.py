"""One HTML file: all of it inside, and a policy that lets nothing else in."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest
from tests.export.odd import ODD, PNG, edition_of, package, written


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("region"), ODD)


def test_pictures_and_files_stand_in_it(region: Path) -> None:
    html = package("html", edition_of(region, "rart"))[0].decode()
    loaded = re.findall(r' (?:src|href)="([^"#]*)', html)

    assert html.count("data:image/png;base64," + base64.b64encode(PNG).decode() + '"') == 2
    assert "data:application/pdf;base64,JVBERi0xLjQK" in html
    assert {one.partition(":")[0] for one in loaded if one and one != "lesson:x"} == {
        "data",
        "https",
    }  # it is code
    assert "\0" not in html


def test_only_its_own_script_may_run(region: Path) -> None:
    html = package("html", edition_of(region, "rart"))[0].decode()
    (code,) = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    hashed = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()

    assert f"script-src 'sha256-{hashed}'" in html
    assert "default-src 'none'" in html


def test_the_same_course_gives_the_same_bytes(region: Path) -> None:
    assert package("html", edition_of(region, "rart")) == package("html", edition_of(region, "rart"))
