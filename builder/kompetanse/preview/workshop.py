"""One region in memory: reads it, sets its pages, and after each change makes anew what the change reaches."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path, PurePosixPath

from kompetanse.content.checks import writing
from kompetanse.content.files import scan
from kompetanse.content.library import TEXT_SUFFIXES, Library
from kompetanse.content.reading import Reading, read_library_at
from kompetanse.errors import Problem
from kompetanse.pages.file import StagedFile
from kompetanse.pages.parts import Part
from kompetanse.press.site import Convert
from kompetanse.preview.direct import Known, redone
from kompetanse.preview.memory import Memory
from kompetanse.preview.report import Kind
from kompetanse.preview.setting import Place as Place
from kompetanse.preview.setting import Setting, in_site
from kompetanse.preview.shelf import Content
from kompetanse.preview.state import State
from kompetanse.staging import moment, read_with_history

_FEW = 5
"""So many files saved at once may each go the short way."""


@dataclass(frozen=True, slots=True)
class Made:
    """What was made anew.

    Attributes:
        kind: What was done.
        content: Files of the site, by path; when the whole was made, all of them.
        problems: All that is known to be wrong.
        gone: Paths that are no more in the site; when the whole was made, all that are not named are.
        more: How many parts follow, with `go_on`.
    """

    kind: Kind
    content: Mapping[str, Content]
    problems: tuple[Problem, ...]
    gone: tuple[str, ...] = ()
    more: int = 0


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
    _state: State = field(default_factory=State)
    _known: Known | None = None
    _problems: tuple[Problem, ...] = ()
    _setting: Setting | None = None
    _shown: dict[str, StagedFile] = field(default_factory=dict)
    _content: dict[str, Content] = field(default_factory=dict)
    _waiting: list[Part] = field(default_factory=list)
    _moment: str | None = None

    @property
    def mount(self) -> str:
        """Path of the site at its host."""
        return self._setting.theme.mount if self._setting else "/"

    @property
    def language(self) -> str:
        """The region's language; bokmål until it has been read."""
        return self._known.library.region.language if self._known else "nb"

    @property
    def waits(self) -> bool:
        """Whether some parts of the site wait to be made."""
        return bool(self._waiting)

    def source(self, path: str) -> PurePosixPath | None:
        """Return the author's file that the page at `path` is made from."""
        file = self._shown.get(path.removesuffix(".html") + ".md")
        return file.source if file else None

    def whole(self) -> Made:
        """Read the region and make its site; documents and parts that are as before are not made again.

        Raises:
            KompetanseError: When there is nothing to read, or MkDocs cannot read its settings.
        """
        root, content, today = self.place.root, self.place.content, self.day()
        self._moment = moment(root, today)
        found, history = read_with_history(root, content, today, load=self.memory.load)
        self.memory.forget_all_but(_paths(found))
        self._state.begin(history, found.offers, today)
        self._problems = found.problems
        self._take(found.library)
        self._make(self._waiting)
        self._finish()
        return Made(Kind.WHOLE, dict(self._content), self._problems)

    def is_behind(self) -> bool:
        """Tell whether there was a commit, or midnight, since the region was read: pages tell days and versions."""
        return self._moment != moment(self.place.root, self.day())

    def edited(
        self, paths: Sequence[PurePosixPath], looked_at: Collection[str], budget: float
    ) -> Made | None:
        """Make anew what changes with the files and folders `paths`; None when the region must be read as a whole.

        Args:
            paths: Relative to the region's root.
            looked_at: Pages of the site that are made first.
            budget: Seconds after which the rest waits for `go_on`.
        """
        known, top = self._known, PurePosixPath(self.place.content)
        if known is None or any(_reaches_all(path, top) for path in paths):
            return None
        same = all(_stands(self.place.root, known.library, path) for path in paths)
        tree = None if same else scan(self.place.root / top)
        fresh = set(paths) | {
            one for one in (tree.documents if tree else ()) if any(path in one.parents for path in paths)
        }
        load = self.memory.renewed(fresh)
        if tree is None:
            tree = self._state.tree
        library = read_library_at(self.place.root, str(top), load=load, tree=tree)
        self._state.tree = tree
        self.memory.forget_all_but({*library.by_path, *library.unreadable})
        self._problems = tuple(self._renewed_problems(library, fresh))
        self._state.forget(paths)
        self._state.forget_below(() if same else paths)
        self._take(library)
        first = {one.path for one in library.documents if one.path in fresh}
        self._waiting.sort(key=lambda part: self._rank(part, first, looked_at))
        return self.go_on(budget)

    def _take(self, library: Library) -> None:
        """Take in what the region holds now; what is to be made anew waits."""
        state = self._state
        stale = state.take(library, self.place.root)
        bare = state.stage(self.place.root, ())
        if self._setting is None or not self._setting.fits(self.place, bare):
            self._setting = Setting.of(self.place, bare, self.convert)
            self._shown = {}
        there = {part.name for part in stale}
        undressed = {part.name for part in (self._waiting if self._shown else state.parts())} - there
        self._waiting = [*stale, *(part for part in state.parts() if part.name in undressed)]
        assert state.site  # noqa: S101 (it was just taken in)
        self._known = Known(self.place.root, library, state.site, state.taken, state.takers, self._shown)

    def _rank(self, part: Part, first: Collection[PurePosixPath], looked_at: Collection[str]) -> int:
        """Return how soon a part is made: what is looked at, what was written, what tells of it, lists."""
        files = self._state.files_of(part)
        if any(in_site(file.path) in looked_at for file in files):
            return 0
        if not files or any(file.source in first for file in files):
            return 1
        return 3 if part.is_list else 2

    def go_on(self, budget: float) -> Made:
        """Make parts that wait until `budget` seconds have passed."""
        made = self._make(self._within(budget))
        gone = self._gone()
        if not self._waiting:
            more, late = self._finish()
            made |= more
            gone += late
        return Made(Kind.PARTS, made, self._problems, tuple(gone), len(self._waiting))

    def _within(self, budget: float) -> Iterator[Part]:
        """Yield parts that wait, at least one, until `budget` seconds have passed or lists follow."""
        end = time.monotonic() + budget
        waiting = list(self._waiting)
        for place, part in enumerate(waiting):
            if place and (time.monotonic() > end or (part.is_list and not waiting[place - 1].is_list)):
                return
            yield part

    def _make(self, parts: Iterable[Part]) -> dict[str, Content]:
        made = [(part, self._state.made(part)) for part in parts]
        self._waiting = self._waiting[len(made) :]
        files = [file for _, every in made for file in every]
        return self._show(file for file in files if self._shown.get(file.path) != file)

    def _show(self, files: Iterable[StagedFile]) -> dict[str, Content]:
        assert self._setting  # noqa: S101 (it was made when the region was taken in)
        every = {file.path: file for file in files}
        made = self._setting.set(every.values())
        self._shown.update(every)
        self._content.update(made)
        return made

    def _finish(self) -> tuple[dict[str, Content], list[str]]:
        """Show what is made of all parts together; return that, and the paths that are gone."""
        stage = self._state.stage(self.place.root, self._state.files())
        self._shown = {
            file.path: self._shown.get(file.path, file) for file in stage.files if file.path in self._shown
        }
        made = self._show(file for file in stage.files if self._shown.get(file.path) != file)
        assert self._known  # noqa: S101 (as above)
        rest = self._setting.rest(self.place, stage) if self._setting else {}
        made |= {path: data for path, data in rest.items() if self._content.get(path) != data}
        self._content.update(rest)
        self._known = replace(self._known, files=self._shown)
        there = rest.keys() | {in_site(path) for path in self._shown}
        gone = [path for path in self._content if path not in there]
        self._content = {path: data for path, data in self._content.items() if path in there}
        return made, gone

    def _gone(self) -> list[str]:
        """Return the paths of pages whose items are gone, so that nobody waits for it."""
        there = {file.path for file in self._state.files()}
        gone = [path for path, file in self._shown.items() if file.source and path not in there]
        for path in gone:
            del self._shown[path]
            self._content.pop(in_site(path), None)
        return [in_site(path) for path in gone]

    def saved(self, paths: Sequence[PurePosixPath]) -> Made | None:
        """Make anew what new texts of the documents `paths` change; None when more than texts may have changed."""
        if self._known is None or self._waiting or len(paths) > _FEW or self.memory.held:
            return None
        known, problems = self._known, self._problems
        pages: dict[str, StagedFile] = {}
        for path in paths:
            document, own = self.memory.load(self.place.root, path, known.library.region)
            found = redone(known, document) if document and not self.memory.held else None
            if document is None or found is None:
                return None
            known = found.known
            pages |= {file.path: file for file in found.pages}
            problems = tuple(_replaced(problems, {path}, (*own, *writing.check(document.source))))
        self._state.forget(paths)
        self._problems, self._shown = problems, dict(known.files)
        made = self._show(pages.values())
        self._known = replace(known, files=self._shown)
        return Made(Kind.TEXT, made, problems)

    def forget(self) -> None:
        """Read the region as a whole the next time: something went wrong on the way."""
        self._known = None

    def forget_all(self) -> None:
        """Make everything anew the next time: there is a fault in what was made."""
        self._known, self._setting, self._state = None, None, State()
        self._shown, self._content, self._waiting = {}, {}, []

    def is_unchanged(self, path: PurePosixPath) -> bool:
        """Tell whether the document at `path` says what it said when it was last read."""
        return self.memory.knows(self.place.root, path)

    def concerns(self, path: PurePosixPath) -> bool:
        """Tell whether there is or was a file or folder at `path` that the site is made from."""
        if (self.place.root / path).exists() or self._known is None:
            return True
        library = self._known.library
        known = (*library.by_path, *library.unreadable, *library.assets)
        return len(path.parts) == 1 or any(path == one or path in one.parents for one in known)

    def _renewed_problems(self, library: Library, fresh: set[PurePosixPath]) -> Iterator[Problem]:
        """Yield what is known to be wrong: of the files that were read anew now, of others as it was."""
        there = {*library.by_path, *library.unreadable}
        own = [problem for path in fresh & there for problem in self._own_problems(path)]
        gone = {one.path for one in self._problems if _is_text(one.path) and one.path not in there}
        yield from _replaced(self._problems, (fresh & there) | gone, own)

    def _own_problems(self, path: PurePosixPath) -> Iterator[Problem]:
        document, problems = self.memory.last(path)
        yield from problems
        yield from writing.check(document.source) if document else ()


def _is_text(path: PurePosixPath) -> bool:
    return path.suffix.lower() in TEXT_SUFFIXES


def _reaches_all(path: PurePosixPath, top: PurePosixPath) -> bool:
    """Tell whether what changed at `path` is no single file of the region: all of its content, or what it keeps of others."""
    return path == top or path.parts[0] == ".kompetanse"


def _stands(root: Path, library: Library, path: PurePosixPath) -> bool:
    """Tell whether a file was at `path`, and is."""
    known = path in library.by_path or path in library.assets or path in library.unreadable
    return (known or len(path.parts) == 1) and (root / path).is_file()


def _paths(reading: Reading) -> set[PurePosixPath]:
    return {*reading.library.by_path, *reading.library.unreadable}


def _replaced(
    problems: Iterable[Problem], paths: Collection[PurePosixPath], own: Iterable[Problem]
) -> Iterator[Problem]:
    """Yield `problems` with those of some files replaced."""
    yield from sorted([*(one for one in problems if one.path not in paths), *own], key=lambda one: one.place)
