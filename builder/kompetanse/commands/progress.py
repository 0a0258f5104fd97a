"""Show on a terminal how far long work has come; say nothing elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

Page = TypeVar("Page")

_MANY = 500
"""Fewer files than this are read before anybody wonders."""

_MANY_HANDED_OVER = 51
_MANY_PACKED = 4
_MANY_LOTS = 12


def track(paths: Iterable[PurePosixPath]) -> Iterator[PurePosixPath]:
    """Yield `paths`, with a bar when they are many and somebody looks on."""
    yield from _with_bar(tuple(paths), _MANY)


def track_files(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield the files that people have handed over, with a bar when they are more than 50 and somebody looks on."""
    yield from _with_bar(paths, _MANY_HANDED_OVER)


def track_pages(pages: Sequence[Page]) -> Iterator[Page]:
    """Yield the pages that are read for the search, with a bar when they are many and somebody looks on."""
    yield from _with_bar(pages, _MANY)


def track_people(people: Sequence[Page]) -> Iterator[Page]:
    """Yield those who get a certificate, with a bar when they are more than 50 and somebody looks on."""
    yield from _with_bar(people, _MANY_HANDED_OVER, "Issuing")


def track_packages(courses: Sequence[Page]) -> Iterator[Page]:
    """Yield the courses that are packed, with a bar when they are more than three and somebody looks on."""
    yield from _with_bar(courses, _MANY_PACKED, "Packing")


def track_lots(numbers: Iterator[int], count: int) -> Iterator[int]:
    """Yield which of so many lots of a site is taken in hand, with a bar when they are many and somebody looks on."""
    if count < _MANY_LOTS or not sys.stderr.isatty():
        yield from numbers
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("Writing", total=count)
        for number in numbers:  # of which other processes take some too
            shown.update(task, completed=number)
            yield number


@contextmanager
def reading(file: Path) -> Iterator[Callable[[int, int], None]]:
    """Give what is told how many parts of a file are read, and of how many; it shows a bar when somebody looks on."""
    if not sys.stderr.isatty():
        yield lambda done, of: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(f"Reading {file.name}", total=None)
        yield lambda done, of: shown.update(task, completed=done, total=of)


@contextmanager
def making(count: int) -> Iterator[Callable[[int], None]]:
    """Give what is told how many of so many parts of a site are left; it shows a bar when they are many and somebody looks on."""
    if count < _MANY or not sys.stderr.isatty():
        yield lambda left: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("Making the site", total=count)
        yield lambda left: shown.update(task, completed=count - left)


def _with_bar(found: Sequence[Any], many: int, what: str = "Reading") -> Iterator[Any]:
    if len(found) < many or not sys.stderr.isatty():
        yield from found
        return
    yield from _bar(found, what, len(found))


def _bar(found: Iterable[Any], what: str, count: int) -> Iterator[Any]:
    from rich.console import Console
    from rich.progress import track as bar

    yield from bar(found, description=what, total=count, console=Console(stderr=True), transient=True)
