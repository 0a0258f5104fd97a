"""Whether a region's texts may have changed, without reading any of them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from kompetanse.model.offer import FOLDER

_TEXT = (".md", ".markdown")
_BESIDE = ("region.yml", "synonyms.yml")


def stamp(root: Path, content: str, *marks: str) -> str:
    """Return what is the same until a text of the region at `root` is written, moved, added or removed.

    It is made from names, sizes and times, as git's index does it.

    Args:
        root: The region's root.
        content: Name of the content folder in it.
        marks: What else must be the same.
    """
    found = hashlib.sha256(repr(marks).encode())
    beside = (os.path.join(root, name) for name in _BESIDE)  # noqa: PTH118 (ten thousand times: half the time)
    offers = sorted(str(path) for path in (root / FOLDER).glob("*.json"))
    for path in (*beside, *offers, *sorted(_texts(os.path.join(root, content)))):  # noqa: PTH118
        found.update(_state(path).encode(errors="surrogateescape"))
    return found.hexdigest()


def _texts(folder: str) -> Iterator[str]:
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    yield from _texts(entry.path)
                elif entry.name.lower().endswith(_TEXT):
                    yield entry.path
    except OSError:
        return


def _state(path: str) -> str:
    try:
        read = os.stat(path)  # noqa: PTH116
    except OSError:
        return f"{path}\0-\n"
    return f"{path}\0{read.st_size}\0{read.st_mtime_ns}\0{read.st_ctime_ns}\0{read.st_ino}\n"
