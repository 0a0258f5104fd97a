"""`kompetanse import FILE…`: files of others become courses of the region, and nothing of the region is overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.importers.newer import files, page
from tests.importers.office_files import word
from tests.importers.test_pages import SITE, packed


def test_a_file_becomes_a_course_that_passes_but_for_what_a_person_must_add(empty: Path, tmp_path: Path, run):
    done = run(
        empty,
        "import",
        str(word(tmp_path / "møte.docx")),
        "--into",
        "kurs/moteledelse",
        "--licence",
        "CC-BY-4.0",
    )

    assert done.exit_code == 0
    index = (empty / "content/kurs/moteledelse/index.md").read_text()
    assert index == (
        "---\ntype: course\nid: moteledelse\ntitle: Kurs i møteledelse\n"
        "summary: Lær å lede et møte som alle vil komme tilbake til.\nstatus: draft\nlicence: CC-BY-4.0\n"
        "modules:\n  - 01-for-motet.md\n  - 02-i-motet.md\n---\n\n"
        "Dette kurset er for deg som leder møter, og som ikke har gjort det før.\n\nImportert fra filen møte.docx.\n"
    )
    checked = run(empty, "check", "--format", "json").report
    errors = [one for one in checked["problems"] if one["severity"] == "error"]
    assert [(one["path"], one["code"]) for one in errors] == [
        ("content/kurs/moteledelse/01-for-motet.md", "missing-alt-text")
    ]
    assert "error: the picture «bilder/bilde-2.png» has no alternative text" in done.out
    assert "møte.docx: «Falsk overskrift uten stil»" in done.out
    assert "The file names Åse" in done.out


def test_a_file_without_licence_asks_for_one_where_it_is_read(empty: Path, tmp_path: Path, run):
    done = run(empty, "import", str(page(tmp_path / "side")))

    index = (empty / "content/kurs/brannvern/index.md").read_text()
    assert '!!! warning "Lisensen er ikke avklart"' in index
    assert "The file does not state its licence" in done.out
    assert all(
        "\nlicence: NOASSERTION\n" in path.read_text() for path in (empty / "content/kurs").rglob("*.md")
    )


def test_a_dry_run_writes_nothing_and_says_the_same(empty: Path, tmp_path: Path, run):
    source = str(page(tmp_path / "side"))
    before = files(empty)

    planned = run(empty, "import", source, "--dry-run", "--json").report[0]

    assert files(empty) == before
    made = run(empty, "import", source, "--json").report[0]
    assert planned["dry_run"]
    assert {**planned, "dry_run": False, "check": made["check"]} == made
    assert made["modules"] == [
        {"id": "brannvern-varsle", "file": "01-varsle.md"},
        {"id": "brannvern-slokke", "file": "02-slokke.md"},
    ]


def test_the_same_file_gives_the_same_bytes(empty: Path, tmp_path: Path, run):
    source = str(packed(tmp_path / "side.zip", SITE))
    run(empty, "import", source, "--id", "a")
    first = files(empty / "content/kurs/a")
    (empty / "content/kurs/a").rename(tmp_path / "aside")
    run(empty, "import", source, "--id", "a")

    assert files(empty / "content/kurs/a") == first


def test_nothing_is_overwritten(empty: Path, tmp_path: Path, run):
    source = str(page(tmp_path / "side"))
    run(empty, "import", source)
    before = files(empty)

    again = run(empty, "import", source)
    other = run(empty, "import", source, "--id", "annet", "--into", "kurs/brannvern")

    assert (again.exit_code, other.exit_code) == (1, 1)
    assert "the id brannvern is that of content/kurs/brannvern/index.md, which was not changed" in again.out
    assert "content/kurs/brannvern is there already and was not changed" in other.out
    assert files(empty) == before


def test_a_course_that_cannot_be_written_leaves_nothing(empty: Path, tmp_path: Path, run):
    source = str(page(tmp_path / "side"))
    (empty / "content/kurs").write_text("a file where the folder should be")
    before = files(empty)

    done = run(empty, "import", source)

    assert done.exit_code == 1
    assert "content/kurs/brannvern" in done.out
    assert "What was there before stands as it was" in done.out
    assert files(empty) == before


def test_several_files_become_several_courses_and_a_bad_one_keeps_none_back(empty: Path, tmp_path: Path, run):
    (tmp_path / "ond.zip").write_bytes(b"PK\x03\x04")

    done = run(
        empty,
        "import",
        str(page(tmp_path / "a")),
        str(tmp_path / "ond.zip"),
        str(page(tmp_path / "b", title="To")),
        "--json",
    )

    assert done.exit_code == 1
    assert [one.get("id") for one in done.report] == ["brannvern", None, "to"]
    assert "ond.zip: the zip is damaged" in done.report[1]["error"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--into", "../ut"], "lies outside content/"),
        (["--into", "/ut/av/regionen"], "lies outside content/"),
        (["--id", "Ikke en id"], "is no id"),
        (["--licence", "WTFPL"], "is unknown"),
        (["--language", "norsk bokmål"], "is no BCP 47 tag"),
    ],
)
def test_a_wrong_option_is_refused(empty: Path, tmp_path: Path, run, arguments: list[str], told: str):
    before = files(empty)

    done = run(empty, "import", str(page(tmp_path / "side")), *arguments)

    assert done.exit_code in {1, 2}
    assert told in done.out + done.err
    assert files(empty) == before


def test_the_report_is_written_where_one_asks(empty: Path, tmp_path: Path, run):
    done = run(
        empty,
        "import",
        str(packed(tmp_path / "side.zip", SITE)),
        "--dry-run",
        "--report",
        str(tmp_path / "rapport.txt"),
    )

    assert (tmp_path / "rapport.txt").read_text() == done.out
    assert "side.zip: side2.html: embedded page" in done.out


def test_nothing_in_a_file_steers_the_terminal(empty: Path, tmp_path: Path, run):
    (tmp_path / "a.html").write_text(
        "<body><h1>Fin\u202e tittel</h1><p>x</p><script></script><img src='\x1b[2J.png'></body>"
    )

    done = run(empty, "import", str(tmp_path / "a.html"), "--dry-run")

    assert "\x1b" not in done.out
    assert "\u202e" not in done.out


def test_a_region_without_the_packages_says_which(empty: Path, run, monkeypatch: pytest.MonkeyPatch):
    from kompetanse.commands import packages

    monkeypatch.setattr(packages, "_IMPORT", ("ingen_slik_pakke",))

    done = run(empty, "import", "a.docx")

    assert (done.exit_code, 'pip install "kompetanse[import]"' in done.err) == (1, True)
