"""What the log tells of the certificates that stand: who has which, and whose runs out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from kompetanse.errors import KompetanseError
from kompetanse.evidence.issue_log import Issued
from kompetanse.evidence.spreadsheet import cell
from kompetanse.model.duration import Duration

_SHORTEST = 8
"""So many signs of a number are enough to name a certificate, when no other begins with them."""


@dataclass(frozen=True, slots=True)
class Ending:
    """A certificate that runs out, and whether it has."""

    one: Issued
    is_over: bool


def ending(issued: Iterable[Issued], today: date, within: Duration) -> tuple[Ending, ...]:
    """Return the certificates that run out within a length of time from `today`, or have, the first to end first.

    One that is withdrawn is left out, and so is one whose holder has a later one of the same course.
    """
    standing = [one for one in issued if one.withdrawn is None]
    latest: dict[tuple[str, str], date] = {}
    for one in standing:
        key = one.person, one.course
        latest[key] = max(latest.get(key, date.min), one.last_day or date.max)
    until = within.after(today)
    found = [
        one
        for one in standing
        if one.last_day and one.last_day <= until and latest[one.person, one.course] == one.last_day
    ]
    return tuple(Ending(one, one.last_day < today) for one in sorted(found, key=_by_end) if one.last_day)


def _by_end(one: Issued) -> tuple[date, str, str]:
    return one.last_day or date.max, one.name, one.id


def chosen(issued: Iterable[Issued], numbers: Sequence[str]) -> tuple[Issued, ...]:
    """Return the certificates with these numbers, each once; the first eight signs are enough.

    Raises:
        KompetanseError: When one names none, or more than one.
    """
    known = tuple(issued)
    found = {one.id: one for number in numbers for one in [_chosen(known, number)]}
    return tuple(found.values())


def _chosen(issued: Sequence[Issued], number: str) -> Issued:
    start = number.strip().lower().removeprefix("urn:uuid:")
    found = [one for one in issued if one.id.removeprefix("urn:uuid:").startswith(start)]
    if len(start) < _SHORTEST or not found:
        raise KompetanseError(
            f"There is no certificate {number} in the log. `kompetanse certificate list` tells their numbers"
        )
    if len(found) > 1:
        raise KompetanseError(f"{len(found)} certificates begin with {number}. Write more of the number")
    return found[0]


COLUMNS = ("number", "name", "course", "title", "completed", "last day", "withdrawn", "attested by")


def rows(issued: Iterable[Issued]) -> Iterator[tuple[str, ...]]:
    """Yield what a table of certificates shows, as `COLUMNS` says."""
    for one in issued:
        yield (
            one.id.removeprefix("urn:uuid:"),
            one.name,
            one.course,
            one.title,
            one.day.isoformat(),
            one.last_day.isoformat() if one.last_day else "",
            (one.withdrawn or "")[:10],
            one.attested_by,
        )


def as_csv(issued: Iterable[Issued]) -> str:
    """Return the table for a spreadsheet: UTF-8 with a mark, semicolons, CRLF, and no formulas."""
    return "\ufeff" + "".join(";".join(map(cell, row)) + "\r\n" for row in (COLUMNS, *rows(issued)))
