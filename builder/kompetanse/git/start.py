"""Begin a repository."""

from __future__ import annotations

from pathlib import Path

from kompetanse.git.quiet import in_repository
from kompetanse.git.run import GitError, Terms, run

_OURS = Terms(trusted=True)


def start(folder: Path, message: str) -> bool:
    """Make `folder` a repository, unless it lies in one, and commit what is in it.

    Returns:
        False when git does not know who commits; then nothing is committed.
    """
    if in_repository(folder):
        return True
    run(folder, "init", "--initial-branch=main", ".", terms=_OURS)
    run(folder, "add", "--all", terms=_OURS)
    try:
        run(folder, "commit", "--quiet", "-m", message, terms=_OURS)
    except GitError:
        return False
    return True
