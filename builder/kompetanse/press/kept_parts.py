"""The parts of a site kept between builds, each with the rows that it was made from.

A part is taken from what is kept when each of these rows has the same sum now, and it was made by the same program; else it is made
anew. What lies in a cache is not trusted: a row whose own hash does not fit counts as none, and it holds data only.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import zlib
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path, PurePosixPath

from kompetanse.model.sums import Sums, named
from kompetanse.pages.file import StagedFile
from kompetanse.pages.parts import Name, Part
from kompetanse.pages.renewal import Made, Renewal
from kompetanse.pages.stage import Lot, in_lots
from kompetanse.pages.view import Site
from kompetanse.press.opening import PATIENCE, opened

NAME = "parts.sqlite"
_TABLE = """CREATE TABLE IF NOT EXISTS part (
    site TEXT, name TEXT, mark TEXT, sum BLOB, value BLOB, hash BLOB, PRIMARY KEY (site, name)) WITHOUT ROWID"""
_KEPT = "SELECT name, mark, sum, value, hash FROM part WHERE site = ? AND name = ?"
_KEEP = "INSERT OR REPLACE INTO part VALUES (?, ?, ?, ?, ?, ?)"

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

    def made(self, site: Site, anew: bool = False) -> Sequence[Lot]:
        """Return what makes the files of all parts of `site`: from what is kept, or `anew`, which is kept then."""
        renewal = Renewal()
        parts = renewal.take(site)
        work = self.work(site, renewal, anew)
        names = frozenset(part.name for part in parts)
        return (*in_lots(parts, work.files), lambda: work.forget_others(names))

    def work(self, site: Site, renewal: Renewal, anew: bool = False) -> Work:
        """Return the parts that are kept of `site`, which `renewal` has taken in."""
        return Work(self.folder / NAME, self.mark, _key(site), renewal, Sums(renewal.tables), anew)


@dataclass
class Work:
    """The parts of one site, some at a time: each lot reads and writes what is kept by itself, so that no other waits for it.

    Attributes:
        file: Where they are kept.
        mark: The program.
        key: The site.
        renewal: Makes parts.
        sums: The rows of the site.
        anew: Whether every part is made anew, whatever is kept.
        patience: Seconds to wait for another build that writes; none any more once that was in vain.
    """

    file: Path
    mark: str
    key: str
    renewal: Renewal
    sums: Sums
    anew: bool = False
    patience: float = PATIENCE

    def files(self, parts: Sequence[Part]) -> Iterator[StagedFile]:
        """Yield the files of `parts`."""
        known = {} if self.anew else dict(self.known(parts))
        made = {part.name: self.renewal.once(part) for part in parts if part.name not in known}
        if made:
            self._keep([self._row(name, one) for name, one in made.items()])
        for part in parts:
            yield from (made[part.name] if part.name in made else known[part.name]).files

    def forget_others(self, names: Container[Name]) -> Iterable[StagedFile]:
        """Keep no part that is none of `names` any more; there are no files of that."""
        with suppress(sqlite3.Error, OSError):
            if self.file.is_file():
                with opened(self.file, self.patience) as base, base:
                    there = base.execute("SELECT name FROM part WHERE site = ?", (self.key,)).fetchall()
                    gone = [(self.key, name) for (name,) in there if tuple(json.loads(name)) not in names]
                    base.executemany("DELETE FROM part WHERE site = ? AND name = ?", gone)
        return ()

    def known(self, parts: Sequence[Part]) -> Iterator[tuple[Name, Made]]:
        """Yield those of `parts` that are kept and would be made the same; what was read for each is told as `named` tells it."""
        try:
            for row in self._rows(parts):
                if found := self._understood(row):
                    yield found
        except sqlite3.Error as error:
            if not isinstance(error, sqlite3.OperationalError):  # one that is only busy stays
                with suppress(OSError):
                    self.file.unlink()

    def _rows(self, parts: Sequence[Part]) -> Iterator[Row]:
        if self.file.is_file():
            with opened(self.file, self.patience) as base:
                for part in parts:
                    yield from base.execute(_KEPT, (self.key, json.dumps(part.name)))

    def _has(self, base: sqlite3.Connection, row: Row) -> bool:
        """Tell whether `row` is kept as it is; nothing is written then."""
        found = base.execute(
            "SELECT hash FROM part WHERE site = ? AND name = ?", (self.key, row[0])
        ).fetchone()
        return bool(found == (row[-1],))

    def _understood(self, row: Row) -> tuple[Name, Made] | None:
        name, mark, total, value, digest = row
        if mark != self.mark or digest != _hash(name, mark, total, value):
            return None
        data = json.loads(zlib.decompress(value))
        rows = [(sys.intern(table), sys.intern(key)) for table, key in data["rows"]]
        if self.sums.of(rows) != total:
            return None
        return tuple(json.loads(name)), Made(tuple(map(_file, data["files"])), frozenset(rows))

    def _row(self, name: Name, made: Made) -> Row:
        rows = named(made.reads)
        data = {"rows": rows, "files": [_plain(file) for file in made.files]}
        value = zlib.compress(json.dumps(data, separators=(",", ":")).encode(), 1)
        text, total = json.dumps(name), self.sums.of(rows)
        return text, self.mark, total, value, _hash(text, self.mark, total, value)

    def _keep(self, rows: Sequence[Row]) -> None:
        """Keep `rows`; a cache that cannot be written costs time and nothing else."""
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with opened(self.file, self.patience) as base, base:
                base.execute(_TABLE)
                base.executemany(_KEEP, ((self.key, *row) for row in rows if not self._has(base, row)))
        except (sqlite3.Error, OSError):
            self.patience = 0.0


def _key(site: Site) -> str:
    """Return what tells a region's site from another one in the same cache: whether drafts are shown, where there are any."""
    drafts = site.catalogue.drafts and any(one.status == "draft" for one in site.catalogue.items.values())
    return f"{site.catalogue.region.id} {'drafts' if drafts else ''}"


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
