"""The files of a Moodle backup, which lie under the digest of their bytes and are called by paths."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kompetanse.importers.mbz_backup import part, value
from kompetanse.importers.unpacked import Unpacked

_DIGEST = re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True, slots=True)
class Area:
    """Where files belong.

    Attributes:
        context: Number of the context, as the backup has it.
        component: Such as `mod_page`.
        area: Such as `content`.
        item: Number of the row that they belong to; 0 where there is one set.
    """

    context: str
    component: str
    area: str
    item: str = "0"


@dataclass(frozen=True, slots=True)
class Stored:
    """A file of the backup.

    Attributes:
        area: Where it belongs.
        path: Its folder there and name, without a slash before it.
        entry: Entry of the archive that holds its bytes; None when it is not there.
    """

    area: Area
    path: str
    entry: str | None

    @property
    def name(self) -> str:
        """Its name without folder."""
        return self.path.rpartition("/")[2]


class Files:
    """All files of a backup."""

    def __init__(self, source: Unpacked) -> None:
        self._source = source
        self._by_area: dict[tuple[str, str, str], list[Stored]] = {}
        for one in _stored(source):
            key = (one.area.component, one.area.area, one.area.item)
            self._by_area.setdefault(key, []).append(one)

    def of(self, area: Area) -> list[Stored]:
        """Return the files of an area, in the order of the backup."""
        found = self._by_area.get((area.component, area.area, area.item), [])
        return [one for one in found if one.area.context == area.context] or found

    def find(self, area: Area, path: str) -> tuple[str, Path] | None:
        """Return name and bytes of the file that a text calls by `path`; None when the backup does not have it."""
        found = next((one for one in self.of(area) if one.path == path.lstrip("/")), None)
        return (found.name, self._source.keep(found.entry)) if found and found.entry else None

    def keep(self, stored: Stored) -> Path | None:
        """Return a file with the bytes of `stored`; None when the backup does not have them."""
        return self._source.keep(stored.entry) if stored.entry else None


def _stored(source: Unpacked) -> Iterator[Stored]:
    root = part(source, "files.xml")
    for row in [] if root is None else root.iterfind("file"):
        digest, name = value(row, "contenthash"), value(row, "filename")
        if name in ("", ".") or not _DIGEST.fullmatch(digest):
            continue
        area = Area(*(value(row, key) for key in ("contextid", "component", "filearea", "itemid")))
        entry = f"files/{digest[:2]}/{digest}"
        path = f"{value(row, 'filepath')}{name}".lstrip("/")
        yield Stored(area, path, entry if entry in source else None)
