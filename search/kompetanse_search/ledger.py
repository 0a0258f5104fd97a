"""What the shards were made of last time, so that only what changed is made again: the same files as if all had been.

A folder of the user's own with two files: `state`, which is read whole, and `pages`, of which only those that changed are
read, and the texts. What stands there is used only when it is whole, of this version, and was made with the same seeds; otherwise,
and whenever it cannot be read or written, all is made anew. A state knows a sum of each of its pages, so the two never mix.
"""

from __future__ import annotations

import marshal
import sqlite3
import sys
import zlib
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path

from kompetanse_search import VERSION
from kompetanse_search.kept import Damaged, State
from kompetanse_search.pages_file import PagesFile
from kompetanse_search.relations import Relations
from kompetanse_search.renewal import Renewal
from kompetanse_search.shards import FORM, text_files, written
from kompetanse_search.source import Html, Source

LAYOUT = 2
"""Of the file. Another one is never read."""

_STATE, _PAGES = "state", "pages"

_DAMAGE = (Damaged, OSError, sqlite3.Error, ValueError, EOFError, TypeError, LookupError)
"""What reading a ledger raises when it is not what was written."""


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

        def brought(state: State, kept: PagesFile) -> dict[str, str]:
            had = state.texts
            done = Renewal(state, kept, sources, html)
            old = dict(kept.texts(state.texts - done.texts.keys()))
            lines = [one.line for one in state.pages.values()]
            shards = written(state.stock, lines, done.basis.elements, relations or Relations(), region)
            if done.changed:
                kept.forget(done.gone, had - state.texts)
                self._keep(state, kept)
            return text_files(old | done.texts) | shards

        try:
            state = self._state(seeds)
            with closing(self._pages()) as kept:
                return brought(state, kept)
        except _DAMAGE:
            with closing(self._empty()) as kept:
                return brought(State(seeds), kept)

    def _state(self, seeds: tuple[str, ...]) -> State:
        """Return what is known. Raises one of `_DAMAGE`."""
        if not self._folder:
            raise Damaged("nothing is kept")
        mark, _, packed = (self._folder / _STATE).read_bytes().partition(b"\n")
        if mark != self._marked(packed):
            raise Damaged("the state")
        state = State.of(packed)
        if state.seeds != seeds:
            raise Damaged("another time's seeds")
        return state

    def _marked(self, packed: bytes) -> bytes:
        return f"{self._mark}.{len(packed)}.{zlib.crc32(packed)}".encode()

    def _pages(self) -> PagesFile:
        return PagesFile.open(self._folder / _PAGES) if self._folder else PagesFile()

    def _empty(self) -> PagesFile:
        """Return a file for new pages, in place of what was there. What cannot be written only costs time."""
        try:
            if self._folder:
                self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
                for name in (_STATE, _PAGES):
                    (self._folder / name).unlink(missing_ok=True)
            return self._pages()
        except (OSError, sqlite3.Error):
            return PagesFile()

    def _keep(self, state: State, kept: PagesFile) -> None:
        """Write what is new; where somebody else writes, what is there stays."""
        if not self._folder or not kept.commit():
            return
        packed, aside = state.packed(), self._folder / f"{_STATE}.new"
        with suppress(OSError):
            with aside.open("wb") as stream:
                stream.writelines((self._marked(packed), b"\n", packed))
            aside.replace(self._folder / _STATE)
