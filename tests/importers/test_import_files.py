"""What an import writes: never over another's file, nothing when one would be wrong, where it is asked to."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.importers.tables import Write, big_nice, imported, nice, nice_row, text_of


def test_a_file_that_is_there_is_never_overwritten_and_the_others_are_written(run, root: Path, table: Write):
    there = root / "content/roller/vakt.md"
    there.parent.mkdir()
    there.write_text("---\ntype: role\nid: vakt\ntitle: Vakt\n---\n\nMin.\n", encoding="utf-8")

    done = imported(run, root, table("rolle;kompetanse\nVakt;HMS\nLærer;HMS\n"))

    assert done.exit_code == 1
    assert [row["path"] for row in done.report["not_written"]] == ["content/roller/vakt.md"]
    assert done.report["roles"] == {"found": 2, "written": 1}
    assert "Min." in there.read_text(encoding="utf-8")
    assert (root / "content/roller/laerer.md").exists()


def test_replace_writes_it_anew(run, root: Path, table: Write):
    file = table(nice([nice_row()]))
    imported(run, root, file)
    first = text_of(root, "roller/nice/nice-ov-tea-002.md")

    again = imported(run, root, file)
    replaced = imported(run, root, file, "--replace", "--level", "3")

    assert (again.exit_code, again.report["written"]) == (1, [])
    assert (replaced.exit_code, len(replaced.report["written"])) == (0, 2)
    assert text_of(root, "roller/nice/nice-ov-tea-002.md") == first.replace("level: 2", "level: 3")


def test_replace_leaves_a_file_that_holds_another_item(run, root: Path, table: Write):
    there = root / "content/roller/vakt.md"
    there.parent.mkdir()
    there.write_text("---\ntype: role\nid: annen\ntitle: Annen\n---\n\nMin.\n", encoding="utf-8")

    done = imported(run, root, table("rolle;kompetanse\nVakt;Brannvern\n"), "--replace")

    assert done.exit_code == 1
    assert "Min." in there.read_text(encoding="utf-8")


def test_a_dry_run_reports_the_same_and_writes_nothing(run, root: Path, table: Write):
    file = table(nice([nice_row(), nice_row()]))

    dry = imported(run, root, file, "--dry-run").report
    left = sorted(path.name for path in (root / "content").rglob("*"))
    wet = imported(run, root, file).report

    assert left == ["brannvern.md", "kompetanser"]
    assert {**dry, "dry_run": False} == wet


def test_the_same_table_gives_the_same_files(run, root: Path, table: Write):
    file = table(big_nice(5, 9))
    imported(run, root, file)
    first = {path: path.read_bytes() for path in (root / "content").rglob("*.md")}

    imported(run, root, file, "--replace")

    assert {path: path.read_bytes() for path in (root / "content").rglob("*.md")} == first


def test_nothing_is_written_when_one_file_would_be_wrong(run, root: Path, table: Write):
    number = "01010750160"
    file = table(nice([nice_row(), nice_row(statement=("Skill", "S1", f"Skill in helping {number}."))]))

    done = run(root, "import", "framework", str(file))

    assert done.exit_code == 1
    assert "Nothing was written" in done.err
    assert not (root / "content/roller").exists()


def test_a_file_where_a_folder_should_be_is_told(run, root: Path, table: Write):
    (root / "content/roller").write_text("x", encoding="utf-8")

    done = run(root, "import", "framework", str(table("rolle;kompetanse\nVakt;HMS\n")))

    assert done.exit_code == 1
    assert "Could not write" in done.err
    assert not (root / "content/kompetanser/hms.md").exists()


@pytest.mark.parametrize(
    "options",
    [
        ("--roles-into", "../ut"),
        ("--competences-into", "/ut"),
        ("--prefix", "Nice_"),
        ("--licence", "WTFPL"),
        ("--language", "engelsk språk"),
        ("--level", "5"),
        ("--kind", "statutory"),
    ],
)
def test_wrong_options_are_wrong_use(run, root: Path, table: Write, options: tuple[str, str]):
    done = run(root, "import", "framework", str(table("rolle;kompetanse\nVakt;HMS\n")), *options)

    assert done.exit_code == 2
    assert options[0] in done.err
    assert not (root / "content/roller").exists()


def test_folders_and_prefix_can_be_chosen(run, root: Path, table: Write):
    options = ("--prefix", "vk-", "--roles-into", "yrker", "--competences-into", "content/kan")

    imported(run, root, table("rolle;kompetanse\nVakt;HMS\n"), *options)

    assert "competence: vk-hms" in text_of(root, "yrker/vk-vakt.md")
    assert (root / "content/kan/vk-hms.md").exists()
