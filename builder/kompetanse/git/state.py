"""Which files have changes that no commit holds yet."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from kompetanse.git.quiet import UNREADABLE, in_repository, said


def uncommitted(root: Path) -> frozenset[PurePosixPath]:
    """Return the tracked files under `root`, relative to it, that differ from the last commit; none without a repository."""
    if not in_repository(root):
        return frozenset()
    try:
        listed = said(root, "diff", "--name-only", "--relative", "-z", "HEAD", "--", ".")
    except UNREADABLE:
        return frozenset()
    return frozenset(PurePosixPath(name) for name in listed.split("\0") if name)
