"""From what is missing to courses in order: prerequisites first, e-learning before classroom, in the shortest time.

`docs/mapping.md` states the rules; the browser's `path.js` answers alike, and both pass the same cases.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kompetanse.model.catalogue import WEIGHT, Catalogue
from kompetanse.model.item import Competence, Course, ItemId, RequirementKind, Target

_DELIVERY = {"self-paced": 0, "blended": 1, "classroom": 2}
_UNKNOWN_MINUTES = 60
"""What a course that says no length is reckoned as."""


@dataclass(frozen=True, slots=True)
class Need:
    """A competence that is below what is asked for.

    Attributes:
        level: Asked for, 1–4.
        has: Counts today, 0–3.
        kind: How binding it is.
    """

    competence: ItemId
    level: int
    has: int = 0
    kind: RequirementKind = "mandatory"


@dataclass(frozen=True, slots=True)
class Step:
    """A course of a path.

    Attributes:
        course: Which.
        closes: Competences that it brings to the level asked for.
        raises: Competences that it brings closer, and no course of the region closes.
        only_before: Whether it is there only because another course builds on it.
    """

    course: ItemId
    closes: tuple[ItemId, ...]
    raises: tuple[ItemId, ...]
    only_before: bool


@dataclass(frozen=True, slots=True)
class Path:
    """Courses in order, and the competences for which there is no course."""

    steps: tuple[Step, ...]
    uncovered: tuple[ItemId, ...]


def path(needs: Sequence[Need], courses: Iterable[Course], minutes: Mapping[ItemId, int]) -> Path:
    """Return the courses that close `needs`.

    Args:
        needs: What is missing, in any order; each competence once.
        courses: What the region offers.
        minutes: Length of each course, prerequisites not counted; 60 where it is not known.
    """
    return _Planner({one.id: one for one in sorted(courses, key=lambda one: one.id)}, minutes).plan(needs)


def leading_to(catalogue: Catalogue, competences: Iterable[ItemId]) -> Iterator[Course]:
    """Yield the courses that can stand in a path to `competences`: they teach one, or such a course builds on them.

    With all courses of the region the path is the same; a region has thousands.
    """
    seen: set[ItemId] = set()
    waiting = [course for id_ in competences for course in _teaching(catalogue, id_)]
    while waiting:
        course = waiting.pop()
        if course.id not in seen:
            seen.add(course.id)
            waiting += _built_on(catalogue, course)
            if catalogue.original(course) is course:
                yield course


def _teaching(catalogue: Catalogue, id_: ItemId) -> tuple[Course, ...]:
    found = catalogue.items.get(id_)
    return catalogue.courses_teaching(found) if isinstance(found, Competence) else ()


def _built_on(catalogue: Catalogue, course: Course) -> Iterator[Course]:
    for one in course.prerequisites:
        if isinstance(one, Target):
            yield from _teaching(catalogue, one.competence)
        else:
            found = catalogue.items.get(one)
            if isinstance(found, Course) and catalogue.shows(found) and found.status != "retired":
                yield found


@dataclass(frozen=True)
class _Planner:
    courses: Mapping[ItemId, Course]
    minutes: Mapping[ItemId, int]

    def plan(self, needs: Sequence[Need]) -> Path:
        reach = {one.competence: self._reach(one) for one in needs}
        wanted = [one for one in needs if reach[one.competence] > one.has]
        chosen = self._without_needless(wanted, reach, self._cover(wanted, reach))
        everything = self._with_prerequisites(chosen, {one.competence: one.has for one in needs})
        steps = tuple(self._step(id_, wanted, reach) for id_ in self._in_order(everything, needs))
        return Path(steps, tuple(sorted(one.competence for one in needs if one not in wanted)))

    def _reach(self, need: Need) -> int:
        """Return the level to which the courses can bring a need: what is asked for, or the highest below it."""
        levels = [self._level(course, need.competence) for course in self.courses.values()]
        return min(max(levels, default=0), need.level)

    @staticmethod
    def _level(course: Course, competence: ItemId) -> int:
        return max((one.level for one in course.teaches if one.competence == competence), default=0)

    def _closed(self, id_: ItemId, needs: Iterable[Need], reach: Mapping[ItemId, int]) -> list[Need]:
        course = self.courses[id_]
        return [one for one in needs if self._level(course, one.competence) >= reach[one.competence]]

    def _length(self, id_: ItemId) -> int:
        return self.minutes.get(id_, _UNKNOWN_MINUTES)

    def _cover(self, needs: Sequence[Need], reach: Mapping[ItemId, int]) -> list[ItemId]:
        """Choose courses by least time for each need that they close (the greedy weighted cover, Chvátal 1979)."""
        open_, chosen = list(needs), list[ItemId]()
        while open_:
            gains = {id_: len(self._closed(id_, open_, reach)) for id_ in self.courses}
            best = min((id_ for id_ in gains if gains[id_]), key=lambda id_: self._price(id_, gains[id_]))
            chosen.append(best)
            closed = self._closed(best, open_, reach)
            open_ = [one for one in open_ if one not in closed]
        return chosen

    def _price(self, id_: ItemId, gain: int) -> tuple[float, int, ItemId]:
        return self._length(id_) / gain, _DELIVERY[self.courses[id_].delivery], id_

    def _without_needless(
        self, needs: Sequence[Need], reach: Mapping[ItemId, int], chosen: Sequence[ItemId]
    ) -> list[ItemId]:
        """Take away, longest first, what the others close too."""
        kept = list(chosen)
        for id_ in sorted(chosen, key=lambda one: (-self._length(one), one)):
            others = [one for one in kept if one != id_]
            closed = [need for other in others for need in self._closed(other, needs, reach)]
            if all(need in closed for need in self._closed(id_, needs, reach)):
                kept = others
        return kept

    def _with_prerequisites(self, chosen: Sequence[ItemId], has: Mapping[ItemId, int]) -> list[ItemId]:
        found = list(chosen)
        for id_ in found:
            found += dict.fromkeys(one for one in self._before(id_, has, found) if one not in found)
        return found

    def _before(self, id_: ItemId, has: Mapping[ItemId, int], found: Sequence[ItemId]) -> Iterator[ItemId]:
        """Yield the courses that `id_` builds on; a competence without need is taken to be there."""
        for one in self.courses[id_].prerequisites:
            if not isinstance(one, Target):
                yield from (one,) if one in self.courses else ()
            elif has.get(one.competence, one.level) < one.level:
                yield from self._teacher(one, id_, found)

    def _teacher(self, target: Target, but: ItemId, found: Sequence[ItemId]) -> tuple[ItemId, ...]:
        fit = [
            id_
            for id_, one in self.courses.items()
            if id_ != but and self._level(one, target.competence) >= target.level
        ]
        best = min(fit, key=lambda id_: (id_ not in found, *self._price(id_, 1)), default=None)
        return (best,) if best else ()

    def _in_order(self, ids: Sequence[ItemId], needs: Sequence[Need]) -> Iterator[ItemId]:
        """Yield `ids`, what others build on first; a circle, which `check` reports, is entered where it sorts first."""
        has = {one.competence: one.has for one in needs}
        before = {id_: set(self._before(id_, has, ids)) & set(ids) for id_ in ids}
        left = sorted(ids, key=lambda id_: self._rank(id_, needs))
        while left:
            following = next((id_ for id_ in left if not before[id_] & set(left)), left[0])
            left.remove(following)
            yield following

    def _rank(self, id_: ItemId, needs: Sequence[Need]) -> tuple[int, int, int, ItemId]:
        course = self.courses[id_]
        taught = [WEIGHT[one.kind] for one in needs if self._level(course, one.competence) > one.has]
        return _DELIVERY[course.delivery], min(taught, default=len(WEIGHT)), self._length(id_), id_

    def _step(self, id_: ItemId, needs: Sequence[Need], reach: Mapping[ItemId, int]) -> Step:
        closed = self._closed(id_, needs, reach)
        closes = tuple(one.competence for one in closed if reach[one.competence] == one.level)
        raises = tuple(one.competence for one in closed if reach[one.competence] < one.level)
        return Step(id_, closes, raises, not closed)
