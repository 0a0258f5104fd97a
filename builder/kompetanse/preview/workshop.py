"""One region in memory: reads it, and after each change makes anew what the change reaches, some parts at a time."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from kompetanse.errors import Problem
from kompetanse.pages.file import StagedFile
from kompetanse.pages.parts import Name, Part
from kompetanse.press.site import Convert
from kompetanse.preview.intake import Intake
from kompetanse.preview.printed import Printed
from kompetanse.preview.report import Kind
from kompetanse.preview.setting import Place as Place
from kompetanse.preview.setting import in_site
from kompetanse.preview.shelf import Content
from kompetanse.preview.state import State
from kompetanse.preview.waiting import Waiting

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


class Workshop:
    """A region as it was last made.

    Args:
        place: Where it lies.
        convert: Converts the texts of pages.
        day: Tells the day that problems are judged by.
    """

    def __init__(self, place: Place, convert: Convert, day: Callable[[], date]) -> None:
        self.place, self.day, self._convert = place, day, convert
        self._state = State(kept=place.kept)
        self.files = Intake(place, day, self._state)
        self._printed = Printed(place, convert)
        self._waiting = Waiting()
        self._is_whole = False

    @property
    def mount(self) -> str:
        """Path of the site at its host."""
        return self._printed.mount

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

        Args:
            wanted: Files of the site that are made first.
            budget: Seconds after which the rest waits for `go_on`.

        Raises:
            KompetanseError: When there is nothing to read, or MkDocs cannot read its settings.
        """
        return self._gone_on(Kind.WHOLE, self._take(*self.files.everything()), wanted, budget)

    def edited(self, paths: Sequence[PurePosixPath], wanted: Collection[str], budget: float) -> Made | None:
        """Make anew what changes with the files and folders `paths`; None when the region must be read as a whole.

        Args:
            paths: Relative to the region's root.
            wanted: Files of the site that are made first.
            budget: Seconds after which the rest waits for `go_on`.
        """
        found = self.files.changed(paths)
        return self._gone_on(Kind.PARTS, self._take(*found), wanted, budget) if found else None

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
        return Made(kind, made, self.files.problems, tuple(gone), left, whole)

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
        self.files.is_known = False

    def forget_all(self) -> None:
        """Make everything anew the next time, whatever is kept: there is a fault in what was made."""
        self._state = self.files.state = State()
        self._is_whole, self._waiting = False, Waiting()
        self._printed = Printed(self.place, self._convert)
        self.forget()


def _shape(file: StagedFile) -> tuple[object, ...]:
    """Return all that the whole of a site tells of one of its files."""
    return file.path, file.changed, file.mapped
