"""A fork is taken back exactly, and nothing that was changed since."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from tests.forking.conftest import git
from tests.forking.kurs import FOLDER, Make, Run, files


@pytest.mark.parametrize("options", [(), ("--staged",), ("--branch",), ("--branch", "mitt")])
def test_undo_takes_a_fork_back_exactly(
    nabovik: Make, ours: Path, fork: Run, run: Run, options: tuple[str, ...]
) -> None:
    nabovik()
    before = (
        git(ours, "write-tree"),
        files(ours, PurePosixPath()),
        git(ours, "for-each-ref", "--format=%(refname)"),
    )
    assert fork(*options).exit_code == 0
    if options == ("--branch", "mitt"):
        git(ours, "merge", "--quiet", "--ff-only", "mitt")
        git(ours, "branch", "--quiet", "-D", "mitt")

    would = run(ours, "undo", "--dry-run")
    done = run(ours, "undo", "brev")

    assert (would.exit_code, done.exit_code) == (0, 0), done.err
    assert "the fork of brev" in done.out
    git_files = {
        name: data for name, data in files(ours, PurePosixPath()).items() if not name.startswith(".git/")
    }
    assert git_files == {name: data for name, data in before[1].items() if not name.startswith(".git/")}
    assert (git(ours, "write-tree"), git(ours, "for-each-ref", "--format=%(refname)")) == (
        before[0],
        before[2],
    )
    assert git(ours, "status", "--porcelain") == ""
    assert "Nothing was done" in run(ours, "undo").err


def test_undo_leaves_alone_what_was_changed_since(
    nabovik: Make, ours: Path, fork: Run, run: Run, commit: Any
) -> None:
    nabovik()
    fork()
    page = ours / FOLDER / "01-les.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nVårt.\n", encoding="utf-8")

    dirty = run(ours, "undo")
    commit(ours)
    changed = run(ours, "undo")

    assert "not committed" in dirty.err
    assert "changed after the fork of brev:\n  content/kurs/brev/01-les.md" in changed.err
    assert page.exists()


def test_undo_of_what_was_staged_leaves_alone_what_was_changed_since(
    nabovik: Make, ours: Path, fork: Run, run: Run
) -> None:
    nabovik()
    fork("--staged")
    (ours / FOLDER / "index.md").write_text("mine", encoding="utf-8")

    done = run(ours, "undo")

    assert (done.exit_code, "changed since they were staged" in done.err) == (1, True)
    assert (ours / FOLDER / "index.md").read_text(encoding="utf-8") == "mine"


def test_two_forks_are_taken_back_one_after_the_other(nabovik: Make, ours: Path, fork: Run, run: Run) -> None:
    nabovik(
        {
            "content/kurs/epost/index.md": "---\ntype: course\nid: epost\ntitle: E-post\nlicence: CC-BY-4.0\n---\n\nOm.\n"
        }
    )
    tree = git(ours, "rev-parse", "HEAD^{tree}")
    fork()
    fork(course="nabovik/epost")

    said = [run(ours, "undo").out.split(" (")[0] for _ in range(2)]

    assert said == ["Took back the fork of epost", "Took back the fork of brev"]
    assert git(ours, "rev-parse", "HEAD^{tree}") == tree
