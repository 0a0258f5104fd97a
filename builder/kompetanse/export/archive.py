"""Archives that are the same bytes for the same files, on every machine, written without holding a file whole in memory."""

from __future__ import annotations

import gzip
import io
import re
import shutil
import tarfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")
_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip knows."""
_UNIX, _ANYBODY_READS = 3, 0o644
_UNKNOWN_SYSTEM = b"\xff"
_STORED = frozenset({"png", "jpg", "jpeg", "gif", "webp", "avif", "mp4", "webm", "mp3", "ogg", "zip"})
"""Files that are packed already."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in an archive.

    Attributes:
        name: Its path there: ASCII letters, digits, `._-` and slashes.
        data: What it holds, or the file that it is read from.
    """

    name: str
    data: bytes | Path

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.data) if isinstance(self.data, bytes) else self.data.stat().st_size

    def open(self) -> BinaryIO:
        """Open what it holds."""
        return io.BytesIO(self.data) if isinstance(self.data, bytes) else self.data.open("rb")


def checked(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return `entries` when every system can unpack them.

    Raises:
        ValueError: When a name has other signs, or two differ only in capitals: a fault of ours.
    """
    found, seen = tuple(entries), set[str]()
    for entry in found:
        if not _NAME.fullmatch(entry.name) or entry.name.lower() in seen:
            raise ValueError(f"no name for a package, or one that is taken: {entry.name!r}")
        seen.add(entry.name.lower())
    return found


def write_zip(entries: Iterable[Entry], to: BinaryIO, *, stored: frozenset[str] = frozenset()) -> None:
    """Write a zip to `to`, in the order given.

    Args:
        entries: Its files.
        to: Where to; it need not be seekable.
        stored: Names of files that are not packed, as EPUB asks of its first.
    """
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in checked(entries):
            packed = entry.name not in stored and entry.name.rpartition(".")[2].lower() not in _STORED
            with entry.open() as source, archive.open(_info(entry, packed), "w") as target:
                shutil.copyfileobj(source, target)


def _info(entry: Entry, packed: bool) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(entry.name, _MOMENT)
    info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    info.create_system = _UNIX
    info.external_attr = _ANYBODY_READS << 16
    info.file_size = entry.size
    return info


def write_targz(entries: Iterable[Entry], to: BinaryIO) -> None:
    """Write a gzipped tar (USTAR) to `to`, which must be seekable, in the order given."""
    start = to.tell()
    with (
        gzip.GzipFile(filename="", mode="wb", fileobj=to, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as archive,
    ):
        for entry in checked(entries):
            info = tarfile.TarInfo(entry.name)
            info.size, info.mode = entry.size, _ANYBODY_READS
            with entry.open() as source:
                archive.addfile(info, source)
    _forget_system(to, start)


def _forget_system(to: BinaryIO, start: int) -> None:
    """Write over the byte of a gzip header that names the system (RFC 1952, 2.3.1)."""
    end = to.tell()
    to.seek(start + 9)
    to.write(_UNKNOWN_SYSTEM)
    to.seek(end)
