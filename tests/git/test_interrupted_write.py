"""A change that is ended at any step: taken back or carried through, and nothing written since is overwritten."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.git.region import BRANCH, git, make, state

from kompetanse.errors import KompetanseError
from kompetanse.git.write import HERE, STAGED, Landing, ready


def _reset(root: Path) -> None:
    """Go back to the first commit, as if nothing had been tried."""
    git(root, "reset", "--quiet", "--hard", git(root, "rev-list", "--max-parents=0", "HEAD"))
    git(root, "clean", "--quiet", "-fdx")
    subprocess.run(["git", "branch", "-qD", BRANCH.branch], cwd=root, capture_output=True, check=False)


_ENDED = """
import os, sys
from pathlib import Path
sys.path.insert(0, {folder!r})
from test_write import CHANGE, Landing, make
steps = iter(range({number}))
def tell(step):
    if next(steps, None) is None:
        print(step, flush=True)
        os._exit(9)
make(Path({root!r}), Landing({where!r}, "kompetanse/fork/brannvern"), tell=tell)
"""


def _killed(root: Path, how: Landing, number: int) -> str:
    """Make the change in a process that is ended at a step; return the step, or nothing when there are not so many."""
    code = _ENDED.format(folder=str(Path(__file__).parent), number=number, root=str(root), where=how.where)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode in {0, 9}, done.stderr
    return done.stdout.strip()


def _interrupted(root: Path, how: Landing, number: int) -> str:
    """Make the change and interrupt it at a step, as from the keyboard."""
    steps = iter(range(number))
    reached = ""

    def tell(step: str) -> None:
        nonlocal reached
        if next(steps, None) is None:
            reached = step
            raise KeyboardInterrupt

    try:
        make(root, how, tell=tell)
    except KeyboardInterrupt:
        return reached
    return ""


_BEFORE = ["stage", "stage", "stage", "stage", "stage", "objects"]


_FILES = ["file", "file", "file", "file", "file", "index"]


@pytest.mark.parametrize(
    ("how", "as_before", "as_after"),
    [
        (HERE, [*_BEFORE, "commit", "journal"], [*_FILES, "branch", "end", "stage"]),
        (STAGED, [*_BEFORE, "journal"], [*_FILES, "end", "stage"]),
        (BRANCH, [*_BEFORE, "commit", "branch"], []),
    ],
    ids=["here", "staged", "branch"],
)
def test_killed_at_any_step_it_is_as_before_or_as_after(
    root: Path, how: Landing, as_before: list[str], as_after: list[str]
) -> None:
    before = state(root)
    make(root, how)
    after = state(root)
    _reset(root)

    found: dict[str, list[str]] = {"before": [], "after": [], "between": []}
    for number in range(30):
        step = _killed(root, how, number)
        if not step:
            break
        ready(root, BRANCH)
        now = state(root)
        found["before" if now == before else "after" if now == after else "between"].append(
            step.partition(" ")[0]
        )
        assert not list((root.parent / ".git/kompetanse").glob("stage/*"))
        _reset(root)

    assert found == {"before": as_before, "after": as_after, "between": []}


@pytest.mark.parametrize("how", [HERE, BRANCH, STAGED], ids=lambda how: how.where)
def test_interrupted_at_any_step_it_is_taken_back_at_once(root: Path, how: Landing) -> None:
    before = state(root)
    for number in range(30):
        step = _interrupted(root, how, number)
        if step in {"", "end", "stage"}:
            break
        assert state(root) == before, step

    assert step in ({"end"} if how is HERE else {"end", ""})


def test_what_was_written_after_an_interruption_is_not_overwritten(root: Path) -> None:
    assert _killed(root, HERE, 9).startswith("file")
    (root / "content/a.md").write_text("my own words", encoding="utf-8")

    with pytest.raises(
        KompetanseError, match=r"(?s)Fork brannvern.*region/content/a\.md.*Copy them elsewhere"
    ):
        ready(root)

    assert (root / "content/a.md").read_text(encoding="utf-8") == "my own words"
    (root / "content/a.md").unlink()
    ready(root)
    assert git(root, "status", "--porcelain") == ""


def test_after_an_interruption_on_a_branch_that_was_left_the_files_go_back(root: Path) -> None:
    assert _killed(root, HERE, 10).startswith("file")
    git(root, "stash", "--quiet", "--include-untracked")
    git(root, "switch", "--quiet", "-c", "elsewhere")
    (root / "content/mine.md").write_text("more", encoding="utf-8")
    git(root, "commit", "--quiet", "--all", "--message=more")
    git(root, "stash", "pop", "--quiet")

    ready(root)

    assert git(root, "status", "--porcelain") == ""
    assert (root / "content/a.md").read_text(encoding="utf-8") == "old\n"
