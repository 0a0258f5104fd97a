"""What an update does with a course: one decision a file, merged where both have changed it; nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from kompetanse.model.blob import blob_id
from kompetanse.model.origin import Base
from kompetanse.sharing.decision import Decision, Incoming, Step, decide
from kompetanse.sharing.matching import Read
from kompetanse.sharing.merge import Notice, Review
from kompetanse.sharing.placing import Course

__all__ = ["Decision", "Incoming", "Outcome", "Plan", "Step", "decide", "plan"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of three versions of one file.

    Attributes:
        data: The one text; None when a person must answer first.
        why: Stable name of the reason, when a person must answer.
        places: How many places wait for an answer.
        reviews: Places that both sides touched and the merge settled, to be looked over.
        notices: What the source says of itself and a merge never takes.
    """

    data: bytes | None
    why: str = ""
    places: int = 0
    reviews: tuple[Review, ...] = ()
    notices: tuple[Notice, ...] = ()


Merge = Callable[[PurePosixPath, bytes, bytes, bytes], Outcome]
"""Path in our folder, base, our version and the source's → one text or a reason to ask."""

Alike = Callable[[PurePosixPath, bytes, bytes], bool]
"""Path, base and our version → whether ours says the same, but for what is about us."""


def _never(path: PurePosixPath, base: bytes, ours: bytes) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Plan:
    """What an update does with a course; paths are those in our folder.

    Attributes:
        decisions: One for each file, by path.
        write: New contents; a file that moves is written anew.
        delete: Files that go.
        files: The base of each file for the next update; a file that waits for an answer keeps its old one.
        bases: Contents of the bases that are new, for the verbatim copies.
        asked: What the source gives now of the files that wait for an answer.
    """

    decisions: tuple[Decision, ...]
    write: Mapping[PurePosixPath, bytes]
    delete: frozenset[PurePosixPath]
    files: Mapping[PurePosixPath, Base]
    bases: Mapping[PurePosixPath, bytes]
    asked: Mapping[PurePosixPath, bytes]

    @property
    def questions(self) -> tuple[Decision, ...]:
        """The files that a person must answer for."""
        return tuple(one for one in self.decisions if one.step is Step.ASK)

    @property
    def reviews(self) -> tuple[Decision, ...]:
        """The files in which the merge settled what both sides had touched."""
        return tuple(one for one in self.decisions if one.reviews and one.step is Step.MERGE)

    def of(self, step: Step) -> tuple[Decision, ...]:
        """Return the files that `step` happens to."""
        return tuple(one for one in self.decisions if one.step is step)


def plan(
    adopted: Mapping[PurePosixPath, Base],
    ours: Mapping[PurePosixPath, bytes],
    theirs: Mapping[PurePosixPath, Incoming],
    folders: tuple[PurePosixPath, PurePosixPath],
    read: Read,
    merge: Merge,
    alike: Alike = _never,
) -> Plan:
    """Return what an update does.

    Args:
        adopted: The base of each file, by its path in our folder.
        ours: Our folder as it is committed; overlays and the record of origin aside.
        theirs: What the source gives now, by the path that it would have in our folder.
        folders: The course's folder in the source, as it was and as it is.
        read: Finds contents; a base that is nowhere to be found may be left out.
        merge: Merges one file that both have changed.
        alike: Asked about files of ours that are not the base's bytes.
    """
    known = _Known({blob_id(data): data for data in ours.values()}, read)
    oids = {path: blob_id(data) for path, data in ours.items()}
    course = Course(adopted, oids, theirs, folders, known.alike(alike))
    decisions = course.decided(known.read)
    known.read(sorted({oid for one in decisions for oid in _needed(one)}))
    settled = tuple(_settled(one, known.contents, merge, alike) for one in decisions)
    files = dict(sorted(_next(settled, folders[1])))
    changed = {path: base.oid for path, base in files.items() if _oid(adopted.get(path)) != base.oid}
    known.read(sorted(set(changed.values())))
    return Plan(
        decisions=tuple(sorted((one for one, _ in settled), key=lambda one: (one.path, one.step))),
        write={one.path: data for one, data in settled if data is not None and data != ours.get(one.path)},
        delete=_gone(settled, ours),
        files=files,
        bases={path: known.contents[oid] for path, oid in changed.items() if oid in known.contents},
        asked={
            one.path: known.contents[one.theirs.oid]
            for one, _ in settled
            if one.theirs and one.step is Step.ASK
        },
    )


def _oid(base: Base | None) -> str | None:
    return base.oid if base else None


class _Known:
    """Contents by blob id: ours, and what has been asked for."""

    def __init__(self, contents: dict[str, bytes], read: Read) -> None:
        self.contents = contents
        self._read = read

    def read(self, oids: Iterable[str]) -> Mapping[str, bytes]:
        """Return all contents that are known, those of `oids` among them."""
        missing = [oid for oid in oids if oid not in self.contents]
        if missing:
            self.contents.update(self._read(missing))
        return self.contents

    def alike(self, ask: Alike) -> Callable[[PurePosixPath, str, str], bool]:
        """Return a question about two blob ids; a base that is lost is like nothing."""

        def asked(path: PurePosixPath, base: str, ours: str) -> bool:
            found = self.read([base])
            return base in found and ask(path, found[base], found[ours])

        return asked


def _needed(one: Decision) -> Iterator[str]:
    """Yield the ids of the contents that carrying out `one` takes; a question shows them all."""
    if one.theirs and one.step in {Step.TAKE, Step.ADD, Step.MERGE, Step.ASK}:
        yield one.theirs.oid
    if one.base and one.step in {Step.MERGE, Step.ASK}:
        yield one.base.oid


Settled = tuple[Decision, bytes | None]
"""A decision as it stands when the merge has spoken, and the file's new text where there is one."""


def _settled(one: Decision, known: Mapping[str, bytes], merge: Merge, alike: Alike) -> Settled:
    if one.step in {Step.TAKE, Step.ADD} and one.theirs:
        return one, known[one.theirs.oid]
    if one.step is not Step.MERGE or not (one.base and one.ours and one.theirs):
        return one, known[one.ours] if one.was and one.ours else None
    if one.base.oid not in known:
        return _asked(one, known, "base-gone", 1)
    found = merge(one.path, known[one.base.oid], known[one.ours], known[one.theirs.oid])
    if found.data is None:
        return _asked(one, known, found.why, found.places)
    if alike(one.path, known[one.base.oid], known[one.ours]):
        return replace(one, step=Step.TAKE), found.data
    return replace(one, reviews=found.reviews), found.data


def _asked(one: Decision, known: Mapping[str, bytes], why: str, places: int) -> Settled:
    """Return the question that a merge has become; our text stays, at its new place when the file moves."""
    return replace(one, step=Step.ASK, why=why, places=places), known[one.ours or ""] if one.was else None


def _gone(settled: tuple[Settled, ...], ours: Collection[PurePosixPath]) -> frozenset[PurePosixPath]:
    deleted = {one.path for one, _ in settled if one.step is Step.DELETE}
    moved = {one.was for one, _ in settled if one.was}
    written = {one.path for one, data in settled if data is not None}
    return frozenset(path for path in deleted | moved if path in ours and path not in written)


def _next(settled: tuple[Settled, ...], folder: PurePosixPath) -> Iterator[tuple[PurePosixPath, Base]]:
    """Yield the base of each file for the next update."""
    for one, _ in settled:
        base = _next_base(one, folder)
        if base:
            yield one.path, base


def _next_base(one: Decision, folder: PurePosixPath) -> Base | None:
    if one.theirs is None:
        return one.base if one.step is Step.ASK else None
    lies = None if folder / one.path == one.theirs.source else one.theirs.source
    if one.step is Step.ASK:
        return replace(one.base, source=lies) if one.base else None
    return Base(one.theirs.oid, lies, one.theirs.licence, one.theirs.authors)
