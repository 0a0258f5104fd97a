"""A list of what courses cost, from a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from kompetanse.errors import KompetanseError
from kompetanse.importers.columns import Form, Record, record
from kompetanse.importers.table import read_table
from kompetanse.learning.course_plan import Price
from kompetanse.model.item import Course, ItemId

_NAMES = {
    "course": ("course", "kurs"),
    "person": ("price per person", "pris per deltaker", "pris per deltakar", "per deltaker", "per deltakar"),
    "session": ("price per session", "pris per samling", "per samling"),
    "seats": ("seats", "plasser", "plassar"),
}
PRICES = Form(
    "prices",
    {word: field for field, words in _NAMES.items() for word in words},
    (),
    "kurs;pris per deltaker;pris per samling;plasser",
)
_AMOUNT = re.compile(r"(?:kr\.?)?(\d{1,7})(?:[.,](\d{1,2}|-))?(?:kr|,-)?", re.IGNORECASE)
_SEATS = re.compile(r"[1-9]\d{0,4}")


def read_prices(path: Path, courses: Mapping[ItemId, Course]) -> dict[ItemId, Price]:
    """Return what courses cost, by id; a course is named by its id or its title.

    Raises:
        KompetanseError: With all rows that are wrong, when any is; or when it is no such list.
    """
    table = read_table(path, lambda names: sum(name.casefold() in PRICES.fields for name in names))
    fields = [PRICES.fields.get(name.casefold()) for name in table.header.cells]
    if fields.count("course") != 1 or not {"person", "session", "seats"} & set(fields):
        raise KompetanseError(
            f"{path}, line {table.header.line}: this is no list of prices. Name the columns {PRICES.shown}"
        )
    named = {
        **{one.title.casefold(): id_ for id_, one in courses.items()},
        **{id_.casefold(): id_ for id_ in courses},
    }
    read = [_row(record(row, table, PRICES), named) for row in table.rows if not row.is_empty]
    wrong = [f"{path}, line {one[0]}: {one[1]}" for one in read if isinstance(one[1], str)]
    if wrong:
        raise KompetanseError("\n".join([*wrong, "Mend the list, and run the command again"]))
    return {ItemId(str(id_)): price for id_, price in read if isinstance(price, Price)}


def _row(row: Record, named: Mapping[str, ItemId]) -> tuple[ItemId | int, Price | str]:
    """Return course and price; or the line and what is wrong with it."""
    word = row.values.get("course", "")
    person, session = (_amount(row.values.get(field, "0")) for field in ("person", "session"))
    seats = row.values.get("seats")
    if word.casefold() not in named:
        return row.line, f"there is no course «{word[:40]}»; write its id or its title"
    if person is None or session is None:
        return row.line, "a price is no amount in kroner; write it as 1500 or 1500,50"
    if seats is not None and not _SEATS.fullmatch(seats):
        return row.line, f"«{seats[:40]}» is no number of seats; write it as 20"
    return named[word.casefold()], Price(person, session, int(seats) if seats else None)


def _amount(text: str) -> Decimal | None:
    found = _AMOUNT.fullmatch(text.replace(" ", ""))
    return Decimal(f"{found[1]}.{(found[2] or '0').replace('-', '0')}") if found else None
