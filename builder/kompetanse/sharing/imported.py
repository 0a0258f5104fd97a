"""The courses that were made from files, as they are committed: what each import made of its file, and where the course lies now.

.kompetanse/imported/<id>/import.json     # the record
.kompetanse/imported/<id>/<path>          # each text as the import made it: the base of the next merge
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from kompetanse.content.frontmatter import Source, split
from kompetanse.errors import KompetanseError
from kompetanse.model.version import digest, is_taken
from kompetanse.sharing.adopted import INDEX, Region
from kompetanse.sharing.matching import module_id

FOLDER = PurePosixPath(".kompetanse/imported")
RECORD = "import.json"
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Record:
    """What an import made.

    Attributes:
        folder: The course's folder, from the region's root.
        modules: File of each module by its id.
        media: SHA-256 of each other file, by its name.
        wished: What whoever imported said of the course: it holds for newer versions too.
    """

    folder: PurePosixPath
    modules: Mapping[str, PurePosixPath]
    media: Mapping[str, str]
    wished: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Imported:
    """A course that was made from a file; paths are those in its folder.

    Attributes:
        id: Its id.
        title: Its title.
        folder: Its folder, from the region's root.
        record: What the last import made.
        files: Blob ids of what lies there, but for the overlays, which are nobody's but ours.
        bases: Blob ids of the texts as the last import made them.
    """

    id: str
    title: str
    folder: PurePosixPath
    record: Record
    files: Mapping[PurePosixPath, str]
    bases: Mapping[PurePosixPath, str]

    def kept_bases(
        self, files: Mapping[PurePosixPath, str], paths: Iterable[PurePosixPath]
    ) -> dict[PurePosixPath, str]:
        """Return the blob ids of the bases that are kept of `paths`."""
        return {path: self.bases[path] for path in paths if path in self.bases}


def path_of(id_: str, path: PurePosixPath | str = RECORD) -> PurePosixPath:
    """Return where something of an import lies, from the region's root; without a path, its record."""
    return FOLDER / id_ / path


def text(record: Record) -> bytes:
    """Return the file that holds a record."""
    data = {
        "version": _VERSION,
        "folder": str(record.folder),
        "modules": {id_: str(path) for id_, path in record.modules.items()},
        "media": dict(record.media),
        "wished": dict(record.wished),
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def understand(id_: str, data: bytes) -> Record:
    """Return the record that a file holds.

    Raises:
        KompetanseError: When it is damaged or newer; it is never guessed at.
    """
    try:
        found = json.loads(data)
        if found["version"] != _VERSION:
            raise ValueError(found["version"])
        modules = {str(one): _inside(str(path)) for one, path in found["modules"].items()}
        media = {str(_inside(str(name))): str(one) for name, one in found["media"].items()}
        return Record(_inside(found["folder"]), modules, media, dict(found.get("wished", {})))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise KompetanseError(
            f"{path_of(id_)} cannot be read, so nobody knows what you have changed. Get it back from git"
        ) from error


def _inside(path: str) -> PurePosixPath:
    found = PurePosixPath(path)
    if found.is_absolute() or ".." in found.parts:
        raise ValueError(path)
    return found


def names(region: Region) -> list[str]:
    """Return the ids of the courses that were imported."""
    return sorted(
        path.parent.name for path in region.files if path.name == RECORD and path.parent.parent == FOLDER
    )


def find(region: Region, id_: str) -> Imported | None:
    """Return the course that an import made; None when there was no such import.

    Raises:
        KompetanseError: When the record is damaged, or the course is not in the region any more.
    """
    oid = region.files.get(path_of(id_))
    if oid is None:
        return None
    record = understand(id_, region.read([oid])[oid])
    folder = _folder(region, id_, record)
    files = dict(_below(region, folder))
    bases = {path: one for path, one in _below(region, FOLDER / id_) if path != PurePosixPath(RECORD)}
    title = _title(folder / INDEX, region, id_)
    return Imported(id_, title, folder, record, {p: o for p, o in files.items() if is_taken(p)}, bases)


def _folder(region: Region, id_: str, record: Record) -> PurePosixPath:
    """Return where the course lies now: it may have been moved."""
    places = [path for path in region.files if path.name == INDEX and FOLDER not in path.parents]
    first = record.folder / INDEX
    for some in ([first] if first in region.files else [], places):
        contents = region.read(region.files[path] for path in some)
        for path in some:
            if module_id(contents[region.files[path]]) == id_:
                return path.parent
    raise KompetanseError(
        f"The course {id_} of the earlier import is not in the region any more. "
        f"Leave --merge out to make it anew, or get {record.folder} back from git"
    )


def _below(region: Region, folder: PurePosixPath) -> Iterator[tuple[PurePosixPath, str]]:
    return (
        (path.relative_to(folder), oid) for path, oid in region.files.items() if path.is_relative_to(folder)
    )


def _title(path: PurePosixPath, region: Region, id_: str) -> str:
    oid = region.files[path]
    found = split(path, region.read([oid])[oid].decode(errors="replace"))
    return str(found.meta.get("title") or id_) if isinstance(found, Source) else id_


def settled(
    course: Imported, answers: Mapping[PurePosixPath, bytes | None]
) -> tuple[dict[PurePosixPath, bytes], set[PurePosixPath]]:
    """Return the bases and the record after files were answered for, and the bases that are gone, from the region's root.

    Args:
        course: The course.
        answers: What the newer version has of each file; None for no such file.
    """
    texts = {path for path in answers if path in course.bases or path.suffix == ".md"}
    write = {path_of(course.id, path): data for path in texts if (data := answers[path]) is not None}
    gone = {path_of(course.id, path) for path in texts if answers[path] is None}
    media = dict(course.record.media)
    for path in answers.keys() - texts:
        data = answers[path]
        if data is None:
            media.pop(str(path), None)
        else:
            media[str(path)] = digest(data)
    return {**write, path_of(course.id): text(replace(course.record, media=media))}, gone
