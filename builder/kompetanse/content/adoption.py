"""Courses that came from elsewhere: the record of each, and what was changed here since.

What was changed is worked out from the files, each time, and stored nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from kompetanse.content.address import is_index, short_id
from kompetanse.content.document import Document
from kompetanse.content.frontmatter import Source, split
from kompetanse.content.origin import BASES, NAME, read_origin
from kompetanse.errors import Problem, Severity
from kompetanse.model.blob import blob_id
from kompetanse.model.origin import Adoption, Origin

LOCAL_KEYS = frozenset({"id", "owner", "status", "redirect_from", "reviewed", "review_every"})
"""Keys that are each region's own: no update brings them and no contribution takes them along."""

NAMING_KEYS = frozenset({"type", "title", "modules", "language", "licence", "authors"})
"""Keys that a fork adds to files of other systems; what the text says is the same."""

_REFERRING_KEYS = frozenset({"audience", "prerequisites", "broader"})
"""Keys that refer to what each region has of its own; a fork takes out what does not exist here."""

_TEXT = frozenset({".md", ".markdown"})


def is_record(path: PurePosixPath) -> bool:
    """Tell whether a file of the content folder is the record of an origin."""
    return path.name == NAME


def read_adoptions(
    root: Path, paths: Iterable[PurePosixPath], documents: Sequence[Document]
) -> tuple[dict[PurePosixPath, Adoption], tuple[Problem, ...]]:
    """Return the adopted courses by their folder, and what is wrong with their records.

    Args:
        root: The region's root.
        paths: All files of the content folder but its documents.
        documents: The documents that could be read.
    """
    every = list(paths)
    courses = {one.path.parent: one for one in documents if one.kind == "course" and is_index(one.path)}
    records = list(filter(is_record, every))
    inside = _inside((*(one.path for one in documents), *every), {one.parent for one in records})
    adoptions: dict[PurePosixPath, Adoption] = {}
    problems: list[Problem] = []
    for record in records:
        origin, said = read_origin(root, record)
        problems += said
        course = courses.get(record.parent)
        if course is None:
            problems.append(Problem(record, 0, "", "origin-without-course", Severity.WARNING))
        elif origin is not None:
            base = BASES / (course.given_id or short_id(course.path, course.region.language))
            adoptions[record.parent] = Adoption(
                origin, frozenset(_changed(root, record.parent, base, origin, inside[record.parent]))
            )
    return adoptions, tuple(problems)


def _inside(
    paths: Iterable[PurePosixPath], folders: set[PurePosixPath]
) -> dict[PurePosixPath, set[PurePosixPath]]:
    """Return the files in and below each folder, by their path in it; records aside."""
    found: dict[PurePosixPath, set[PurePosixPath]] = {folder: set() for folder in folders}
    for path in paths if folders else ():
        if not is_record(path):
            for folder in folders.intersection(path.parents):
                found[folder].add(path.relative_to(folder))
    return found


def _changed(
    root: Path, folder: PurePosixPath, base: PurePosixPath, origin: Origin, own: set[PurePosixPath]
) -> Iterator[PurePosixPath]:
    """Yield the files, by their path in the course's folder, that are not as the source had them, or that it does not have."""
    yield from own.symmetric_difference(origin.files)
    for path in own & origin.files.keys():
        data = (root / folder / path).read_bytes()
        if blob_id(data) == origin.files[path].oid or blob_id(_plain(data)) == origin.files[path].oid:
            continue
        kept = root / base / path
        if not kept.is_file() or is_adapted(path, kept.read_bytes(), data):
            yield path


def _plain(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n")


def is_adapted(path: PurePosixPath, base: bytes, ours: bytes) -> bool:
    """Tell whether a file says something else here than at its source.

    Row ends, local keys, references to what is the region's own, and the keys that a fork adds are no difference.
    """
    if _plain(base) == _plain(ours):
        return False
    if path.suffix.lower() not in _TEXT:
        return True
    then, now = _read(path, base), _read(path, ours)
    if then is None or now is None or then.body.strip() != now.body.strip():
        return True
    return _said(then.meta, now.meta) != _said(now.meta, then.meta)


def _read(path: PurePosixPath, data: bytes) -> Source | None:
    try:
        found = split(path, _plain(data).removeprefix(b"\xef\xbb\xbf").decode())
    except UnicodeDecodeError:
        return None
    return found if isinstance(found, Source) else None


def _said(meta: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """Return what front matter says of the text, without keys that are the region's own, and those of names that only one of the two has."""
    return {
        key: value
        for key, value in meta.items()
        if key not in LOCAL_KEYS | _REFERRING_KEYS and (key in other or key not in NAMING_KEYS)
    }
