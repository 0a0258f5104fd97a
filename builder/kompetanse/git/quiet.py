"""Git that only reads: it never writes, never asks and never goes to the network."""

from __future__ import annotations

from pathlib import Path

import git

_QUIET = {"GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}


def reader(root: Path) -> git.Git:
    """Return a git that reads in the folder `root`."""
    runner = git.Git(root)
    runner.update_environment(**_QUIET)
    return runner
