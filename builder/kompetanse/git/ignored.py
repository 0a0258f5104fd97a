"""Whether a file would come into git."""

from __future__ import annotations

from pathlib import Path

import git
from kompetanse.git.quiet import reader


def is_kept_out(path: Path) -> bool:
    """Tell whether `path` lies outside every work tree, or is ignored in its own; where git is missing nobody can tell, so no."""
    folder = next((one for one in path.absolute().parents if one.is_dir()), Path.cwd())
    try:
        with git.Repo(folder, search_parent_directories=True) as repository:
            root = repository.working_tree_dir
    except git.InvalidGitRepositoryError:
        return True
    if root is None:
        return False
    try:
        reader(Path(root)).check_ignore("--quiet", "--", str(path.resolve()))
    except (git.GitCommandError, git.GitCommandNotFound):
        return False
    return True
