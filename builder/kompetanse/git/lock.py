"""One writer at a time: the second is told who the first is; a lock whose owner died is free."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from kompetanse.errors import KompetanseError


@contextmanager
def held(folder: Path, what: str, seconds: float = 5) -> Iterator[None]:
    """Hold the lock of `folder` while the block runs.

    Args:
        folder: Where the lock lies; made if it is not there.
        what: What is being done, for the one who has to wait.
        seconds: How long to wait for another one.

    Raises:
        KompetanseError: When another process holds it for longer.
    """
    owner = folder / "owner"
    lock = FileLock(folder / "lock")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=seconds, poll_interval=0.05)
    except Timeout:
        raise KompetanseError(
            f"{_who(owner)} is writing here. Wait until it has ended, then try again"
        ) from None
    except OSError as error:
        raise KompetanseError(
            f"Could not write {folder}: {error.strerror}. Nothing was changed. Ask for access, then try again"
        ) from error
    try:
        owner.write_text(f"process {os.getpid()} ({what})", encoding="utf-8")
        yield
    finally:
        with suppress(OSError):  # it says no more than who was here
            owner.unlink()
        lock.release()


def _who(owner: Path) -> str:
    try:
        return f"Another run of kompetanse, {owner.read_text(encoding='utf-8')},"
    except OSError:
        return "Another run of kompetanse"
