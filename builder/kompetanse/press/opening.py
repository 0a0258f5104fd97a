"""How a file is opened that holds nothing that could not be made anew."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

PATIENCE = 5.0
"""Seconds to wait for another build that writes, until that was in vain once."""


@contextmanager
def opened(file: Path, patience: float) -> Iterator[sqlite3.Connection]:
    """Open the database `file`, waiting for another process for `patience` seconds; what the system loses of it is made anew."""
    with closing(sqlite3.connect(file, timeout=patience)) as base:
        base.execute("PRAGMA synchronous = OFF")
        yield base
