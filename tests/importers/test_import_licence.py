"""The licence of what is imported: what the file or a person says, or the word for what nobody has settled."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.importers.newer import PAGE, Commit, Merged, change, page


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


def settle(course: Path) -> str:
    """Write the licence where it was not settled, and take the box away; return the first page."""
    for file in course.glob("*.md"):
        change(file, "NOASSERTION", "CC-BY-4.0")
    index = course / "index.md"
    index.write_text(index.read_text().partition("\n!!! warning")[0])
    return index.read_text()


def test_a_licence_that_was_settled_here_is_asked_for_no_more(
    course: Path, tmp_path: Path, run: Any, commit: Commit
):
    settled = settle(course)
    commit(course.parents[2])

    done = run(course.parents[2], "import", str(page(tmp_path / "ny/gammel", first="Nytt.")), "--merge")

    assert (course / "index.md").read_text() == settled
    assert "does not state its licence" not in done.out
    assert "\nlicence: CC-BY-4.0\n" in (course / "01-varsle.md").read_text()


def test_a_licence_that_a_newer_version_states_settles_what_nobody_had(course: Path, merged: Merged):
    change(course / "01-varsle.md", "Ring 110.", "Ring 110 nå.")

    report = merged("--licence", "CC-BY-SA-4.0", first="Si ifra til alle i huset.")

    assert [row.partition(":")[0] for row in report["told"]] == ["02-slokke.md", "index.md", "01-varsle.md"]
    assert all("\nlicence: CC-BY-SA-4.0\n" in file.read_text() for file in course.glob("*.md"))


def test_a_licence_that_was_settled_here_is_never_taken_from_a_newer_version(course: Path, merged: Merged):
    settle(course)

    report = merged("--licence", "CC-BY-SA-4.0", first="Si ifra til alle i huset.")

    assert "01-varsle.md: licence: the new version says «CC-BY-SA-4.0»; yours stands" in report["told"]
    assert all("\nlicence: CC-BY-4.0\n" in file.read_text() for file in course.glob("*.md"))


def test_a_new_module_is_as_settled_as_its_course(course: Path, merged: Merged):
    html = PAGE.format(title="Brannvern", first="Si ifra.", picture="110.png")

    merged(html=html.replace("</body>", "<h2>Øve</h2><p>Øv hvert år.</p></body>"))

    assert "\nlicence: NOASSERTION\n" in (course / "03-ove.md").read_text()
