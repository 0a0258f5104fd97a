"""The file of questions as it is to be after an update: what waits now, and what was settled before and nobody has looked over."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace
from pathlib import PurePosixPath

from kompetanse.errors import KompetanseError
from kompetanse.sharing.adopted import Region
from kompetanse.sharing.questions import Questions, path_of, read, text


def stored(
    region: Region, new: Questions, files: Collection[PurePosixPath]
) -> tuple[dict[PurePosixPath, bytes], frozenset[PurePosixPath]]:
    """Return the file of questions to write or to delete; nothing when it asks what it asked before.

    Args:
        region: Our repository.
        new: What an update leaves open.
        files: The files that the course has in common with its source after it.
    """
    path = path_of(new.course)
    old = _old(region, new.course)
    kept = {one: each for one, each in (old.reviews if old else {}).items() if one in files}
    new = replace(new, reviews={**kept, **new.reviews})
    if new.is_empty:
        return {}, frozenset({path} if path in region.files else ())
    if old and (old.files, old.reviews) == (new.files, new.reviews):
        return {}, frozenset()
    return {path: text(new)}, frozenset()


def _old(region: Region, course: str) -> Questions | None:
    oid = region.files.get(path_of(course))
    if oid is None:
        return None
    with suppress(KompetanseError):  # a damaged file is asked anew
        return read(course, region.read([oid])[oid])
    return None
