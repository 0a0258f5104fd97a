"""The folder of a new site, made beside the one that stands."""

from __future__ import annotations

import filecmp
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import file_digest, sha256
from pathlib import Path

from kompetanse.timing import timed


@dataclass(frozen=True, slots=True)
class Output:
    """Where a site is written.

    A file that is the same as before is that very file: it keeps its time, so that what copies the site to a web
    server has little to do.

    Attributes:
        folder: The new site's.
        before: The earlier site's, which may not exist.
        written: The hash of every file that was written, by path.
    """

    folder: Path
    before: Path
    written: dict[str, str] = field(default_factory=dict)
    _folders: set[str] = field(default_factory=set)

    @timed("write")
    def put(self, path: str, data: bytes) -> None:
        """Write `data` at `path`."""
        self.written[path] = sha256(data).hexdigest()
        target, old = self._place(path), self.before / path
        if _holds(old, data):
            _anew(target, lambda: _carry_over(old, target))
        else:
            _anew(target, lambda: _write(target, data))

    @timed("write")
    def put_file(self, path: str, source: Path) -> None:
        """Copy `source` to `path`, without holding it in memory."""
        with source.open("rb") as stream:
            self.written[path] = file_digest(stream, "sha256").hexdigest()
        target, old = self._place(path), self.before / path
        if _is_like(old, source):
            _anew(target, lambda: _carry_over(old, target))
        else:
            _anew(target, lambda: _copy(source, target))

    def _place(self, path: str) -> str:
        """Return where `path` lies, in a folder that is there; nobody but us makes or takes away folders in a new site."""
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            (self.folder / folder).mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)
        return f"{self.folder}/{path}"


def _anew(target: str, make: Callable[[], None]) -> None:
    """Make a file where there is none; what was put there first may be the earlier site's own file, and is not written to."""
    try:
        make()
    except FileExistsError:
        Path(target).unlink()
        make()


def _write(target: str, data: bytes) -> None:
    with open(target, "xb") as stream:  # noqa: PTH123 (a path for each file takes longer than its name is worth)
        stream.write(data)


def _copy(source: Path, target: str) -> None:
    with source.open("rb") as read, Path(target).open("xb") as stream:
        shutil.copyfileobj(read, stream)


def _is_like(file: Path, source: Path) -> bool:
    try:
        return not file.is_symlink() and filecmp.cmp(file, source, shallow=False)
    except OSError:
        return False


def _holds(file: Path, data: bytes) -> bool:
    try:
        return file.stat().st_size == len(data) and not file.is_symlink() and file.read_bytes() == data
    except OSError:
        return False


def _carry_over(old: Path, new: str) -> None:
    """Let `new` be the file `old`, or a copy with its time where the disk cannot have one file in two folders."""
    try:
        os.link(old, new)
    except FileExistsError:
        raise
    except OSError:
        shutil.copy2(old, new)
