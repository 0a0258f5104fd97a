"""What an update does with each file of an adopted course: one decision a file, one plan a course; nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import PurePosixPath

from kompetanse.model.blob import blob_id
from kompetanse.model.origin import Base
from kompetanse.sharing.matching import Read, same_files
from kompetanse.sharing.merge import Review


class Step(StrEnum):
    """What happens to one file."""

    KEEP = "keep"
    TAKE = "take"
    ADD = "add"
    DELETE = "delete"
    MERGE = "merge"
    ASK = "ask"
    FORGET = "forget"


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that the source gives, under the path that it would have in our folder.

    Attributes:
        oid: Its blob's id in git.
        source: Its path from the root of the source's repository.
        licence: SPDX identifier, when it differs from the course's.
        authors: When they differ from the course's.
    """

    oid: str
    source: PurePosixPath
    licence: str | None = None
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of three versions of one file.

    Attributes:
        data: The one text; None when a person must answer first.
        why: Stable name of the reason, when a person must answer.
        places: How many places wait for an answer.
        reviews: Places that both sides touched and the merge settled, to be looked over.
    """

    data: bytes | None
    why: str = ""
    places: int = 0
    reviews: tuple[Review, ...] = ()


Merge = Callable[[PurePosixPath, bytes, bytes, bytes], Outcome]
"""Path in our folder, base, our version and the source's → one text or a reason to ask."""

Alike = Callable[[PurePosixPath, bytes, bytes], bool]
"""Path, base and our version → whether ours says the same, but for what is about us."""


def _never(path: PurePosixPath, base: bytes, ours: bytes) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Decision:
    """What happens to one file, and why.

    Attributes:
        path: Where it lies in our folder after the update.
        step: What happens to it.
        why: Stable name of the reason: of a question, or of something the reader should know.
        was: Where it lay in our folder, when that is another path.
        base: The version that it was last merged from; None when it is new to us.
        ours: Blob id of our version; None when we have none.
        theirs: What the source gives now; None when the source has it no more.
        places: How many places wait for an answer.
        reviews: Places that the merge settled and both sides had touched.
    """

    path: PurePosixPath
    step: Step
    why: str = ""
    was: PurePosixPath | None = None
    base: Base | None = None
    ours: str | None = None
    theirs: Incoming | None = None
    places: int = 0
    reviews: tuple[Review, ...] = ()


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


def decide(base: str | None, ours: str | None, theirs: str | None) -> tuple[Step, str]:
    """Return what happens to a file with these three blob ids, and the reason of a question; None is no such file."""
    if base is not None and ours is None and theirs is None:
        return Step.FORGET, ""
    if theirs in (base, ours):
        return Step.KEEP, ""
    if base is None:
        return (Step.ADD, "") if ours is None else (Step.ASK, "both-added")
    if ours == base:
        return (Step.DELETE, "") if theirs is None else (Step.TAKE, "")
    if ours is None:
        return Step.ASK, "deleted-here"
    return (Step.ASK, "deleted-there") if theirs is None else (Step.MERGE, "")


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
    course = _Course(adopted, oids, theirs, folders, known.alike(alike))
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


def _oid(base: Base | Incoming | None) -> str | None:
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


@dataclass(frozen=True, slots=True)
class _Track:
    """One file through all versions: where it lay with us and where it lies, where it lay in the source and lies there."""

    base: Base
    path: PurePosixPath
    here: PurePosixPath | None
    source: PurePosixPath
    there: PurePosixPath | None

    @property
    def at(self) -> PurePosixPath:
        """Where it lies with us, or lay when we took it away."""
        return self.here or self.path

    @property
    def stands(self) -> bool:
        """Whether its place with us is its own: the file is there, or may be asked about."""
        return self.here is not None or self.there is not None

    @property
    def moves(self) -> bool:
        """Whether it is to follow the source to another place."""
        return self.there not in {None, self.source, self.here} and self.here in {None, self.path}


@dataclass(frozen=True, slots=True)
class _Course:
    """What a plan is made from; paths are those in our folder, contents are blob ids."""

    adopted: Mapping[PurePosixPath, Base]
    ours: Mapping[PurePosixPath, str]
    theirs: Mapping[PurePosixPath, Incoming]
    folders: tuple[PurePosixPath, PurePosixPath]
    alike: Callable[[PurePosixPath, str, str], bool]

    def decided(self, read: Read) -> tuple[Decision, ...]:
        """Return what happens to each file, before anything is merged."""
        tracks = tuple(self._tracks(read))
        movers = self._movers(tracks)
        known = tuple(self._known(one, one in movers) for one in tracks)
        reached = {one.there for one in movers if one.there}
        left = {one.at for one in movers} | {one.path for one in known if one.step is Step.DELETE}
        standing = ({one.at for one in tracks if one.stands} | self.ours.keys()) - left | reached
        taken = {one.at for one in tracks if one.stands} - left | reached
        new = sorted(self.theirs.keys() - {one.there for one in tracks})
        return known + tuple(self._added(path, taken, standing) for path in new)

    def _tracks(self, read: Read) -> Iterator[_Track]:
        """Yield every file we have adopted, but for one that we took away and whose place another of them has."""
        names = {path: self._source(path, base) for path, base in self.adopted.items()}
        here = same_files({path: base.oid for path, base in self.adopted.items()}, self.ours, read)
        before = {names[path]: base.oid for path, base in self.adopted.items()}
        there = same_files(before, {path: one.oid for path, one in self.theirs.items()}, read)
        reused = {at for path, at in here.items() if at != path}
        for path, base in self.adopted.items():
            if path in here or path not in reused:
                yield _Track(base, path, here.get(path), names[path], there.get(names[path]))

    def _source(self, path: PurePosixPath, base: Base) -> PurePosixPath:
        """Return where `base` would lie in our folder, had it never been moved here."""
        if base.source is None:
            return path
        now = next((at for at, one in self.theirs.items() if one.source == base.source), None)
        if now is None and base.source.is_relative_to(self.folders[0]):
            return base.source.relative_to(self.folders[0])
        return now or path

    def _movers(self, tracks: tuple[_Track, ...]) -> frozenset[_Track]:
        """Return the files that can follow the source: those whose new place is free, or is left by one that moves too."""
        movers = frozenset(one for one in tracks if one.moves)
        places = {one.at for one in tracks if one.stands} | self.ours.keys()
        while True:
            standing = places - {one.at for one in movers}
            free = frozenset(one for one in movers if one.there and not _in_the_way(one.there, standing))
            if free == movers:
                return movers
            movers = free

    def _known(self, one: _Track, moves: bool) -> Decision:
        """Decide on a file that we have adopted."""
        given = self.theirs[one.there] if one.there else None
        mine = self.ours[one.here] if one.here else None
        step, why = decide(one.base.oid, mine, _oid(given))
        if why == "deleted-there" and mine and self.alike(one.path, one.base.oid, mine):
            step, why = Step.DELETE, ""
        at = one.here or one.path
        found = Decision(at, step, why, base=one.base, ours=mine, theirs=given)
        if moves and one.there:
            return replace(found, path=one.there, was=one.here)
        if one.moves:
            return replace(found, why=why or "place-taken")
        if one.there not in {None, one.source, at}:
            return replace(found, why=why or "moved-differently")
        return found

    def _added(
        self, path: PurePosixPath, taken: set[PurePosixPath], standing: set[PurePosixPath]
    ) -> Decision:
        """Decide on a file that is new to us.

        Args:
            path: Where it would lie in our folder.
            taken: Places that hold, or are to hold, another file of the source.
            standing: All places that something will stand at.
        """
        given = self.theirs[path]
        mine = self.ours.get(path) if path in standing else None
        step, why = (Step.ASK, "place-taken") if path in taken else decide(None, mine, given.oid)
        if step is Step.ADD and _in_the_way(path, standing):
            step, why = Step.ASK, "file-and-folder"
        return Decision(path, step, why, ours=mine, theirs=given)


def _in_the_way(path: PurePosixPath, standing: Collection[PurePosixPath]) -> bool:
    """Tell whether something stands at `path`, is a file where it needs a folder, or a folder where it is a file."""
    return any(one in standing for one in (path, *path.parents)) or any(
        path in one.parents for one in standing
    )


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
