"""What the people of a unit can together: role × competence, what is missing, what runs out, and who can guide whom.

`docs/mapping.md` states the rules; the browser's `unit-sums.js` answers alike, and both pass the same cases.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kompetanse.learning.framework import Framework, Named
from kompetanse.learning.group import NOTHING_HELD, File, Held, Person, order, people
from kompetanse.learning.standing import Standing, by_priority
from kompetanse.model.assessment import Notice
from kompetanse.model.catalogue import WEIGHT
from kompetanse.model.item import ItemId, Level, RequirementKind

FEWEST = 5
"""An average of fewer people would say too much of each."""

MET = frozenset({"met", "expiring"})
"""States in which a requirement is met today."""

Word = Literal["all", "some", "none"]


@dataclass(frozen=True, slots=True)
class Cell:
    """How those with a role meet what it asks of a competence.

    Attributes:
        level: Asked for.
        met: How many meet it today.
        total: How many have the role.
        tenths: Average of the levels that count, in tenths, half up; None for fewer than `FEWEST`.
    """

    level: Level
    kind: RequirementKind
    met: int
    total: int
    word: Word
    tenths: int | None


@dataclass(frozen=True, slots=True)
class Row:
    """One competence across the roles that ask for it; `kind` is the weightiest of theirs."""

    competence: ItemId
    kind: RequirementKind
    cells: Mapping[ItemId, Cell]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person stands on a competence, and for which of her roles."""

    person: Person
    standing: Standing
    roles: tuple[ItemId, ...]


@dataclass(frozen=True, slots=True)
class Guiding:
    """Who can guide whom in a competence that is missing for somebody; `guides` may be nobody."""

    competence: ItemId
    guides: tuple[Person, ...]
    learners: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What has changed in the framework since files were made, and for how many."""

    notice: Notice
    files: int


@dataclass(frozen=True, slots=True)
class Summary:
    """The unit in numbers: of files, people, roles and requirements; a requirement is counted once for each person."""

    files: int
    people: int
    roles: int
    met: int
    total: int
    missing: int
    statutory: int
    expiring: int
    uncounted: int


@dataclass(frozen=True, slots=True)
class Unit:
    """All that is told about a unit.

    Attributes:
        today: The day that it is true for.
        roles: That somebody has, by title.
        rows: Weightiest kind first, then by title.
        missing: What matters most first, then by person.
        expiring: By day.
        notices: What is to tell of single files, in their order.
    """

    today: date
    framework: Framework
    people: tuple[Person, ...]
    roles: tuple[ItemId, ...]
    rows: tuple[Row, ...]
    missing: tuple[Place, ...]
    expiring: tuple[Place, ...]
    guiding: tuple[Guiding, ...]
    notices: tuple[Notice, ...]
    changes: tuple[Change, ...]
    summary: Summary


def unit(files: Sequence[File], framework: Framework, today: date, held: Held = NOTHING_HELD) -> Unit:
    """Return what `files`, and what others vouch for, say of the unit on the day `today`."""
    ordered = sorted(files, key=lambda one: one.name.encode("utf-16-be", "surrogatepass"))
    found, notices = people(ordered, framework, today, held)
    roles = _by_title({role for one in found for role in one.roles}, framework.roles)
    missing = _missing(found)
    expiring = _expiring(found)
    standings = [one for person in found for one in person.standings]
    return Unit(
        today=today,
        framework=framework,
        people=found,
        roles=roles,
        rows=tuple(_rows(roles, found, framework)),
        missing=missing,
        expiring=expiring,
        guiding=tuple(_guiding(found, framework)),
        notices=notices,
        changes=_changes(found),
        summary=Summary(
            files=len(files),
            people=len(found),
            roles=len(roles),
            met=sum(one.state in MET for one in standings),
            total=len(standings),
            missing=len(missing),
            statutory=sum(one.standing.requirement.kind == "statutory" for one in missing),
            expiring=len(expiring),
            uncounted=len(files) - len(found),
        ),
    )


def _by_title(ids: Iterable[ItemId], named: Mapping[ItemId, Named]) -> tuple[ItemId, ...]:
    return tuple(sorted(ids, key=lambda id_: (order(named[id_].title), id_)))


def _rows(roles: Sequence[ItemId], found: Sequence[Person], framework: Framework) -> Iterator[Row]:
    cells: dict[ItemId, dict[ItemId, Cell]] = {}
    for role in roles:
        having = [one.by_role[role] for one in found if role in one.by_role]
        for place, asked in enumerate(framework.requirements[role]):
            cells.setdefault(asked.competence, {})[role] = _cell([one[place] for one in having])
    rows = [Row(id_, _weightiest(across.values()), across) for id_, across in cells.items()]
    yield from sorted(
        rows,
        key=lambda one: (WEIGHT[one.kind], order(framework.asked[one.competence].title), one.competence),
    )


def _weightiest(cells: Iterable[Cell]) -> RequirementKind:
    return min((one.kind for one in cells), key=lambda kind: WEIGHT[kind])


def _cell(standings: Sequence[Standing]) -> Cell:
    met, total = sum(one.state in MET for one in standings), len(standings)
    word: Word = "all" if met == total else "some" if met else "none"
    asked = standings[0].requirement
    return Cell(asked.level, asked.kind, met, total, word, average([one.effective for one in standings]))


def average(levels: Sequence[int]) -> int | None:
    """Return the average in tenths, half up; None for fewer than `FEWEST`."""
    return (20 * sum(levels) + len(levels)) // (2 * len(levels)) if len(levels) >= FEWEST else None


def places(found: Iterable[Person]) -> Iterator[Place]:
    """Yield where each of `found` stands on each competence that her roles ask for."""
    for person in found:
        for one in person.standings:
            yield Place(person, one, tuple(_asking(person, one.requirement.competence)))


def _asking(person: Person, competence: ItemId) -> Iterator[ItemId]:
    for role, standings in person.by_role.items():
        if any(one.requirement.competence == competence for one in standings):
            yield role


def _missing(found: Iterable[Person]) -> tuple[Place, ...]:
    lacking = [one for one in places(found) if one.standing.state not in MET]
    ranks = {id(one): rank for rank, one in enumerate(by_priority(place.standing for place in lacking))}
    return tuple(sorted(lacking, key=lambda one: ranks[id(one.standing)]))


def _expiring(found: Iterable[Person]) -> tuple[Place, ...]:
    ending = [one for one in places(found) if one.standing.state == "expiring"]
    return tuple(
        sorted(
            ending, key=lambda one: (one.standing.expires or date.max, one.standing.requirement.competence)
        )
    )


def _guiding(found: Sequence[Person], framework: Framework) -> Iterator[Guiding]:
    lacking: dict[ItemId, list[Person]] = {}
    for person in found:
        for one in person.standings:
            if one.state not in MET:
                lacking.setdefault(one.requirement.competence, []).append(person)
    for id_ in _by_title(lacking, framework.asked):
        can = [one for one in found if id_ in one.guides]
        learners = lacking[id_]
        yield Guiding(
            id_, tuple(one for one in can if any(who is not one for who in learners)), tuple(learners)
        )


def _changes(found: Iterable[Person]) -> tuple[Change, ...]:
    told = [one for person in found for one in {str(change): change for change in person.changes}.values()]
    counted = Counter(str(one) for one in told)
    return tuple(Change(one, counted[key]) for key, one in {str(one): one for one in told}.items())
