"""Units for those who decide: numbers without names, and none of a group that is too small."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kompetanse.evidence.report_page import Page
from kompetanse.evidence.unit_tables import Shown, Table
from kompetanse.learning.board import Count, Line, lines
from kompetanse.learning.framework import Framework
from kompetanse.learning.unit import FEWEST, Unit
from kompetanse.messages import plural, text

_COUNTS = ("asked", "met", "missing", "overdue", "expiring")


@dataclass(frozen=True, slots=True)
class Board:
    """What is told of units to those who decide.

    Attributes:
        language: Of the words.
        name: Of the municipality, or of the one unit; may be empty.
        units: By name.
        day: That it holds for.
    """

    language: str
    name: str
    units: Mapping[str, Unit]
    framework: Framework
    day: date


def summary_page(board: Board) -> Page:
    """Return one unit in numbers."""
    found = lines(board.units, board.framework)
    shown = [(one, next(iter(one.counts.values()))) for one in found if one.told.groups]
    rows = [[*_asked(board, one), *map(_number, _values(count))] for one, count in shown]
    table = _table(board, "board", ("competence", "kind", *_COUNTS), rows)
    return _page(board, "unit", (table,), [count for _, count in shown], len(found) - len(shown))


def municipality_page(board: Board) -> Page:
    """Return units added up: the sums first, then one row for each unit and competence."""
    found = lines(board.units, board.framework)
    totals = [one for one in found if one.told.total and one.total.asked]
    added = [
        [*_asked(board, one), _number(len(one.counts)), *map(_number, _values(one.total))] for one in totals
    ]
    tables = (
        _table(board, "added", ("competence", "kind", "units", *_COUNTS), added),
        _table(board, "by_unit", ("competence", "kind", "unit", *_COUNTS), list(_by_unit(board, found))),
    )
    return _page(board, "municipality", tables, [one.total for one in totals], len(found) - len(totals))


def _page(board: Board, kind: str, tables: tuple[Table, ...], counts: Sequence[Count], hidden: int) -> Page:
    def say(key: str, **values: object) -> str:
        return text(board.language, f"board.{key}", **values)

    return Page(
        title=" – ".join(filter(None, (say(f"title.{kind}"), board.name))),
        language=board.language,
        day=board.day,
        summary_heading=text(board.language, "unit.sum.heading"),
        summary=tuple(_summary(board, counts, hidden)),
        proof=say("proof", fewest=FEWEST),
        notices_heading=text(board.language, "unit.heading.notices"),
        notices=tuple(_notices(board)),
        tables=tables,
        flat=tables[-1].name,
    )


def _summary(board: Board, counts: Sequence[Count], hidden: int) -> Iterator[str]:
    """Yield sums of what is shown alone: a sum of more would tell what is not."""
    total = sum(counts, Count())
    people = sum(len(one.people) for one in board.units.values())
    if people >= FEWEST:
        who = plural(board.language, "unit.sum.people", people)
        yield f"{plural(board.language, 'board.units', len(board.units))}, {who}. {_as_of(board)}"
    else:
        yield _as_of(board)
    yield text(board.language, "unit.sum.met", count=total.met, total=total.asked)
    yield text(board.language, "board.ended", overdue=total.overdue, expiring=total.expiring)
    if hidden:
        yield plural(board.language, "board.hidden", hidden, fewest=FEWEST)


def _as_of(board: Board) -> str:
    month = text(board.language, f"month.{board.day.month}")
    day = text(board.language, "date.day", day=board.day.day, month=month, year=board.day.year)
    version = (board.framework.version or "")[:7]
    if not version:
        return text(board.language, "unit.sum.day_without_version", day=day)
    return text(board.language, "unit.sum.day", day=day, version=version)


def _notices(board: Board) -> Iterator[str]:
    """Yield how much is not counted, without the names of files, which are often those of people."""
    left_out = sum(one.summary.uncounted for one in board.units.values())
    if left_out:
        yield plural(board.language, "unit.sum.uncounted", left_out)


def _table(board: Board, name: str, columns: Sequence[str], rows: Sequence[Sequence[Shown]]) -> Table:
    return Table(
        name,
        text(board.language, f"board.heading.{name}"),
        text(board.language, f"board.caption.{name}"),
        tuple(text(board.language, f"board.col.{one}") for one in columns),
        tuple(map(tuple, rows)),
        text(board.language, "board.empty", fewest=FEWEST),
    )


def _asked(board: Board, one: Line) -> tuple[Shown, Shown]:
    kind = text(board.language, f"requirement.{one.kind}")
    return Shown((board.framework.asked[one.competence].title,)), Shown(
        (kind, *((one.basis,) if one.basis else ()))
    )


def _values(count: Count) -> tuple[int, ...]:
    return tuple(getattr(count, name) for name in _COUNTS)


def _number(value: int) -> Shown:
    return Shown((str(value),), value=value)


def _by_unit(board: Board, found: Sequence[Line]) -> Iterator[list[Shown]]:
    """Yield a row for each unit that a competence is asked in; one that is hidden has no number at all."""
    few = Shown((text(board.language, "board.few"),))
    for one in found:
        for name in (each for each in board.units if each in one.counts):
            seen = name in one.told.groups
            numbers = map(_number, _values(one.counts[name])) if seen else (few for _ in _COUNTS)
            yield [*_asked(board, one), Shown((name,)), *numbers]
