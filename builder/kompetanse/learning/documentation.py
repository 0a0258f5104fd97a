"""What a unit can show: each requirement, who is to meet it, what that rests on, and when it ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from kompetanse.learning.group import order
from kompetanse.learning.standing import Claim, rests_on
from kompetanse.learning.unit import MET, Place, Unit, places
from kompetanse.model.catalogue import WEIGHT
from kompetanse.model.item import ItemId

WINDOWS = (30, 90, 180)
"""Days ahead that what ends is told for."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One requirement of one person, and the claim that it rests on; None when there is none."""

    place: Place
    claim: Claim | None

    @property
    def competence(self) -> ItemId:
        """The competence that is asked for."""
        return self.place.standing.requirement.competence

    @property
    def is_met(self) -> bool:
        """Whether it is met today."""
        return self.place.standing.state in MET

    @property
    def is_checked(self) -> bool:
        """Whether somebody else than the person vouches for it."""
        return self.claim is not None and self.claim.source is not None


@dataclass(frozen=True, slots=True)
class Documentation:
    """What a unit can show.

    Attributes:
        entries: By requirement, the weightiest first, then by person.
        overdue: What was met once and has ended, what ended first before the rest.
        ending: What ends within the days of `WINDOWS`, with the narrowest of them, by day.
    """

    unit: Unit
    entries: tuple[Entry, ...]
    overdue: tuple[Entry, ...]
    ending: tuple[tuple[int, Entry], ...]

    @property
    def unchecked(self) -> int:
        """How many requirements are met by the person's own word alone."""
        return sum(one.is_met and not one.is_checked for one in self.entries)


def documentation(unit: Unit) -> Documentation:
    """Return what `unit` can show on its day."""
    kinds = {row.competence: WEIGHT[row.kind] for row in unit.rows}
    entries = tuple(sorted(_entries(unit), key=lambda one: (kinds[one.competence], *_rank(unit, one))))
    overdue = [one for one in entries if one.place.standing.state == "expired"]
    return Documentation(
        unit,
        entries,
        tuple(sorted(overdue, key=lambda one: one.place.standing.expires or unit.today)),
        tuple(sorted(_ending(unit, entries), key=lambda one: one[1].place.standing.expires or unit.today)),
    )


def _entries(unit: Unit) -> Iterator[Entry]:
    for place in places(unit.people):
        claims = place.person.claims.get(place.standing.requirement.competence, ())
        yield Entry(place, rests_on(place.standing, claims, unit.today))


def _rank(unit: Unit, one: Entry) -> tuple[object, ...]:
    title = unit.framework.asked[one.competence].title
    return order(title), one.competence, order(one.place.person.name), one.place.person.file


def _ending(unit: Unit, entries: tuple[Entry, ...]) -> Iterator[tuple[int, Entry]]:
    for one in entries:
        last = one.place.standing.expires
        if one.is_met and last is not None and last <= unit.today + timedelta(WINDOWS[-1]):
            yield next(days for days in WINDOWS if last <= unit.today + timedelta(days)), one
