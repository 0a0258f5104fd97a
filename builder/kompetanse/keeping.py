"""What lies in the cache, by kind, and how it is taken away: only what is ours, so that a folder named by mistake loses nothing."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Kind:
    """One sort of thing that is kept.

    Attributes:
        name: As people type it.
        what: What it spares.
        folder: Where its entries lie in the cache; empty for the cache itself.
        entry: What the names of its entries look like.
        noted: A file in an entry that people have let us note down, which nothing can make again; it is left alone.
    """

    name: str
    what: str
    folder: str
    entry: re.Pattern[str]
    noted: str = ""


KINDS = (
    Kind("pages", "texts of pages as HTML", "", re.compile(r"pages\.sqlite(?:-journal|-wal|-shm)?")),
    Kind("parts", "parts of sites, each with what it was made from", "", re.compile(r"parts\.sqlite(?:-journal|-wal|-shm)?")),
    Kind("builds", "what each site was built from, to know when nothing has changed", "builds", re.compile(r"[0-9a-f]{20}\.(?:json|[0-9]+)")),
    Kind("packages", "packages of courses, one folder for each region on this machine", "packages", re.compile(r"[0-9a-f]{20}")),
    Kind("search", "search indexes, one for each region on this machine", "search", re.compile(r"[0-9a-f]{20}"), "zero-hits.txt"),
    Kind("sources", "what was fetched of other regions' repositories", "sources", re.compile(r"[0-9a-f]{32}")),
    Kind("federation", "what to ask other regions' catalogues with", "federation", re.compile(r"\.?[0-9a-f]{32}\.json.*")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Held:
    """What the cache has of one kind.

    Attributes:
        kind: Which.
        entries: How many: texts, regions or addresses.
        bytes: What they take on the disk.
    """

    kind: Kind
    entries: int
    bytes: int


def held(cache: Path) -> Iterator[Held]:
    """Yield what lies in `cache` of each kind."""
    for kind in KINDS:
        found = list(_entries(cache, kind))
        count = _texts(cache / "pages.sqlite") if kind.name == "pages" else len(found)
        yield Held(kind, count, sum(_size(part) for entry in found for part in _parts(entry, kind)))


def clear(cache: Path, kind: Kind) -> list[str]:
    """Take away what is kept of `kind`, and return what could not be taken away, each with why."""
    left: list[str] = []
    for entry in list(_entries(cache, kind)):
        left += [said for part in list(_parts(entry, kind)) if (said := _taken(part))]
        if kind.noted:
            with suppress(OSError):  # what was noted is in it, or it was a link
                entry.rmdir()
    return left


def _taken(path: Path) -> str:
    """Take away a file, a link or a folder; return why not, or nothing."""
    try:
        if path.is_symlink() or not path.is_dir():
            path.unlink()
            return ""
        shutil.rmtree(path, ignore_errors=True)
        if path.exists():  # git keeps its files without leave to write, which some systems ask for
            for top, _, names in os.walk(path):
                for one in (Path(top), *(Path(top) / name for name in names)):
                    if not one.is_symlink():
                        one.chmod(stat.S_IRWXU)
            shutil.rmtree(path)
    except OSError as error:
        return f"{path}: {error}"
    return ""


def _entries(cache: Path, kind: Kind) -> Iterator[Path]:
    """Yield what is ours; a link in place of our folder leads to what is not."""
    folder = cache / kind.folder
    if folder.is_dir() and not (kind.folder and folder.is_symlink()):
        yield from (one for one in sorted(folder.iterdir()) if kind.entry.fullmatch(one.name))


def _parts(entry: Path, kind: Kind) -> Iterator[Path]:
    """Yield what can be made again of an entry: all of it, or what lies beside what was noted."""
    if kind.noted and entry.is_dir() and not entry.is_symlink():
        yield from (one for one in sorted(entry.iterdir()) if one.name != kind.noted)
    else:
        yield entry


def _size(path: Path) -> int:
    with suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            return sum(
                (Path(top) / name).lstat().st_size for top, _, names in os.walk(path) for name in names
            )
        return path.lstat().st_size
    return 0


def _texts(file: Path) -> int:
    """Return how many texts are kept; 0 when the file is none of ours, which is made anew when it is needed."""
    if not file.is_file():
        return 0
    with suppress(sqlite3.Error), closing(sqlite3.connect(file, timeout=1)) as base:
        return int(base.execute("SELECT count(*) FROM converted").fetchone()[0])
    return 0
