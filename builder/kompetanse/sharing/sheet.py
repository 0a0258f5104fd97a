"""All that waits in one course, numbered for a person: the places to choose, and what was settled, to look over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from kompetanse.errors import UsageError
from kompetanse.sharing.adopted import Adopted, Region
from kompetanse.sharing.imported import Imported
from kompetanse.sharing.merge import Review
from kompetanse.sharing.places import Answer, Place
from kompetanse.sharing.questions import Questions, path_of, read
from kompetanse.sharing.resolution import Answered
from kompetanse.sharing.resolve import Case, cases, settle, without


@dataclass(frozen=True, slots=True)
class Noted:
    """Something the merge settled, numbered from 1 through the whole course."""

    number: int
    path: PurePosixPath
    review: Review


@dataclass(frozen=True, slots=True)
class Sheet:
    """What waits in one course.

    Attributes:
        questions: As they are stored.
        cases: The files that wait for an answer.
        ours: Our contents, by path in the course's folder.
    """

    questions: Questions
    cases: tuple[Case, ...]
    ours: Mapping[PurePosixPath, bytes]

    @property
    def places(self) -> tuple[Place, ...]:
        """Where a person must choose."""
        return tuple(place for case in self.cases for place in case.places)

    @property
    def noted(self) -> tuple[Noted, ...]:
        """What was settled: in the files that wait, then in the others."""
        waiting = [(case.path, review) for case in self.cases for review in case.reviews]
        others = [(path, review) for path, each in sorted(self.questions.reviews.items()) for review in each]
        return tuple(Noted(number, *one) for number, one in enumerate([*waiting, *others], 1))

    def answered(
        self, answers: Mapping[int, Answer], taken_back: Collection[int] = (), *, looked_over: bool = False
    ) -> Answered:
        """Return what the answers come to; a file with an open place stays as it is.

        Args:
            answers: By the place's number.
            taken_back: Numbers of what was settled and shall be as we had it.
            looked_over: Whether a person has seen all that was settled.

        Raises:
            KompetanseError: When a number is none of these, or a text cannot be used.
        """
        _refuse_unknown(answers, {place.number for place in self.places}, "question")
        _refuse_unknown(taken_back, {one.number for one in self.noted}, "merged place")
        back = _by_file(self.noted, taken_back)
        settled = [settle(case, answers, back.get(case.path, ())) for case in self.cases]
        edited = {}
        for path, each in self.questions.reviews.items():
            if back.get(path):
                edited[path] = without(self.ours.get(path, b""), (each[number] for number in back[path]))
        seen = set(self.questions.reviews) if looked_over else set(edited)
        return Answered([one for one in settled if one], edited, seen)

    def left(self, answered: Answered) -> int:
        """Return how many places are open after `answered`."""
        settled = {one.path for one in answered.settled}
        return sum(len(case.places) for case in self.cases if case.path not in settled)


def _refuse_unknown(given: Collection[int], known: Collection[int], what: str) -> None:
    wrong = sorted(set(given) - set(known))
    if wrong:
        raise UsageError(
            f"There is no {what} {wrong[0]}. "
            + (f"They are numbered from 1 to {max(known)}" if known else f"There is no {what} at all")
        )


def _by_file(noted: tuple[Noted, ...], wanted: Collection[int]) -> dict[PurePosixPath, list[int]]:
    """Return the places, from 0 in each file, of the numbers that are wanted."""
    counts: defaultdict[PurePosixPath, int] = defaultdict(int)
    found: defaultdict[PurePosixPath, list[int]] = defaultdict(list)
    for one in noted:
        if one.number in wanted:
            found[one.path].append(counts[one.path])
        counts[one.path] += 1
    return found


def sheet(region: Region, course: Adopted | Imported) -> Sheet | None:
    """Return what waits in a course; None when nothing does.

    Raises:
        KompetanseError: When the file with the questions, or the record of the course, is damaged.
    """
    stored = region.files.get(path_of(course.id))
    if stored is None:
        return None
    questions = read(course.id, region.read([stored])[stored])
    paths = {*questions.files, *questions.reviews}
    oids = {path: course.files[path] for path in paths if path in course.files}
    contents = region.read(oids.values())
    ours = {path: contents[oid] for path, oid in oids.items()}
    held = course.kept_bases(region.files, questions.files)
    bases = region.read(held.values())
    known = {path: bases[oid] for path, oid in held.items()}
    return Sheet(questions, cases(questions, known, ours), ours)
