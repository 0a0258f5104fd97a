"""The course that is forked, and what there is of it afterwards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any

Make = Callable[..., Path]


Run = Callable[..., Any]


FOLDER = PurePosixPath("content/kurs/brev")


def files(root: Path, folder: PurePosixPath = FOLDER) -> dict[str, bytes]:
    found = sorted(path for path in (root / folder).rglob("*") if path.is_file())
    return {path.relative_to(root / folder).as_posix(): path.read_bytes() for path in found}
