"""Where what can be made again is kept: the user's cache, or the folder that a variable names."""

from __future__ import annotations

import os
from pathlib import Path

CACHE = "KOMPETANSE_CACHE"
"""Names another folder for what can be made again."""


def cache() -> Path:
    """Return the folder for what can be made again."""
    named = os.environ.get(CACHE)
    if named:
        return Path(named).absolute()
    from platformdirs import user_cache_path

    return user_cache_path("kompetanse", appauthor=False)
