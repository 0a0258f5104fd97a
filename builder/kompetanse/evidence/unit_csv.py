"""A unit as a table for a spreadsheet: one row for each person, role and competence, then what there is to tell.

The browser's `unit-csv.js` writes the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kompetanse.evidence.spreadsheet import cell
from kompetanse.evidence.unit_words import Words
from kompetanse.learning.group import Person
from kompetanse.learning.standing import Standing
from kompetanse.model.item import ItemId

COLUMNS = (
    "unit",
    "person",
    "role",
    "competence",
    "kind",
    "basis",
    "required",
    "evidence_required",
    "own",
    "effective",
    "evidence",
    "gap",
    "state",
    "expires",
    "made",
    "file",
    "day",
    "version",
    "note",
)


def unit_csv(words: Words) -> str:
    """Return the table as Norwegian spreadsheets open it: UTF-8 with a mark, semicolons, CRLF."""
    return "\ufeff" + "".join(";".join(map(cell, row)) + "\r\n" for row in _rows(words))


def _rows(words: Words) -> Iterator[Sequence[str]]:
    yield [words.say(f"unit.col.{name}") for name in COLUMNS]
    for person in words.unit.people:
        for role, standings in person.by_role.items():
            yield from (_row(words, person, role, one) for one in standings)
    yield from (_note(words, one.values.get("file", ""), words.notice(one)) for one in words.unit.notices)
    yield from (_note(words, "", words.change(one)) for one in words.unit.changes)


def _row(words: Words, person: Person, role: ItemId, one: Standing) -> Sequence[str]:
    asked = one.requirement
    return (
        words.name,
        person.name,
        words.role(role),
        words.competence(asked.competence),
        words.say(f"requirement.{asked.kind}"),
        asked.basis or "",
        words.level(asked.level),
        words.say(f"evidence.{asked.evidence}"),
        words.level(one.own),
        words.level(one.effective),
        words.say(f"evidence.{one.evidence}") if one.evidence else "",
        str(one.gap),
        words.say(f"state.{one.state}"),
        one.expires.isoformat() if one.expires else "",
        person.made.isoformat(),
        person.file,
        words.unit.today.isoformat(),
        words.version,
        "",
    )


def _note(words: Words, file: str, note: str) -> Sequence[str]:
    today = words.unit.today.isoformat()
    values = {"unit": words.name, "file": file, "day": today, "version": words.version, "note": note}
    return [values.get(name, "") for name in COLUMNS]
