"""What the region's files hold: taken in once as a whole, then file by file as they change, and what is known to be wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath

from kompetanse.content.document import Document
from kompetanse.content.files import scan
from kompetanse.content.library import Library
from kompetanse.content.offers import read_offers
from kompetanse.content.reading import read_library_at
from kompetanse.errors import Problem
from kompetanse.git.history import read_history
from kompetanse.pages.parts import Part
from kompetanse.preview import known_problems
from kompetanse.preview.memory import Memory
from kompetanse.preview.setting import Place
from kompetanse.preview.state import State
from kompetanse.staging import moment

Stale = tuple[Sequence[Part], Collection[PurePosixPath]]
"""The parts of the site that are to be made anew, and the files whose change is the reason."""


@dataclass
class Intake:
    """The files as they were last read.

    Attributes:
        place: Where they lie.
        day: Tells the day that problems are judged by.
        memory: Every document as it was last read.
        state: The region that they make.
        problems: All that is known to be wrong.
        is_known: Whether they have been read as a whole, and nothing went wrong since.
    """

    place: Place
    day: Callable[[], date]
    state: State
    memory: Memory = field(default_factory=Memory)
    problems: tuple[Problem, ...] = ()
    is_known: bool = False
    _moment: str | None = None

    @property
    def language(self) -> str:
        """The region's language; bokmål until it has been read."""
        return self.state.library.region.language if self.state.library else "nb"

    def everything(self) -> Stale:
        """Read all files; documents that are as before are not made again.

        What only shows when the files are read together is told by whoever compares: it would take as long as all the rest.

        Raises:
            KompetanseError: When there is nothing to read.
        """
        root, content, today = self.place.root, self.place.content, self.day()
        self._moment = moment(root, today)
        library = read_library_at(root, content, load=self.memory.load)
        there = {*library.by_path, *library.unreadable}
        self.memory.forget_all_but(there)
        self.problems = self.problems or known_problems.of_front_matter(self.memory, there)
        self.state.begin(read_history(root), read_offers(root)[0], today)
        stale = self.state.take(library, root)
        self.is_known = True
        return stale, ()

    def is_behind(self) -> bool:
        """Tell whether there was a commit, or midnight, since all files were read: pages tell days and versions."""
        return self._moment != moment(self.place.root, self.day())

    def changed(self, paths: Sequence[PurePosixPath]) -> Stale | None:
        """Read the files and folders `paths`, relative to the region's root; None when all are to be read."""
        top = PurePosixPath(self.place.content)
        if not self.is_known or any(_reaches_all(path, top) for path in paths):
            return None
        return self._contents(paths) or self._rescanned(paths)

    def _contents(self, paths: Sequence[PurePosixPath]) -> Stale | None:
        """Take in documents that stand as they stood and say something else; None when there is more to it."""
        root, library = self.place.root, self.state.library
        if library is None or not all(path in library.by_path and (root / path).is_file() for path in paths):
            return None
        found: list[Document] = []
        for path in paths:
            document, _ = self.memory.load(root, path, library.region)
            if document is None:
                return None
            found.append(document)
        self.state.forget(paths)
        stale = self.state.take_contents(found, root)
        if stale is None:
            return None
        self.problems = known_problems.renewed(self.problems, self.memory, paths)
        return stale, paths

    def _rescanned(self, paths: Sequence[PurePosixPath]) -> Stale:
        """Take in files and folders, of which some came, went or stand otherwise."""
        root, content, known = self.place.root, self.place.content, self.state.library
        same = known is not None and all(_stands(root, known, path) for path in paths)
        tree = self.state.tree if same else None
        tree = self.state.tree = tree or scan(root / content)
        fresh = {*paths, *(one for one in tree.documents if not same and _is_below(one, paths))}
        library = read_library_at(root, content, load=self.memory.renewed(fresh), tree=tree)
        there = {*library.by_path, *library.unreadable}
        self.memory.forget_all_but(there)
        kept = known_problems.without_gone(self.problems, library)
        self.problems = known_problems.renewed(kept, self.memory, fresh & there)
        self.state.forget(paths)
        self.state.forget_below(() if same else paths)
        return self.state.take(library, root), fresh

    def is_unchanged(self, path: PurePosixPath) -> bool:
        """Tell whether the document at `path` says what it said when it was last read."""
        return self.memory.knows(self.place.root, path)

    def concerns(self, path: PurePosixPath) -> bool:
        """Tell whether there is or was a file or folder at `path` that the site is made from."""
        library = self.state.library
        if (self.place.root / path).exists() or not self.is_known or library is None:
            return True
        known = (*library.by_path, *library.unreadable, *library.assets)
        return len(path.parts) == 1 or any(path == one or path in one.parents for one in known)


def _is_below(document: PurePosixPath, paths: Collection[PurePosixPath]) -> bool:
    return any(path in document.parents for path in paths)


def _reaches_all(path: PurePosixPath, top: PurePosixPath) -> bool:
    """Tell whether what changed at `path` is no single file of the region: all of its content, or what it keeps of others."""
    return path == top or path.parts[0] == ".kompetanse"


def _stands(root: Path, library: Library, path: PurePosixPath) -> bool:
    """Tell whether a file was at `path`, and is."""
    known = path in library.by_path or path in library.assets or path in library.unreadable
    return (known or len(path.parts) == 1) and (root / path).is_file()
