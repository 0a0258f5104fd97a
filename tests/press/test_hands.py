"""Work that is shared out among processes is done once, and what befalls one of them is told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from kompetanse.errors import KompetanseError
from kompetanse.press.hands import can_copy, hands, shared_out
from kompetanse.timing import measuring, timed

pytestmark = pytest.mark.skipif(not can_copy(), reason="no process can be copied here")
PIECES = range(200)


def _only_here(parent: int) -> bool:
    return os.getpid() == parent


@pytest.mark.parametrize("among", [1, 2, 3])
def test_each_piece_is_done_once(among: int) -> None:
    def work(numbers: Iterator[int]) -> list[int]:
        return list(numbers)

    reports = shared_out(PIECES, work, among)

    assert len(reports) == among
    assert sorted(number for report in reports for number in report) == list(PIECES)


def test_a_copy_takes_what_is_left_while_this_process_is_long_at_one_piece() -> None:
    here, (hears, tells) = os.getpid(), os.pipe()

    def work(numbers: Iterator[int]) -> int:
        if _only_here(here):
            done = len(list(islice(numbers, 1)))
            os.read(hears, 1)
            return done + len(list(numbers))
        done = len(list(numbers))
        os.write(tells, b".")
        return done

    own, other = shared_out(PIECES, work, 2)

    assert own <= 1
    assert other == len(PIECES) - own
    os.close(hears)
    os.close(tells)


def test_few_pieces_are_worth_no_other_process() -> None:
    assert [hands(pieces, 2) for pieces in (0, 1, 19, 20, 100, 1_000_000)] == [1, 1, 1, 2, 2, 1]


def test_what_goes_wrong_in_a_copy_is_raised_here_with_where_it_was() -> None:
    here = os.getpid()

    def work(numbers: Iterator[int]) -> None:
        if not _only_here(here):
            raise OSError(28, "No space left on device", "somewhere")
        list(numbers)

    with pytest.raises(OSError, match="No space left") as raised:
        shared_out(PIECES, work, 2)

    assert raised.value.filename == "somewhere"
    assert "in work" in "".join(raised.value.__notes__)


def test_a_copy_that_is_killed_is_told() -> None:
    here = os.getpid()

    def work(numbers: Iterator[int]) -> None:
        if not _only_here(here):
            os.kill(os.getpid(), signal.SIGKILL)
        list(numbers)

    with pytest.raises(KompetanseError, match=r"ended before it was done .*memory"):
        shared_out(PIECES, work, 2)


def test_this_process_does_no_more_when_a_copy_has_ended() -> None:
    here, done = os.getpid(), []

    def work(numbers: Iterator[int]) -> None:
        if not _only_here(here):
            os.kill(os.getpid(), signal.SIGKILL)
        for number in numbers:
            done.append(number)
            os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOWAIT)

    with pytest.raises(KompetanseError):
        shared_out(PIECES, work, 2)

    assert done == [0]


def test_copies_end_when_this_process_cannot_go_on() -> None:
    here, copies = os.getpid(), os.pipe()

    def work(numbers: Iterator[int]) -> None:
        if _only_here(here):
            raise KeyboardInterrupt
        os.write(copies[1], b".")
        time.sleep(600)

    with pytest.raises(KeyboardInterrupt):
        shared_out(PIECES, work, 2)

    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
    os.close(copies[0])
    os.close(copies[1])


def test_a_copy_ends_with_a_process_that_is_killed(tmp_path: Path) -> None:
    script = f"""
import os, pathlib, signal, time
from kompetanse.press.hands import shared_out
here, told = os.getpid(), pathlib.Path({str(tmp_path)!r})
def work(numbers):
    if os.getpid() == here:
        while not (told / "pid").exists():
            time.sleep(0.01)
        os.kill(here, signal.SIGKILL)
    (told / "new").write_text(str(os.getpid()))
    (told / "new").replace(told / "pid")
    time.sleep(600)
shared_out(range(20), work, 2)
"""
    done = subprocess.run([sys.executable, "-c", script], check=False)

    assert done.returncode == -signal.SIGKILL
    assert _ends(int((tmp_path / "pid").read_text()))


def _ends(process: int) -> bool:
    """Tell whether a process that is none of ours ends within a minute; one that nobody has reaped yet has ended too."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.01)
    return False


def test_what_a_copy_spends_is_booked_where_it_was_spent() -> None:
    here = os.getpid()

    def work(numbers: Iterator[int]) -> None:
        with timed("there" if not _only_here(here) else "here"):
            end = time.process_time() + 0.2
            while time.process_time() < end:
                pass
        list(numbers)

    with measuring() as timings:
        shared_out(PIECES, work, 2)

    assert timings.spent["there"].cpu >= 0.2
    assert timings.spent["there"].wall == 0
    assert timings.spent["here"].cpu < 0.4
    assert timings.spent["wait"].cpu < 0.2
