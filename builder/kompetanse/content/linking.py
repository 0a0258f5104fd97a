"""Items as they were last linked: of a later library only those are linked anew that look something else up in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Generic, TypeVar

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


_Items = dict[PurePosixPath, _Known[Item | None]]
_Courses = dict[PurePosixPath, _Known[Mapping[str, PurePosixPath]]]


@dataclass
class Linking:
    """The items of a region, and which files each course takes along."""

    _log: Log = field(default_factory=Log)
    _tables: Tables = field(default_factory=dict)
    _items: _Items = field(default_factory=dict)
    _taken: _Courses = field(default_factory=dict)
    _there: tuple[object, ...] = ()
    _below: Below = field(default_factory=dict)

    def take(self, library: Library) -> tuple[list[Item], Taken]:
        """Return the items of `library`, and the files of each course; one that is as before is the same object as before."""
        self._files(library)
        senses = _senses(self._all(library))
        other, self._tables = changed(self._tables, senses), senses
        self._items, self._taken = self._linked(library, library.documents, other)
        return self._made()

    def take_contents(self, library: Library, documents: Iterable[Document]) -> tuple[list[Item], Taken]:
        """Likewise, where `library` is the last one with other contents of `documents` alone, as `with_contents` gives it.

        What differs is known then, and need not be looked for among all rows.
        """
        paths = {document.path for document in documents}
        large = dict.fromkeys(library.too_large, True)
        other = changed({"too_large": self._tables["too_large"]}, {"too_large": large})
        other |= {("_texts", path) for path in paths}
        self._tables = {**self._tables, "_texts": library.by_path, "too_large": large}
        some = {*paths, *_readers(self._items, other), *_readers(self._taken, other)}
        items, taken = self._linked(library, [library.by_path[path] for path in some], other)
        self._items, self._taken = {**self._items, **items}, {**self._taken, **taken}
        return self._made()

    def _linked(
        self, library: Library, documents: Sequence[Document], other: set[Fact]
    ) -> tuple[_Items, _Courses]:
        """Return what `documents` are linked to, those anew that are others or read one of the rows `other`."""
        tables = self._all(library)
        seen = self._watched(library, tables)
        below = Watched("below", tables["below"], self._log)
        courses = (one for one in documents if one.kind == "course" and one.keys)
        items = self._renewed(documents, self._items, other, lambda one: item_of(seen, one))
        taken = self._renewed(courses, self._taken, other, lambda one: taken_by(seen, one, below))
        return dict(items), dict(taken)

    def _made(self) -> tuple[list[Item], Taken]:
        items = [known.made for known in self._items.values() if known.made]
        return items, {path: known.made for path, known in self._taken.items()}

    def _all(self, library: Library) -> Tables:
        """Return all tables that items are linked from."""
        return library.tables() | {"below": self._below, "region": rows(library.region)}

    def _files(self, library: Library) -> None:
        """Find the files below the folder of each course, which are as they were when the same files are there."""
        courses = [one.path for one, _ in library.of_kind("course")]
        there = ([*library.by_path], courses, library.unreadable, library.assets)
        if there != self._there:
            self._there, self._below = there, below_folders(library)

    def _watched(self, library: Library, tables: Tables) -> Library:
        own = {name: Watched(name, tables[name], self._log) for name in tables.keys() - {"below", "region"}}
        return library.through(own, watched("region", library.region, self._log))

    def _renewed(
        self,
        documents: Iterable[Document],
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


def _readers(known: Mapping[PurePosixPath, _Known[_Made]], other: set[Fact]) -> Iterator[PurePosixPath]:
    """Yield the documents for which one of the rows `other` was read."""
    return (path for path, one in known.items() if not one.reads.isdisjoint(other))


def _senses(tables: Tables) -> Tables:
    """Return what is compared of the tables: of a document that is found, what it is; of one that is read, all."""
    found = {name: {key: one.standing for key, one in tables[name].items()} for name in _DOCUMENTS}
    below = {key: [one.standing for one in every] for key, every in tables["_modules_below"].items()}
    return {**tables, **found, "_modules_below": below}
