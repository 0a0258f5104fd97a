"""Show on a terminal how far long work has come; say nothing elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

_MANY = 500
"""Fewer files than this are read before anybody wonders."""


def track(paths: Iterable[PurePosixPath]) -> Iterator[PurePosixPath]:
    """Yield `paths`, with a bar when they are many and somebody looks on."""
    found = tuple(paths)
    if len(found) < _MANY or not sys.stderr.isatty():
        yield from found
        return
    from rich.console import Console
    from rich.progress import track as bar

    yield from bar(found, description="Reading", console=Console(stderr=True), transient=True)
