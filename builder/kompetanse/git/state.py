"""Which files have changes that no commit holds yet."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import git
from kompetanse.git.quiet import reader


def uncommitted(root: Path) -> frozenset[PurePosixPath]:
    """Return the tracked files under `root`, relative to it, that differ from the last commit; none without a repository."""
    try:
        with git.Repo(root, search_parent_directories=True):
            listed = reader(root).diff("--name-only", "--relative", "-z", "HEAD", "--", ".")
    except (git.InvalidGitRepositoryError, git.NoSuchPathError, git.GitCommandError):
        return frozenset()
    return frozenset(PurePosixPath(name) for name in listed.split("\0") if name)
