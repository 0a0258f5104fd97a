"""What we changed in an adopted course, as a change that its source can take: its paths, its ids, its newest text."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePosixPath

from kompetanse.content.adoption import is_adapted
from kompetanse.errors import KompetanseError
from kompetanse.model.origin import Base, Origin
from kompetanse.sharing.adopted import Adopted, Region
from kompetanse.sharing.differences import FileDifference, difference
from kompetanse.sharing.fault import SourceError
from kompetanse.sharing.followed import At
from kompetanse.sharing.given import Given, given
from kompetanse.sharing.returned import returned

_TEXT = frozenset({".md", ".markdown"})


@dataclass(frozen=True, slots=True)
class Contribution:
    """A change for the source that is worked out and not yet handed on.

    Attributes:
        course: Our course.
        given: What the source has now.
        write: New contents, by path from the root of the source's repository.
        delete: Files that are to be gone there.
        before: What stands there now in the files that change.
        differences: What changes for the source, by its paths.
        left_out: Files of ours that stay with us, by path in our folder, each with the reason.
    """

    course: Adopted
    given: Given
    write: Mapping[PurePosixPath, bytes]
    delete: frozenset[PurePosixPath]
    before: Mapping[PurePosixPath, bytes]
    differences: tuple[FileDifference, ...]
    left_out: Mapping[PurePosixPath, str]


@dataclass(frozen=True, slots=True)
class _File:
    """One file of ours that differs from its base, with what is known of it."""

    path: PurePosixPath
    there: PurePosixPath
    base: bytes | None
    ours: bytes | None
    newest: bytes | None


def contribution(
    region: Region, course: Adopted, source: At, only: Collection[PurePosixPath] = ()
) -> Contribution:
    """Work out what to give back.

    Args:
        region: Our repository.
        course: The adopted course.
        source: Its source at its newest commit.
        only: Files to give, by their path in our folder; all that we changed when empty.

    Raises:
        KompetanseError: When questions are open, the source has changed the same places, or there is nothing to give.
    """
    origin = course.record
    if origin.pending:
        raise KompetanseError(
            f"{course.id} has questions that wait for your answer. Answer them first: kompetanse resolve {course.id}"
        )
    found = given(origin, source.snapshot, source.tree, source.offers, source.moment)
    files = tuple(_changed(region, course, source, found, only))
    _refuse_unknown(course, only, files)
    write, stuck = _made(origin, files)
    if stuck:
        rows = "".join(f"\n  {path}: {', '.join(whys)}" for path, whys in stuck.items())
        raise KompetanseError(
            f"The source has changed the same places since, so our change does not fit its newest text:{rows}\n"
            f"Update first, answer, and try again: kompetanse update {course.id}"
        )
    delete = frozenset(one.there for one in files if one.ours is None)
    before = {
        one.there: one.newest for one in files if one.newest is not None and one.there in {*write, *delete}
    }
    if not write and not delete:
        raise KompetanseError(
            f"There is nothing to give back: {course.id} says the same as {origin.source}'s newest version"
        )
    changes = (difference(path, before.get(path), write.get(path)) for path in sorted({*write, *delete}))
    return Contribution(course, found, write, delete, before, tuple(changes), _left_out(course, files, only))


def _changed(
    region: Region, course: Adopted, source: At, found: Given, only: Collection[PurePosixPath]
) -> Iterator[_File]:
    """Yield the files that say something else with us than where they came from."""
    origin = course.record
    contents = region.read(course.files.values())
    newest = {one.source: one.oid for one in found.files.values()}
    bases = _bases(region, course, source)
    for path in sorted({*course.files, *origin.files}):
        if only and path not in only:
            continue
        base = origin.files.get(path)
        oid = course.files.get(path)
        if (oid is None and not only) or (base and oid == base.oid):
            continue
        there = _there(path, base, origin, found)
        theirs = source.snapshot.read([newest[there]])[newest[there]] if there in newest else None
        yield _File(
            path, there, bases.get(base.oid) if base else None, contents[oid] if oid else None, theirs
        )


def _bases(region: Region, course: Adopted, source: At) -> Mapping[str, bytes]:
    wanted = {base.oid for base in course.record.files.values()}
    kept = region.bases(course, wanted)
    with suppress(SourceError):
        kept |= source.snapshot.read(sorted(wanted - kept.keys()))
    return kept


def _there(path: PurePosixPath, base: Base | None, origin: Origin, found: Given) -> PurePosixPath:
    """Return where a file lies in the source's repository now."""
    if base is None or base.source is None:
        return found.path / path
    inside = base.source.is_relative_to(origin.path)
    return found.path / base.source.relative_to(origin.path) if inside else base.source


def _refuse_unknown(course: Adopted, only: Collection[PurePosixPath], files: Collection[_File]) -> None:
    unknown = sorted(set(only) - {one.path for one in files})
    if unknown:
        raise KompetanseError(
            f"{', '.join(map(str, unknown))}: no such file of {course.id} was changed. "
            f"See what was: kompetanse diff {course.id} --ours"
        )


def _made(
    origin: Origin, files: Collection[_File]
) -> tuple[dict[PurePosixPath, bytes], dict[PurePosixPath, tuple[str, ...]]]:
    """Return the new contents by the source's paths, and by ours why a file does not fit."""
    ids = {ours: theirs for theirs, ours in origin.ids.items()}
    write: dict[PurePosixPath, bytes] = {}
    stuck: dict[PurePosixPath, tuple[str, ...]] = {}
    for one in files:
        if one.ours is None:
            continue
        text = _one(one, ids, foreign=origin.region is None)
        if isinstance(text, tuple):
            stuck[one.path] = text
        elif text != one.newest:
            write[one.there] = text
    return write, stuck


def _one(one: _File, ids: Mapping[str, str], *, foreign: bool) -> bytes | tuple[str, ...]:
    ours = one.ours or b""
    is_text = one.path.suffix.lower() in _TEXT
    if one.base is not None and is_text and not is_adapted(one.path, one.base, ours):
        return one.newest if one.newest is not None else ("gone",)
    if one.base is None and one.newest is not None and one.newest != ours:
        return ("both-added",)
    if one.base is not None and one.newest is None:
        return ("gone",)
    if not is_text:
        return ours if one.newest in {one.base, ours} else ("binary",)
    text = returned(one.base, ours, one.newest, ids, foreign=foreign)
    return text if isinstance(text, bytes) else tuple(map(str, text))


def _left_out(
    course: Adopted, files: Collection[_File], only: Collection[PurePosixPath]
) -> dict[PurePosixPath, str]:
    known = {one.path for one in files}
    gone = (path for path in course.record.files if path not in course.files and path not in known)
    return {path: "you took it away; give that back with --only" for path in gone if not only}
