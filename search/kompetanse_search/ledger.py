"""What the shards were made of last time, so that only what changed is made again: the same files as if all had been.

A folder of the user's own with two files: `state`, which is read whole, and `pages`, of which only those that changed are
read. What stands there is used only when it is whole, of this version, and was made with the same seeds; otherwise, and
whenever it cannot be read or written, all is made anew. A state knows a sum of each of its pages, so the two never mix.
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

_STATE, _PAGES = "state", "pages"
_TABLE = "create table if not exists page(address text primary key, data blob)"


class Damaged(Exception):  # noqa: N818 (nothing went wrong: all is made anew)
    """What is kept is not what was written."""


_DAMAGE = (Damaged, OSError, sqlite3.Error, ValueError, EOFError, TypeError, LookupError)
"""What reading a ledger raises when it is not what was written."""


Kept = Callable[[str], Read]
"""Returns what is kept of the page at an address. Raises one of what `_DAMAGE` lists."""


class Ledger:
    """A ledger in a folder; without one nothing is remembered.

    Args:
        folder: The folder, which is made where there is none.
        of: What else must be the same for it to be read, such as the version of what turns Markdown into HTML.
    """

    def __init__(self, folder: Path | None = None, of: str = "") -> None:
        self._folder = folder
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
        try:
            folder = self._there()
            with closing(_connected(folder / _PAGES)) as base:
                done = Renewal(*self._known(folder, base, seeds), sources, html)
                found = _written(done, relations, region)
                if done.packed or done.gone:
                    self._keep(folder, base, done)
        except _DAMAGE:
            done = Renewal(State(seeds), _nothing, sources, html)
            found = _written(done, relations, region)
            self._keep_anew(done)
        return found

    def _there(self) -> Path:
        """Return the folder. Raises `Damaged` when there is nothing in it."""
        if not self._folder or not (self._folder / _PAGES).is_file():
            raise Damaged("nothing yet")
        return self._folder

    def _known(self, folder: Path, base: sqlite3.Connection, seeds: tuple[str, ...]) -> tuple[State, Kept]:
        """Return what is known, and what reads a page of it. Raises one of `_DAMAGE`."""
        mark, _, packed = (folder / _STATE).read_bytes().partition(b"\n")
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

    def _marked(self, packed: bytes) -> bytes:
        return f"{self._mark}.{len(packed)}.{zlib.crc32(packed)}".encode()

    def _keep(self, folder: Path, base: sqlite3.Connection, done: Renewal) -> None:
        """Write what is new; where somebody else writes, what is there stays. Raises `sqlite3.Error` or `OSError`."""
        try:
            base.execute("begin immediate")
        except sqlite3.OperationalError:
            return
        base.executemany("delete from page where address = ?", [(address,) for address in done.gone])
        base.executemany("insert or replace into page values (?, ?)", done.packed.items())
        base.execute("commit")
        packed, aside = done.state.packed(), folder / f"{_STATE}.new"
        aside.write_bytes(self._marked(packed) + b"\n" + packed)
        aside.replace(folder / _STATE)

    def _keep_anew(self, done: Renewal) -> None:
        """Write all into files that take the place of what was there. What cannot be written only costs time."""
        if not self._folder:
            return
        with suppress(OSError, sqlite3.Error):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            for name in (_STATE, _PAGES):
                (self._folder / name).unlink(missing_ok=True)
            with closing(_connected(self._folder / _PAGES)) as base:
                self._keep(self._folder, base, done)


def _written(done: Renewal, relations: Relations | None, region: str) -> dict[str, str]:
    lines = [one.line for one in done.state.pages.values()]
    return written(done.state.stock, lines, done.basis.elements, relations or Relations(), region)


def _nothing(address: str) -> Read:
    raise KeyError(address)


def _connected(path: Path) -> sqlite3.Connection:
    """Open a file that nobody need wait for."""
    base = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        base.execute("pragma synchronous = off")
        base.execute(_TABLE)
    except BaseException:
        base.close()
        raise
    return base
