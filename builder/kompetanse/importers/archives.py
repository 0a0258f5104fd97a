"""Open zips, gzipped tars, folders and single files from elsewhere, and refuse what nobody should unpack."""

from __future__ import annotations

import gzip
import io
import stat
import struct
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, cast

from kompetanse.errors import KompetanseError
from kompetanse.importers import entry_names
from kompetanse.importers.limits import LIMITS, Limits
from kompetanse.importers.unpacked import Unpacked, shown

_AGAIN = "Pack the folder again with an ordinary zip program, and import that"
_ASK = "Ask for a new copy, or unpack it yourself and import the folder"
_ENCRYPTED = "it is locked with a password"
_UNLOCK = "Unpack it with the password, and import the folder"
_DAMAGED = "it is damaged"
_RECORD = b"PK\x05\x06"
_RECORD_64, _LOCATOR_64 = b"PK\x06\x06", b"PK\x06\x07"
_LONGEST_COMMENT = 65_557
_LONGEST_ROW = 400
_KINDS = frozenset({0, stat.S_IFREG, stat.S_IFDIR})
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, struct.error, NotImplementedError)
_LARGEST_HEADER = 2**20


@contextmanager
def opened(file: Path, limits: Limits = LIMITS) -> Iterator[Unpacked]:
    """Open a file from elsewhere, or a folder, until the `with` ends.

    Raises:
        KompetanseError: When it cannot be read, or is an archive that nobody should unpack.
    """
    with tempfile.TemporaryDirectory(prefix="kompetanse-") as aside:
        source = _opened(file, Path(aside), limits)
        try:
            yield source
        finally:
            source.close()


def _opened(file: Path, aside: Path, limits: Limits) -> Unpacked:
    try:
        if file.is_dir():
            return _Folder(file, aside, limits)
        with file.open("rb") as stream:
            start = stream.read(4)
    except FileNotFoundError as error:
        raise KompetanseError(f"There is no file {file}. Check its name and folder") from error
    except OSError as error:
        raise KompetanseError(
            f"{file} cannot be read: {error.strerror}. Check that you may open it"
        ) from error
    if start.startswith(b"PK"):
        return _Zip(file, aside, limits)
    return _Tar(file, aside, limits) if start.startswith(b"\x1f\x8b") else _OneFile(file, aside, limits)


def _is_noise(name: str) -> bool:
    """Tell whether a system wrote an entry for itself."""
    parts = name.split("/")
    return parts[0] == "__MACOSX" or parts[-1] in {".DS_Store", "Thumbs.db", "desktop.ini"}


class _Named:
    """Entries by name, each once."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.entries: dict[str, Any] = {}

    def add(self, name: str, entry: Any, is_folder: bool) -> None:
        why = entry_names.why_refused(name)
        if why:
            self.refuse(name, why, f"{_AGAIN}; nothing was unpacked")
        name = entry_names.normal(name)
        if is_folder or _is_noise(name):
            return
        if name in self.entries:
            self.refuse(name, "the archive has it twice", _AGAIN)
        self.entries[name] = entry

    def refuse(self, name: str, why: str, remedy: str) -> None:
        raise KompetanseError(f"{self._file}: {shown(name)}: {why}. {remedy}")


class _Zip(Unpacked):
    """A zip, read entry by entry from where it lies."""

    def __init__(self, file: Path, aside: Path, limits: Limits) -> None:
        _refuse_long_list(file, limits)
        try:
            self._archive = zipfile.ZipFile(file)
        except _BROKEN as error:
            raise KompetanseError(
                f"{file}: the zip is damaged: its list of files cannot be read. {_ASK}"
            ) from error
        try:
            named = _Named(file)
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
            self.fail(name, "there is no such file in it", _ASK)
        except (*_BROKEN, RuntimeError):
            self.fail(name, _DAMAGED, _ASK)

    def _inflated(self, name: str, stream: BinaryIO) -> Iterator[bytes]:
        try:
            yield from super()._inflated(name, stream)
        except _BROKEN:
            self.fail(name, _DAMAGED, _ASK)

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
        raise KompetanseError(_too_many(file, limits))


def _too_many(file: Path, limits: Limits) -> str:
    return f"{file} holds more than {limits.entries:,} files. Split it, and import the parts".replace(
        ",000", " 000"
    )


def _name(info: zipfile.ZipInfo) -> str:
    if info.flag_bits & 0x800:
        return info.orig_filename
    return entry_names.decoded(info.orig_filename.encode("cp437", errors="replace"))


def _refuse_kind(named: _Named, info: zipfile.ZipInfo) -> None:
    kind = stat.S_IFMT(info.external_attr >> 16)
    name = _name(info)
    if info.flag_bits & 0x2041:
        named.refuse(name, _ENCRYPTED, _UNLOCK)
    if kind == stat.S_IFLNK:
        named.refuse(name, "it is a link to another file", f"{_AGAIN}, with the file itself in its place")
    if kind not in _KINDS:
        named.refuse(name, "it is no file but a device", _AGAIN)
    if info.compress_type not in _METHODS:
        named.refuse(name, "it is packed in a way that we do not read", _AGAIN)


class _Tar(Unpacked):
    """A gzipped tar: its tar is unfolded to a file aside, and entries are read from there."""

    def __init__(self, file: Path, aside: Path, limits: Limits) -> None:
        self._tar = aside / "tar"
        _gunzip(file, self._tar, limits)
        named = _Named(file)
        try:
            with _Careful(self._tar) as stream, tarfile.open(fileobj=stream, mode="r:") as archive:
                for info in archive:
                    _refuse_tar_kind(named, info)
                    named.add(_tar_name(info), (info.offset_data, info.size), info.isdir())
                    if len(named.entries) > limits.entries:
                        raise KompetanseError(_too_many(file, limits))
        except (tarfile.TarError, *_BROKEN) as error:
            raise KompetanseError(f"{file}: the archive is damaged, or no tar. {_ASK}") from error
        self._places: dict[str, tuple[int, int]] = named.entries
        super().__init__(file, tuple(self._places), aside, limits)

    def _open(self, name: str) -> BinaryIO:
        if name not in self._places:
            self.fail(name, "there is no such file in it", _ASK)
        stream = self._tar.open("rb")
        stream.seek(self._places[name][0])
        return stream

    def _inflated(self, name: str, stream: BinaryIO) -> Iterator[bytes]:
        left = self._places[name][1]
        while left:
            piece = stream.read(min(left, 2**18))
            if not piece:
                self.fail(name, _DAMAGED, _ASK)
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
        raise KompetanseError(f"{file}: the archive is damaged. {_ASK}") from error


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


def _refuse_tar_kind(named: _Named, info: tarfile.TarInfo) -> None:
    if info.issym() or info.islnk():
        named.refuse(
            _tar_name(info), "it is a link to another file", f"{_AGAIN}, with the file itself in its place"
        )
    if info.issparse() or not (info.isreg() or info.isdir()):
        named.refuse(_tar_name(info), "it is no file but a device", _AGAIN)


class _Folder(Unpacked):
    """A folder on this machine; links in it are not followed."""

    def __init__(self, file: Path, aside: Path, limits: Limits) -> None:
        named = _Named(file)
        for path in _files(file):
            if path.is_symlink():
                named.refuse(path.name, "it is a link to another file", "Put the file itself in its place")
            named.add(path.relative_to(file).as_posix(), path, is_folder=False)
            if len(named.entries) > limits.entries:
                raise KompetanseError(_too_many(file, limits))
        self._paths: dict[str, Path] = named.entries
        super().__init__(file, tuple(self._paths), aside, limits)

    def _open(self, name: str) -> BinaryIO:
        try:
            return self._paths[name].open("rb")
        except KeyError:
            self.fail(name, "there is no such file in it", _ASK)
        except OSError as error:
            self.fail(name, f"it cannot be read: {error.strerror}", "Check that you may open it")

    def _packed_size(self, name: str) -> int | None:
        return None


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _files(path)
        else:
            yield path


class _OneFile(Unpacked):
    """A file that is no archive: its only entry has its own name."""

    def __init__(self, file: Path, aside: Path, limits: Limits) -> None:
        super().__init__(file, (file.name,), aside, limits)

    def _open(self, name: str) -> BinaryIO:
        if name != self.file.name:
            self.fail(name, "there is no such file", "Import the folder that holds both")
        return self.file.open("rb")

    def _packed_size(self, name: str) -> int | None:
        return None


_FILES_OF_THEIR_OWN = (".zip", ".imscc", ".mbz", ".gz", ".tgz", ".docx", ".docm", ".pptx", ".pptm", ".epub")


def nested(names: Sequence[str]) -> str | None:
    """Return the file inside that is one to import itself, where an archive holds hardly anything else."""
    inner = [name for name in names if name.lower().endswith(_FILES_OF_THEIR_OWN)]
    return inner[0] if inner and len(names) - len(inner) <= 2 else None
