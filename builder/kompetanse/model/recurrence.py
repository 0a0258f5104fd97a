"""Recurrence rules: which ones we take, and the starts that they give (RFC 5545, 3.3.10)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, dropwhile, islice

from dateutil.rrule import rrulestr

_WEEKDAY = "(?:MO|TU|WE|TH|FR|SA|SU)"
_PARTS: Mapping[str, str] = {
    "FREQ": "DAILY|WEEKLY|MONTHLY|YEARLY",
    "INTERVAL": "[1-9][0-9]{0,2}",
    "COUNT": "[1-9][0-9]{0,2}|1000",
    "UNTIL": "[0-9]{8}(?:T[0-9]{6}Z?)?",
    "BYDAY": rf"(?:[+-]?(?:[1-9]|[1-4][0-9]|5[0-3]))?{_WEEKDAY}",
    "BYMONTHDAY": r"[+-]?(?:[1-9]|[12][0-9]|3[01])",
    "BYMONTH": "[1-9]|1[0-2]",
    "BYSETPOS": r"[+-]?(?:[1-9]|[1-9][0-9]|[12][0-9]{2}|3[0-5][0-9]|36[0-6])",
    "WKST": _WEEKDAY,
}
_LISTS = frozenset({"BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS"})
_LONGEST = 500
_CYCLE_YEARS, _CYCLE = 400, timedelta(days=146_097)
_LATEST = 9570


def is_rule(text: str) -> bool:
    """Tell whether `text` is a rule of the parts that a course calendar needs; others can take an age to work out."""
    rows = [part.partition("=") for part in text.split(";")]
    parts = {name: value for name, _, value in rows}
    if (
        len(text) > _LONGEST
        or len(parts) < len(rows)
        or "FREQ" not in parts
        or {"COUNT", "UNTIL"} <= parts.keys()
    ):
        return False
    if parts["FREQ"] in {"DAILY", "WEEKLY"} and re.search("[0-9]", parts.get("BYDAY", "")):
        return False
    return all(_holds(name, value) for name, value in parts.items()) and _is_moment(parts.get("UNTIL"))


def _holds(name: str, value: str) -> bool:
    values = value.split(",") if name in _LISTS else [value]
    return name in _PARTS and all(re.fullmatch(_PARTS[name], one) for one in values)


def _is_moment(until: str | None) -> bool:
    try:
        return until is None or bool(_moment(until))
    except ValueError:
        return False


def _moment(until: str) -> datetime:
    return datetime.strptime(until.rstrip("Z"), "%Y%m%dT%H%M%S" if "T" in until else "%Y%m%d")  # noqa: DTZ007 (local)


def starts(rule: str, first: datetime) -> Iterator[datetime]:
    """Yield every start of `rule`; `first` is one whether the rule says so or not, and counts as one."""
    parts = _split(rule)
    later = dropwhile(lambda start: start <= first, _hits(parts, first))
    return islice(chain([first], later), int(parts["COUNT"]) if "COUNT" in parts else None)


def gives_days(rule: str, first: datetime) -> bool:
    """Tell whether `rule` ends no earlier than it starts, and has a day at all: 30 February never comes."""
    parts = _split(rule)
    until = parts.pop("UNTIL", None)
    ends_in_time = until is None or _moment(until).date() >= first.date()
    return ends_in_time and next(_hits(parts, first), None) is not None


def hits(rule: str, moment: datetime) -> bool:
    """Tell whether the first start that `rule` gives is `moment` itself."""
    parts = _split(rule)
    parts.pop("UNTIL", None)
    return next(_hits(parts, moment), None) == moment


@dataclass(frozen=True, slots=True)
class Series:
    """Starts as every reader of RFC 5545 counts them.

    Attributes:
        first: The first start, which `rule` gives too.
        rule: Parts of the rule by name, without its end; empty for one start alone.
        until: The last moment at which one may start, in local time; None without such an end.
    """

    first: datetime
    rule: Mapping[str, str]
    until: datetime | None = None


def series(rule: str, first: datetime) -> tuple[Series, ...]:
    """Return `starts` as one series, or two when `rule` does not give `first`.

    What a reader makes of a first start that its rule does not give is undefined (RFC 5545, 3.8.5.3), so that start
    stands alone and the rule begins at its own first one.
    """
    parts = _split(rule)
    until = _moment(parts["UNTIL"]) if "UNTIL" in parts else None
    count = int(parts.get("COUNT", 0))
    later = next((start for start in _hits(parts, first) if start > first), None)
    kept = {name: value for name, value in parts.items() if name != "UNTIL"}
    if later is None or count == 1:
        return (Series(first, {}),)
    if hits(rule, first):
        return (Series(first, kept, until),)
    rest = kept | {"COUNT": str(count - 1)} if count else kept
    return (Series(first, {}), Series(later, rest, until))


def _split(rule: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in rule.split(";"))


def _hits(parts: Mapping[str, str], first: datetime) -> Iterator[datetime]:
    """Yield what the rule gives from `first` on, without `COUNT`.

    A rule without days is followed to the year 9999. The calendar comes again every 400 years, weekdays and all, so we
    ask about the last such years: there the end is near.
    """
    away = max(0, (_LATEST - first.year + _CYCLE_YEARS - 1) // _CYCLE_YEARS) * _CYCLE
    text = ";".join(f"{name}={value}" for name, value in parts.items() if name not in {"COUNT", "UNTIL"})
    until = _moment(parts["UNTIL"]) if "UNTIL" in parts else None
    for start in rrulestr(text, dtstart=first + away):
        if until and start - away > until:
            return
        yield start - away
