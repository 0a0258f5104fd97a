"""Where what can be made again lies: in a folder of whoever runs a command, never in the region, which comes from others."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

CACHE = "KOMPETANSE_CACHE"
"""Names another folder for it."""


def cache() -> Path:
    """Return the folder."""
    named = os.environ.get(CACHE)
    if named:
        return Path(named).absolute()
    from platformdirs import user_cache_path

    return user_cache_path("kompetanse", appauthor=False)


def search_folder(root: Path, content: str) -> Path:
    """Return the folder for what is made of the region at `root` for its search."""
    return _folder("search", root, content)


def packages_folder(root: Path, content: str) -> Path:
    """Return the folder for the packages of courses of the region at `root`."""
    return _folder("packages", root, content)


def _folder(name: str, root: Path, content: str) -> Path:
    mark = hashlib.sha256(region_mark(root, content).encode(errors="surrogateescape")).hexdigest()[:20]
    return cache() / name / mark


def region_mark(root: Path, content: str) -> str:
    """Return what tells this region on this machine from others."""
    return str(root.resolve() / content)
