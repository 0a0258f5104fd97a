"""The documentation of a unit in words: requirement, person, evidence, day, certificate and rule; and what ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kompetanse.evidence.report_page import Page
from kompetanse.evidence.unit_report import unit_page
from kompetanse.evidence.unit_tables import LOOK, Shown, Table
from kompetanse.evidence.unit_words import Words
from kompetanse.learning.documentation import WINDOWS, Documentation, Entry
from kompetanse.learning.standing import Claim
from kompetanse.model.assessment import Notice

_PROOF = (
    "competence",
    "basis",
    "person",
    "required",
    "effective",
    "state",
    "evidence",
    "day",
    "expires",
    "source",
    "text",
    "rule",
)
_FOLDED = ("competence", "person", "level", "state", "source")
_OVERDUE = ("expires", "person", "competence", "basis", "source")
_REPLACED = frozenset({"expiring"})


@dataclass(frozen=True, slots=True)
class Checked:
    """How much was checked, and what there is to tell of it.

    Attributes:
        certificates: Those that hold, each once, and are somebody's in the unit.
        observations: Rows that are signed off.
        notices: What does not count, and why.
    """

    certificates: int = 0
    observations: int = 0
    notices: tuple[Notice, ...] = ()


def documentation_page(
    words: Words, found: Documentation, checked: Checked, across: int | None = None
) -> Page:
    """Return the report of a unit with what its evidence rests on."""
    unit = unit_page(words, across)
    missing, *others = (one for one in unit.tables if one.name not in _REPLACED)
    return replace(
        unit,
        title=" – ".join(filter(None, (words.say("documentation.title"), words.name))),
        summary=(*unit.summary, *_summary(words, found, checked)),
        proof=words.say("documentation.proof"),
        notices=(*map(words.notice, checked.notices), *unit.notices),
        tables=(missing, *_tables(words, found), *others),
        flat="proof",
    )


def _summary(words: Words, found: Documentation, checked: Checked) -> Iterator[str]:
    yield words.say(
        "documentation.checked", certificates=checked.certificates, observations=checked.observations
    )
    yield words.count("documentation.unchecked", found.unchecked)
    yield words.count("documentation.overdue", len(found.overdue))
    within = {f"within_{days}": sum(each <= days for each, _ in found.ending) for days in WINDOWS}
    yield words.say("documentation.ending", **within)


def _tables(words: Words, found: Documentation) -> Iterator[Table]:
    yield _table(words, "overdue", _OVERDUE, [_overdue(words, one) for one in found.overdue])
    yield _table(
        words, "ending", ("within", *_OVERDUE), [_ending(words, days, one) for days, one in found.ending]
    )
    whole = _table(words, "proof", _PROOF, [_proof(words, one) for one in found.entries])
    folded = _table(words, "proof", _FOLDED, [_folded(words, one) for one in found.entries])
    caption = words.say("documentation.caption.folded", version=words.version or "–")
    yield replace(whole, folded=replace(folded, caption=caption))


def _table(words: Words, name: str, columns: Sequence[str], rows: Sequence[Sequence[Shown]]) -> Table:
    return Table(
        name,
        words.say(f"documentation.heading.{name}"),
        words.say(f"documentation.caption.{name}"),
        tuple(words.say(f"documentation.col.{one}") for one in columns),
        tuple(map(tuple, rows)),
        words.say(f"documentation.empty.{name}"),
    )


def _plain(text: str) -> Shown:
    return Shown((text,))


def _day(words: Words, when: date | None) -> Shown:
    return _plain("") if when is None else Shown((words.day(when),), value=when)


def _overdue(words: Words, one: Entry) -> list[Shown]:
    return [
        _day(words, one.place.standing.expires),
        _plain(one.place.person.name),
        _plain(words.competence(one.competence)),
        _basis(words, one),
        _source(words, one),
    ]


def _ending(words: Words, days: int, one: Entry) -> list[Shown]:
    return [Shown((words.say("documentation.within", days=days),), value=days), *_overdue(words, one)]


def _basis(words: Words, one: Entry) -> Shown:
    asked = one.place.standing.requirement
    return Shown((words.say(f"requirement.{asked.kind}"), *((asked.basis,) if asked.basis else ())))


def _source(words: Words, one: Entry) -> Shown:
    if one.claim is None:
        return _plain(words.say("documentation.source.none"))
    source = one.claim.source
    if source is None:
        return _plain(words.say("documentation.source.own"))
    return _plain(words.say(f"documentation.source.{source.kind}", reference=source.reference, by=source.by))


def _proof(words: Words, one: Entry) -> list[Shown]:
    standing, claim = one.place.standing, one.claim
    return [
        _plain(words.competence(one.competence)),
        _basis(words, one),
        _plain(one.place.person.name),
        _plain(words.level(standing.requirement.level)),
        _plain(words.level(standing.effective)),
        Shown((words.say(f"state.{standing.state}"),), LOOK[standing.state]),
        _plain(words.say(f"evidence.{claim.evidence}") if claim else ""),
        _day(words, claim.day if claim else None),
        _day(words, standing.expires),
        _source(words, one),
        _plain(claim.source.version[:7] if claim and claim.source else ""),
        _plain(words.version),
    ]


def _folded(words: Words, one: Entry) -> list[Shown]:
    """Return the same in five cells; the version of the rule stands above the table, since it is one for all."""
    standing, claim = one.place.standing, one.claim
    ends = standing.expires
    until = (words.say("documentation.until", day=words.day(ends)),) if ends else ()
    return [
        Shown((words.competence(one.competence), *_basis(words, one).lines)),
        _plain(one.place.person.name),
        Shown(
            (
                words.say("documentation.asks", level=words.level(standing.requirement.level)),
                words.say("documentation.has", level=words.level(standing.effective)),
            )
        ),
        Shown((words.say(f"state.{standing.state}"), *until), LOOK[standing.state]),
        Shown((*_rests_on(words, claim), *_source(words, one).lines, *_version(words, claim))),
    ]


def _rests_on(words: Words, claim: Claim | None) -> tuple[str, ...]:
    return (f"{words.say(f'evidence.{claim.evidence}')}, {words.day(claim.day)}",) if claim else ()


def _version(words: Words, claim: Claim | None) -> tuple[str, ...]:
    version = claim.source.version[:7] if claim and claim.source else ""
    return (f"{words.say('documentation.col.text')}: {version}",) if version else ()
