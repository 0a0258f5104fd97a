"""`kompetanse search` without words asks for queries, on a terminal as the system makes it: Tab completes, an empty line ends it."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kompetanse import searching

pty = pytest.importorskip("pty", reason="this system has no terminals of that kind")
pytest.importorskip("readline", reason="this Python completes nothing")

LONGEST = 60.0
"""Seconds that an answer may take on a busy machine."""


class Terminal:
    """Types to a command, and reads what it shows."""

    def __init__(self, root: Path, *command: str) -> None:
        self._ours, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "kompetanse", *command],
            cwd=root,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env={**os.environ, "TERM": "dumb", "INPUTRC": "/dev/null"},
        )
        os.close(theirs)
        self._end = time.monotonic() + LONGEST

    def type(self, text: str) -> None:
        """Type `text`."""
        os.write(self._ours, text.encode())

    def until(self, wanted: str) -> str:
        """Return what is shown, up to `wanted`."""
        shown = b""
        while wanted.encode() not in shown:
            ready, _, _ = select.select([self._ours], [], [], max(0.0, self._end - time.monotonic()))
            assert ready, f"{wanted!r} was not shown, but {shown!r}"
            shown += os.read(self._ours, 4096)
        return shown.decode(errors="replace")

    def close(self) -> None:
        """Let go of it, and end it if it goes on."""
        self.process.kill()
        self.process.wait()
        os.close(self._ours)


@pytest.fixture
def terminal(demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    """The prompt of the demo region's search."""
    monkeypatch.setenv(searching.CACHE, str(tmp_path / "cache"))
    searching.index(demo, "content").close()
    found = Terminal(demo, "search")
    yield found
    found.close()


def test_queries_are_asked_for_completed_and_answered_until_an_empty_one(terminal: Terminal) -> None:
    terminal.until("search: ")
    terminal.type("brannk\t")
    terminal.until("Brannkurs")
    terminal.type("\n")
    assert "kurs/brannkurs/" in terminal.until("search: ")

    terminal.type("kvikksølv\n")
    assert "Nothing was found." in terminal.until("search: ")

    terminal.type("\n")
    assert terminal.process.wait(LONGEST) == 0
