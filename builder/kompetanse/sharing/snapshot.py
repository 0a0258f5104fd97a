"""What a source holds at one commit, as its readers see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a source.

    Attributes:
        path: From the root of the source's repository.
        oid: Its blob's id in git, 40 hexadecimal digits.
        mode: As in git's tree: `100644`, `100755`, `120000` (symbolic link) or `160000` (submodule).
    """

    path: PurePosixPath
    oid: str
    mode: str


class Snapshot(Protocol):
    """All files of a source at one commit; their contents are read when they are asked for."""

    @property
    def commit(self) -> str:
        """The commit's id, 40 hexadecimal digits."""

    @property
    def entries(self) -> Mapping[PurePosixPath, Entry]:
        """Every file, by path, in the order of git's tree."""

    def read(self, oids: Iterable[str]) -> Mapping[str, bytes]:
        """Return contents by blob id; all that are missing here are fetched in one request.

        Raises:
            KompetanseError: When one is too large, or the source does not answer.
        """
