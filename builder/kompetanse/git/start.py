"""Begin a repository."""

from __future__ import annotations

from pathlib import Path

import git


def start(folder: Path, message: str) -> bool:
    """Make `folder` a repository, unless it lies in one, and commit what is in it.

    Returns:
        False when git does not know who commits; then nothing is committed.
    """
    try:
        with git.Repo(folder, search_parent_directories=True):
            return True
    except git.InvalidGitRepositoryError:
        pass
    runner = git.Git(folder)
    runner.init("--initial-branch=main", ".")
    runner.add("--all")
    try:
        runner.commit("--quiet", "-m", message)
    except git.GitCommandError:
        return False
    return True
