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
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import current_process, get_context
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from kompetanse.errors import KompetanseError
from kompetanse.interrupts import held_back
from kompetanse.timing import credit, measuring, timed

if TYPE_CHECKING:  # it takes long to load, and few need it
    from multiprocessing.connection import Connection

Report = TypeVar("Report")
Work = Callable[[Iterator[int]], Report]
"""Does the pieces whose numbers it is given, one by one, and reports what can be pickled."""

Track = Callable[[Iterator[int]], Iterator[int]]

_WORTH = 4
"""Pieces for which another process is worth its start."""

_MOST = 8000
"""Pieces whose numbers fit into a pipe at once (pipe(7): 65,536 bytes); more are done by one process."""

_SIZE = 4
"""Bytes of a number."""

_DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of prctl(2)."""


def cores() -> int:
    """Return how many processors this process may run on."""
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


def shared_out(
    pieces: int, work: Work[Report], among: int, track: Track = lambda numbers: numbers
) -> list[Report]:
    """Return the reports of so many processes, this one first, that have done the pieces numbered from 0 on.

    To be called outside of any stage.

    Args:
        pieces: How many there are.
        work: Does some of them.
        among: How many processes do them.
        track: Shows by the numbers of those that this process takes how far all have come.

    Raises:
        KompetanseError: When a process was ended before it was done.
        Exception: What `work` raises in any of them.
    """
    if among == 1:
        return [work(track(iter(range(pieces))))]
    helpers: list[_Helper[Report]] = []
    with _numbers(pieces) as turns, _unmoved():
        try:
            with suppress(BlockingIOError):  # the system gives no more processes: then fewer do it
                helpers += (_Helper(work, turns) for _ in range(among - 1))
            own = work(track(_taken(turns)))
            return [own, *(helper.report() for helper in helpers)]
        finally:
            for helper in helpers:
                helper.end()


class _Helper(Generic[Report]):
    """Another process at the same work."""

    def __init__(self, work: Work[Report], turns: int) -> None:
        context, parent = get_context("fork"), os.getpid()
        self._line, there = context.Pipe(duplex=False)
        self._process = context.Process(target=_help, args=(work, turns, there, parent), daemon=True)
        with held_back():  # Ctrl+C reaches us, and we end it
            self._process.start()
        there.close()

    def report(self) -> Report:
        """Wait for what it reports."""
        with timed("wait"):
            found = self._heard()
        self._process.join()
        if found is None:
            raise KompetanseError(
                f"A process that made pages was ended before it was done ({self._process.exitcode}). "
                "What was there before stands as it was. Is there memory enough? Run the command again"
            )
        made: Report
        made, spent, error = found
        if error:
            raise error
        credit(spent)
        return made

    def _heard(self) -> Any:
        try:
            return self._line.recv()
        except EOFError:
            return None

    def end(self) -> None:
        """End it, if it has not ended."""
        self._process.terminate()
        self._process.join()
        self._line.close()


def _help(work: Work[Report], turns: int, line: Connection, parent: int) -> None:
    """Do what is left of the work, in a copy of the process `parent`."""
    _end_with(parent)
    try:
        with measuring() as timings:
            made = work(_taken(turns))
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
def _numbers(pieces: int) -> Iterator[int]:
    """Give a pipe with the numbers of the pieces: who reads one has it for himself."""
    turns, filled = os.pipe()
    try:
        with open(filled, "wb") as stream:  # noqa: PTH123 (it has no path)
            stream.writelines(number.to_bytes(_SIZE) for number in range(pieces))
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
