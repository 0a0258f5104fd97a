"""`kompetanse report unit` in a region of its own: what it writes, what it refuses, and what it says."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

Report = Callable[..., Any]


def mapping(number: int, **changed: Any) -> str:
    """The file of somebody who has the one role of the region."""
    answer = {
        "competence": "brannvern",
        "title": "Brannvern",
        "level": number % 5,
        "day": "2026-11-20",
        "note": "",
        "evidence": [],
    }
    found = {
        "type": "kompetanse-assessment",
        "version": 1,
        "region": "testvik",
        "made": "2026-11-20",
        "person": f"5a3c1f0e-8d7b-4f7e-9b1d-{number:012x}",
        "name": f"Person {number}",
        "roles": ["vaktmester"],
        "answers": [answer],
    }
    return json.dumps({**found, **changed}, ensure_ascii=False)


@pytest.fixture
def handed_over(tmp_path: Path) -> Path:
    """A folder with six files that people have handed over, outside the region."""
    folder = tmp_path / "filer"
    folder.mkdir()
    for number in range(6):
        (folder / f"p{number}.json").write_text(mapping(number), encoding="utf-8")
    return folder


@pytest.fixture
def report(demo: Path, run: Callable[..., Any]) -> Report:
    """Run the command in the region on a day that does not move."""

    def call(*arguments: str | Path) -> Any:
        return run(demo, "report", "unit", *map(str, arguments), "--date", "2026-11-24")

    return call


def test_a_page_with_the_name_of_the_unit_is_written_where_it_is_asked_for(
    report: Report, handed_over: Path, tmp_path: Path
) -> None:
    output = tmp_path / "enhet.html"

    done = report(handed_over, "-o", output, "--name", "Drift")

    assert (done.exit_code, done.err) == (0, "")
    page = output.read_text(encoding="utf-8")
    assert "<h1>Kompetansen i enheten – Drift</h1>" in page
    assert "6 filer, 6 personer, 1 rolle" in page


@pytest.mark.parametrize(
    ("language", "heading"), [("nb", "Enhet;Person"), ("nn", "Eining;Person"), ("en", "Unit;Person")]
)
def test_a_table_goes_to_standard_output_in_any_of_our_languages(
    report: Report, handed_over: Path, language: str, heading: str
) -> None:
    done = report(handed_over, "--format", "csv", "--language", language)

    first, *rows = done.out.removeprefix("\ufeff").splitlines()
    assert first.startswith(heading)
    assert len(rows) == 6


def test_a_pdf_says_on_the_terminal_too_which_signs_it_lacks(report: Report, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(mapping(1, name="王"), encoding="utf-8")

    done = report(tmp_path / "a.json", "--format", "pdf", "-o", tmp_path / "a.pdf")

    assert done.exit_code == 0
    assert "1 tegn finnes ikke i skriften til PDF-en" in done.err
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")


def test_what_cannot_be_read_is_told_and_the_rest_is_counted(report: Report, handed_over: Path) -> None:
    (handed_over / "skadet.json").write_bytes(b"\xff{")
    (handed_over / "feil.json").write_text(mapping(8, roles="vaktmester"), encoding="utf-8")
    with (handed_over / "stor.json").open("wb") as large:
        large.truncate(50_000_000)

    done = report(handed_over)

    assert done.exit_code == 1
    assert "skadet.json er skadet" in done.err
    assert "feil.json kan ikke leses: «roles»" in done.err
    assert "stor.json er større enn 1 MB" in done.err
    assert "9 filer, 6 personer" in done.out


def test_two_people_of_one_name_are_told(report: Report, handed_over: Path) -> None:
    (handed_over / "q.json").write_text(mapping(9, name="Person 1"), encoding="utf-8")

    done = report(handed_over)

    assert done.exit_code == 0
    assert "p1.json er ikke regnet med. Navnet tyder på at q.json er fra samme person" in done.err
    assert "Er det to personer?" in done.out


def test_a_report_is_never_written_where_git_would_keep_it(
    demo: Path, report: Report, handed_over: Path
) -> None:
    done = report(handed_over, "-o", demo / "enhet.html")

    assert done.exit_code == 1
    assert "what git has kept, it never forgets" in done.err
    assert not (demo / "enhet.html").exists()


def test_a_report_that_git_ignores_may_lie_in_the_region(
    demo: Path, report: Report, handed_over: Path
) -> None:
    (demo / ".gitignore").write_text("/privat/\n", encoding="utf-8")
    (demo / "privat").mkdir()

    done = report(handed_over, "-o", demo / "privat/enhet.html")

    assert done.exit_code == 0
    assert [one.name for one in (demo / "privat").iterdir()] == ["enhet.html"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (("borte.json",), 2),
        (("tom",), 2),
        (("filer", "--format", "pdf"), 2),
        (("filer", "--format", "xml"), 2),
        (("filer", "-o", "../borte/enhet.html"), 1),
        (("filer", "-o", ".."), 1),
    ],
)
def test_wrong_use_is_told_before_anything_is_read(
    report: Report, handed_over: Path, given: tuple[str, ...], code: int
) -> None:
    (handed_over.parent / "tom").mkdir()

    done = report(handed_over.parent / given[0], *given[1:])

    assert done.exit_code == code
    assert done.err.strip()
    assert done.out == ""


def test_500_files_take_about_a_second(report: Report, handed_over: Path) -> None:
    for number in range(6, 500):
        (handed_over / f"p{number:03}.json").write_text(mapping(number), encoding="utf-8")
    start = monotonic()

    done = report(handed_over)

    assert "500 filer, 500 personer" in done.out
    assert monotonic() - start < 10, "a second on an idle machine"
