"""A file from elsewhere as a set of named entries that are read one by one, within limits.

A zip, a gzipped tar, a folder and a single file look alike: whoever reads a format asks for `names`, `read` and `keep`.
Nothing is ever written under a name that the file chose: what is kept goes to numbered files of a fresh folder.

    with opened(Path("kurs.zip")) as source:        # importers/archives.py
        manifest = source.read("imsmanifest.xml")
        picture = source.keep("bilder/x.png")       # a file on disk, until the `with` ends
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, NoReturn

from kompetanse.errors import KompetanseError
from kompetanse.importers.limits import Limits

_PIECE = 2**18


class Unpacked(ABC):
    """Entries of one file from elsewhere.

    Attributes:
        file: The file, as it was named.
        names: Names of its entries, with forward slashes, in its own order; no folders.
    """

    def __init__(self, file: Path, names: Sequence[str], aside: Path, limits: Limits) -> None:
        self.file = file
        self.names = tuple(names)
        self._aside = aside
        self._limits = limits
        self._known = frozenset(self.names)
        self._folded: dict[str, list[str]] = {}
        for name in self.names:
            self._folded.setdefault(name.casefold(), []).append(name)
        self._kept: dict[str, Path] = {}
        self._stored = 0
        self._unfolded: Counter[str] = Counter()

    def __contains__(self, name: str) -> bool:
        return name in self._known

    def find(self, name: str) -> str | None:
        """Return the entry that is meant by `name`: the one of that name, else the only one in other capitals."""
        if name in self._known:
            return name
        others = self._folded.get(name.casefold(), [])
        return others[0] if len(others) == 1 else None

    def read(self, name: str, most: int | None = None) -> bytes:
        """Return what an entry holds.

        Args:
            name: One of `names`.
            most: Bytes that it may have; by default what may be held in memory.

        Raises:
            KompetanseError: When there is no such entry, it is damaged, or it is too large.
        """
        limit = self._limits.in_memory if most is None else most
        return b"".join(self.pieces(name, limit))

    def keep(self, name: str) -> Path:
        """Return a file with what an entry holds; it is there until the archive is closed.

        Raises:
            KompetanseError: When there is no such entry, it is damaged, or it is too large.
        """
        if name not in self._kept:
            self._kept[name] = self._aside / f"k{len(self._kept)}"
            with self._kept[name].open("wb") as target:
                target.writelines(self.pieces(name))
        return self._kept[name]

    def store(self, data: bytes) -> Path:
        """Return a file with `data`, so that it need not stay in memory; it is there until the archive is closed."""
        self._stored += 1
        path = self._aside / f"s{self._stored}"
        path.write_bytes(data)
        return path

    def pieces(self, name: str, most: int | None = None) -> Iterator[bytes]:
        """Yield what an entry holds, piece by piece, and stop where it becomes too large.

        Raises:
            KompetanseError: When there is no such entry, it is damaged, or it is too large.
        """
        limit = min(self._limits.one, self._limits.one if most is None else most)
        size = 0
        with self._open(name) as stream:
            for piece in self._inflated(name, stream):
                size += len(piece)
                self._refuse_too_much(name, size, limit)
                yield piece

    def check_all(self) -> None:
        """Unfold every entry once, to nowhere: for programs of others, which unfold without limits.

        Raises:
            KompetanseError: When an entry is damaged or too large.
        """
        for name in self.names:
            for _ in self.pieces(name):
                pass

    def fail(self, name: str, why: str, remedy: str) -> NoReturn:
        """Stop at an entry.

        Raises:
            KompetanseError: Naming the file and the entry.
        """
        raise KompetanseError(f"{self.file}: {shown(name)}: {why}. {remedy}")

    def close(self) -> None:
        """Let go of the file; what was kept goes with its folder."""
        self._kept.clear()

    @abstractmethod
    def _open(self, name: str) -> BinaryIO:
        """Open an entry."""

    @abstractmethod
    def _packed_size(self, name: str) -> int | None:
        """Return the bytes of an entry in the archive, or None when nobody can tell."""

    def _inflated(self, name: str, stream: BinaryIO) -> Iterator[bytes]:
        while piece := stream.read(_PIECE):
            yield piece

    def _refuse_too_much(self, name: str, size: int, limit: int) -> None:
        self._unfolded[name] = max(self._unfolded[name], size)
        packed = self._packed_size(name)
        if size > limit:
            self.fail(name, f"it is larger than {_mb(limit)}", _SMALLER)
        if packed is not None and size > self._limits.free and size > self._limits.ratio * max(packed, 1):
            self.fail(name, f"it unfolds to more than {self._limits.ratio} times its size", _BOMB)
        if self._unfolded.total() > self._limits.everything:
            self.fail(name, f"up to here more than {_mb(self._limits.everything)} were unfolded", _SMALLER)


_SMALLER = "Take large files out, or split it, and import the parts"
_BOMB = "Such files are made to fill a disk. Ask where it comes from"


def _mb(size: int) -> str:
    return f"{size // 2**20:,} MB".replace(",", " ")


def shown(name: str) -> str:
    """Return the name of an entry as it may be shown on a terminal."""
    return "".join(sign if sign.isprintable() else "?" for sign in name)[:200]
