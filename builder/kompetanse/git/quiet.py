"""Git that only reads: it never writes, never asks and never goes to the network."""

from __future__ import annotations

import os
from pathlib import Path

from kompetanse.git.run import GitError, NoGitError, Terms, run

UNREADABLE = (GitError, NoGitError)
"""What keeps git from answering."""

_QUIET = {
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_LITERAL_PATHSPECS": "0",  # which `check-ignore` refuses
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
}


def said(folder: Path, verb: str, *arguments: str) -> str:
    """Return what git says in `folder`, without the last end of row; a name that is no UTF-8 is as Python reads it from a disk.

    Raises:
        GitError: When it ends with an error.
        NoGitError: When there is no git here.
    """
    own = {name: value for name, value in os.environ.items() if name.startswith("GIT_")}
    terms = Terms(trusted=True, environment=own | _QUIET)
    return run(folder, verb, *arguments, terms=terms).decode("utf-8", "surrogateescape").removesuffix("\n")


def in_repository(folder: Path) -> bool:
    """Tell whether `folder` lies in a repository, or in what was one; git need not be here to know."""
    whole = folder.absolute()
    return any((one / ".git").exists() for one in (whole, *whole.parents))


def is_none(error: GitError) -> bool:
    """Tell whether git found that what looked like a repository is none."""
    return "not a git repository" in error.said
