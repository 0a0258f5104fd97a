"""Files of a source that were read once, by their id in git, in one database; each is checked against its id when it is read."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from kompetanse.errors import KompetanseError
from kompetanse.model.blob import blob_id
from kompetanse.sharing.address import RefusedError

_AT_ONCE = 500
"""Ids in one question; SQLite takes 999 at least (https://sqlite.org/limits.html#max_variable_number)."""

_PATIENCE = 30.0
"""Seconds that a run waits for another one that is writing."""


@dataclass(frozen=True, slots=True)
class Blobs:
    """A database of contents by id, packed by zlib: a thousand first pages are one file and one write, which is whole or not there."""

    file: Path

    def read(self, oids: Sequence[str]) -> dict[str, bytes]:
        """Return those that are here and whole; a damaged one is left out, so that it comes anew."""
        if not self.file.is_file():
            return {}
        try:
            with self._opened() as base:
                packed = dict(_rows(base, oids))
        except sqlite3.DatabaseError:
            return {}
        whole = {oid: _unpacked(data) for oid, data in packed.items()}
        return {oid: data for oid, data in whole.items() if blob_id(data) == oid}

    def keep(self, contents: Mapping[str, bytes]) -> None:
        """Keep contents by id, all of them or none; a database that is damaged is made anew.

        Raises:
            RefusedError: When one has another id.
            KompetanseError: When they cannot be written.
        """
        wrong = next((oid for oid, data in contents.items() if blob_id(data) != oid), None)
        if wrong:
            raise RefusedError(f"The source gave other contents for {wrong} than its id says")
        rows = [(oid, zlib.compress(data, 1)) for oid, data in contents.items()]
        try:
            self._write(rows)
        except sqlite3.OperationalError as error:
            raise KompetanseError(_why(error)) from error
        except sqlite3.DatabaseError:
            for left in (self.file, self.file.with_name(f"{self.file.name}-journal")):
                left.unlink(missing_ok=True)
            self._write(rows)

    def _write(self, rows: Sequence[tuple[str, bytes]]) -> None:
        with self._opened() as base, base:
            base.execute("CREATE TABLE IF NOT EXISTS blob (oid TEXT PRIMARY KEY, data BLOB) WITHOUT ROWID")
            base.executemany("INSERT OR REPLACE INTO blob VALUES (?, ?)", rows)

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        self.file.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self.file, timeout=_PATIENCE)) as base:
            base.execute("PRAGMA synchronous=OFF")  # what a power cut leaves is found out by its ids
            yield base


def _rows(base: sqlite3.Connection, oids: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    with suppress(sqlite3.OperationalError):  # the table is not there yet
        for start in range(0, len(oids), _AT_ONCE):
            some = oids[start : start + _AT_ONCE]
            marks = ",".join("?" * len(some))
            yield from base.execute(f"SELECT oid, data FROM blob WHERE oid IN ({marks})", some)  # noqa: S608 (marks only)


def _unpacked(data: object) -> bytes:
    """Return the contents; nothing when they are damaged, which has no file's id."""
    try:
        return zlib.decompress(data) if isinstance(data, bytes) else b"damaged"
    except zlib.error:
        return b"damaged"


def _why(error: sqlite3.Error) -> str:
    said = str(error)
    if "full" in said:
        return "The files of the source could not be kept: the disk is full. Make room and try again"
    if "locked" in said:
        return "Another run is writing to what is kept of the source. Wait for it and try again"
    return f"The files of the source could not be kept: {said}. KOMPETANSE_CACHE names another folder for them"
