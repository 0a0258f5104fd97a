"""A list of those who have completed a course, from a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from kompetanse.content.checks.writing import has_national_identity_number
from kompetanse.errors import KompetanseError
from kompetanse.importers.columns import Form, Record, record
from kompetanse.importers.dates import day_of
from kompetanse.importers.table import Table, read_table
from kompetanse.model.attendance import Attended, Refusal

_NAMES = {
    "name": ("name", "navn", "namn", "deltaker", "deltakar", "participant"),
    "first": ("first name", "fornavn", "førenamn", "fornamn"),
    "last": ("last name", "etternavn", "etternamn"),
    "number": ("number", "employee number", "ansattnummer", "ansattnr", "tilsettnummer", "tilsettnr"),
    "day": ("date", "dato", "completed", "fullført", "gjennomført"),
    "score": ("score", "result", "resultat", "prosent", "riktige svar", "rette svar"),
    "attested_by": (
        "attested by",
        "bekreftet av",
        "attestert av",
        "stadfesta av",
        "kursholder",
        "kurshaldar",
    ),
    "language": ("language", "språk", "målform"),
}
ATTENDANCE = Form(
    "attendance",
    {word: field for field, words in _NAMES.items() for word in words},
    (),
    "navn;ansattnummer;dato;resultat;bekreftet av;språk",
)
_LANGUAGES = {
    "nb": ("nb", "bokmål", "no", "norsk", "norwegian"),
    "nn": ("nn", "nynorsk"),
    "en": ("en", "engelsk", "english"),
}
_LANGUAGE = {word: tag for tag, words in _LANGUAGES.items() for word in words}
_SCORE = re.compile(r"(\d{1,3})(?:[.,](\d{1,4}))?\s*%?")
_LONGEST = 200
_FORMULA = "=+-@"
_NUMBER = re.compile(r"\d(?:[ .]?\d){4}")
"""So many digits are no part of a name, but perhaps of an identity number with a slip of the pen."""


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds for those whose row does not say; None where every row must."""

    day: date | None
    attested_by: str | None


def read_attendance(path: Path, defaults: Defaults) -> tuple[tuple[Attended, ...], tuple[Refusal, ...]]:
    """Return those whom the list names, and what is wrong with the other rows.

    Raises:
        KompetanseError: When it is no CSV, or has no column of names.
    """
    table = read_table(path, lambda names: sum(name.casefold() in ATTENDANCE.fields for name in names))
    _refuse_columns(table)
    rows = [record(row, table, ATTENDANCE) for row in table.rows if not row.is_empty]
    found = [understood(row, defaults) for row in rows]
    refused = tuple(one for one in found if isinstance(one, Refusal))
    return tuple(one for one in found if isinstance(one, Attended)), refused


def _refuse_columns(table: Table) -> None:
    names = [name.casefold() for name in table.header.cells]
    fields = [ATTENDANCE.fields[name] for name in names if name in ATTENDANCE.fields]
    twice = next((field for field in fields if fields.count(field) > 1), None)
    if twice:
        raise KompetanseError(
            f"{table.path}, line {table.header.line}: two columns mean the same. Keep one of them"
        )
    if "name" not in fields and not {"first", "last"} <= set(fields):
        found = ", ".join(f"«{name[:40]}»" for name in table.header.cells[:12])
        raise KompetanseError(
            f"{table.path}, line {table.header.line}: the first row has no column of names. It has {found}. "
            f"Name the columns {ATTENDANCE.shown}"
        )


def understood(row: Record, defaults: Defaults) -> Attended | Refusal:
    """Return whom `row` names, or what is wrong with it."""
    values = {**row.values, "name": _name(row)}
    day = day_of(values["day"]) if "day" in values else defaults.day
    attested_by = values.get("attested_by") or defaults.attested_by or ""
    wrong = [*_faults(row, values["name"], attested_by)]
    if day is None:
        wrong.append("it has no date that we can read; write 2026-11-24 or 24.11.2026")
    if not attested_by:
        wrong.append("nobody answers for it; give a column «bekreftet av», or --attested-by for all rows")
    if wrong or day is None:
        return Refusal(row.line, ". And ".join(wrong))
    return Attended(
        line=row.line,
        name=values["name"],
        day=day,
        attested_by=attested_by,
        number=values.get("number", ""),
        score=_score(values["score"]) if "score" in values else None,
        language=_LANGUAGE.get(values.get("language", "").casefold()),
    )


def _name(row: Record) -> str:
    return row.values.get("name") or " ".join(filter(None, (row.values.get("first"), row.values.get("last"))))


def _faults(row: Record, name: str, attested_by: str) -> Iterator[str]:
    """Yield what is wrong with the row, apart from its date; an identity number, or what may be one, is never repeated."""
    cells: Sequence[str] = (*row.values.values(), *row.surplus)
    if any(map(has_national_identity_number, (*cells, attested_by))):
        yield "it has a national identity number, which no certificate and no log may hold; delete that column"
        return
    if not name:
        yield "it has no name"
    if any(len(cell) > _LONGEST for cell in cells):
        yield f"a cell is longer than {_LONGEST} signs"
    if row.surplus:
        yield "it has more cells than there are columns"
    if _NUMBER.search(name):
        yield "there is a number in the name; write first and last name alone"
    elif name.startswith(tuple(_FORMULA)) or "@" in name:
        yield f"«{name[:40]}» is no name of a person; write first and last name"
    if "score" in row.values and _score(row.values["score"]) is None:
        yield f"«{row.values['score'][:40]}» is no result; write the share of right answers in per cent, such as 85"
    language = row.values.get("language", "")
    if language and language.casefold() not in _LANGUAGE:
        yield f"«{language[:40]}» is no language that we have; write bokmål, nynorsk or engelsk"


def _score(text: str) -> Decimal | None:
    found = _SCORE.fullmatch(text)
    score = Decimal(f"{found[1]}.{found[2] or 0}") if found else None
    return score if score is not None and score <= 100 else None
