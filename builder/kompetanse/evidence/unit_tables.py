"""What is told of a unit, as tables in words that any form of report can show; the browser's `unit-table.js` has the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from kompetanse.evidence.unit_words import Words
from kompetanse.learning.standing import State
from kompetanse.learning.unit import MET, Cell, Place, Word
from kompetanse.model.item import ItemId

MARKS = {"done": "✓", "begun": "◐", "soon": "!", "missing": "✕"}
"""One symbol for each look, beside its word."""

LOOK: dict[State | Word, str] = {
    "met": "done",
    "expiring": "soon",
    "unconfirmed": "begun",
    "expired": "missing",
    "partial": "begun",
    "missing": "missing",
    "all": "done",
    "some": "begun",
    "none": "missing",
}
"""How each state looks."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell: lines of text, the first with a symbol when it tells a state.

    Attributes:
        value: The day or the number that the text says, for programs that reckon; None where it is text alone.
    """

    lines: tuple[str, ...]
    look: str = ""
    value: date | int | None = None

    @property
    def plain(self) -> str:
        """The cell on one line, with a day as `2026-11-24` and without symbols."""
        return self.value.isoformat() if isinstance(self.value, date) else "; ".join(filter(None, self.lines))

    @property
    def mark(self) -> str:
        """The symbol; nothing without a look."""
        return MARKS.get(self.look, "")


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose first column names its rows; `empty` is said when there are none.

    Attributes:
        folded: The same in fewer columns, for people; None where it is narrow enough. Spreadsheets get this one.
    """

    name: str
    heading: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Shown, ...], ...]
    empty: str = ""
    folded: Table | None = None

    @property
    def for_people(self) -> Table:
        """What a page and a PDF show."""
        return self.folded or self


def tables(words: Words, across: int | None = None) -> Iterator[Table]:
    """Yield the tables in the order in which they matter; `across` is how many roles stand side by side at most."""
    yield _table(
        words,
        "missing",
        ("person", "competence", "roles", "kind", "required", "effective", "state"),
        _missing(words),
    )
    yield _table(words, "expiring", ("left", "person", "competence", "roles", "kind"), _expiring(words))
    roles = words.unit.roles
    step = across or max(1, len(roles))
    for start in range(0, len(roles), step):
        yield _across(words, roles[start : start + step])
    yield _table(words, "people", ("person", "roles", "met", "made", "file"), _people(words))
    yield _table(words, "guiding", ("competence", "guides", "learners"), _guiding(words))


def _table(words: Words, name: str, columns: Sequence[str], rows: Iterator[Sequence[Shown]]) -> Table:
    return Table(
        name,
        words.say(f"unit.heading.{name}"),
        words.say(f"unit.caption.{name}"),
        tuple(words.say(f"unit.col.{one}") for one in columns),
        tuple(tuple(row) for row in rows),
        words.say(f"unit.empty.{name}") if name in {"missing", "expiring"} else "",
    )


def _plain(*texts: str) -> list[Shown]:
    return [Shown((text,)) for text in texts]


def _titles(words: Words, roles: Sequence[ItemId]) -> str:
    return ", ".join(words.role(one) for one in roles)


def _kind(words: Words, one: Place) -> Shown:
    asked = one.standing.requirement
    return Shown((words.say(f"requirement.{asked.kind}"), *((asked.basis,) if asked.basis else ())))


def _missing(words: Words) -> Iterator[list[Shown]]:
    for one in words.unit.missing:
        found = one.standing
        asked = found.requirement
        ended = (words.day(found.expires),) if found.expires else ()
        yield [
            *_plain(one.person.name, words.competence(asked.competence), _titles(words, one.roles)),
            _kind(words, one),
            *_plain(words.level(asked.level), words.level(found.effective)),
            Shown((words.say(f"state.{found.state}"), *ended), LOOK[found.state]),
        ]


def _expiring(words: Words) -> Iterator[list[Shown]]:
    for one in words.unit.expiring:
        last = words.day(one.standing.expires) if one.standing.expires else ""
        competence = words.competence(one.standing.requirement.competence)
        kind = words.say(f"requirement.{one.standing.requirement.kind}")
        yield _plain(last, one.person.name, competence, _titles(words, one.roles), kind)


def _across(words: Words, roles: Sequence[ItemId]) -> Table:
    columns = (words.say("unit.col.competence"), *map(words.role, roles))
    rows = [
        (
            Shown((words.competence(row.competence), words.say(f"requirement.{row.kind}"))),
            *(_cell(words, row.cells.get(role)) for role in roles),
        )
        for row in words.unit.rows
        if any(role in row.cells for role in roles)
    ]
    heading, caption = words.say("unit.heading.table"), words.say("unit.caption.table")
    return Table("table", heading, caption, columns, tuple(rows))


def _cell(words: Words, cell: Cell | None) -> Shown:
    if cell is None:
        return Shown((words.say("unit.cell.empty"),))
    word, count = (
        words.say(f"unit.cell.{cell.word}"),
        words.say("unit.cell.count", met=cell.met, total=cell.total),
    )
    average = words.average(cell)
    asks = words.say("unit.cell.asks", level=words.level(cell.level))
    return Shown((f"{word} {count}", asks, *((average,) if average else ())), LOOK[cell.word])


def _people(words: Words) -> Iterator[list[Shown]]:
    for one in words.unit.people:
        met = sum(each.state in MET for each in one.standings)
        counted = words.say("unit.cell.met", count=met, total=len(one.standings))
        yield _plain(one.name, _titles(words, one.roles), counted, words.day(one.made), one.file)


def _guiding(words: Words) -> Iterator[list[Shown]]:
    for one in words.unit.guiding:
        guides = ", ".join(who.name for who in one.guides) or words.say("unit.cell.no_guide")
        yield _plain(words.competence(one.competence), guides, ", ".join(who.name for who in one.learners))
