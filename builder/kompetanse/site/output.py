"""The folder of a new site, made beside the one that stands."""

from __future__ import annotations

import filecmp
import os
import shutil
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

    @timed("write")
    def put(self, path: str, data: bytes) -> None:
        """Write `data` at `path`."""
        self.written[path] = sha256(data).hexdigest()
        target, old = self.folder / path, self.before / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)  # what was put there first may be the earlier site's own file
        if not (_holds(old, data) and _carried_over(old, target)):
            target.write_bytes(data)

    @timed("write")
    def put_file(self, path: str, source: Path) -> None:
        """Copy `source` to `path`, without holding it in memory."""
        with source.open("rb") as stream:
            self.written[path] = file_digest(stream, "sha256").hexdigest()
        target, old = self.folder / path, self.before / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        if not (_is_like(old, source) and _carried_over(old, target)):
            shutil.copyfile(source, target)


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


def _carried_over(old: Path, new: Path) -> bool:
    """Let `new` be the file `old`, or a copy with its time where the disk cannot have one file in two folders."""
    try:
        os.link(old, new)
    except OSError:
        shutil.copy2(old, new)
    return True
