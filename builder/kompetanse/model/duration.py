"""Lengths of time as ISO 8601 writes them: `PT45M`, `P30D`, `P2Y`."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from functools import lru_cache

_PATTERN = re.compile(
    r"P(?=.)(?:(\d{1,6})Y)?(?:(\d{1,6})M)?(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?=.)(?:(\d{1,6})H)?(?:(\d{1,6})M)?)?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time whose months and years are those of the calendar.

    Source: ISO 8601-1:2019, 5.5.2; seconds and fractions are left out on purpose.
    """

    months: int = 0
    days: int = 0
    minutes: int = 0

    @classmethod
    def parse(cls, text: str) -> Duration:
        """Read `P1Y2M3W4DT5H6M` or a part of it.

        Raises:
            ValueError: When `text` is no such duration, or is zero or negative.
        """
        match = _PATTERN.fullmatch(text)
        if not match:
            raise ValueError(text)
        years, months, weeks, days, hours, minutes = (int(part or 0) for part in match.groups())
        found = cls(12 * years + months, 7 * weeks + days, 60 * hours + minutes)
        if found == cls():
            raise ValueError(text)
        return found

    def __str__(self) -> str:
        years, months = divmod(self.months, 12)
        hours, minutes = divmod(self.minutes, 60)
        day = _parts((years, "Y"), (months, "M"), (self.days, "D"))
        time = _parts((hours, "H"), (minutes, "M"))
        return f"P{day}{'T' + time if time else ''}"

    def __add__(self, other: Duration) -> Duration:
        return Duration(self.months + other.months, self.days + other.days, self.minutes + other.minutes)

    @property
    def study_minutes(self) -> int:
        """Minutes of learning: a day counts as a working day of 7.5 hours, a month as 20 of them."""
        return (self.months * 20 + self.days) * 450 + self.minutes

    def after(self, start: date) -> date:
        """Return the day that lies this long after `start`; 31 January and one month is the last of February.

        The calendar ends in the year 9999, and what lies beyond falls on its last day.
        """
        return _after(start, self.months, self.days + self.minutes // (24 * 60))


@lru_cache(maxsize=1 << 12)
def _after(start: date, months: int, days: int) -> date:
    """Return a day so much later; a region asks for few of them, and for each many times."""
    month = start.year * 12 + start.month - 1 + months
    year, month = month // 12, month % 12 + 1
    if year > MAXYEAR:
        return date.max
    day = min(start.day, calendar.monthrange(year, month)[1])
    start = date(year, month, day)
    return start + timedelta(days=min(days, (date.max - start).days))


def _parts(*parts: tuple[int, str]) -> str:
    return "".join(f"{number}{unit}" for number, unit in parts if number)
