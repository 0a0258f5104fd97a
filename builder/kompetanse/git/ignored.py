"""Whether a file would come into git."""

from __future__ import annotations

from pathlib import Path

from kompetanse.git.quiet import in_repository, is_none, said
from kompetanse.git.run import GitError, NoGitError


def is_kept_out(path: Path) -> bool:
    """Tell whether `path` lies outside every work tree, or is ignored in its own; where git is missing nobody can tell, so no."""
    folder = next((one for one in path.absolute().parents if one.is_dir()), Path.cwd())
    if not in_repository(folder):
        return True
    try:
        said(folder, "check-ignore", "--quiet", "--", str(path.resolve()))
    except GitError as error:
        return is_none(error)
    except NoGitError:
        return False
    return True
