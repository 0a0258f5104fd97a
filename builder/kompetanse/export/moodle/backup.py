"""The store of a Moodle backup: its XML files, and files by the SHA-1 of what they hold."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from markupsafe import Markup

from kompetanse.export.archive import Entry
from kompetanse.export.elements import document, element
from kompetanse.export.moodle.record import record

SYSTEM, COURSE = 1, 2
"""Numbers of the contexts of the whole site and of the course."""

INDEX = "moodle_backup.xml"
_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Place:
    """Where a file belongs.

    Attributes:
        context: Number of the context.
        component: Part of Moodle, such as `mod_page`.
        area: What it is there, such as `content`.
        item: Number of the record that it belongs to.
    """

    context: int
    component: str
    area: str
    item: int = 0


@dataclass
class Backup:
    """A backup that is being made.

    Attributes:
        moment: Seconds since 1970 for every date in it.
        dated: Whether that is when the content was written, which learners may be told.
    """

    moment: int
    dated: bool = True
    _written: dict[str, bytes] = field(default_factory=dict)
    _blobs: dict[str, bytes | Path] = field(default_factory=dict)
    _digests: dict[Path, str] = field(default_factory=dict)
    _records: list[Markup] = field(default_factory=list)

    def write(self, name: str, root: Markup) -> None:
        """Put an XML file at `name`."""
        self._written[name] = document(root)

    def store(self, entry: Entry, type_: str, place: Place) -> int:
        """Put a file where it belongs, and return the number by which whoever shows it refers to it.

        A file that belongs to several lies once in the archive. A wrong media type makes Moodle offer it for download.
        """
        digest = self._digest(entry)
        folder, _, name = f"/{entry.name}".rpartition("/")
        number = len(self._records) + 1
        fields = {
            "contenthash": digest,
            "contextid": place.context,
            "component": place.component,
            "filearea": place.area,
            "itemid": place.item,
            "filepath": f"{folder}/",
            "filename": name,
            "userid": None,
            "filesize": entry.size,
            "mimetype": type_,
            "status": 0,
            "timecreated": self.moment,
            "timemodified": self.moment,
            "source": name,
            "author": None,
            "license": None,
            "sortorder": 0,
            "repositorytype": None,
            "repositoryid": None,
            "reference": None,
        }
        self._records.append(record("file", fields, id=number))
        return number

    def _digest(self, entry: Entry) -> str:
        known = self._digests.get(entry.data) if isinstance(entry.data, Path) else None
        if known:
            return known
        digest = _sha1(entry)
        self._blobs[f"files/{digest[:2]}/{digest}"] = entry.data
        if isinstance(entry.data, Path):
            self._digests[entry.data] = digest
        return digest

    def entries(self) -> Iterator[Entry]:
        """Yield the files of the archive, its index first."""
        self.write("files.xml", element("files", *self._records))
        yield Entry(INDEX, self._written[INDEX])
        for name in sorted(self._written.keys() - {INDEX}):
            yield Entry(name, self._written[name])
        for name in sorted(self._blobs):
            yield Entry(name, self._blobs[name])


def _sha1(entry: Entry) -> str:
    """Return the name that Moodle gives to what a file holds; it is no seal."""
    digest = hashlib.sha1(usedforsecurity=False)
    with entry.open() as source:
        while data := source.read(_CHUNK):
            digest.update(data)
    return digest.hexdigest()
