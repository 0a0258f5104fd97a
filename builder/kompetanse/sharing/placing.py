"""Where each file of an update comes to lie and what happens to it there, before anything is merged; all by blob ids."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from kompetanse.model.origin import Base
from kompetanse.sharing.decision import Decision, Incoming, Step, decide
from kompetanse.sharing.matching import Read, same_files


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
class Course:
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


def _oid(given: Incoming | None) -> str | None:
    return given.oid if given else None
