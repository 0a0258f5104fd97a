"""Where things lie that can be made again: in the user's own cache, never in the region."""

from __future__ import annotations

import os
from pathlib import Path

VARIABLE = "KOMPETANSE_CACHE"
"""Names another folder, for builds that share one."""


def folder() -> Path:
    """Return the folder for what can be made again; it may not exist yet."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named).absolute()
    from platformdirs import user_cache_path

    return user_cache_path("kompetanse", appauthor=False)
