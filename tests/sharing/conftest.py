"""Sources for the tests: real repositories in temporary folders."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.sharing.portal import Server

from kompetanse.sharing.address import read_address
from kompetanse.sharing.limits import Limits
from kompetanse.sharing.store import Store

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
"""When the tests look."""


@dataclass(frozen=True)
class Foreign:
    """Somebody else's repository."""

    folder: Path

    def git(self, *arguments: str, feed: bytes = b"") -> str:
        """Run git in it."""
        done = subprocess.run(
            ["git", *arguments], cwd=self.folder, check=True, capture_output=True, input=feed
        )
        return done.stdout.decode().strip()

    def commit(self, files: Mapping[str, str | bytes], message: str = "Content") -> str:
        """Write files, commit all, and return the commit's id."""
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message)
        return self.git("rev-parse", "HEAD")

    def begin_anew(self, files: Mapping[str, str | bytes]) -> str:
        """Replace the whole history by one commit."""
        self.git("checkout", "--quiet", "--orphan", "anew")
        self.git("rm", "-rfq", "--ignore-unmatch", ".")
        oid = self.commit(files)
        self.git("branch", "--quiet", "--move", "--force", "anew", "main")
        return oid


@pytest.fixture
def foreign(tmp_path: Path) -> Foreign:
    """Return an empty repository of somebody else."""
    folder = tmp_path / "foreign"
    folder.mkdir()
    made = Foreign(folder)
    made.git("init", "--quiet", "--initial-branch=main")
    return made


@pytest.fixture
def now() -> datetime:
    """When the tests look."""
    return NOW


Open = Callable[..., Store]


@pytest.fixture
def store(tmp_path: Path) -> Open:
    """Open what is kept of a folder, as often as one likes."""

    def open_(folder: Path, limits: Limits | None = None, branch: str | None = None) -> Store:
        address = read_address(str(folder), tmp_path, recorded=True)
        return Store(tmp_path / "store", address, branch=branch, limits=limits or Limits())

    return open_


@pytest.fixture
def server() -> Iterator[Server]:
    """A server of catalogues, on this machine."""
    with Server() as found:
        thread = threading.Thread(target=found.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield found
        found.ending.set()
        found.shutdown()
        thread.join()
