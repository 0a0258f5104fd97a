"""Files of a source that were read once, by their id in git, in one database; each is checked against its id when it is read."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from kompetanse.errors import KompetanseError
from kompetanse.model.blob import blob_id
from kompetanse.sharing.address import RefusedError

_TABLES = (
    "CREATE TABLE IF NOT EXISTS bundle (number INTEGER PRIMARY KEY, data BLOB)",
    "CREATE TABLE IF NOT EXISTS blob (oid BLOB PRIMARY KEY, bundle INTEGER, start INTEGER, size INTEGER) WITHOUT ROWID",
)
_FIND = "SELECT oid, bundle, start, size FROM blob WHERE oid IN ({}) ORDER BY bundle"

_BUNDLE = 1 << 18
"""Bytes of small files that are packed together: pages are alike, and one stream of them is a third smaller and quicker."""

_AT_ONCE = 500
"""Ids in one question; SQLite takes 999 at least (https://sqlite.org/limits.html#max_variable_number)."""

_PATIENCE = 30.0
"""Seconds that a run waits for another one that is writing."""

_Row = tuple[bytes, int, int, int]
"""An id, the bundle that its file lies in, where it starts there, and how long it is."""


@dataclass(frozen=True, slots=True)
class Blobs:
    """A database of contents by id: a thousand first pages are one file and one write, which is whole or not there."""

    file: Path

    def read(self, oids: Sequence[str]) -> dict[str, bytes]:
        """Return those that are here and whole; a damaged one is left out, so that it comes anew."""
        if not self.file.is_file():
            return {}
        try:
            with self._opened() as base:
                found = dict(_contents(base, oids))
        except sqlite3.DatabaseError:
            return {}
        return {oid: data for oid, data in found.items() if blob_id(data) == oid}

    def keep(self, contents: Mapping[str, bytes]) -> None:
        """Keep contents by id, all of them or none; a database that is damaged is made anew.

        Raises:
            RefusedError: When one has another id.
            KompetanseError: When they cannot be written.
        """
        wrong = next((oid for oid, data in contents.items() if blob_id(data) != oid), None)
        if wrong:
            raise RefusedError(f"The source gave other contents for {wrong} than its id says")
        try:
            self._write(contents)
        except sqlite3.OperationalError as error:
            raise KompetanseError(_why(error)) from error
        except sqlite3.DatabaseError:
            for left in (self.file, self.file.with_name(f"{self.file.name}-journal")):
                left.unlink(missing_ok=True)
            self._write(contents)

    def _write(self, contents: Mapping[str, bytes]) -> None:
        with self._opened() as base, base:
            base.execute("BEGIN IMMEDIATE")
            for table in _TABLES:
                base.execute(table)
            for some in _bundles(contents):
                data = zlib.compress(b"".join(contents[oid] for oid in some), 1)
                number = base.execute("INSERT INTO bundle (data) VALUES (?)", (data,)).lastrowid
                rows = _places(some, contents, number or 0)
                base.executemany("INSERT OR REPLACE INTO blob VALUES (?, ?, ?, ?)", rows)

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self.file, timeout=_PATIENCE)) as base:
            base.execute("PRAGMA synchronous=OFF")  # what a power cut leaves is found out by its ids
            yield base


def _bundles(contents: Mapping[str, bytes]) -> Iterator[list[str]]:
    """Yield ids of files that are packed together, a large one alone."""
    some: list[str] = []
    size = 0
    for oid, data in contents.items():
        if some and size + len(data) > _BUNDLE:
            yield some
            some, size = [], 0
        some.append(oid)
        size += len(data)
    if some:
        yield some


def _places(oids: Sequence[str], contents: Mapping[str, bytes], bundle: int) -> Iterator[_Row]:
    start = 0
    for oid in oids:
        size = len(contents[oid])
        yield bytes.fromhex(oid), bundle, start, size
        start += size


def _contents(base: sqlite3.Connection, oids: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Yield what the database says that the files hold."""
    if not base.execute("SELECT 1 FROM sqlite_master WHERE name = 'blob'").fetchone():
        return
    last, unpacked = -1, b""
    for oid, bundle, start, size in _rows(base, oids):
        if bundle != last:
            last, unpacked = bundle, _unpacked(base, bundle)
        yield oid.hex(), unpacked[start : start + size]


def _rows(base: sqlite3.Connection, oids: Sequence[str]) -> Iterator[_Row]:
    for start in range(0, len(oids), _AT_ONCE):
        some = [bytes.fromhex(oid) for oid in oids[start : start + _AT_ONCE]]
        yield from base.execute(_FIND.format(",".join("?" * len(some))), some).fetchall()


def _unpacked(base: sqlite3.Connection, bundle: int) -> bytes:
    """Return the contents of a bundle; nothing when it is damaged."""
    row = base.execute("SELECT data FROM bundle WHERE number = ?", (bundle,)).fetchone()
    try:
        return zlib.decompress(row[0]) if row and isinstance(row[0], bytes) else b""
    except zlib.error:
        return b""


def _why(error: sqlite3.Error) -> str:
    said = str(error)
    if "full" in said:
        return "The files of the source could not be kept: the disk is full. Make room and try again"
    if "locked" in said:
        return "Another run is writing to what is kept of the source. Wait for it and try again"
    return (
        f"The files of the source could not be kept: {said}. KOMPETANSE_CACHE names another folder for them"
    )
