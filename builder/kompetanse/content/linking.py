"""Items as they were last linked: of a later library only those are linked anew that look something else up in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, Generic, TypeVar

from kompetanse.content.document import Document
from kompetanse.content.library import Library
from kompetanse.content.link import item_of
from kompetanse.content.versions import Below, Taken, below_folders, taken_by
from kompetanse.model.facts import Fact, Log, Reads, Tables, Watched, changed, rows, watched
from kompetanse.model.item import Item

_Made = TypeVar("_Made")
_DOCUMENTS = ("by_path", "by_id", "by_address", "_course_folders")
"""Tables of documents that are only found by them: who reads the text of another says so, with `text`."""


@dataclass(frozen=True, slots=True)
class _Known(Generic[_Made]):
    document: Document
    reads: Reads
    made: _Made


@dataclass
class Linking:
    """The items of a region, and which files each course takes along."""

    _log: Log = field(default_factory=Log)
    _tables: Tables = field(default_factory=dict)
    _items: dict[PurePosixPath, _Known[Item | None]] = field(default_factory=dict)
    _taken: dict[PurePosixPath, _Known[Mapping[str, PurePosixPath]]] = field(default_factory=dict)
    _there: tuple[object, ...] = ()
    _below: Below = field(default_factory=dict)

    def take(self, library: Library) -> tuple[list[Item], Taken]:
        """Return the items of `library`, and the files of each course; one that is as before is the same object as before."""
        tables = library.tables() | {"below": self._files(library), "region": rows(library.region)}
        seen = self._watched(library, tables)
        senses = _senses(tables)
        other, self._tables = changed(self._tables, senses), senses
        below = Watched("below", tables["below"], self._log)
        courses = (document for document, _ in library.of_kind("course"))
        self._items = dict(
            self._renewed(library.documents, self._items, other, lambda one: item_of(seen, one))
        )
        self._taken = dict(self._renewed(courses, self._taken, other, lambda one: taken_by(seen, one, below)))
        items = [known.made for known in self._items.values() if known.made]
        return items, {path: known.made for path, known in self._taken.items()}

    def _files(self, library: Library) -> Below:
        """Return the files below the folder of each course, which are as they were when the same files are there."""
        courses = [one.path for one, _ in library.of_kind("course")]
        there = ([*library.by_path], courses, library.unreadable, library.assets)
        if there != self._there:
            self._there, self._below = there, below_folders(library)
        return self._below

    def _watched(self, library: Library, tables: Tables) -> Library:
        own = {name: Watched(name, tables[name], self._log) for name in library.tables()}
        return library.through(own, watched("region", library.region, self._log))

    def _renewed(
        self,
        documents: Any,
        known: Mapping[PurePosixPath, _Known[_Made]],
        other: set[Fact],
        make: Callable[[Document], _Made],
    ) -> Iterator[tuple[PurePosixPath, _Known[_Made]]]:
        for document in documents:
            before = known.get(document.path)
            if before and before.document is document and before.reads.isdisjoint(other):
                yield document.path, before
                continue
            self._log.begin()
            made = make(document)
            same = before is not None and before.made == made
            kept = before.made if before and same else made
            yield document.path, _Known(document, self._log.reads(), kept)


def _senses(tables: Tables) -> Tables:
    """Return what is compared of the tables: of a document that is found, what it is; of one that is read, all."""
    found = {name: {key: one.standing for key, one in tables[name].items()} for name in _DOCUMENTS}
    below = {key: [one.standing for one in every] for key, every in tables["_modules_below"].items()}
    return {**tables, **found, "_modules_below": below}
