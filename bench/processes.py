"""What a program takes with all its processes: seconds of the processor, memory, and the time by the clock."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
LOOK, LOOK_AT_MEMORY = 0.005, 0.1
"""Seconds between two looks whether it is done, and between two looks at its memory."""


@dataclass(frozen=True)
class Used:
    """What a program took that ran to its end.

    Attributes:
        cpu: Seconds of the processor, of it and of those it started and waited for.
        wall: Seconds by the clock.
        largest: Megabytes that its largest process held at most.
        together: Megabytes that its processes held together at most, shared ones counted once; None if nobody looked.
        said: The end of what it wrote.
    """

    cpu: float
    wall: float
    largest: float
    together: float | None
    said: str


class RunError(Exception):
    """It failed, or was not done in time."""


def run(
    command: Sequence[str], folder: Path, environment: dict[str, str], limit: float, *, memory: bool
) -> Used:
    """Run a program to its end and return what it took.

    Args:
        command: The program and its arguments.
        folder: Where it runs.
        environment: Its environment.
        limit: Seconds by the clock after which it is stopped.
        memory: Whether to look at the memory of all its processes together, which disturbs it a little.

    Raises:
        RunError: It failed, or the limit is reached.
    """
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=said, stderr=said, start_new_session=True
        )
        try:
            status, used, wall, together = _watched(process.pid, limit, memory=memory)
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        end = said.read().decode(errors="replace")[-2000:]
    if process.returncode:
        raise RunError(f"failed: {end[-300:]}")
    largest = used.ru_maxrss / 1024
    all_ = max(together, largest) if memory else None
    return Used(used.ru_utime + used.ru_stime, wall, largest, all_, end)


def _watched(process: int, limit: float, *, memory: bool) -> tuple[int, resource.struct_rusage, float, float]:
    """Return the status of a process when it ends, what it used, the seconds it took, and the most it held with others."""
    started, together, looked = time.perf_counter(), 0.0, 0.0
    while True:
        pid, status, used = os.wait4(process, os.WNOHANG)
        now = time.perf_counter()
        if pid:
            return status, used, now - started, together
        if now - started > limit:
            raise RunError(f"not done in {limit:.0f} s")
        if memory and now - looked > LOOK_AT_MEMORY:
            together, looked = max(together, held(process)), now
        time.sleep(LOOK)


def end_with_all() -> None:
    """Let a call to end (SIGTERM) be an exit like any other, so that what has been started is ended too."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))


def family(process: int) -> Iterator[int]:
    """Yield a process and all below it that run; nothing where the system does not tell."""
    yield process
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        for child in _read(children).split():
            yield from family(int(child))


def held(process: int) -> float:
    """Return the megabytes that a process and those below it hold now; what they share is shared out between them."""
    return sum(_held(one) for one in family(process))


def _held(process: int) -> float:
    rows = _read(Path(f"/proc/{process}/smaps_rollup")).splitlines()
    return next((int(row.split()[1]) / 1024 for row in rows if row.startswith("Pss:")), 0.0)


def processor(process: int) -> float:
    """Return the seconds of the processor that a process and those below it have taken, the ended ones too."""
    return sum(_processor(one) for one in family(process))


def _processor(process: int) -> float:
    """Return those of one, and of the ended ones that it has waited for (proc(5): utime, stime, cutime, cstime)."""
    fields = _read(Path(f"/proc/{process}/stat")).rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / TICK


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:  # it has just ended
        return ""
