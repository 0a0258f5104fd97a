"""Where a person stands on a requirement: what counts as evidence today, what is missing, and what comes first.

`docs/mapping.md` states the rules; the browser's `standing.js` answers alike, and both pass the same cases.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from kompetanse.model.catalogue import EVIDENCE, WEIGHT
from kompetanse.model.item import Evidence, Requirement

State = Literal["met", "expiring", "unconfirmed", "expired", "partial", "missing"]

SOON = timedelta(days=90)
"""Evidence that ends within this is shown as about to."""


@dataclass(frozen=True, slots=True)
class Source:
    """Evidence that somebody else than the person answers for, and that was checked when it was read.

    Attributes:
        kind: A certificate whose signature holds, or an observation that somebody has signed off.
        reference: Number of the certificate, or the name of the file that the observation stands in.
        by: Who answers for it.
        version: Which text it was made against; empty when nobody knows.
    """

    kind: Literal["certificate", "observation"]
    reference: str
    by: str
    version: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a person says she can, and on what that rests.

    Attributes:
        level: 0–4; 0 is none of the four.
        evidence: Class of evidence; `self` is her own word.
        day: When she said, passed or was confirmed so.
        until: Last day on which the evidence itself counts; None when it says none.
        source: What was checked; None when she alone says so.
    """

    level: int
    evidence: Evidence
    day: date
    until: date | None = None
    source: Source | None = None

    def ends(self, requirement: Requirement) -> date:
        """Return the last day on which the claim counts for `requirement`; far away when it does not expire."""
        asked = requirement.valid_for.after(self.day) if requirement.valid_for else date.max
        return min(asked, self.until or date.max)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person stands on one requirement.

    Attributes:
        requirement: What is asked for.
        own: Her own level, 0–4; None when she is not sure or has not answered.
        effective: Highest level with evidence that counts today, 0–4.
        evidence: Strongest class of her claims at that level, or at her own level when none counts; None without claims.
        gap: Levels that are missing, 0–4.
        expires: Last day that the requirement is met; or the day it ceased to be; None when neither is known.
        state: In one word.
    """

    requirement: Requirement
    own: int | None
    effective: int
    evidence: Evidence | None
    gap: int
    expires: date | None
    state: State


def standing(requirement: Requirement, claims: Sequence[Claim], today: date) -> Standing:
    """Return where `claims` put a person on `requirement`.

    A claim counts when its evidence is of the class that is asked for or stronger, and has not run out. The last day
    is a day on which it counts.
    """
    accepted = [one for one in claims if _is_enough(one.evidence, requirement.evidence)]
    counting = [one for one in accepted if one.ends(requirement) >= today]
    effective = max((one.level for one in counting), default=0)
    covering = [one.ends(requirement) for one in counting if one.level >= requirement.level]
    lapsed = [one.ends(requirement) for one in accepted if one.level >= requirement.level]
    ends = max(covering or lapsed, default=date.max)
    return Standing(
        requirement=requirement,
        own=max((one.level for one in claims if one.evidence == "self"), default=None),
        effective=effective,
        evidence=_strongest(claims, effective),
        gap=max(0, requirement.level - effective),
        expires=None if ends == date.max else ends,
        state=_state(requirement, claims, effective, bool(covering), bool(lapsed), ends, today),
    )


def rests_on(found: Standing, claims: Sequence[Claim], today: date) -> Claim | None:
    """Return the claim that `found` rests on: checked before said, then the one that counts longest; None without claims.

    Where nothing counts today, it is the one that ended last among what would be enough, else the highest that was claimed.
    """
    asked = found.requirement
    accepted = [one for one in claims if _is_enough(one.evidence, asked.evidence)]
    counting = [one for one in accepted if one.ends(asked) >= today and one.level == found.effective]
    covering = [one for one in accepted if one.ends(asked) >= today and one.level >= asked.level]
    lapsed = [one for one in accepted if one.level >= asked.level]
    return max(covering or lapsed or counting or claims, key=lambda one: _weight(one, asked), default=None)


def _weight(claim: Claim, asked: Requirement) -> tuple[bool, date, int, int, date]:
    checked = claim.source is not None
    return checked, claim.ends(asked), claim.level, EVIDENCE.index(claim.evidence), claim.day


def _is_enough(has: Evidence, asked: Evidence) -> bool:
    return EVIDENCE.index(has) >= EVIDENCE.index(asked)


def _strongest(claims: Sequence[Claim], effective: int) -> Evidence | None:
    level = effective or max((one.level for one in claims), default=0)
    return max((one.evidence for one in claims if one.level >= level), key=EVIDENCE.index, default=None)


def _state(
    requirement: Requirement,
    claims: Sequence[Claim],
    effective: int,
    covered: bool,
    lapsed: bool,
    ends: date,
    today: date,
) -> State:
    if covered:
        return "expiring" if ends - today <= SOON else "met"
    if lapsed:
        return "expired"
    if any(one.level >= requirement.level and one.ends(requirement) >= today for one in claims):
        return "unconfirmed"
    return "partial" if effective else "missing"


def by_priority(standings: Iterable[Standing]) -> tuple[Standing, ...]:
    """Return `standings` by what matters most: statutory, mandatory, recommended; then the larger gap; then what ends
    first; then the competence's id."""
    return tuple(
        sorted(
            standings,
            key=lambda one: (
                WEIGHT[one.requirement.kind],
                -one.gap,
                one.expires or date.max,
                one.requirement.competence,
            ),
        )
    )
