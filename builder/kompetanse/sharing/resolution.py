"""The one change that answers come to: the files, their bases, the record of the course and the questions that are left."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath

from kompetanse.git.write import Change
from kompetanse.model.origin import Event, Origin, Pending
from kompetanse.sharing.adopted import Adopted, Region
from kompetanse.sharing.imported import Imported, settled
from kompetanse.sharing.origin import NAME, base_path, text, then
from kompetanse.sharing.questions import Questions, path_of
from kompetanse.sharing.questions import text as questions_text
from kompetanse.sharing.resolve import WITHOUT_BASE, Settled, left


@dataclass(frozen=True, slots=True)
class Answered:
    """What a person has done in one go; paths are those in the course's folder.

    Attributes:
        settled: The files that are answered for.
        edited: New contents of files where something settled was taken back.
        looked_over: Files whose settled places need not be shown again.
    """

    settled: Sequence[Settled]
    edited: Mapping[PurePosixPath, bytes] = field(default_factory=dict)
    looked_over: Collection[PurePosixPath] = ()

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to be written."""
        return not (self.settled or self.edited or self.looked_over)


def change(
    region: Region, course: Adopted | Imported, questions: Questions, answered: Answered, now: datetime
) -> tuple[Change, Origin | None]:
    """Return all that is to be different, from the region's root, and the record of origin afterwards, where it has one.

    Args:
        region: Our repository.
        course: The course.
        questions: What was asked.
        answered: What was answered.
        now: Written into the record.
    """
    rest = left(questions, {one.path for one in answered.settled}, answered.looked_over)
    write = {course.folder / path: data for path, data in answered.edited.items()}
    write |= {course.folder / one.path: one.data for one in answered.settled if one.data is not None}
    delete = {course.folder / one.path for one in answered.settled if one.data is None}
    origin = None
    if isinstance(course, Adopted):
        origin = _after(course.record, questions, answered, rest, now)
        recorded, gone = _bases(course, questions, answered)
        recorded[course.folder / NAME] = text(origin)
    else:
        recorded, gone = settled(course, dict(_taken(questions, answered)))
    write, delete = {**write, **recorded}, delete | gone
    if rest.is_empty:
        delete.add(path_of(course.id))
    else:
        write[path_of(course.id)] = questions_text(rest)
    return Change(write, frozenset(path for path in delete if path in region.files)), origin


def _taken(questions: Questions, answered: Answered) -> Iterator[tuple[PurePosixPath, bytes | None]]:
    """Yield what the source has of each file that is answered for, where that is its base from now on."""
    for one in answered.settled:
        asked = questions.files[one.path]
        if asked.theirs is None or asked.why not in WITHOUT_BASE:
            yield one.path, asked.theirs


def _bases(
    course: Adopted, questions: Questions, answered: Answered
) -> tuple[dict[PurePosixPath, bytes], set[PurePosixPath]]:
    """Return the bases to be written and those to be deleted."""
    found = {base_path(course.id, path): data for path, data in _taken(questions, answered)}
    kept = {path: data for path, data in found.items() if data is not None}
    return kept, found.keys() - kept.keys()


def _after(
    origin: Origin, questions: Questions, answered: Answered, rest: Questions, now: datetime
) -> Origin:
    files = dict(origin.files)
    for one in answered.settled:
        asked = questions.files[one.path]
        if asked.base is None:
            files.pop(one.path, None)
        elif asked.why not in WITHOUT_BASE:
            files[one.path] = asked.base
    waits = tuple(sorted(rest.files))
    event = Event(now, "resolve", questions.commit, merged=len(answered.settled), questions=len(waits))
    pending = Pending(questions.commit, waits) if waits else None
    return then(origin, event, files=files, pending=pending)
