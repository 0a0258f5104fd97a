"""The page of a unit with its files, and the command's report of the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.browser.unit.handed import ROLE, UNIT, file_of, opened

from kompetanse.cli import main

ROOT = Path(__file__).resolve().parents[3]
TODAY = "2026-11-24"


@pytest.fixture(scope="module")
def asked(catalogue) -> list[str]:
    """Ids of the competences that the role asks for."""
    return [one.requirement.competence for one in catalogue.requirements(catalogue.items[ROLE])]


@pytest.fixture(scope="module")
def folder(tmp_path_factory, asked) -> Path:
    """Files as they come: in order, hostile, double, damaged, older, foreign, and of content that has changed."""
    files: Path = tmp_path_factory.mktemp("filer")
    people = {f"p{number}": file_of(number, asked) for number in range(6)}
    people |= {
        "hostile": file_of(10, asked, name='<img src=x onerror="window.hit=1">'),
        "formula": file_of(11, asked, name='=HYPERLINK("https://a.example";"x")'),
        "namesake": file_of(12, asked, name="person 0", made="2026-11-01"),
        "older": file_of(1, asked, made="2026-10-01"),
        "future": file_of(13, asked, made="2030-01-01"),
        "gone": {**file_of(14, ["borte"]), "roles": ["borte-rolle"]},
        "other": file_of(15, asked, region="annen"),
        "turned": file_of(16, asked, name="Kari\u202enotyek"),
        "wrong": file_of(17, asked, made="i går"),
        "newer": {"type": "kompetanse-assessment", "version": 2},
    }
    for name, value in people.items():
        (files / f"{name}.json").write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    (files / "damaged.json").write_bytes(b'{"name": "\xff"')
    (files / "foreign.json").write_bytes(b"[]")
    return files


@pytest.fixture(scope="module")
def full(visit_once, folder):
    """The page with all files; tests leave it as it was."""
    return opened(visit_once, sorted(folder.iterdir()))


@pytest.fixture(scope="module")
def few(visit_once, folder):
    """The page with a file of each kind that looks different."""
    names = ("p0", "p1", "hostile", "older", "gone", "damaged")
    return opened(visit_once, [folder / f"{one}.json" for one in names])


@pytest.fixture(scope="module")
def report(folder, tmp_path_factory) -> Callable[..., Path]:
    """Run the command on the reference region, and return the report."""

    def call(form: str, *more: str) -> Path:
        output: Path = tmp_path_factory.mktemp("report") / f"enhet.{form}"
        options = ["--content", str(ROOT), "--format", form, "--date", TODAY, "-o", str(output), *more]
        assert main(["report", "unit", str(folder), *options]) == 1, "some files cannot be read"
        return output

    return call


@pytest.fixture(scope="module")
def written(visit_once, report):
    """The report of the command, as a page."""
    page = visit_once(UNIT).page
    page.goto(report("html").as_uri())
    return page
