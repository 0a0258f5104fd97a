"""A newer version of a file that was imported, taken into the course that was made of it.

It is the update of a fork whose source is a file: what the earlier import made is the base, what the new one would make is
theirs, and what is committed in the region is ours. Files are decided on, merged and asked about as `plan` does between regions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import PurePosixPath

from kompetanse.content.adoption import is_adapted
from kompetanse.content.frontmatter import Source, split
from kompetanse.git.write import Change
from kompetanse.model.blob import blob_id
from kompetanse.model.licence import NOASSERTION
from kompetanse.model.origin import Base
from kompetanse.model.version import digest
from kompetanse.sharing import questions
from kompetanse.sharing.adopted import Region
from kompetanse.sharing.asking import stored
from kompetanse.sharing.course_plan import merge_file
from kompetanse.sharing.fitting import Fit, fitted
from kompetanse.sharing.imported import Imported, Record, path_of, text
from kompetanse.sharing.places import Place
from kompetanse.sharing.plan import Decision, Incoming, Outcome, Plan, Step, plan
from kompetanse.sharing.questions import Questions
from kompetanse.sharing.resolve import cases

_NOWHERE = PurePosixPath()
_LOST = "0" * 40
"""Stands for a base whose bytes nobody has any more: it equals nothing."""


@dataclass(frozen=True, slots=True)
class Newer:
    """What the newer version of a file makes.

    Attributes:
        files: Contents of every file, by path in the course's folder.
        modules: File of each module by its id.
        wished: What whoever imports says of the course.
    """

    files: Mapping[PurePosixPath, bytes]
    modules: Mapping[str, PurePosixPath]
    wished: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Told:
    """Something that the newer version says of itself, and that a merge does not take from one who has said it here.

    Attributes:
        path: In the course's folder.
        key: Of the front matter.
        theirs: What the newer version says.
        taken: Whether it stands now, since nobody had settled it here.
    """

    path: PurePosixPath
    key: str
    theirs: str
    taken: bool = False


@dataclass(frozen=True, slots=True)
class Renewal:
    """A newer version that is worked out and not yet taken; paths are those in the course's folder.

    Attributes:
        plan: What happens to each file.
        places: Where a person must choose.
        told: What nobody is asked about and somebody should know.
        texts: The course's texts afterwards.
        change: All that is to be different in the region, from its root.
    """

    plan: Plan
    places: tuple[Place, ...]
    told: tuple[Told, ...]
    texts: tuple[str, ...]
    change: Change


def prepare(region: Region, course: Imported, newer: Newer) -> Renewal:
    """Work out what a newer version comes to."""
    return _Work(region, course, newer).renewal()


@dataclass
class _Work:
    """The three versions of a course, while they are put together."""

    region: Region
    course: Imported
    newer: Newer

    def renewal(self) -> Renewal:
        told: list[Told] = []
        made, licences = self._licensed(self._plan(told))
        record = self._record(made)
        waits = questions.of_plan(self.course.id, blob_id(text(record)), _NOWHERE, made)
        after = {path: data for path, data in self.ours.items() if path not in made.delete} | dict(made.write)
        texts = tuple(data.decode(errors="replace") for path, data in after.items() if _is_text(path))
        return Renewal(
            made, self._places(waits), (*told, *licences), texts, self._change(made, record, waits)
        )

    @cached_property
    def ours(self) -> Mapping[PurePosixPath, bytes]:
        contents = self.region.read(self.course.files.values())
        return {path: contents[oid] for path, oid in self.course.files.items()}

    @cached_property
    def _theirs(self) -> Mapping[PurePosixPath, Incoming]:
        return {path: Incoming(blob_id(data), path) for path, data in self.newer.files.items()}

    @cached_property
    def _digests(self) -> Mapping[str, str]:
        """SHA-256 by blob id, of all files that are no text."""
        both = (*self.ours.items(), *self.newer.files.items())
        return {blob_id(data): digest(data) for path, data in both if not _is_text(path)}

    @cached_property
    def _bases(self) -> Mapping[PurePosixPath, Base]:
        known = {one: oid for oid, one in self._digests.items()}
        media = {PurePosixPath(name): known.get(one, _LOST) for name, one in self.course.record.media.items()}
        return {path: Base(oid) for path, oid in (media | dict(self.course.bases)).items()}

    def _plan(self, told: list[Told]) -> Plan:
        given = {one.oid: self.newer.files[path] for path, one in self._theirs.items()}

        def read(oids: Iterable[str]) -> Mapping[str, bytes]:
            wanted = set(oids)
            kept = self.region.read(wanted & set(self.course.bases.values()) - given.keys())
            return {oid: data for oid, data in {**given, **kept}.items() if oid in wanted}

        def merged(path: PurePosixPath, base: bytes, ours: bytes, theirs: bytes) -> Outcome:
            found = merge_file(path, base, ours, theirs)
            told.extend(Told(path, one.key, one.theirs) for one in found.notices if one.key != "licence")
            return found

        return plan(self._bases, self.ours, self._theirs, (_NOWHERE, _NOWHERE), read, merged, _alike)

    def _licensed(self, made: Plan) -> tuple[Plan, tuple[Told, ...]]:
        """Return the plan with our licence in every text, but where nobody has settled it yet and the newer version does; and both."""
        write, told = dict(made.write), []
        for one in (*made.of(Step.TAKE), *made.of(Step.MERGE)):
            if not _is_text(one.path) or one.theirs is None:
                continue
            before = self.ours[one.was or one.path]
            was, now = _licence(before), _licence(self.newer.files[one.theirs.source])
            takes = was == NOASSERTION and now is not None
            write[one.path] = _with_licence(one.path, write.get(one.path, before), now if takes else was)
            if now and now not in (was, self._licence_then(one)):
                told.append(Told(one.path, "licence", now, takes))
        return replace(
            made, write={path: data for path, data in write.items() if data != self.ours.get(path)}
        ), tuple(told)

    def _licence_then(self, one: Decision) -> str | None:
        oid = one.base.oid if one.base else None
        return _licence(self.region.read([oid])[oid]) if oid in self.course.bases.values() and oid else None

    def _record(self, made: Plan) -> Record:
        media = {
            str(path): self._digests.get(base.oid) or self.course.record.media[str(path)]
            for path, base in made.files.items()
            if not _is_text(path)
        }
        return Record(self.course.folder, self.newer.modules, media, self.newer.wished)

    def _places(self, waits: Questions) -> tuple[Place, ...]:
        held = self.course.kept_bases(self.region.files, waits.files)
        contents = self.region.read(held.values())
        bases = {path: contents[oid] for path, oid in held.items()}
        return tuple(place for case in cases(waits, bases, self.ours) for place in case.places)

    def _change(self, made: Plan, record: Record, waits: Questions) -> Change:
        course = self.course
        write = {course.folder / path: data for path, data in made.write.items()}
        write |= {path_of(course.id, path): data for path, data in made.bases.items() if _is_text(path)}
        gone = {path_of(course.id, path) for path in course.bases.keys() - made.files.keys()}
        asked, stale = stored(self.region, waits, made.files)
        write |= {**asked, path_of(course.id): text(record)}
        delete = {*gone, *stale, *(course.folder / path for path in made.delete)}
        return Change(write, frozenset(delete & self.region.files.keys()))


def _licence(data: bytes) -> str | None:
    found = split(_NOWHERE, data.decode(errors="replace").replace("\r\n", "\n"))
    return str(found.meta["licence"]) if isinstance(found, Source) and found.meta.get("licence") else None


def _with_licence(path: PurePosixPath, data: bytes, licence: str | None) -> bytes:
    if _licence(data) == licence:
        return data
    return fitted(path, data, Fit(put={"licence": licence}) if licence else Fit(without=("licence",)))


def _is_text(path: PurePosixPath) -> bool:
    return path.suffix == ".md"


def _alike(path: PurePosixPath, base: bytes, ours: bytes) -> bool:
    return not is_adapted(path, base, ours)
