"""A region in a repository, a change of it, and all that a person can see of both."""

from __future__ import annotations

import subprocess
from datetime import datetime
from pathlib import Path, PurePosixPath

import pytest

from kompetanse.errors import KompetanseError
from kompetanse.git.write import HERE, Change, Landing, apply

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
    frozenset(
        {
            PurePosixPath("content/gone.md"),
            PurePosixPath("content/old/c.md"),
            PurePosixPath("content/never.md"),
        }
    ),
)


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.rstrip()


def state(root: Path) -> tuple[str, dict[str, bytes], str]:
    """Return all that a person can see: branches, files, and what git says of them."""
    top = root.parent
    files = {
        path.relative_to(top).as_posix(): path.read_bytes()
        for path in sorted(top.rglob("*"))
        if path.is_file() and ".git" not in path.parts
    }
    return git(root, "show-ref"), files, git(root, "status", "--porcelain", "--untracked-files=all")


def make(root: Path, how: Landing = HERE, change: Change = CHANGE, **more: object) -> object:
    return apply(root, change, how=how, message=MESSAGE, moment=MOMENT, **more)  # type: ignore[arg-type]


def refused(root: Path, how: Landing = HERE, change: Change = CHANGE) -> str:
    """Return why a change is refused, having seen that nothing changed."""
    before = state(root)
    with pytest.raises(KompetanseError) as stop:
        make(root, how, change)
    assert state(root) == before
    return str(stop.value)
