"""The parts of a site kept between builds, each with the rows that it was made from.

A part is taken from what is kept when each of these rows has the same sum now, and it was made by the same program; else it is made
anew. What lies in a cache is not trusted: a row whose own hash does not fit counts as none, and it holds data only.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path, PurePosixPath

from kompetanse.model.sums import Sums, named
from kompetanse.pages.file import StagedFile
from kompetanse.pages.parts import Name
from kompetanse.pages.renewal import Renewal
from kompetanse.pages.view import Site

NAME = "parts.sqlite"
_TABLE = """CREATE TABLE IF NOT EXISTS part (
    site TEXT, name TEXT, mark TEXT, sum BLOB, value BLOB, hash BLOB, PRIMARY KEY (site, name)) WITHOUT ROWID"""
_PATIENCE = 5.0
"""Seconds to wait for another build that writes."""

Row = tuple[str, str, bytes, bytes, bytes]
"""Name, mark, sum, value and hash."""


@dataclass(frozen=True, slots=True)
class KeptParts:
    """The parts of earlier builds.

    Attributes:
        folder: Where they are kept.
        mark: All that makes a part beside the rows that it reads: the program.
    """

    folder: Path
    mark: str

    def made(self, site: Site) -> Iterator[StagedFile]:
        """Yield the files of all parts of `site`, and keep those that were made."""
        renewal = Renewal()
        waiting = {part.name: part for part in renewal.take(site)}
        sums, key = Sums(renewal.tables), _key(site)
        for name, files in self._known(key, sums):
            if name in waiting:
                renewal.adopt(name, files)
                del waiting[name]
        rows = []
        for name, part in waiting.items():
            files = renewal.make(part)
            rows.append(self._row(name, files, named(renewal.reads_of(name)), sums))
            renewal.adopt(name, files)
        self._keep(key, rows, {part.name for part in renewal.parts})
        return renewal.files()

    def _known(self, key: str, sums: Sums) -> Iterator[tuple[Name, tuple[StagedFile, ...]]]:
        """Yield the parts that are kept and would be made the same."""
        try:
            for row in self._rows(key):
                if found := self._understood(row, sums):
                    yield found
        except sqlite3.Error as error:
            if not isinstance(error, sqlite3.OperationalError):  # one that is only busy stays
                with suppress(OSError):
                    (self.folder / NAME).unlink()

    def _rows(self, key: str) -> Iterator[Row]:
        if (self.folder / NAME).is_file():
            with closing(sqlite3.connect(self.folder / NAME, timeout=_PATIENCE)) as base:
                yield from base.execute(
                    "SELECT name, mark, sum, value, hash FROM part WHERE site = ?", (key,)
                )

    def _understood(self, row: Row, sums: Sums) -> tuple[Name, tuple[StagedFile, ...]] | None:
        name, mark, total, value, digest = row
        if mark != self.mark or digest != _hash(name, mark, total, value):
            return None
        data = json.loads(zlib.decompress(value))
        if sums.of(map(tuple, data["rows"])) != total:
            return None
        return tuple(json.loads(name)), tuple(map(_file, data["files"]))

    def _row(self, name: Name, files: Iterable[StagedFile], rows: list[tuple[str, str]], sums: Sums) -> Row:
        data = {"rows": rows, "files": [_plain(file) for file in files]}
        value = zlib.compress(json.dumps(data, separators=(",", ":")).encode(), 1)
        text, total = json.dumps(name), sums.of(rows)
        return text, self.mark, total, value, _hash(text, self.mark, total, value)

    def _keep(self, key: str, rows: list[Row], there: set[Name]) -> None:
        """Keep `rows`, and no part that is not `there` any more; a cache that cannot be written costs time and nothing else."""
        with suppress(sqlite3.Error, OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self.folder / NAME, timeout=_PATIENCE)) as base, base:
                base.execute(_TABLE)
                base.executemany(
                    "INSERT OR REPLACE INTO part VALUES (?, ?, ?, ?, ?, ?)", ((key, *row) for row in rows)
                )
                known = base.execute("SELECT name FROM part WHERE site = ?", (key,)).fetchall()
                gone = [(key, name) for (name,) in known if tuple(json.loads(name)) not in there]
                base.executemany("DELETE FROM part WHERE site = ? AND name = ?", gone)


def _key(site: Site) -> str:
    """Return what tells a region's site from another one in the same cache."""
    return f"{site.catalogue.region.id} {'drafts' if site.catalogue.drafts else ''}"


def _hash(name: str, mark: str, total: bytes, value: bytes) -> bytes:
    return sha256(b"\0".join((name.encode(), mark.encode(), total, value))).digest()


def _plain(file: StagedFile) -> Mapping[str, object]:
    return {
        "path": file.path,
        "text": file.text,
        "source": str(file.source) if file.source else None,
        "changed": str(file.changed) if file.changed else None,
        "mapped": file.mapped,
    }


def _file(data: Mapping[str, str]) -> StagedFile:
    source, changed = data["source"], data["changed"]
    return StagedFile(
        data["path"],
        data["text"],
        PurePosixPath(source) if source else None,
        date.fromisoformat(changed) if changed else None,
        bool(data["mapped"]),
    )
