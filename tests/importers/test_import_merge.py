"""`kompetanse import FILE --merge`: a newer version of a file goes into the course of the earlier one, as an update of a fork does.

What people changed stays, all of it is one commit, what both changed waits for `resolve`, and `undo` takes it back.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.importers.newer import PAGE, Commit, Merged, change, files, git, page
from tests.importers.office_files import png
from tests.importers.test_pages import unpacked


def test_both_changes_stand(course: Path, merged: Merged):
    change(course / "01-varsle.md", "Ring 110.", "Ring 110 med en gang.")
    change(course / "index.md", "status: draft\n", "tags:\n  - brann\n")

    report = merged(first="Si ifra til alle i huset.")

    assert "Si ifra til alle i huset.\n\nRing 110 med en gang." in (course / "01-varsle.md").read_text()
    assert "tags:\n  - brann\n" in (course / "index.md").read_text()
    assert (report["changed"], report["questions"]) == (["01-varsle.md"], [])


def test_it_is_one_commit_that_undo_takes_back(merged: Merged, run: Any, commit: Commit):
    before = files(commit(merged.root))

    report = merged(first="Si ifra til alle i huset.")

    assert git(merged.root, "status", "--porcelain") == ""
    assert git(merged.root, "log", "-1", "--format=%H %(trailers:key=Kompetanse,valueonly)").split() == [
        report["commit"],
        "import",
        "brannvern",
    ]
    assert files(merged.root) != before

    assert run(merged.root, "undo", "brannvern").exit_code == 0
    assert files(merged.root) == before


def test_what_both_changed_is_asked_and_ours_stands(course: Path, merged: Merged):
    varsle = course / "01-varsle.md"
    change(varsle, "Si ifra til alle.", "Ring vakta først.")

    report = merged(first="Send en melding.")

    assert "Ring vakta først." in varsle.read_text()
    assert (
        "01-varsle.md: yours: «Ring vakta først.» · the new version: «Send en melding.»"
        in report["questions"]
    )
    assert report["kept"] == ["01-varsle.md"]
    assert merged(first="Send en melding.")["questions"] == report["questions"]


def test_resolve_knows_the_questions_and_after_the_answer_nobody_is_asked_again(
    course: Path, merged: Merged, run: Any
):
    change(course / "01-varsle.md", "Si ifra til alle.", "Ring vakta først.")
    merged(first="Send en melding.")
    before = files(merged.root)

    listed = run(merged.root, "resolve", "brannvern", "--list")
    done = run(merged.root, "resolve", "brannvern", "--answer", "1=theirs")

    assert "{+Ring vakta først+}" in listed.out
    assert done.exit_code == 0, done.err
    assert "Send en melding." in (course / "01-varsle.md").read_text()
    assert git(merged.root, "status", "--porcelain") == ""
    again = merged(first="Send en melding.")
    assert (again["changed"], again["questions"], again["commit"]) == ([], [], None)

    run(merged.root, "undo", "brannvern")
    assert files(merged.root) == before


def test_a_picture_that_both_changed_is_asked_once(course: Path, merged: Merged, run: Any):
    (course / "bilder/110.png").write_bytes(png(7))

    report = merged(picture=9)
    assert report["kept"] == ["bilder/110.png"]
    assert len(run(merged.root, "resolve", "brannvern", "--json").report["questions"]) == 1
    run(merged.root, "resolve", "brannvern", "--answer", "1=ours")

    assert (course / "bilder/110.png").read_bytes() == png(7)
    assert merged(picture=9)["kept"] == []


def test_a_file_that_was_deleted_here_stays_deleted_unless_somebody_answers(
    course: Path, merged: Merged, run: Any
):
    (course / "01-varsle.md").unlink()
    change(course / "index.md", "  - 01-varsle.md\n", "")

    report = merged(first="Ring med en gang.")

    assert (
        "01-varsle.md: you have deleted it, and the new version has changed it; it stays deleted"
        in report["questions"]
    )
    assert not (course / "01-varsle.md").exists()
    run(merged.root, "resolve", "brannvern", "--answer", "1=theirs")
    assert "Ring med en gang." in (course / "01-varsle.md").read_text()


def test_it_lies_on_a_branch_or_is_staged_where_one_asks(course: Path, merged: Merged):
    before = files(merged.root)

    on_branch = merged("--branch", first="Ring med en gang.")
    assert on_branch["branch"] == "kompetanse/import/brannvern"
    assert files(merged.root) == before
    git(merged.root, "branch", "-D", "kompetanse/import/brannvern")

    staged = merged("--staged", first="Ring med en gang.")
    assert staged["commit"] is None
    assert "Ring med en gang." in (course / "01-varsle.md").read_text()
    assert "M  content/kurs/brannvern/01-varsle.md" in git(merged.root, "status", "--porcelain")


def test_changes_that_are_not_committed_are_not_written_over(
    course: Path, tmp_path: Path, run: Any, merged: Merged
):
    change(course / "01-varsle.md", "Ring 110.", "Ring 110 med en gang.")
    before = files(merged.root)

    done = run(merged.root, "import", str(page(tmp_path / "ny/gammel", first="Nytt.")), "--merge")

    assert done.exit_code == 1
    assert "changes that are not committed" in done.out
    assert files(merged.root) == before


def test_an_import_that_is_not_committed_is_to_be_committed_first(empty: Path, tmp_path: Path, run: Any):
    run(empty, "import", str(page(tmp_path / "gammel")))

    done = run(empty, "import", str(page(tmp_path / "ny/gammel", first="Nytt.")), "--merge")

    assert done.exit_code == 1
    assert "git add -A && git commit -m 'Import brannvern'" in done.out


@pytest.mark.parametrize("option", ["--branch", "--staged"])
def test_where_it_lies_is_asked_of_a_merge_only(empty: Path, run: Any, option: str):
    done = run(empty, "import", "a.docx", option)

    assert (done.exit_code, "go with --merge" in done.err) == (2, True)


def test_what_was_said_at_the_import_need_not_be_said_again(
    empty: Path, tmp_path: Path, run: Any, commit: Commit
):
    said = ("--id", "brann", "--title", "Brann", "--licence", "CC-BY-4.0", "--author", "Brannvesenet")
    run(empty, "import", str(page(tmp_path / "gammel")), *said)
    course = empty / "content/kurs/brann"
    index = (course / "index.md").read_text()

    report = Merged(course, tmp_path / "ny/gammel", run, commit)("--id", "brann", first="Si ifra i huset.")

    assert (report["changed"], report["questions"], report["told"]) == (["01-varsle.md"], [], [])
    assert (course / "index.md").read_text() == index


def test_a_picture_that_was_described_here_is_told_of_no_more(
    empty: Path, tmp_path: Path, run: Any, commit: Commit
):
    html = PAGE.format(title="Brannvern", first="Si ifra.", picture="110.png").replace("Et telefonnummer", "")
    source = str(unpacked(tmp_path / "side", {"index.html": html.encode(), "110.png": png(1)}))
    run(empty, "import", source)
    commit(empty)

    before = run(empty, "import", source, "--merge").out
    change(empty / "content/kurs/brannvern/01-varsle.md", "![](", "![Nummeret til brannvesenet](")
    commit(empty)
    after = run(empty, "import", source, "--merge").out

    assert "it has no alternative text" in before
    assert "alternative text" not in after


def test_modules_come_go_and_are_renamed(course: Path, merged: Merged):
    report = merged(
        html="""<html lang="nb"><body><h1>Brannvern</h1><p>Om kurset.</p><h2>Forebygge</h2><p>Rydd.</p>
        <h2>Varsle andre</h2><p>Si ifra til alle.</p><p>Ring 110.</p><img src="110.png" alt="Et telefonnummer"></body></html>"""
    )

    assert (report["added"], report["deleted"]) == (["01-forebygge.md"], ["02-slokke.md"])
    assert "modules:\n  - 01-forebygge.md\n  - 01-varsle.md\n" in (course / "index.md").read_text()
    assert "id: brannvern-varsle\ntitle: Varsle andre\n" in (course / "01-varsle.md").read_text()


def test_a_module_that_has_another_name_here_and_a_course_that_was_moved_are_found(
    course: Path, merged: Merged
):
    (course / "01-varsle.md").rename(course / "01-alarm.md")
    change(course / "index.md", "01-varsle.md", "01-alarm.md")
    course.rename(course.parent / "brann")

    report = merged("--id", "brannvern", first="Si ifra til alle i huset.")

    assert report["changed"] == ["01-alarm.md"]
    assert "i huset" in (course.parent / "brann/01-alarm.md").read_text()
    assert merged("--id", "brannvern", first="Si ifra til alle i huset.")["commit"] is None


def test_the_same_version_again_changes_nothing(merged: Merged):
    before = files(merged.root)

    report = merged()

    assert report["commit"] is None
    assert files(merged.root) == before


def test_a_dry_run_changes_nothing(merged: Merged):
    before = files(merged.root)

    report = merged("--dry-run", first="Nytt.")

    assert report["changed"] == ["01-varsle.md"]
    assert files(merged.root) == before


def test_a_course_that_was_not_imported_is_refused_and_those_that_were_are_named(
    empty: Path, tmp_path: Path, run: Any, commit: Commit
):
    run(empty, "import", str(page(tmp_path / "gammel")), "--into", "kurs/brann")
    commit(empty)

    done = run(empty, "import", str(page(tmp_path / "side")), "--merge")

    assert done.exit_code == 1
    assert "nothing is known of an earlier import into a course with the id brannvern" in done.out
    assert "--id (there are brann)" in done.out


@pytest.mark.parametrize(
    "wrong",
    [{"modules": {"brannvern-varsle": "../../ut.md"}}, {"media": {"/etc/passwd": "0"}}, {"version": 2}],
)
def test_a_record_that_cannot_be_trusted_is_refused(
    course: Path, tmp_path: Path, run: Any, commit: Commit, wrong: Mapping[str, Any]
):
    record = course.parents[2] / ".kompetanse/imported/brannvern/import.json"
    record.write_text(json.dumps(json.loads(record.read_text()) | wrong))
    commit(course.parents[2])

    done = run(course.parents[2], "import", str(page(tmp_path / "side")), "--merge")

    assert done.exit_code == 1
    assert "import.json cannot be read" in done.out
