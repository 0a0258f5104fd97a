"""From what units lack to what a region should run or order: courses, how many need each, where, and by when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from kompetanse.learning.calendar import Occurrence, upcoming
from kompetanse.learning.group import Person
from kompetanse.learning.path import Need, Path, path
from kompetanse.learning.small_groups import Told, told
from kompetanse.learning.standing import Standing
from kompetanse.learning.unit import MET, Unit
from kompetanse.model.catalogue import WEIGHT
from kompetanse.model.item import Course, ItemId, RequirementKind, Session

GROUP = 20
"""So many take part in a session where nobody says how many there is room for."""


@dataclass(frozen=True, slots=True)
class Price:
    """What a course costs: for each person, for each session that is ordered, and how many there is room for."""

    person: Decimal = Decimal(0)
    session: Decimal = Decimal(0)
    seats: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What is planned for.

    Attributes:
        first, last: Days of the period.
        courses: What the region offers.
        minutes: Length of each course.
        sessions: Of all courses.
        prices: Where somebody has given them.
        group: How many take part in a session, where nothing says it.
    """

    first: date
    last: date
    courses: Sequence[Course]
    minutes: Mapping[ItemId, int]
    sessions: Sequence[Session] = ()
    prices: Mapping[ItemId, Price] = field(default_factory=dict)
    group: int = GROUP


@dataclass(frozen=True, slots=True)
class Planned:
    """One course that people need.

    Attributes:
        people: How many, by name of the unit.
        told: What of that may be told.
        kind: The weightiest requirement that it is for; None when only another course builds on it.
        due: When the first of them no longer meets what is asked; None when some lack it already, or nobody's runs out.
        held: Meetings in the period.
        seats: In these, where they say how many; a session without seats has room for a group.
        order: Sessions to run or order beside them; 0 for a course that each takes alone.
        cost: Of all people and of the sessions to order; None where no price is given.
    """

    course: ItemId
    people: Mapping[str, int]
    told: Told
    kind: RequirementKind | None
    due: date | None
    held: tuple[Occurrence, ...]
    seats: int
    order: int
    cost: Decimal | None

    @property
    def total(self) -> int:
        """How many need it."""
        return sum(self.people.values())

    def share(self, unit: str) -> Decimal | None:
        """Return what falls on a unit by how many of its people take part, in whole kroner; None without a price."""
        return (
            None if self.cost is None else (self.cost * self.people[unit] / self.total).quantize(Decimal(1))
        )


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A competence that people lack and no course of the region closes."""

    competence: ItemId
    kind: RequirementKind
    people: Mapping[str, int]
    told: Told


@dataclass(frozen=True, slots=True)
class Plan:
    """Courses, what matters most and most need first; and what there is no course for."""

    courses: tuple[Planned, ...]
    uncovered: tuple[Uncovered, ...]


@dataclass(slots=True)
class _Gathered:
    people: dict[str, int] = field(default_factory=dict)
    kinds: set[RequirementKind] = field(default_factory=set)
    lacking: bool = False
    ends: list[date] = field(default_factory=list)

    def add(self, unit: str, standings: Iterable[Standing]) -> None:
        self.people[unit] = self.people.get(unit, 0) + 1
        for one in standings:
            self.kinds.add(one.requirement.kind)
            if one.state in MET and one.expires:
                self.ends.append(one.expires)
            else:
                self.lacking = True


def course_plan(units: Mapping[str, Unit], asked: Asked) -> Plan:
    """Return what `units` need in the period: all that is missing, and all that runs out before its end."""
    courses: dict[ItemId, _Gathered] = {}
    uncovered: dict[ItemId, _Gathered] = {}
    for name, person in ((name, person) for name, unit in units.items() for person in unit.people):
        open_ = {one.requirement.competence: one for one in _open(person, asked.last)}
        way = _path(open_.values(), asked)
        for step in way.steps:
            closed = [open_[id_] for id_ in (*step.closes, *step.raises)]
            courses.setdefault(step.course, _Gathered()).add(name, closed)
        for id_ in way.uncovered:
            uncovered.setdefault(id_, _Gathered()).add(name, [open_[id_]])
    by_id = {one.id: one for one in asked.courses}
    planned = [_planned(by_id[id_], found, asked) for id_, found in courses.items()]
    return Plan(
        tuple(sorted(planned, key=lambda one: (_weight(one.kind), -one.total, one.course))),
        tuple(sorted(_uncovered(uncovered), key=lambda one: (WEIGHT[one.kind], one.competence))),
    )


def _open(person: Person, last: date) -> Iterator[Standing]:
    for one in person.standings:
        if one.state not in MET or (one.expires is not None and one.expires <= last):
            yield one


def _path(standings: Iterable[Standing], asked: Asked) -> Path:
    """Return the way for one person; what runs out must be taken anew, and what it builds on is there."""
    needs = [
        Need(
            one.requirement.competence,
            one.requirement.level,
            min(one.effective, one.requirement.level - 1),
            one.requirement.kind,
        )
        for one in standings
    ]
    return path(needs, asked.courses, asked.minutes)


def _weight(kind: RequirementKind | None) -> int:
    return len(WEIGHT) if kind is None else WEIGHT[kind]


def _planned(course: Course, found: _Gathered, asked: Asked) -> Planned:
    price = asked.prices.get(course.id)
    held = tuple(_held(course, asked))
    room = (price.seats if price else None) or asked.group
    seats = sum(one.session.seats or room for one in held)
    total = sum(found.people.values())
    order = 0 if course.delivery == "self-paced" else -(-max(0, total - seats) // room)
    return Planned(
        course=course.id,
        people=found.people,
        told=told(found.people),
        kind=min(found.kinds, key=_weight, default=None),
        due=None if found.lacking else min(found.ends, default=None),
        held=held,
        seats=seats,
        order=order,
        cost=None if price is None else price.person * total + price.session * order,
    )


def _held(course: Course, asked: Asked) -> Iterator[Occurrence]:
    of_course = [one for one in asked.sessions if one.course == course.id and not one.cancelled]
    for one in upcoming(of_course, asked.first):
        if one.starts.date() <= asked.last:
            yield one


def _uncovered(found: Mapping[ItemId, _Gathered]) -> Iterator[Uncovered]:
    for id_, one in found.items():
        kind = min(one.kinds, key=lambda kind: WEIGHT[kind])
        yield Uncovered(id_, kind, one.people, told(one.people))
