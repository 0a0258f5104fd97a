"""Units in numbers, without names: how many are asked for each competence, and how many meet it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kompetanse.learning.framework import Framework
from kompetanse.learning.group import order
from kompetanse.learning.small_groups import Told, told
from kompetanse.learning.standing import Standing
from kompetanse.learning.unit import MET, Unit
from kompetanse.model.catalogue import WEIGHT
from kompetanse.model.item import ItemId, RequirementKind


@dataclass(frozen=True, slots=True)
class Count:
    """How many of a group stand where on one competence; a person is counted once, however many roles ask for it.

    Attributes:
        asked: How many it is asked of.
        met: How many meet it today.
        expiring: How many of these within 90 days no longer do.
        overdue: How many met it once, and do not now.
    """

    asked: int = 0
    met: int = 0
    expiring: int = 0
    overdue: int = 0

    @classmethod
    def of(cls, standings: Iterable[Standing]) -> Count:
        """Count `standings` on one competence."""
        states = Counter(one.state for one in standings)
        met = sum(number for state, number in states.items() if state in MET)
        return cls(states.total(), met, states["expiring"], states["expired"])

    def __add__(self, other: Count) -> Count:
        """Return both groups as one."""
        return Count(
            self.asked + other.asked,
            self.met + other.met,
            self.expiring + other.expiring,
            self.overdue + other.overdue,
        )

    @property
    def missing(self) -> int:
        """How many do not meet it."""
        return self.asked - self.met


@dataclass(frozen=True, slots=True)
class Line:
    """One competence across units: by name of the unit, the sum, and what of it may be told."""

    competence: ItemId
    kind: RequirementKind
    basis: str | None
    counts: Mapping[str, Count]
    told: Told

    @property
    def total(self) -> Count:
        """All units as one."""
        return sum(self.counts.values(), Count())


def lines(units: Mapping[str, Unit], framework: Framework) -> tuple[Line, ...]:
    """Return all competences that are asked of somebody, the weightiest first.

    One row for each competence, and none for each role: roles build on one another, and the difference between two of them
    could be one person.
    """
    found: dict[ItemId, dict[str, list[Standing]]] = {}
    for name, unit in units.items():
        for one in (each for person in unit.people for each in person.standings):
            found.setdefault(one.requirement.competence, {}).setdefault(name, []).append(one)
    made = [_line(id_, by_unit) for id_, by_unit in found.items()]
    return tuple(
        sorted(
            made,
            key=lambda one: (
                WEIGHT[one.kind],
                order(framework.asked[one.competence].title),
                one.competence,
            ),
        )
    )


def _line(id_: ItemId, by_unit: Mapping[str, Sequence[Standing]]) -> Line:
    asked = [one.requirement for standings in by_unit.values() for one in standings]
    first = min(asked, key=lambda one: (WEIGHT[one.kind], one.basis or ""))
    counts = {name: Count.of(standings) for name, standings in by_unit.items()}
    return Line(id_, first.kind, first.basis, counts, told({name: one.asked for name, one in counts.items()}))
