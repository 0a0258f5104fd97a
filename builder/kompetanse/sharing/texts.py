"""The texts of a source that is a region of ours, read as they are asked for, since each is a download."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import PurePosixPath

from kompetanse.content import files
from kompetanse.content.address import is_index, stem_of
from kompetanse.content.document import Document, understand
from kompetanse.content.library import TEXT_SUFFIXES, Library
from kompetanse.content.region import PATH, region_of
from kompetanse.sharing.listing import names_of
from kompetanse.sharing.snapshot import Entry, Snapshot

MOST_TEXTS = 5000
"""Texts of a source that are read to find an id that no file is called by."""

_CONTENT = "content/"
_SUFFIXES = tuple(TEXT_SUFFIXES)


class Texts:
    """The texts of a source that were read so far; paths stay text until one is taken, since a source has tens of thousands."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._documents: dict[PurePosixPath, Document] = {}
        self._read: set[PurePosixPath] = set()
        oid = snapshot.entries[PATH].oid
        self.region, _ = region_of(snapshot.read([oid])[oid])
        self._names = [name for name in names_of(snapshot.entries) if name.startswith(_CONTENT)]
        self._texts = [name for name in self._names if name.endswith(_SUFFIXES)]

    @property
    def names(self) -> Sequence[str]:
        """Paths of all texts, read or not."""
        return self._texts

    @cached_property
    def _assets(self) -> frozenset[PurePosixPath]:
        return frozenset(PurePosixPath(name) for name in self._names if not name.endswith(_SUFFIXES))

    def below(self, folder: PurePosixPath) -> list[Entry]:
        """Return what lies in a folder and its folders."""
        start = f"{folder}/"
        inside = (PurePosixPath(name) for name in self._names if name.startswith(start))
        return [self._snapshot.entries[path] for path in inside]

    def read(self, paths: Iterable[PurePosixPath]) -> None:
        """Read those that are texts, in one request."""
        wanted = [path for path in paths if path.suffix in TEXT_SUFFIXES and path not in self._read]
        entries = [self._snapshot.entries[path] for path in wanted]
        plain = {one.path: one.oid for one in entries if one.mode.startswith("100")}
        contents = self._snapshot.read(plain.values())
        for path, oid in plain.items():
            self._read.add(path)
            document, _ = understand(path, files.decode(path, contents[oid]), self.region)
            if document:
                self._documents[path] = document

    def read_named(self, ids: Iterable[str]) -> None:
        """Read the files that are called like one of `ids`, alone or after a number."""
        wanted = frozenset(ids)
        near = [name for name in self._texts if any(id_ in name.lower() for id_ in wanted)]
        self.read(path for path in map(PurePosixPath, near) if _called(path) & wanted)

    def read_all(self) -> None:
        """Read every text, unless there are too many."""
        if len(self._texts) <= MOST_TEXTS:
            self.read(map(PurePosixPath, self._texts))

    def library(self) -> Library:
        """Return what was read, linked."""
        documents = [self._documents[path] for path in sorted(self._documents)]
        unreadable = sorted(self._read - self._documents.keys())
        return Library(self.region, documents, self._assets, unreadable)

    def oid(self, path: PurePosixPath) -> str:
        """Return the blob id of a file."""
        return self._snapshot.entries[path].oid


def _called(path: PurePosixPath) -> frozenset[str]:
    stem = path.parent.name if is_index(path) else stem_of(path)
    return frozenset({stem.lower(), stem.lstrip("0123456789").lstrip("-_").lower()})
