"""A zip, read entry by entry from where it lies; APPNOTE 6.3.10 describes it."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

from kompetanse.content.file_kinds import BROKEN
from kompetanse.errors import KompetanseError
from kompetanse.importers import entry_names
from kompetanse.importers.limits import Limits
from kompetanse.importers.named_entries import AGAIN, ASK, DAMAGED, NOT_THERE, Named, too_many
from kompetanse.importers.unpacked import Unpacked

_ENCRYPTED = "it is locked with a password"
_UNLOCK = "Unpack it with the password, and import the folder"
_RECORD = b"PK\x05\x06"
_RECORD_64, _LOCATOR_64 = b"PK\x06\x06", b"PK\x06\x07"
_LONGEST_COMMENT = 65_557
_LONGEST_ROW = 400
_KINDS = frozenset({0, stat.S_IFREG, stat.S_IFDIR})
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


class Zip(Unpacked):
    """A zip, read entry by entry from where it lies."""

    def __init__(self, file: Path, aside: Path, limits: Limits) -> None:
        _refuse_long_list(file, limits)
        try:
            self._archive = zipfile.ZipFile(file)
        except BROKEN as error:
            raise KompetanseError(
                f"{file}: the zip is damaged: its list of files cannot be read. {ASK}"
            ) from error
        try:
            named = Named(file)
            for info in self._archive.infolist():
                _refuse_kind(named, info)
                named.add(_name(info), info, info.is_dir())
        except BaseException:
            self._archive.close()
            raise
        self._infos: dict[str, zipfile.ZipInfo] = named.entries
        super().__init__(file, tuple(self._infos), aside, limits)

    def _open(self, name: str) -> BinaryIO:
        try:
            return cast(BinaryIO, self._archive.open(self._infos[name]))
        except KeyError:
            self.fail(name, NOT_THERE, ASK)
        except BROKEN:
            self.fail(name, DAMAGED, ASK)

    def _inflated(self, name: str, stream: BinaryIO) -> Iterator[bytes]:
        try:
            yield from super()._inflated(name, stream)
        except BROKEN:
            self.fail(name, DAMAGED, ASK)

    def _packed_size(self, name: str) -> int | None:
        return self._infos[name].compress_size

    def close(self) -> None:
        self._archive.close()


def _refuse_long_list(file: Path, limits: Limits) -> None:
    """Stop before a list of contents is read that would fill the memory; APPNOTE 6.3.10, 4.3.14 and 4.3.16."""
    with file.open("rb") as stream:
        stream.seek(0, io.SEEK_END)
        length = stream.tell()
        stream.seek(max(0, length - _LONGEST_COMMENT))
        tail = stream.read()
        place = tail.rfind(_RECORD)
        if place < 0 or len(tail) < place + 22:
            return  # zipfile says what is wrong
        count, size = struct.unpack_from("<HL", tail, place + 10)
        if place >= 20 and tail[place - 20 : place - 16] == _LOCATOR_64:
            (start,) = struct.unpack_from("<Q", tail, place - 12)
            stream.seek(min(start, length))
            record = stream.read(56)
            if len(record) == 56 and record.startswith(_RECORD_64):
                count, size = struct.unpack_from("<QQ", record, 32)
    if count > limits.entries or size > limits.entries * _LONGEST_ROW:
        raise KompetanseError(too_many(file, limits))


def _name(info: zipfile.ZipInfo) -> str:
    if info.flag_bits & 0x800:
        return info.orig_filename
    return entry_names.decoded(info.orig_filename.encode("cp437", errors="replace"))


def _refuse_kind(named: Named, info: zipfile.ZipInfo) -> None:
    kind = stat.S_IFMT(info.external_attr >> 16)
    name = _name(info)
    if info.flag_bits & 0x2041:
        named.refuse(name, _ENCRYPTED, _UNLOCK)
    if kind == stat.S_IFLNK:
        named.refuse(name, "it is a link to another file", f"{AGAIN}, with the file itself in its place")
    if kind not in _KINDS:
        named.refuse(name, "it is no file but a device", AGAIN)
    if info.compress_type not in _METHODS:
        named.refuse(name, "it is packed in a way that we do not read", AGAIN)
