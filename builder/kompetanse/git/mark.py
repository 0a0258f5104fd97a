"""What a region's history can be told by without reading it."""

from __future__ import annotations

from pathlib import Path

from kompetanse.git.quiet import said
from kompetanse.git.run import GitError, NoGitError


def mark(root: Path) -> str | None:
    """Return what is the same as long as `read_history` would say the same of `root`; None when that cannot be told."""
    try:
        found = said(root, "rev-parse", "--is-shallow-repository", "--show-prefix", "HEAD")
        replaced = said(root, "for-each-ref", "refs/replace")
    except NoGitError:
        return "no git"
    except GitError as error:
        return error.said
    return None if found.startswith("true") else f"{found}\n{replaced}"
