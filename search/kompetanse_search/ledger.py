"""What the shards were made of last time, so that only what changed is made again: the same files as if all had been.

One SQLite file in a folder of the user's own. What stands in it is used only when it is whole, of this version, and was made
with the same seeds; otherwise, and whenever it cannot be read or written, all is made anew.
"""

from __future__ import annotations

import marshal
import sqlite3
import sys
import zlib
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from pathlib import Path

from kompetanse_search import VERSION
from kompetanse_search.finished_text import Html
from kompetanse_search.kept import Read, State
from kompetanse_search.relations import Relations
from kompetanse_search.renewal import Renewal
from kompetanse_search.shards import FORM, written
from kompetanse_search.source import Source

LAYOUT = 1
"""Of the file. Another one is never read."""

_TABLES = """
create table if not exists state(mark text, data blob);
create table if not exists page(address text primary key, data blob);
"""


class Damaged(Exception):  # noqa: N818 (nothing went wrong: all is made anew)
    """What is kept is not what was written."""


_DAMAGE = (Damaged, sqlite3.Error, ValueError, EOFError, TypeError, LookupError)
"""What reading a ledger raises when it is not what was written."""


Kept = Callable[[str], Read]
"""Returns what is kept of the page at an address. Raises one of what `_DAMAGE` lists."""


class Ledger:
    """A ledger in a file; without one nothing is remembered.

    Args:
        path: The file, in a folder that there is or may be.
        of: What else must be the same for it to be read, such as the version of what turns Markdown into HTML.
    """

    def __init__(self, path: Path | None = None, of: str = "") -> None:
        self._path = path
        self._mark = f"{LAYOUT}.{VERSION}.{FORM}.{marshal.version}.{sys.hexversion:x}.{of}"

    def files(
        self,
        sources: Sequence[Source],
        html: Html,
        seeds: tuple[str, ...] = (),
        relations: Relations | None = None,
        region: str = "",
    ) -> dict[str, str]:
        """Return path → text of the shards of `sources`, as `shards.files` makes them, and remember what they are made of."""
        with closing(self._opened()) as base:
            try:
                done = Renewal(*self._known(base, seeds), sources, html)
                if done.packed or done.gone:
                    self._keep(base, done)
            except _DAMAGE:
                done = Renewal(State(seeds), _nothing, sources, html)
                self._keep_anew(done)
        lines = [one.line for one in done.state.pages.values()]
        return written(done.state.stock, lines, done.basis.elements, relations or Relations(), region)

    def _opened(self) -> sqlite3.Connection:
        """Open the file; where there is none, one that is empty."""
        with suppress(sqlite3.Error):
            if self._path and self._path.is_file():
                return _connected(str(self._path))
        return _connected(":memory:")

    def _known(self, base: sqlite3.Connection, seeds: tuple[str, ...]) -> tuple[State, Kept]:
        """Return what is known, and what reads a page of it. Raises one of `_DAMAGE`."""
        mark, packed = base.execute("select mark, data from state").fetchone() or ("", b"")
        if mark != self._marked(packed):
            raise Damaged("the state")
        state = State.of(packed)
        if state.seeds != seeds:
            raise Damaged("another time's seeds")

        def kept(address: str) -> Read:
            row = base.execute("select data from page where address = ?", (address,)).fetchone()
            if row is None or zlib.crc32(row[0]) != state.pages[address].summed:
                raise Damaged(address)
            return Read.of(row[0])

        return state, kept

    def _marked(self, packed: bytes) -> str:
        return f"{self._mark}.{len(packed)}.{zlib.crc32(packed)}"

    def _keep(self, base: sqlite3.Connection, done: Renewal) -> None:
        """Write what is new; where somebody else writes, what is there stays. Raises `sqlite3.Error`."""
        try:
            base.execute("begin immediate")
        except sqlite3.OperationalError:
            return
        packed = done.state.packed()
        base.executemany("delete from page where address = ?", [(address,) for address in done.gone])
        base.executemany("insert or replace into page values (?, ?)", done.packed.items())
        base.execute("delete from state")
        base.execute("insert into state values (?, ?)", (self._marked(packed), packed))
        base.execute("commit")

    def _keep_anew(self, done: Renewal) -> None:
        """Write all aside, and let that take the place of what was there. What cannot be written only costs time."""
        if self._path is None:
            return
        aside = self._path.with_name(f"{self._path.name}.new")
        with suppress(OSError, sqlite3.Error):
            aside.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            aside.unlink(missing_ok=True)
            with closing(_connected(str(aside))) as base:
                self._keep(base, done)
            aside.replace(self._path)


def _nothing(address: str) -> Read:
    raise KeyError(address)


def _connected(path: str) -> sqlite3.Connection:
    """Open a file that nobody need wait for."""
    base = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        base.execute("pragma synchronous = off")
        base.executescript(_TABLES)
    except BaseException:
        base.close()
        raise
    return base
