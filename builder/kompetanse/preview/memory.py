"""Documents as they were last read: the same contents are the same document, and what cannot be read is as it last could."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from kompetanse.content import files
from kompetanse.content.document import Document, understand
from kompetanse.errors import Problem
from kompetanse.model.region import Region

Loaded = tuple[Document | None, tuple[Problem, ...]]


@dataclass(frozen=True, slots=True)
class _Read:
    text: str | Problem
    region: Region
    loaded: Loaded


def _in(region: Region, loaded: Loaded) -> Loaded:
    """Return what was read as it is in another `region`, which fills in what the file leaves out."""
    document, problems = loaded
    return (replace(document, region=region) if document else None), problems


@dataclass(frozen=True, slots=True)
class Memory:
    """Reads files and remembers them.

    Attributes:
        held: Files that say nothing that can be shown now; they are shown as they last were.
    """

    held: set[PurePosixPath] = field(default_factory=set)
    _read: dict[PurePosixPath, _Read] = field(default_factory=dict)
    _good: dict[PurePosixPath, Document] = field(default_factory=dict)

    def load(self, root: Path, path: PurePosixPath, region: Region) -> Loaded:
        """Return the document at `path` and the problems of what stands there now."""
        text, known = files.read(root, path), self._read.get(path)
        if known is None or known.text != text:
            known = _Read(text, region, understand(path, text, region))
        elif known.region != region:
            known = _Read(text, region, _in(region, known.loaded))
        self._read[path] = known
        document, problems = known.loaded
        return self._shown(path, document, region), problems

    def renewed(self, paths: Collection[PurePosixPath]) -> Callable[[Path, PurePosixPath, Region], Loaded]:
        """Return a way to load in which only the files at `paths` and those not known are read; others are as they were."""

        def load(root: Path, path: PurePosixPath, region: Region) -> Loaded:
            known = self._read.get(path)
            if known is None or path in paths or known.region != region:
                return self.load(root, path, region)
            document, problems = known.loaded
            return self._shown(path, document, region), problems

        return load

    def last(self, path: PurePosixPath) -> Loaded:
        """Return the document at `path` and its problems as they were last read."""
        return self._read[path].loaded

    def _shown(self, path: PurePosixPath, document: Document | None, region: Region) -> Document | None:
        self.held.discard(path)
        if document and document.keys:
            self._good[path] = document
            return document
        good = self._good.get(path)
        if good is None or good.region != region:
            return document
        self.held.add(path)
        return good

    def knows(self, root: Path, path: PurePosixPath) -> bool:
        """Tell whether the file at `path` holds what it held when it was last read."""
        known = self._read.get(path)
        return known is not None and known.text == files.read(root, path)

    def forget_all_but(self, paths: set[PurePosixPath]) -> None:
        """Forget the files that are not among `paths`: one that comes back under an old name is another one."""
        for path in [one for one in self._read if one not in paths]:
            del self._read[path]
            self._good.pop(path, None)
            self.held.discard(path)
