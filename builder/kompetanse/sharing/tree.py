"""The files of a source's commit by folder: found without looking at all of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import PurePosixPath

from kompetanse.sharing.snapshot import Entry


class Tree:
    """Blob id and mode of every file, by its path from the root as text."""

    def __init__(self, rows: Mapping[str, tuple[str, str]]) -> None:
        """Take the rows of a commit; they may be tens of thousands."""
        self._rows = rows

    @cached_property
    def _names(self) -> list[str]:
        return sorted(self._rows)

    @cached_property
    def _by_oid(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name, (oid, _) in self._rows.items():
            found.setdefault(oid, []).append(name)
        return found

    def get(self, path: PurePosixPath) -> Entry | None:
        """Return a file; None when there is none."""
        row = self._rows.get(str(path))
        return Entry(path, *row) if row else None

    def below(self, folder: PurePosixPath) -> Iterator[Entry]:
        """Yield the files in and below a folder."""
        head = "" if str(folder) == "." else f"{folder}/"
        start = bisect_left(self._names, head)
        end = bisect_left(self._names, head[:-1] + chr(ord("/") + 1)) if head else len(self._names)
        for name in self._names[start:end]:
            yield Entry(PurePosixPath(name), *self._rows[name])

    def holding(self, oid: str) -> tuple[PurePosixPath, ...]:
        """Return where a file of this content lies."""
        return tuple(PurePosixPath(name) for name in self._by_oid.get(oid, ()))
