"""Where an index lies: one folder for each time it was written, and a name that says which of them holds.

A new folder is written beside the one that is read, and takes its place by a rename. Readers never see one half done, and
one writer at a time is let in. Nothing here is trusted that has no manifest of ours.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from kompetanse_search import VERSION

FORMAT = 1
"""Of the folder. Another one is never read."""

SUMMED, _EDGE = 16_000_000, 1_000_000
"""Bytes of a file that is summed whole, in a few milliseconds; of a larger one how it begins and ends."""

_CURRENT, _MANIFEST, _LOCK = "current", "manifest.json", "lock"


class Unusable(Exception):  # noqa: N818 (nothing went wrong: there is nothing to read)
    """There is no index here, or it is not one that we wrote, or it is damaged; the text says which."""


class Busy(Exception):  # noqa: N818
    """Somebody else is writing the index."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a written index says of itself.

    Attributes:
        region: Whose it is: its folder and its id.
        stamp: What it was made from, as the caller knows it; the same as long as nothing changed.
        pages: Pages in it.
        changed: Pages that were changed since all of it was written.
        seeds: The names that compounds could be cut into.
        files: Name → what tells of a file that it is whole; see `states`.
        version: Of analysis, ranking and folder.
    """

    region: str
    stamp: str
    pages: int
    changed: int
    seeds: tuple[str, ...]
    files: dict[str, list[int]]
    version: tuple[int, int] = (FORMAT, VERSION)


@dataclass(frozen=True, slots=True)
class Shelf:
    """A folder of indexes of one region, one of which holds."""

    folder: Path

    def current(self) -> Path:
        """Return the folder that holds. Raises `Unusable`."""
        try:
            name = (self.folder / _CURRENT).read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise Unusable("there is no index yet") from error
        if not name.isalnum():
            raise Unusable("it does not say which index holds")
        return self.folder / name

    def manifest(self, folder: Path) -> Manifest:
        """Return what the index in `folder` says of itself. Raises `Unusable` when it is not whole or not ours."""
        try:
            read = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
            read |= {"seeds": tuple(read["seeds"]), "version": tuple(read["version"])}
            found = Manifest(**read)
            whole = {name: _state(folder / name) for name in found.files} == found.files
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise Unusable("the index is not whole") from error
        if found.version != (FORMAT, VERSION):
            raise Unusable("the index is of another version")
        if not whole:
            raise Unusable("the index is damaged")
        return found

    def write(self, fill: Callable[[Path], Manifest]) -> Path:
        """Let `fill` write a new index into an empty folder, and let that hold. What it leaves half done is taken away."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        new = self.folder / os.urandom(16).hex()
        new.mkdir(mode=0o700)
        try:
            manifest = json.dumps(asdict(fill(new)), ensure_ascii=False)
            (new / _MANIFEST).write_text(manifest, encoding="utf-8")
            aside = self.folder / f"{new.name}.{_CURRENT}"
            aside.write_text(new.name, encoding="ascii")
            os.replace(aside, self.folder / _CURRENT)  # noqa: PTH105 (the same on Windows)
        except BaseException:
            shutil.rmtree(new, ignore_errors=True)
            with suppress(OSError):
                (self.folder / f"{new.name}.{_CURRENT}").unlink(missing_ok=True)
            raise
        self._tidy(new)
        return new

    def _tidy(self, kept: Path) -> None:
        """Remove other indexes; what is still read somewhere stays until next time where the system does not let it go."""
        for one in self.folder.iterdir():
            if one.is_dir() and one != kept and one.name.isalnum():
                shutil.rmtree(one, ignore_errors=True)

    @contextmanager
    def locked(self, wait: float) -> Iterator[None]:
        """Be the only writer, waiting `wait` seconds for another one. Raises `Busy`.

        The lock is one of SQLite, which every system has and no crash leaves behind.
        """
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        base = sqlite3.connect(self.folder / _LOCK, timeout=wait, isolation_level=None)
        try:
            base.execute("begin exclusive")
        except sqlite3.OperationalError as error:
            base.close()
            raise Busy(str(error)) from error
        try:
            yield
        finally:
            base.close()


def states(folder: Path) -> dict[str, list[int]]:
    """Return of each file in `folder` its size and a sum, by which one shows that is not as it was written."""
    return {one.name: _state(one) for one in sorted(folder.iterdir()) if one.is_file()}


def _state(path: Path) -> list[int]:
    with path.open("rb") as stream:
        size = stream.seek(0, os.SEEK_END)
        read = size if size <= SUMMED else _EDGE
        found = 0
        for start in (0,) if read == size else (0, size - read):
            stream.seek(start)
            found = zlib.crc32(stream.read(read), found)
    return [size, found]


def share(old: Path, new: Path, names: Iterator[str]) -> None:
    """Give `new` the files of `old` that nobody ever writes to, without copying where the disk can."""
    for name in names:
        try:
            os.link(old / name, new / name)
        except OSError:
            shutil.copyfile(old / name, new / name)
