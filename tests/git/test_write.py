"""A change of the region's repository: whole or not at all, wherever it is ended, and never over what nobody committed."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path, PurePosixPath

import pytest

from kompetanse.errors import KompetanseError
from kompetanse.git.lock import held
from kompetanse.git.write import HERE, STAGED, Change, Landing, apply, ready

MOMENT = datetime.fromisoformat("2026-11-24T10:00:00+01:00")
MESSAGE = "Fork brannvern from lillestrom\n\nKompetanse: fork brannvern\n"
BRANCH = Landing("branch", "kompetanse/fork/brannvern")
CHANGE = Change(
    {
        PurePosixPath("content/a.md"): b"new\r\n",
        PurePosixPath("content/\u00e6 \u00f8/b.md"): b"\xff\x00",
        PurePosixPath("content/old"): b"a file where a folder was",
        PurePosixPath("content/same.md"): b"same\n",
    },
    frozenset({PurePosixPath("content/gone.md"), PurePosixPath("content/old/c.md"), PurePosixPath("content/never.md")}),
)


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def root(tmp_path: Path, commit: Callable[[Path], Path]) -> Path:
    """A region in a folder of a repository, with something beside it."""
    region = tmp_path / "r/region"
    for name, text in {
        "region/content/a.md": "old\n",
        "region/content/gone.md": "gone\n",
        "region/content/old/c.md": "c\n",
        "region/content/same.md": "same\n",
        "region/content/mine.md": "mine\n",
        "beside.md": "beside\n",
    }.items():
        path = tmp_path / "r" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    commit(tmp_path / "r")
    return region


def state(root: Path) -> tuple[str, dict[str, bytes], str, str]:
    """Return all that a person can see: branches, files, what git says of them, and what is staged."""
    top = root.parent
    files = {
        path.relative_to(top).as_posix(): path.read_bytes()
        for path in sorted(top.rglob("*"))
        if path.is_file() and ".git" not in path.parts
    }
    staged = git(root, "diff", "--cached", "--name-status")
    return git(root, "show-ref"), files, git(root, "status", "--porcelain", "--untracked-files=all"), staged


def make(root: Path, how: Landing = HERE, change: Change = CHANGE, **more: object) -> object:
    return apply(root, change, how=how, message=MESSAGE, moment=MOMENT, **more)  # type: ignore[arg-type]


def refused(root: Path, how: Landing = HERE, change: Change = CHANGE) -> str:
    """Return why a change is refused, having seen that nothing changed."""
    before = state(root)
    with pytest.raises(KompetanseError) as stop:
        make(root, how, change)
    assert state(root) == before
    return str(stop.value)


def test_files_and_commit_land_together_with_the_same_bytes(root: Path) -> None:
    git(root, "config", "core.autocrlf", "true")

    result = apply(root, CHANGE, message=MESSAGE, moment=MOMENT)

    assert git(root, "rev-parse", "main") == result.commit
    assert (root / "content/a.md").read_bytes() == b"new\r\n"
    shown = subprocess.run(
        ["git", "show", "HEAD:region/content/a.md"], cwd=root, check=True, capture_output=True
    )
    assert shown.stdout == b"new\r\n"
    assert git(root, "show", "--name-only", "--format=", "-z", "HEAD").split("\0")[:-1] == [
        "region/content/a.md",
        "region/content/gone.md",
        "region/content/old",
        "region/content/old/c.md",
        "region/content/\u00e6 \u00f8/b.md",
    ]
    assert [path.as_posix() for path in result.paths][:2] == ["content/a.md", "content/gone.md"]
    assert git(root, "log", "-1", "--format=%an %ad %cd|%B", "--date=iso") == (
        "Test 2026-11-24 10:00:00 +0100 2026-11-24 10:00:00 +0100|" + MESSAGE.strip()
    )


def test_the_same_change_by_the_same_person_at_the_same_time_is_the_same_commit(root: Path) -> None:
    first = apply(root, CHANGE, how=BRANCH, message=MESSAGE, moment=MOMENT)
    second = apply(root, CHANGE, how=Landing("branch", "b"), message=MESSAGE, moment=MOMENT)

    assert first.commit == second.commit


def test_what_is_as_it_should_be_makes_no_commit(root: Path) -> None:
    before = state(root)

    result = apply(root, Change({PurePosixPath("content/same.md"): b"same\n"}), message=MESSAGE, moment=MOMENT)

    assert (result.commit, result.paths, state(root)) == (None, (), before)


def test_work_on_other_files_is_left_alone(root: Path) -> None:
    (root / "content/mine.md").write_text("dirty", encoding="utf-8")
    (root.parent / "beside.md").write_text("staged", encoding="utf-8")
    git(root, "add", "../beside.md")

    make(root)

    assert git(root, "status", "--porcelain").splitlines() == ["M  ../beside.md", "M content/mine.md"]


def test_a_branch_of_its_own_leaves_the_files_alone(root: Path) -> None:
    before = state(root)
    (root / "content/a.md").write_text("dirty", encoding="utf-8")

    result = apply(root, CHANGE, how=BRANCH, message=MESSAGE, moment=MOMENT)

    assert git(root, "rev-parse", "kompetanse/fork/brannvern") == result.commit
    assert git(root, "rev-parse", f"{result.commit}^") == git(root, "rev-parse", "main")
    (root / "content/a.md").write_text("old\n", encoding="utf-8")
    assert state(root)[1:] == before[1:]
    assert "git branch -D kompetanse/fork/brannvern" in refused(root, BRANCH)
    make(root, Landing("branch", BRANCH.branch, replace=True))


def test_staged_files_wait_for_a_commit(root: Path) -> None:
    head = git(root, "rev-parse", "HEAD")

    result = apply(root, CHANGE, how=STAGED, message=MESSAGE, moment=MOMENT)

    assert (result.commit, git(root, "rev-parse", "HEAD")) == (None, head)
    assert git(root, "status", "--porcelain").splitlines() == [
        "M  content/a.md",
        "D  content/gone.md",
        "A  content/old",
        "D  content/old/c.md",
        'A  "content/\\303\\246 \\303\\270/b.md"',
    ]


@pytest.mark.parametrize("how", [HERE, BRANCH, STAGED], ids=lambda how: how.where)
@pytest.mark.parametrize("by", ["kill", "interrupt"])
def test_ended_at_any_step_the_repository_is_as_before_or_as_after(root: Path, how: Landing, by: str) -> None:
    before = state(root)
    after = _after(root, how)
    steps = 0
    seen = set()
    while _ended_at(root, how, steps, by):
        ready(root, BRANCH)
        seen.add("after" if _same(root, after) else "before" if _same(root, before) else str(state(root)))
        assert not list((root.parent / ".git/kompetanse").glob("stage*"))
        _reset(root)
        assert state(root) == before
        steps += 1

    assert steps == {"here": 16, "staged": 14, "branch": 9}[how.where]
    assert seen == ({"before"} if how.where == "branch" or by == "interrupt" else {"before", "after"}) | (
        {"after"} if by == "interrupt" and how.where == "here" else set()
    )


def _after(root: Path, how: Landing) -> tuple[object, ...]:
    make(root, how)
    found = state(root)
    _reset(root)
    return found


def _reset(root: Path) -> None:
    git(root, "reset", "--quiet", "--hard", git(root, "rev-list", "--max-parents=0", "main"))
    git(root, "clean", "--quiet", "-fdx")
    git(root, "branch", "--quiet", "--list", "kompetanse/*")
    subprocess.run(["git", "branch", "-qD", BRANCH.branch], cwd=root, capture_output=True, check=False)


def _same(root: Path, wanted: tuple[object, ...]) -> bool:
    return state(root) == wanted
