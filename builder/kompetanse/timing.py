"""Where the time of long work goes, by stage, for whoever asked.

Whatever is a stage says so with `timed`; that costs nothing to speak of and means nothing until a command measures.
A stage within another takes its time from it, so that the stages add up to the whole.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import NamedTuple


class Spent(NamedTuple):
    """Seconds on the clock, and seconds of processors: of this process and of those it has started and seen end."""

    wall: float
    cpu: float

    def __add__(self, other: object) -> Spent:
        """Return both together."""
        return Spent(self.wall + other.wall, self.cpu + other.cpu) if isinstance(other, Spent) else self

    def __sub__(self, other: Spent) -> Spent:
        """Return what is left."""
        return Spent(self.wall - other.wall, self.cpu - other.cpu)


NOTHING = Spent(0.0, 0.0)


def now() -> Spent:
    """Return the clocks."""
    times = os.times()
    return Spent(time.perf_counter(), time.process_time() + times.children_user + times.children_system)


@dataclass
class Timings:
    """What each stage has taken, without the stages within it.

    Attributes:
        spent: Stage → its time, in the order in which they began.
    """

    spent: dict[str, Spent] = field(default_factory=dict)
    _open: list[str] = field(default_factory=list)
    _since: Spent = NOTHING

    def begin(self, name: str) -> None:
        """Enter a stage; the one around it pauses."""
        self._book()
        self.spent.setdefault(name, NOTHING)
        self._open.append(name)

    def end(self) -> None:
        """Leave the stage that was entered last."""
        self._book()
        self._open.pop()

    def _book(self) -> None:
        here = now()
        if self._open:
            self.spent[self._open[-1]] += here - self._since
        self._since = here


_MEASURED: ContextVar[Timings | None] = ContextVar("measured", default=None)


@contextmanager
def measuring() -> Iterator[Timings]:
    """Measure the stages of what is done within."""
    timings = Timings()
    token = _MEASURED.set(timings)
    try:
        yield timings
    finally:
        _MEASURED.reset(token)


@contextmanager
def timed(name: str) -> Iterator[None]:
    """Say that what is done within, or by the function that is decorated, is the stage `name`."""
    timings = _MEASURED.get()
    if timings is None:
        yield
        return
    timings.begin(name)
    try:
        yield
    finally:
        timings.end()


def credit(spent: Mapping[str, Spent]) -> None:
    """Book what another process has spent on each stage: its processors alone, since the clock went on here too.

    It has ended, and outside of any stage, or it is booked twice.
    """
    timings = _MEASURED.get()
    if timings is None:
        return
    for name, one in spent.items():
        timings.spent[name] = timings.spent.get(name, NOTHING) + Spent(0.0, one.cpu)
