"""`kompetanse import FILE…`: files of others become courses of the region, and nothing of the region is overwritten."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.importers.office_files import png, word
from tests.importers.test_pages import SITE, packed, unpacked

Region = Callable[[Mapping[str, str | bytes]], Path]

PAGE = """<html lang="nb"><body><h1>{title}</h1><p>Om kurset.</p>
<h2>Varsle</h2><p>{first}</p><p>Ring 110.</p><img src="{picture}" alt="Et telefonnummer">
<h2>Slokke</h2><p>Bruk vann.</p></body></html>"""


def page(folder: Path, **words: str) -> Path:
    """Write a web page with a picture beside it."""
    said = {"title": "Brannvern", "first": "Si ifra til alle.", "picture": "110.png"} | words
    return unpacked(folder, {"index.html": PAGE.format(**said).encode(), "110.png": png(1)})


def files(root: Path) -> dict[str, bytes]:
    found = [path for path in root.rglob("*") if path.is_file() and ".git" not in path.parts]
    return {str(path.relative_to(root)): path.read_bytes() for path in found}


@pytest.fixture
def empty(region: Region) -> Path:
    return region({"content/index.md": "# Testvik\n"})


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


def test_a_course_whose_licence_is_not_settled_cannot_be_published(empty: Path, tmp_path: Path, run):
    run(empty, "import", str(page(tmp_path / "side")))
    assert run(empty, "check").exit_code == 0
    index = empty / "content/kurs/brannvern/index.md"
    index.write_text(index.read_text().replace("status: draft\n", ""))

    checked = run(empty, "check", "--format", "json")
    built = run(empty, "build", "--packages", "-o", "site")
    exported = run(empty, "export", "html", "--all")

    found = [
        (one["path"], one["key"]) for one in checked.report["problems"] if one["code"] == "unsettled-licence"
    ]
    assert found == [("content/kurs/brannvern/index.md", "licence")]
    assert (checked.exit_code, built.exit_code, exported.exit_code) == (1, 1, 1)
    assert "instead of NOASSERTION:\n  content/kurs/brannvern/index.md" in exported.err
    assert not (empty / "packages").exists()
    assert not list((empty / "site").rglob("*.zip"))
    assert json.loads((empty / "site/catalogue.json").read_text())["dataFeedElement"] == []


def test_the_licence_of_a_file_holds_for_each_module(empty: Path, tmp_path: Path, run):
    run(empty, "import", str(page(tmp_path / "side")), "--licence", "CC-BY-SA-4.0")

    written = [path.read_text() for path in (empty / "content/kurs").rglob("*.md")]
    assert len(written) > 1
    assert all("\nlicence: CC-BY-SA-4.0\n" in text for text in written)


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


class TestMerge:
    """A newer version of a file goes into the course of the earlier one; what people changed stays."""

    @pytest.fixture
    def course(self, empty: Path, tmp_path: Path, run) -> Path:
        run(empty, "import", str(page(tmp_path / "gammel")))
        return empty / "content/kurs/brannvern"

    def merged(
        self, course: Path, tmp_path: Path, run: Callable[..., Any], html: str, *more: str
    ) -> dict[str, Any]:
        folder = unpacked(tmp_path / "ny/gammel", {"index.html": html.encode(), "110.png": png(1)})
        done = run(course.parents[2], "import", str(folder), "--merge", "--json", *more)
        assert done.exit_code == 0, done.out
        report: dict[str, Any] = done.report[0]["merge"]
        return report

    def test_both_changes_stand(self, course: Path, tmp_path: Path, run):
        varsle = course / "01-varsle.md"
        varsle.write_text(varsle.read_text().replace("Ring 110.", "Ring 110 med en gang."))
        (course / "index.md").write_text(
            (course / "index.md").read_text().replace("status: draft\n", "tags:\n  - brann\n")
        )
        html = PAGE.format(title="Brannvern", first="Si ifra til alle i huset.", picture="110.png")

        report = self.merged(course, tmp_path, run, html)

        assert "Si ifra til alle i huset.\n\nRing 110 med en gang." in varsle.read_text()
        assert "tags:\n  - brann\n" in (course / "index.md").read_text()
        assert (report["changed"], report["questions"]) == (["01-varsle.md"], [])

    def test_what_both_changed_is_asked_and_ours_stands(self, course: Path, tmp_path: Path, run):
        varsle = course / "01-varsle.md"
        varsle.write_text(varsle.read_text().replace("Ring 110.", "Ring vakta først."))
        html = PAGE.format(title="Brannvern", first="Si ifra til alle.", picture="110.png").replace(
            "Ring 110.", "Send en melding."
        )

        report = self.merged(course, tmp_path, run, html)

        assert "Ring vakta først." in varsle.read_text()
        assert (
            "01-varsle.md: yours: «Ring vakta først.» · the new version: «Send en melding.»"
            in report["questions"]
        )
        assert self.merged(course, tmp_path, run, html)["questions"] == report["questions"]

    def test_what_was_said_at_the_import_need_not_be_said_again(self, empty: Path, tmp_path: Path, run):
        said = ("--id", "brann", "--title", "Brann", "--licence", "CC-BY-4.0", "--author", "Brannvesenet")
        run(empty, "import", str(page(tmp_path / "gammel")), *said)
        index = (empty / "content/kurs/brann/index.md").read_text()
        html = PAGE.format(title="Brannvern", first="Si ifra til alle i huset.", picture="110.png")

        report = self.merged(empty / "content/kurs/brann", tmp_path, run, html, "--id", "brann")

        assert (report["changed"], report["questions"]) == (["01-varsle.md"], [])
        assert (empty / "content/kurs/brann/index.md").read_text() == index

    def test_a_picture_that_was_described_here_is_told_of_no_more(self, empty: Path, tmp_path: Path, run):
        html = PAGE.format(title="Brannvern", first="Si ifra.", picture="110.png").replace(
            "Et telefonnummer", ""
        )
        source = str(unpacked(tmp_path / "side", {"index.html": html.encode(), "110.png": png(1)}))
        run(empty, "import", source)
        varsle = empty / "content/kurs/brannvern/01-varsle.md"

        before = run(empty, "import", source, "--merge").out
        varsle.write_text(varsle.read_text().replace("![](", "![Nummeret til brannvesenet]("))
        after = run(empty, "import", source, "--merge").out

        assert "it has no alternative text" in before
        assert "alternative text" not in after

    def test_a_licence_that_was_settled_here_is_asked_for_no_more(self, course: Path, tmp_path: Path, run):
        text = (course / "index.md").read_text().partition("\n!!! warning")[0]
        settled = text.replace("status: draft\n", "status: draft\nlicence: CC-BY-4.0\n")
        (course / "index.md").write_text(settled)

        done = run(course.parents[2], "import", str(page(tmp_path / "ny/gammel", first="Nytt.")), "--merge")

        assert (course / "index.md").read_text() == settled
        assert "does not state its licence" not in done.out

    def test_a_new_module_is_as_settled_as_its_course(self, course: Path, tmp_path: Path, run):
        html = PAGE.format(title="Brannvern", first="Si ifra.", picture="110.png")
        html = html.replace("</body>", "<h2>Øve</h2><p>Øv hvert år.</p></body>")

        self.merged(course, tmp_path, run, html)

        assert "\nlicence: NOASSERTION\n" in (course / "03-ove.md").read_text()

    def test_modules_come_go_and_are_renamed(self, course: Path, tmp_path: Path, run):
        html = """<html lang="nb"><body><h1>Brannvern</h1><p>Om kurset.</p><h2>Forebygge</h2><p>Rydd.</p>
            <h2>Varsle andre</h2><p>Si ifra til alle.</p><p>Ring 110.</p><img src="110.png" alt="Et telefonnummer"></body></html>"""

        report = self.merged(course, tmp_path, run, html)

        assert (report["added"], report["deleted"]) == (["01-forebygge.md"], ["02-slokke.md"])
        assert "modules:\n  - 01-forebygge.md\n  - 01-varsle.md\n" in (course / "index.md").read_text()
        assert "id: brannvern-varsle\ntitle: Varsle andre\n" in (course / "01-varsle.md").read_text()

    def test_the_same_version_again_changes_nothing(self, course: Path, tmp_path: Path, run):
        before = files(course.parents[2])
        html = PAGE.format(title="Brannvern", first="Si ifra til alle.", picture="110.png")
        folder = unpacked(tmp_path / "gammel", {"index.html": html.encode()})

        done = run(course.parents[2], "import", str(folder), "--merge")

        assert done.exit_code == 0
        assert files(course.parents[2]) == before

    def test_a_dry_run_changes_nothing(self, course: Path, tmp_path: Path, run):
        before = files(course.parents[2])

        report = self.merged(
            course,
            tmp_path,
            run,
            PAGE.format(title="Brannvern", first="Nytt.", picture="110.png"),
            "--dry-run",
        )

        assert report["changed"] == ["01-varsle.md"]
        assert files(course.parents[2]) == before

    def test_a_course_that_was_not_imported_is_refused_and_those_that_were_are_named(
        self, empty: Path, tmp_path: Path, run
    ):
        run(empty, "import", str(page(tmp_path / "gammel")), "--into", "kurs/brann")

        done = run(empty, "import", str(page(tmp_path / "side")), "--merge")

        assert done.exit_code == 1
        assert "nothing is known of an earlier import into a course with the id brannvern" in done.out
        assert "--id (there are brann)" in done.out

    def test_a_record_that_leads_out_of_the_region_is_refused(self, course: Path, tmp_path: Path, run):
        record = course.parents[2] / ".kompetanse/imported/brannvern/import.json"
        said = json.loads(record.read_text())
        record.write_text(json.dumps(said | {"modules": {"brannvern-varsle": "../../ut.md"}}))

        done = run(course.parents[2], "import", str(page(tmp_path / "side")), "--merge")

        assert done.exit_code == 1
        assert "import.json cannot be read" in done.out
