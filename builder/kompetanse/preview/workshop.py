"""One region in memory: reads it, and after each change makes anew what the change reaches, some parts at a time."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
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
from kompetanse.pages.file import StagedFile
from kompetanse.pages.parts import Name, Part
from kompetanse.press.site import Convert
from kompetanse.preview import known_problems
from kompetanse.preview.memory import Memory
from kompetanse.preview.printed import Printed
from kompetanse.preview.report import Kind
from kompetanse.preview.setting import Place as Place
from kompetanse.preview.setting import in_site
from kompetanse.preview.shelf import Content
from kompetanse.preview.state import State
from kompetanse.preview.waiting import Waiting
from kompetanse.staging import moment

_TOGETHER = 1000
"""So many parts at most are made before they are shown: what is kept of them takes no time to make, and some to set."""


@dataclass(frozen=True, slots=True)
class Made:
    """What was made anew.

    Attributes:
        kind: What was done.
        content: Files of the site, by path.
        problems: All that is known to be wrong.
        gone: Paths that are no more in the site.
        more: How many parts follow, with `go_on`.
        whole: Every path of the site, when all of it has been made; else None.
    """

    kind: Kind
    content: Mapping[str, Content]
    problems: tuple[Problem, ...]
    gone: tuple[str, ...] = ()
    more: int = 0
    whole: frozenset[str] | None = None


@dataclass
class Workshop:
    """A region as it was last made.

    Attributes:
        place: Where it lies.
        convert: Converts the texts of pages.
        day: Tells the day that problems are judged by.
    """

    place: Place
    convert: Convert
    day: Callable[[], date]
    memory: Memory = field(default_factory=Memory)
    _waiting: Waiting = field(default_factory=Waiting)
    _problems: tuple[Problem, ...] = ()
    _is_known: bool = False
    _is_whole: bool = False
    _moment: str | None = None

    def __post_init__(self) -> None:
        self._state = State(kept=self.place.kept)
        self._printed = Printed(self.place, self.convert)

    @property
    def mount(self) -> str:
        """Path of the site at its host."""
        return self._printed.mount

    @property
    def language(self) -> str:
        """The region's language; bokmål until it has been read."""
        return self._state.library.region.language if self._state.library else "nb"

    @property
    def waiting(self) -> int:
        """How many parts of the site wait to be made."""
        return len(self._waiting)

    def awaits(self, path: str, is_there: bool) -> bool:
        """Tell whether the file of the site at `path` waits to be made; any thread may ask."""
        return self._waiting.awaits(path, is_there)

    def shown(self) -> None:
        """Know that all that was made is shown, so that nobody need wait for it."""
        self._waiting.lay_down()

    def source(self, path: str) -> PurePosixPath | None:
        """Return the author's file that the page at `path` is made from."""
        return self._printed.source(path)

    def whole(self, wanted: Collection[str], budget: float) -> Made:
        """Read the region; documents and parts that are as before are not made again.

        What only shows when the files are read together is told by whoever compares: it would take as long as all the rest.

        Args:
            wanted: Files of the site that are made first.
            budget: Seconds after which the rest waits for `go_on`.

        Raises:
            KompetanseError: When there is nothing to read, or MkDocs cannot read its settings.
        """
        root, content, today = self.place.root, self.place.content, self.day()
        self._moment = moment(root, today)
        library = read_library_at(root, content, load=self.memory.load)
        there = {*library.by_path, *library.unreadable}
        self.memory.forget_all_but(there)
        self._problems = self._problems or known_problems.of_front_matter(self.memory, there)
        self._state.begin(read_history(root), read_offers(root)[0], today)
        made = self._take(self._state.take(library, root), ())
        self._is_known = True
        return self._gone_on(Kind.WHOLE, made, wanted, budget)

    def learn(self, problems: tuple[Problem, ...]) -> None:
        """Take in all that is wrong, as somebody found it who read all files together."""
        self._problems = problems

    def is_behind(self) -> bool:
        """Tell whether there was a commit, or midnight, since the region was read: pages tell days and versions."""
        return self._moment != moment(self.place.root, self.day())

    def edited(self, paths: Sequence[PurePosixPath], wanted: Collection[str], budget: float) -> Made | None:
        """Make anew what changes with the files and folders `paths`; None when the region must be read as a whole.

        Args:
            paths: Relative to the region's root.
            wanted: Files of the site that are made first.
            budget: Seconds after which the rest waits for `go_on`.
        """
        top = PurePosixPath(self.place.content)
        if not self._is_known or any(_reaches_all(path, top) for path in paths):
            return None
        stale = self._contents(paths)
        if stale is None:
            return self._gone_on(Kind.PARTS, self._rescanned(paths), wanted, budget)
        return self._gone_on(Kind.PARTS, self._take(stale, paths), wanted, budget)

    def _contents(self, paths: Sequence[PurePosixPath]) -> tuple[Part, ...] | None:
        """Take in documents that stand as they stood and say something else; None when there is more to it."""
        root, library = self.place.root, self._state.library
        if library is None or not all(path in library.by_path and (root / path).is_file() for path in paths):
            return None
        found: list[Document] = []
        for path in paths:
            document, _ = self.memory.load(root, path, library.region)
            if document is None:
                return None
            found.append(document)
        self._state.forget(paths)
        stale = self._state.take_contents(found, root)
        if stale is not None:
            self._problems = known_problems.renewed(self._problems, self.memory, paths)
        return stale

    def _rescanned(self, paths: Sequence[PurePosixPath]) -> dict[str, Content]:
        """Take in files and folders `paths`, of which some came, went or stand otherwise."""
        root, content, known = self.place.root, self.place.content, self._state.library
        same = known is not None and all(_stands(root, known, path) for path in paths)
        tree = self._state.tree if same else None
        tree = self._state.tree = tree or scan(root / content)
        fresh = {*paths, *(one for one in tree.documents if not same and _is_below(one, paths))}
        library = read_library_at(root, content, load=self.memory.renewed(fresh), tree=tree)
        there = {*library.by_path, *library.unreadable}
        self.memory.forget_all_but(there)
        kept = known_problems.without_gone(self._problems, library)
        self._problems = known_problems.renewed(kept, self.memory, fresh & there)
        self._state.forget(paths)
        self._state.forget_below(() if same else paths)
        return self._take(self._state.take(library, root), fresh)

    def _take(self, stale: Sequence[Part], written: Collection[PurePosixPath]) -> dict[str, Content]:
        """Let wait what is to be made anew, what was `written` first; return what is there at once."""
        bare = self._state.around(self.place.root)
        dressed = self._printed.dress(bare)
        waiting = [*stale, *self._undressed({part.name for part in stale}, dressed is not None)]
        waiting.sort(key=lambda part: self._rank(part, written))
        paths = {part.name: [in_site(one.path) for one in self._state.files_of(part)] for part in waiting}
        self._waiting.fill(waiting, paths, {} if dressed is None else self._state.addresses())
        self._is_whole = self._is_whole and dressed is None and self._state.is_as_it_was
        return dressed or {}

    def _undressed(self, but: Collection[Name], everything: bool) -> list[Part]:
        """Return parts that are to be shown anew `but` for some: those that wait, or, where the theme is another, everything."""
        names = {part.name for part in self._waiting}
        parts = self._state.parts() if everything or names else ()
        return [one for one in parts if one.name not in but and (everything or one.name in names)]

    def _rank(self, part: Part, written: Collection[PurePosixPath]) -> int:
        """Return how soon a part is made: the first page, what was written, what tells of it, lists."""
        files = self._state.files_of(part)
        if not files and part.name[0] == "first":
            return 0
        if not files or any(file.source in written for file in files):
            return 1
        return 3 if part.is_list else 2

    def go_on(self, wanted: Collection[str], budget: float) -> Made:
        """Make parts that wait, `wanted` ones first, until `budget` seconds have passed."""
        return self._gone_on(Kind.PARTS, {}, wanted, budget)

    def _gone_on(self, kind: Kind, made: dict[str, Content], wanted: Collection[str], budget: float) -> Made:
        """Make parts that wait, beside what was `made`; when those were the last, what all of them make together."""
        gone = self._without_lost() if self._state.has_lost_parts else []
        gone += self._make(made, self._within(wanted, budget))
        whole, left = None, self._waiting.left
        if not left and not self._is_whole:
            stage = self._state.stage(self.place.root, self._state.files())
            more, whole = self._printed.complete(stage, self._state.files())
            made |= more
            self._is_whole = True
        return Made(kind, made, self._problems, tuple(gone), left, whole)

    def _within(self, wanted: Collection[str], budget: float) -> Iterator[Part]:
        """Yield parts that wait, at least one, until `budget` seconds have passed or lists follow."""
        end = time.monotonic() + budget
        before: Part | None = None
        for number in range(_TOGETHER):
            part = self._waiting.next(wanted)
            lists_follow = before and part and part.is_list and not before.is_list
            if part is None or lists_follow or (number and time.monotonic() > end):
                return
            self._waiting.take_up(part)
            yield part
            before = part

    def _make(self, made: dict[str, Content], parts: Iterable[Part]) -> list[str]:
        """Make `parts` and add their files to what was `made`; return the paths of those that they no longer have."""
        files: list[StagedFile] = []
        lost = False
        for part in parts:
            before, now = self._state.files_of(part), self._state.made(part)
            lost |= not {one.path for one in before} <= {one.path for one in now}
            self._is_whole &= list(map(_shape, before)) == list(map(_shape, now))
            files += now
        alone = [file for file in files if file.path not in self._printed.doubled]
        self._is_whole &= len(alone) == len(files)
        made |= self._printed.set(alone)
        return self._without_lost() if lost else []

    def _without_lost(self) -> list[str]:
        """Return the paths of pages that are no more, so that nobody waits for it."""
        self._state.has_lost_parts = False
        return self._printed.without(file.path for file in self._state.files())

    def forget(self) -> None:
        """Read the region as a whole the next time: something went wrong on the way."""
        self._is_known = False

    def forget_all(self) -> None:
        """Make everything anew the next time: there is a fault in what was made."""
        self._is_known, self._is_whole, self._state, self._waiting = False, False, State(), Waiting()
        self._printed = Printed(self.place, self.convert)

    def is_unchanged(self, path: PurePosixPath) -> bool:
        """Tell whether the document at `path` says what it said when it was last read."""
        return self.memory.knows(self.place.root, path)

    def concerns(self, path: PurePosixPath) -> bool:
        """Tell whether there is or was a file or folder at `path` that the site is made from."""
        library = self._state.library
        if (self.place.root / path).exists() or not self._is_known or library is None:
            return True
        known = (*library.by_path, *library.unreadable, *library.assets)
        return len(path.parts) == 1 or any(path == one or path in one.parents for one in known)


def _shape(file: StagedFile) -> tuple[object, ...]:
    """Return all that the whole of a site tells of one of its files."""
    return file.path, file.changed, file.mapped


def _is_below(document: PurePosixPath, paths: Collection[PurePosixPath]) -> bool:
    return any(path in document.parents for path in paths)


def _reaches_all(path: PurePosixPath, top: PurePosixPath) -> bool:
    """Tell whether what changed at `path` is no single file of the region: all of its content, or what it keeps of others."""
    return path == top or path.parts[0] == ".kompetanse"


def _stands(root: Path, library: Library, path: PurePosixPath) -> bool:
    """Tell whether a file was at `path`, and is."""
    known = path in library.by_path or path in library.assets or path in library.unreadable
    return (known or len(path.parts) == 1) and (root / path).is_file()
