"""A region in a repository of its own."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest


@pytest.fixture
def root(commit: Callable[[Path], Path]) -> Iterator[Path]:
    """A region in a folder of a repository, with something beside it; in memory where there is such a place, as we wait for the disk."""
    memory = Path("/dev/shm")  # noqa: S108 (the folder in it is our own)
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as folder:
        yield _region(Path(folder), commit)


def _region(folder: Path, commit: Callable[[Path], Path]) -> Path:
    for name, text in {
        "region/content/a.md": "old\n",
        "region/content/gone.md": "gone\n",
        "region/content/old/c.md": "c\n",
        "region/content/same.md": "same\n",
        "region/content/mine.md": "mine\n",
        "beside.md": "beside\n",
    }.items():
        path = folder / "r" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    commit(folder / "r")
    return folder / "r/region"
