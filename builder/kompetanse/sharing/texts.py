"""The texts of a source that is a region of ours, read as they are asked for, since each is a download."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

from kompetanse.content import files
from kompetanse.content.address import is_index, stem_of
from kompetanse.content.document import Document, understand
from kompetanse.content.library import TEXT_SUFFIXES, Library
from kompetanse.content.region import PATH, region_of
from kompetanse.sharing.snapshot import Entry, Snapshot

MOST_TEXTS = 5000
"""Texts of a source that are read to find an id that no file is called by."""

_CONTENT = "content/"


class Texts:
    """The texts of a source that were read so far."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._documents: dict[PurePosixPath, Document] = {}
        self._read: set[PurePosixPath] = set()
        oid = snapshot.entries[PATH].oid
        self.region, _ = region_of(snapshot.read([oid])[oid])
        self._names = [path for path in snapshot.entries if str(path).startswith(_CONTENT)]
        self.texts = [path for path in self._names if path.suffix in TEXT_SUFFIXES]
        self._assets = [path for path in self._names if path.suffix not in TEXT_SUFFIXES]

    def below(self, folder: PurePosixPath) -> list[Entry]:
        """Return what lies in a folder and its folders."""
        return [self._snapshot.entries[path] for path in self._names if path.is_relative_to(folder)]

    def read(self, paths: Iterable[PurePosixPath]) -> None:
        """Read those that are texts, in one request."""
        plain = {
            path: self._snapshot.entries[path].oid
            for path in paths
            if path.suffix in TEXT_SUFFIXES
            and path not in self._read
            and self._snapshot.entries[path].mode.startswith("100")
        }
        contents = self._snapshot.read(plain.values())
        for path, oid in plain.items():
            self._read.add(path)
            document, _ = understand(path, files.decode(path, contents[oid]), self.region)
            if document:
                self._documents[path] = document

    def read_named(self, ids: Iterable[str]) -> None:
        """Read the files that are called like one of `ids`, alone or after a number."""
        wanted = frozenset(ids)
        self.read(path for path in self.texts if _called(path) & wanted)

    def read_all(self) -> None:
        """Read every text, unless there are too many."""
        if len(self.texts) <= MOST_TEXTS:
            self.read(self.texts)

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
