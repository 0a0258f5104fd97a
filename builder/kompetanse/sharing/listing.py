"""The files of a commit by path; values are made when they are asked for, since a source has tens of thousands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from kompetanse.sharing.snapshot import Entry


class Listing(Mapping[PurePosixPath, Entry]):
    """Every file of a commit, in the order of git's tree.

    Attributes:
        folders: The id of each folder's tree, by path as text; that of the root by the empty one.
    """

    def __init__(self, rows: Mapping[str, tuple[str, str]], folders: Mapping[str, str]) -> None:
        """Take the blob id and mode of each path, and the id of each folder's tree."""
        self._rows = rows
        self.folders = folders

    def __getitem__(self, path: PurePosixPath) -> Entry:
        oid, mode = self._rows[str(path)]
        return Entry(PurePosixPath(path), oid, mode)

    def __iter__(self) -> Iterator[PurePosixPath]:
        return map(PurePosixPath, self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, path: object) -> bool:
        return str(path) in self._rows

    @property
    def names(self) -> Mapping[str, tuple[str, str]]:
        """Blob id and mode by path as text: for those who look at all and take few."""
        return self._rows

    @property
    def oids(self) -> frozenset[str]:
        """The ids of all files."""
        return frozenset(oid for oid, _ in self._rows.values())

    def below(self, folder: PurePosixPath | str) -> tuple[Entry, ...]:
        """Return the files in a folder and its folders; all of them for the empty path and for `.`."""
        start = str(folder).strip("/")
        prefix = "" if start in {"", "."} else f"{start}/"
        return tuple(
            Entry(PurePosixPath(name), oid, mode)
            for name, (oid, mode) in self._rows.items()
            if name.startswith(prefix)
        )


def names_of(entries: Mapping[PurePosixPath, Entry]) -> Mapping[str, tuple[str, str]]:
    """Return blob id and mode of each file by its path as text, whatever keeps them."""
    if isinstance(entries, Listing):
        return entries.names
    return {str(path): (one.oid, one.mode) for path, one in entries.items()}
