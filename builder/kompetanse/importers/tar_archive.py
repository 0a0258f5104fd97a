"""A gzipped tar: its tar is unfolded to a file aside, and entries are read from there."""

from __future__ import annotations

import gzip
import io
import tarfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from kompetanse.content.file_kinds import BROKEN
from kompetanse.errors import KompetanseError
from kompetanse.importers import entry_names
from kompetanse.importers.limits import Limits
from kompetanse.importers.named_entries import AGAIN, ASK, DAMAGED, NOT_THERE, Named, too_many
from kompetanse.importers.unpacked import Unpacked

_LARGEST_HEADER = 2**20


class Tar(Unpacked):
    """A gzipped tar: its tar is unfolded to a file aside, and entries are read from there."""

    def __init__(self, file: Path, aside: Path, limits: Limits) -> None:
        self._tar = aside / "tar"
        _gunzip(file, self._tar, limits)
        named = Named(file)
        try:
            with _Careful(self._tar) as stream, tarfile.open(fileobj=stream, mode="r:") as archive:
                for info in archive:
                    _refuse_tar_kind(named, info)
                    named.add(_tar_name(info), (info.offset_data, info.size), info.isdir())
                    if len(named.entries) > limits.entries:
                        raise KompetanseError(too_many(file, limits))
        except (tarfile.TarError, *BROKEN) as error:
            raise KompetanseError(f"{file}: the archive is damaged, or no tar. {ASK}") from error
        self._places: dict[str, tuple[int, int]] = named.entries
        super().__init__(file, tuple(self._places), aside, limits)

    def _open(self, name: str) -> BinaryIO:
        if name not in self._places:
            self.fail(name, NOT_THERE, ASK)
        stream = self._tar.open("rb")
        stream.seek(self._places[name][0])
        return stream

    def _inflated(self, name: str, stream: BinaryIO) -> Iterator[bytes]:
        left = self._places[name][1]
        while left:
            piece = stream.read(min(left, 2**18))
            if not piece:
                self.fail(name, DAMAGED, ASK)
            left -= len(piece)
            yield piece

    def _packed_size(self, name: str) -> int | None:
        return None


def _gunzip(file: Path, target: Path, limits: Limits) -> None:
    packed = file.stat().st_size
    most = min(limits.everything, max(limits.free, limits.ratio * packed))
    size = 0
    try:
        with gzip.open(file) as stream, target.open("wb") as out:
            while piece := stream.read(2**20):
                size += len(piece)
                if size > most:
                    raise KompetanseError(
                        f"{file} unfolds to more than {most // 2**20} MB. If that is right, split it, and import the parts"
                    )
                out.write(piece)
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise KompetanseError(f"{file}: the archive is damaged. {ASK}") from error


class _Careful(io.FileIO):
    """A tar whose headers cannot ask for more memory than any header needs."""

    def __init__(self, file: Path) -> None:
        super().__init__(file, "r")

    def read(self, size: int | None = -1, /) -> bytes:
        if size is None or size > _LARGEST_HEADER:
            raise tarfile.ReadError("a header that is too large")
        return super().read(size) or b""


def _tar_name(info: tarfile.TarInfo) -> str:
    return entry_names.decoded(info.name.encode("utf-8", "surrogateescape"))


def _refuse_tar_kind(named: Named, info: tarfile.TarInfo) -> None:
    if info.issym() or info.islnk():
        named.refuse(
            _tar_name(info), "it is a link to another file", f"{AGAIN}, with the file itself in its place"
        )
    if info.issparse() or not (info.isreg() or info.isdir()):
        named.refuse(_tar_name(info), "it is no file but a device", AGAIN)
