"""What a ledger keeps of pages, one by one: a file of SQLite, of which only those that changed are read.

Everything is written in one transaction, while pages are made, so that they need not be held in memory.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from kompetanse_search.kept import Damaged, Packed
from kompetanse_search.whole import is_text

_TABLES = """
create table if not exists page(address text primary key, words blob, codes blob);
create table if not exists text(name text primary key, text blob);
"""


class PagesFile:
    """Pages in a file. Without a connection there are none, and nothing is kept."""

    def __init__(self, base: sqlite3.Connection | None = None) -> None:
        self._base, self._writes = base, base is not None

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a file that nobody need wait for: where somebody else writes, it is only read. Raises `sqlite3.Error`."""
        base = sqlite3.connect(path, timeout=0, isolation_level=None)
        found = cls(base)
        try:
            base.execute("pragma synchronous = off")
            base.executescript(_TABLES)
        except BaseException:
            base.close()
            raise
        found._write("begin immediate")
        return found

    def page(self, address: str, summed: int) -> Packed:
        """Return the page at `address`. Raises `Damaged` when it is not the one with that sum."""
        found = self._asked("select words, codes from page where address = ?", address)
        for row in found:
            packed = Packed(*row)
            if packed.summed == summed:
                return packed
        raise Damaged(address)

    def texts(self, names: Collection[str]) -> Iterator[tuple[str, str]]:
        """Yield the names and texts of `names`. Raises `Damaged` when one is missing, or not what it was."""
        wanted = set(names)
        for name, packed in self._asked("select name, text from text") if wanted else ():
            if name in wanted:
                text = bytes(packed).decode()
                if not is_text(name, text):
                    raise Damaged(name)
                wanted.remove(name)
                yield name, text
        if wanted:
            raise Damaged("a text is missing")

    def _asked(self, asked: str, *values: Any) -> Iterator[Any]:
        return iter(self._base.execute(asked, values) if self._base else ())

    def put(self, address: str, packed: Packed) -> None:
        """Keep a page in place of what was there."""
        self._write("insert or replace into page values (?, ?, ?)", address, *packed)

    def put_text(self, name: str, text: str) -> None:
        """Keep a text: as bytes, since text that is handed to SQLite holds on to a copy as long as it lives."""
        self._write("insert or replace into text values (?, ?)", name, text.encode())

    def forget(self, addresses: Collection[str], names: Collection[str]) -> None:
        """Forget pages and texts."""
        for address in addresses:
            self._write("delete from page where address = ?", address)
        for name in names:
            self._write("delete from text where name = ?", name)

    def _write(self, asked: str, *values: Any) -> None:
        """Write, unless something could not be written: then nothing is, which only costs time."""
        if self._base and self._writes:
            try:
                self._base.execute(asked, values)
            except sqlite3.Error:
                self._writes = False

    def commit(self) -> bool:
        """Let what was written hold, and tell whether it does."""
        self._write("commit")
        return self._writes

    def close(self) -> None:
        """Let go of the file; what does not hold yet never will."""
        if self._base:
            with suppress(sqlite3.Error):
                self._base.close()
