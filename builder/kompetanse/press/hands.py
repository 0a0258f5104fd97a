"""Work in numbered pieces, shared out among processes that begin as copies of this one and hand back what they report.

A copy knows all that this process knows: nothing is read, imported or sent to it. Each process takes the next piece when it
is done with its last one, so that they end together, whatever a piece costs.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Generic, TypeVar

from kompetanse.errors import KompetanseError
from kompetanse.interrupts import held_back
from kompetanse.timing import Spent, credit, measuring, timed

if TYPE_CHECKING:  # it takes long to load, and few need it
    from multiprocessing.connection import Connection

Report = TypeVar("Report")
Work = Callable[[Iterator[int]], Report]
"""Does the pieces whose numbers it is given, one by one, and reports what can be pickled."""

Track = Callable[[Iterator[int], int], Iterator[int]]
"""Shows by the places of the pieces that this process takes how far all have come, of how many."""

_Found = tuple[Report, Mapping[str, Spent]]
"""What a process reports, and what it has spent on each stage."""

_WORTH = 10
"""Pieces for each process that make it worth its start: a copy that is written to costs some tenths of a second."""

_MOST = 8000
"""Pieces whose numbers fit into a pipe at once (pipe(7): 65,536 bytes); more are done by one process."""

_SIZE = 4
"""Bytes of a number."""

_DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of prctl(2)."""


def cores() -> int:
    """Return how many processors this process may run on."""
    from multiprocessing import current_process

    if current_process().daemon:  # it may start no process
        return 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def hands(pieces: int, most: int) -> int:
    """Return how many processes, at most `most`, so many pieces are worth."""
    if not can_copy() or pieces > _MOST:
        return 1
    return max(1, min(most, pieces // _WORTH))


def can_copy() -> bool:
    """Tell whether this process may be copied.

    It may on Linux only: elsewhere parts of the system do not bear it, or cannot end a copy together with its origin. Nor may
    it while threads run: a copy has none of them, and keeps what they had locked.
    """
    return sys.platform.startswith("linux") and threading.active_count() == 1


def untracked(places: Iterator[int], count: int) -> Iterator[int]:
    """Yield `places`, and show nothing."""
    return places


def shared_out(
    pieces: Sequence[int], work: Work[Report], among: int, track: Track = untracked
) -> list[Report]:
    """Return the reports of so many processes, this one first, that have done `pieces` together.

    To be called outside of any stage.

    Args:
        pieces: The numbers of the pieces, in the order they are taken.
        work: Does some of them.
        among: How many processes do them.
        track: Shows how far all have come.

    Raises:
        KompetanseError: When a process was ended before it was done.
        Exception: What `work` raises in any of them.
    """
    if among == 1:
        return [work(_those(pieces, track(iter(range(len(pieces))), len(pieces))))]
    helpers: list[_Helper[Report]] = []
    with _places(len(pieces)) as turns, _unmoved():
        try:
            with suppress(BlockingIOError):  # the system gives no more processes: then fewer do it
                for _ in range(among - 1):
                    helpers.append(_Helper(work, pieces, turns))
            own = work(_those(pieces, track(_watched(_taken(turns), helpers), len(pieces))))
            return [own, *(helper.report() for helper in helpers)]
        finally:
            for helper in helpers:
                helper.end()


def _watched(places: Iterator[int], helpers: Sequence[_Helper[Report]]) -> Iterator[int]:
    """Yield `places` as long as nothing goes wrong elsewhere."""
    for place in places:
        for helper in helpers:
            helper.look()
        yield place


def _those(pieces: Sequence[int], places: Iterator[int]) -> Iterator[int]:
    return (pieces[place] for place in places)


class _Helper(Generic[Report]):
    """Another process at the same work."""

    def __init__(self, work: Work[Report], pieces: Sequence[int], turns: int) -> None:
        from multiprocessing import get_context

        context, parent = get_context("fork"), os.getpid()
        self._line, there = context.Pipe(duplex=False)
        self._process = context.Process(target=_help, args=(work, pieces, turns, there, parent), daemon=True)
        with held_back():  # Ctrl+C reaches us, and we end it
            self._process.start()
        there.close()
        self._found: _Found[Report] | None = None

    def look(self) -> None:
        """Raise what has ended it, if something has."""
        if self._found is None and self._line.poll():
            self._found = self._heard()

    def report(self) -> Report:
        """Wait for what it reports."""
        with timed("wait"):
            made, spent = self._found or self._heard()
        self._process.join()
        credit(spent)
        return made

    def _heard(self) -> _Found[Report]:
        try:
            made, spent, error = self._line.recv()
        except EOFError:
            self._process.join()
            raise KompetanseError(
                f"A process that made pages was ended before it was done ({self._process.exitcode}). "
                "What was there before stands as it was. Is there memory enough? Run the command again"
            ) from None
        if error:
            raise error
        return made, spent

    def end(self) -> None:
        """End it, if it has not ended."""
        self._process.terminate()
        self._process.join()
        self._line.close()


def _help(work: Work[Report], pieces: Sequence[int], turns: int, line: Connection, parent: int) -> None:
    """Do what is left of the work, in a copy of the process `parent`."""
    _end_with(parent)
    try:
        with measuring() as timings:
            made = work(_those(pieces, _taken(turns)))
        line.send((made, timings.spent, None))
    except Exception as error:  # noqa: BLE001 (it is raised where the work was shared out)
        error.add_note(traceback.format_exc())
        line.send((None, {}, error))


def _end_with(parent: int) -> None:
    """Let the system end this process when `parent` ends, however that comes: nobody may write to a site that has no builder."""
    import ctypes

    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


@contextmanager
def _places(count: int) -> Iterator[int]:
    """Give a pipe with so many numbers from 0 on: who reads one has it for himself."""
    turns, filled = os.pipe()
    try:
        with open(filled, "wb") as stream:  # noqa: PTH123 (it has no path)
            stream.writelines(number.to_bytes(_SIZE) for number in range(count))
        yield turns
    finally:
        os.close(turns)


def _taken(turns: int) -> Iterator[int]:
    while number := os.read(turns, _SIZE):
        yield int.from_bytes(number)


@contextmanager
def _unmoved() -> Iterator[None]:
    """Keep Python from looking for garbage among what is there already: a copy shares that memory as long as nobody touches it."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
