"""Which files are one person's, and where each person stands on what her roles ask for.

`docs/mapping.md` states the rules; the browser's `group.js` answers alike, and both pass the same cases.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from kompetanse.learning.framework import Framework, follow
from kompetanse.learning.standing import Claim, Standing, by_priority, standing
from kompetanse.model.assessment import Answer, Assessment, Notice
from kompetanse.model.catalogue import both
from kompetanse.model.item import ItemId, Requirement

_SPACES = re.compile("[ \t\r\n\u00a0]+")
_ALPHABET = {"æ": "{", "ø": "|", "å": "}", "ä": "{", "ö": "|"}
_HIGHEST = 4


@dataclass(frozen=True, slots=True)
class File:
    """A file that was handed over, and what it held."""

    name: str
    found: Assessment | Notice


@dataclass(frozen=True, slots=True)
class Person:
    """Where one person stands today.

    Attributes:
        name: As she writes it; the name of her file when she has not.
        roles: Those that there are requirements for today, in the order of her file.
        by_role: Where she stands on what each of her roles asks for, in the order of its page.
        standings: The same for all her roles together, each competence once, the most important first.
        guides: Competences in which her own level or what counts is the highest.
        changes: What has changed since her file was made.
        claims: All that her standings are reckoned from, by competence.
    """

    name: str
    file: str
    made: date
    roles: tuple[ItemId, ...]
    by_role: Mapping[ItemId, tuple[Standing, ...]]
    standings: tuple[Standing, ...]
    guides: frozenset[ItemId]
    changes: tuple[Notice, ...]
    claims: Mapping[ItemId, tuple[Claim, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Held:
    """What others vouch for, beside what people have written of themselves; by name, as `folded` has it.

    Attributes:
        roles: Roles that somebody's leader says she has.
        claims: By competence of today.
    """

    roles: Mapping[str, tuple[ItemId, ...]] = field(default_factory=dict)
    claims: Mapping[str, Mapping[ItemId, tuple[Claim, ...]]] = field(default_factory=dict)


NOTHING_HELD = Held()


def order(text: str) -> tuple[bytes, bytes]:
    """Return a sort key in the order of the Norwegian alphabet, the same as the browser's."""
    lower = text.lower()
    mapped = "".join(_ALPHABET.get(sign, sign) for sign in lower)
    return mapped.encode("utf-16-be"), lower.encode("utf-16-be")


def folded(name: str) -> str:
    """Return `name` without what sets two spellings of one name apart: spaces and case."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", name)).strip(" ").lower()


@dataclass(slots=True, eq=False)
class _Pile:
    """Files of one person, while they are gathered."""

    marks: set[str]
    files: list[tuple[int, str, Assessment]] = field(default_factory=list)

    def newest_first(self) -> list[tuple[int, str, Assessment]]:
        return sorted(self.files, key=lambda one: (one[2].made, one[0]), reverse=True)


def people(
    files: Sequence[File], framework: Framework, today: date, held: Held = NOTHING_HELD
) -> tuple[tuple[Person, ...], tuple[Notice, ...]]:
    """Return each person once, by name, and what is to tell of the files, in their order.

    Args:
        files: In the order of their names.
        framework: What people are reckoned against.
        today: The day that evidence must count on.
        held: What others vouch for.
    """
    told = [(place, one.found) for place, one in enumerate(files) if isinstance(one.found, Notice)]
    found = []
    for pile in _piles(files):
        newest, *older = pile.newest_first()
        name = next((one.name for _, _, one in (newest, *older) if folded(one.name)), "")
        person = _person(newest[1], replace(newest[2], name=name), framework, today, held)
        found.append(person)
        told += [(newest[0], one) for one in _about(newest[1], newest[2], person, framework, today)]
        told += [(place, _uncounted(file, one, newest)) for place, file, one in older]
    ranked = sorted(found, key=lambda one: (order(one.name), order(one.file)))
    return tuple(ranked), tuple(notice for _, notice in sorted(told, key=lambda one: one[0]))


def _piles(files: Sequence[File]) -> Iterable[_Pile]:
    """Gather files that share a person or a name, also through a third one."""
    piles: list[_Pile] = []
    for place, file in enumerate(files):
        if isinstance(file.found, Notice):
            continue
        marks = {f"id {file.found.person}", f"name {folded(file.found.name)}"} - {"name "}
        same = [one for one in piles if one.marks & marks]
        whole = _Pile(marks.union(*(one.marks for one in same)), [one for pile in same for one in pile.files])
        whole.files.append((place, file.name, file.found))
        piles = [*(one for one in piles if one not in same), whole]
    return piles


def _uncounted(file: str, one: Assessment, newest: tuple[int, str, Assessment]) -> Notice:
    """Say why a file does not count; two that only share a name may be two people's."""
    key = "unit.older" if one.person == newest[2].person else "unit.same_name"
    return Notice(key, {"file": file, "newer": newest[1]})


def _about(
    file: str, assessment: Assessment, person: Person, framework: Framework, today: date
) -> Iterator[Notice]:
    if assessment.region != framework.region:
        yield Notice("file.other_region", {"file": file, "region": assessment.region})
    answers = [day for one in assessment.answers for day in (one.day, *(proof.day for proof in one.evidence))]
    last = max(assessment.made, *answers, date.min)
    if last > today:
        yield Notice("unit.future", {"file": file, "day": last.isoformat()})
    if not person.roles:
        yield Notice("unit.no_roles", {"file": file})


def _person(file: str, assessment: Assessment, framework: Framework, today: date, held: Held) -> Person:
    followed, changes = follow(assessment, framework)
    name = folded(assessment.name)
    claims = _with_held(followed.answers, held.claims.get(name, {}))
    having = dict.fromkeys((*followed.roles, *held.roles.get(name, ())))
    roles = tuple(one for one in having if one in framework.requirements)

    def standings(requirements: Iterable[Requirement]) -> tuple[Standing, ...]:
        return tuple(standing(one, claims.get(one.competence, ()), today) for one in requirements)

    merged = by_priority(standings(_merged([framework.requirements[one] for one in roles])))
    return Person(
        name=assessment.name if folded(assessment.name) else file,
        file=file,
        made=assessment.made,
        roles=roles,
        by_role={role: standings(framework.requirements[role]) for role in roles},
        standings=merged,
        guides=frozenset(_guides(followed.answers, merged)),
        changes=changes,
        claims=claims,
    )


def _with_held(
    answers: Iterable[Answer], held: Mapping[ItemId, tuple[Claim, ...]]
) -> dict[ItemId, tuple[Claim, ...]]:
    found = {one.competence: claims_of(one) for one in answers}
    return {id_: (*found.get(id_, ()), *held.get(id_, ())) for id_ in {**found, **held}}


def _guides(answers: Iterable[Answer], standings: Iterable[Standing]) -> Iterator[ItemId]:
    yield from (one.competence for one in answers if one.level == _HIGHEST)
    yield from (one.requirement.competence for one in standings if one.effective == _HIGHEST)


def claims_of(answer: Answer | None) -> tuple[Claim, ...]:
    """Return what an answer claims: the person's own word, unless she is not sure, and what she says is documented."""
    if answer is None:
        return ()
    own = () if answer.level is None else (Claim(answer.level, "self", answer.day),)
    return (*own, *(Claim(one.level, one.kind, one.day) for one in answer.evidence))


def _merged(requirements: Iterable[Iterable[Requirement]]) -> tuple[Requirement, ...]:
    found: dict[ItemId, Requirement] = {}
    for one in (one for each in requirements for one in each):
        known = found.get(one.competence)
        found[one.competence] = both(known, one) if known else one
    return tuple(found.values())
