"""A preview while it runs: takes in what is saved, shows what it changes, and makes sure of it when nobody writes."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from kompetanse.content.library import TEXT_SUFFIXES
from kompetanse.errors import KompetanseError, Problem, Severity
from kompetanse.messages import message, remedy, text
from kompetanse.preview.check import Check, Found
from kompetanse.preview.report import Kind, Report
from kompetanse.preview.shelf import Shelf
from kompetanse.preview.watch import Batch, Watch
from kompetanse.preview.workshop import Made, Workshop

_IDLE, _BREATH = 1.0, 0.25
"""Seconds without news after which the whole is made for comparison, and between looks at how far that is."""

_GLANCE, _FIRST, _SLICE, _START = 0.001, 0.1, 0.1, 2.0
"""Seconds of waiting for news while parts of the site wait, of making parts before they are shown, of each time after, and of
each time after while nobody has seen the site and nobody waits for it: many texts are converted by several processes."""

_MOST = 12
"""Problems that a page tells."""


@dataclass
class Session:
    """One preview.

    Attributes:
        workshop: Makes the site.
        shelf: Where it is shown.
    """

    workshop: Workshop
    shelf: Shelf
    _is_first: bool = True
    _problems: tuple[Problem, ...] = ()
    _check: Check | None = None
    _due: float | None = None
    _failed: str = ""
    _followed: list[Report] = field(default_factory=list)

    @property
    def waiting(self) -> int:
        """How many parts of the site wait to be made."""
        return self.workshop.waiting

    @property
    def language(self) -> str:
        """Language in which problems are told: the region's."""
        return self.workshop.files.language

    def begin(self) -> Report:
        """Read the region and make the first pages of its site; `step` makes the others.

        Raises:
            KompetanseError: When there is nothing to show.
        """
        started = time.monotonic()
        self.shelf.awaits = self.workshop.awaits
        made = self._whole()
        self.shelf.coming = text(self.language, "preview.search_coming")
        return self._show(made, started)

    def step(self, watch: Watch) -> Report | None:
        """Wait a moment for what is saved, and take it in; None when nothing happened."""
        waits = self.workshop.waiting
        batch = watch.batch(_GLANCE if waits else _BREATH)
        if batch:
            return self._guarded(lambda: self._take(batch))
        if waits:
            return self._guarded(self._go_on)
        if self._due is not None and time.monotonic() >= self._due:
            self._due = None
            if self.workshop.files.is_behind():
                started = time.monotonic()
                return self._guarded(lambda: self._show(self._whole(), started))
            self._check = Check.begin(self.workshop.place, self.workshop.day())
        return self._compared() if self._check else None

    def close(self) -> None:
        """End what runs beside."""
        if self._check:
            self._check.stop()
        self._check = None

    def _guarded(self, do: Callable[[], Report | None]) -> Report | None:
        """Do something; whatever goes wrong, the last good pages stay and the preview goes on."""
        try:
            return do()
        except KompetanseError as error:
            return self._stay(Kind.FAILED, str(error))
        except Exception:  # noqa: BLE001 (an author's work goes on; the bug is told as such)
            return self._stay(Kind.BUG, traceback.format_exc())

    def _stay(self, kind: Kind, said: str) -> Report:
        if kind is Kind.BUG:
            self.workshop.forget_all()
        self.workshop.forget()
        self._failed = said if kind is Kind.FAILED else "kompetanse serve"
        self._complain()
        return Report(kind, said=said)

    def _take(self, batch: Batch) -> Report | None:
        started = time.monotonic()
        paths = [path for path in sorted(batch) if self._is_news(path)]
        if not paths and not self._failed:
            return None
        self.close()
        report = self._show(self._made(paths), started)
        self.shelf.touch(_in_site(path) for path in paths if not _is_document(path))
        return report

    def _made(self, paths: list[PurePosixPath]) -> Made:
        """Make anew what the files `paths` change."""
        found = None if self._failed else self.workshop.edited(paths, self.shelf.wanted(), _FIRST)
        return found or self._whole()

    def _whole(self) -> Made:
        return self.workshop.whole(self.shelf.wanted(), _FIRST)

    def _go_on(self) -> Report | None:
        """Make some of the parts that wait; say so when that were the last."""
        started = time.monotonic()
        budget = _START if self._is_first and not self.shelf.asked() else _SLICE
        self._followed.append(self._show(self.workshop.go_on(self.shelf.wanted(), budget), started))
        if self.workshop.waiting:
            return None
        every, self._followed = self._followed, []
        changed = dict.fromkeys(path for one in every for path in one.changed)
        return Report(Kind.REST, tuple(changed), sum(one.seconds for one in every))

    def _is_news(self, path: PurePosixPath) -> bool:
        if not self.workshop.files.concerns(path):
            return False
        return not _is_document(path) or not self.workshop.files.is_unchanged(path)

    def _show(self, made: Made, started: float) -> Report:
        self.shelf.mount = self.workshop.mount
        gone = set(made.gone)
        if made.whole is not None:
            gone |= self.shelf.paths() - made.whole - self.shelf.later()
        changed = self.shelf.put(made.content, gone, first=self._is_first)
        self.workshop.shown()
        self.shelf.call()
        self._due = time.monotonic() + (0.0 if self._is_first else _IDLE)
        self._is_first &= made.whole is None
        self._failed = ""
        new, mended = self._weigh(made.problems)
        return Report(made.kind, tuple(changed), time.monotonic() - started, new, mended, more=made.more)

    def _weigh(self, problems: tuple[Problem, ...]) -> tuple[tuple[Problem, ...], int]:
        """Take in `problems`; return those that are new, and how many are gone. A line that only moved is no news."""
        known, there = set(map(id, self._problems)), set(map(id, problems))
        came = [one for one in problems if id(one) not in known]
        went = {_sense(one) for one in self._problems if id(one) not in there}
        if problems != self._problems:
            self._problems = problems
            self._complain()
        return tuple(one for one in came if _sense(one) not in went), len(went - set(map(_sense, came)))

    def _complain(self) -> None:
        problems, failed = self._problems, self._failed

        def of(page: str) -> tuple[str, ...]:
            own = self.workshop.source(page)
            shown = [one for one in problems if _is_told(one, own)]
            return ((failed,) if failed else ()) + tuple(map(self._words, shown[:_MOST]))

        self.shelf.complain(of)

    def _words(self, problem: Problem) -> str:
        place = f"{problem.path}:{problem.line}" if problem.line else str(problem.path)
        return f"{place}: {message(problem, self.language)}. {remedy(problem, self.language)}"

    def _compared(self) -> Report | None:
        """Show what follows later once the whole is made; pages that differ were missed, and are told as a bug."""
        started = time.monotonic()
        check = self._check
        if check is None:
            return None
        try:
            found = check.found(self.shelf.content())
        except (EOFError, OSError):
            self.close()
            self.shelf.settle()
            return Report(
                Kind.FAILED, said="The site could not be made as a whole; save again to try once more"
            )
        if found is None:
            return None
        if not isinstance(found, Found):
            self.workshop.files.problems = found
            new, mended = self._weigh(found)
            return Report(Kind.CHECKED, new=new, mended=mended)
        self.close()
        held = (
            self.workshop.files.memory.held
        )  # their pages stand as they were, and the whole is without them
        missed = () if held else found.missed
        quiet = {path: data for path, data in found.content.items() if path not in found.missed}
        self.shelf.put(quiet, [path for path in found.gone if path not in found.missed], silent=True)
        self.shelf.settle()
        if missed:
            self.workshop.forget_all()
            made = self._show(self._whole(), started)
            return Report(Kind.MISSED, missed, made.seconds, made.new, made.mended)
        return Report(Kind.CHECKED, tuple(quiet), time.monotonic() - started)


def _is_document(path: PurePosixPath) -> bool:
    return path.suffix.lower() in TEXT_SUFFIXES


def _in_site(path: PurePosixPath) -> str:
    return "/".join(path.parts[1:])


def _sense(problem: Problem) -> tuple[object, ...]:
    return (problem.path, problem.key, problem.code, tuple(sorted(problem.values.items())))


def _is_told(problem: Problem, own: PurePosixPath | None) -> bool:
    """Tell whether a page made from the file `own` tells `problem`: all of its own, and what stops a publish anywhere."""
    return problem.severity is Severity.ERROR or (
        problem.path == own and problem.severity is Severity.WARNING
    )
