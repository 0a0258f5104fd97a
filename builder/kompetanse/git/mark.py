"""What a region's history can be told by without reading it."""

from __future__ import annotations

from pathlib import Path

import git

from kompetanse.git.quiet import reader


def mark(root: Path) -> str | None:
    """Return what is the same as long as `read_history` would say the same of `root`; None when that cannot be told."""
    runner = reader(root)
    try:
        found = str(runner.rev_parse("--is-shallow-repository", "--show-prefix", "HEAD"))
        replaced = str(runner.for_each_ref("refs/replace"))
    except git.GitCommandNotFound:
        return "no git"
    except git.GitCommandError as error:
        return f"{error.status} {error.stderr}"
    return None if found.startswith("true") else f"{found}\n{replaced}"
