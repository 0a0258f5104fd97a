"""Two processes make a large site: the same as one makes, and none of it when one of them is ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kompetanse.press.hands import can_copy, cores

pytestmark = pytest.mark.skipif(not can_copy() or cores() < 2, reason="one process makes all here")
Files = Callable[[Path], dict[str, bytes]]
BUILD = (sys.executable, "-m", "kompetanse", "build", "--date", "2026-11-24", "--timings")
PAGE = (
    "---\ntitle: Side {0}\nsummary: Nummer {0}.\nredirect_from: [gammel-{0}]\n---\n\n# Side {0}\n\nOrd {0}.\n"
)
PAGES = 400


@pytest.fixture
def large(demo: Path) -> Path:
    """A region that is worth a second process; one page had the address of another one."""
    for number in range(PAGES):
        text = PAGE.format(number).replace("gammel-7]", "side-150]")
        (demo / f"content/side-{number}.md").write_text(text, encoding="utf-8")
    return demo


def test_two_processes_make_the_site_that_one_makes(large: Path, files: Files) -> None:
    one = {next(iter(os.sched_getaffinity(0)))}
    alone = subprocess.run(
        BUILD,
        cwd=large,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: os.sched_setaffinity(0, one),
    )
    site = files(large / "site")
    (large / "site").rename(large / "før")

    both = subprocess.run((*BUILD, "--no-cache"), cwd=large, capture_output=True, text=True, check=False)

    assert files(large / "site") == site
    assert b"Ord 150." in site["side-150/index.html"]
    assert "\nwait " in both.stdout
    assert "\nwait " not in alone.stdout
    rows = [row.split() for row in both.stdout.partition("Stage")[2].splitlines()[1:]]
    assert all(float(row[-1]) >= 0 for row in rows)


def _copies(of: int) -> Iterator[int]:
    """Yield the processes that are copies of the process `of`."""
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(file.read_text(encoding="utf-8").rpartition(")")[2].split()[1])
            if parent == of and b"kompetanse" in (file.parent / "cmdline").read_bytes():
                yield int(file.parent.name)
        except (OSError, ValueError):  # it has ended
            continue


def _while_two_work(large: Path, do: Callable[[subprocess.Popen[str], int], None]) -> tuple[int, str, int]:
    """Build, and do something to the build when it has a copy; return its exit code, what it said, and the copy."""
    with subprocess.Popen(
        BUILD, cwd=large, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as build:
        copies: list[int] = []
        while not copies and build.poll() is None:
            if (large / ".site.new/assets").exists():  # git, which begins as a copy too, has told all by then
                copies = list(_copies(build.pid))
            time.sleep(0.001)
        do(build, copies[0])
        _, said = build.communicate()
    return build.returncode, said, copies[0]


def _is_gone(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def test_a_process_that_is_killed_on_the_way_is_told_and_the_old_site_stands(
    large: Path, files: Files
) -> None:
    (large / "site").mkdir()
    (large / "site/404.html").write_text("old", encoding="utf-8")

    code, said, _ = _while_two_work(large, lambda _, copy: os.kill(copy, signal.SIGKILL))

    assert code == 1
    assert "ended before it was done" in said
    assert "Traceback" not in said
    assert files(large / "site") == {"404.html": b"old"}
    assert not list(large.glob(".site*"))


def test_ctrl_c_ends_both_and_the_old_site_stands(large: Path, files: Files) -> None:
    (large / "site").mkdir()
    (large / "site/404.html").write_text("old", encoding="utf-8")

    code, said, copy = _while_two_work(large, lambda build, _: os.killpg(build.pid, signal.SIGINT))

    assert code == 130
    assert "Traceback" not in said
    assert _is_gone(copy)
    assert files(large / "site") == {"404.html": b"old"}
    assert not list(large.glob(".site*"))
