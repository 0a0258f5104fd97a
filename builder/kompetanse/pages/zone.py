"""A time zone as calendar programs read it (RFC 5545, 3.6.5)."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

_FIRST, _LAST = 2010, 2040
"""Years whose clock changes are looked at: the rules of Europe and of America are the same in all of them."""

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class _Change:
    """A change of the clock: when, as the clock showed before it, and the offsets and the name after it."""

    local: datetime
    before: timedelta
    after: timedelta
    name: str

    def rule(self, nth: int) -> str:
        """Return the rule by which it comes every year."""
        return f"FREQ=YEARLY;BYDAY={nth}{_WEEKDAYS[self.local.weekday()]};BYMONTH={self.local.month}"

    def kin(self) -> tuple[int, int, int, timedelta, timedelta]:
        """Return what it has in common with that of another year, but for which week of the month it is in."""
        return self.local.month, self.local.weekday(), self.local.hour, self.before, self.after


@lru_cache
def vtimezone(name: str) -> Timezone:
    """Return the zone `name`: with yearly rules where the clock follows some, else with every change up to 2040.

    Outlook reads rules, and no list of changes.
    """
    zone = ZoneInfo(name)
    years = [list(_changes(zone, year)) for year in range(_FIRST, _LAST)]
    if not any(years):
        return _put(name, [_observance(_still(zone), "")])
    found = [_observance(changes[0], rule) for changes in _columns(years) if (rule := _rule(changes))]
    if found and len(found) == len(years[0]):
        return _put(name, found)
    return _put(name, list(_listed(change for changes in years for change in changes)))


def _columns(years: list[list[_Change]]) -> list[tuple[_Change, ...]]:
    """Return the first changes of all years, the second ones, and so on; nothing when years differ in their number."""
    return [] if len({len(changes) for changes in years}) > 1 else list(zip(*years, strict=True))


def _rule(changes: tuple[_Change, ...]) -> str:
    """Return the rule that all `changes` follow, or nothing."""
    if len({one.kin() for one in changes}) > 1:
        return ""
    for places in (
        {-1 if _is_last(one.local) else 0 for one in changes},
        {_nth(one.local) for one in changes},
    ):
        if len(places) == 1 and 0 not in places:
            return changes[0].rule(places.pop())
    return ""


def _nth(day: datetime) -> int:
    return (day.day - 1) // 7 + 1


def _is_last(day: datetime) -> bool:
    return day.day + 7 > monthrange(day.year, day.month)[1]


def _changes(zone: ZoneInfo, year: int) -> Iterator[_Change]:
    first = datetime(year, 1, 1, tzinfo=UTC)
    for start, end in pairwise(first + timedelta(days=day) for day in range(367)):
        before, after = start.astimezone(zone).utcoffset(), end.astimezone(zone).utcoffset()
        if before is not None and after is not None and before != after and start.year == year:
            moment = _between(zone, start, end)
            yield _Change((moment + before).replace(tzinfo=None), before, after, f"{end.astimezone(zone):%Z}")


def _between(zone: ZoneInfo, start: datetime, end: datetime) -> datetime:
    """Return the minute between `start` and `end` at which the offset changes."""
    old = start.astimezone(zone).utcoffset()
    while end - start > timedelta(minutes=1):
        middle = start + (end - start) // timedelta(minutes=2) * timedelta(minutes=1)
        start, end = (middle, end) if middle.astimezone(zone).utcoffset() == old else (start, middle)
    return end


def _still(zone: ZoneInfo) -> _Change:
    """Return the beginning of a clock that is never changed."""
    first = datetime(_FIRST, 1, 1, tzinfo=zone)
    offset = first.utcoffset() or timedelta()
    return _Change(first.replace(tzinfo=None), offset, offset, f"{first:%Z}")


def _listed(changes: Iterable[_Change]) -> Iterator[TimezoneStandard | TimezoneDaylight]:
    """Yield every change with its day: icalendar's own list leaves out those of a few weeks, such as Morocco's."""
    same: dict[tuple[timedelta, timedelta, str], list[_Change]] = defaultdict(list)
    for change in changes:
        same[change.before, change.after, change.name].append(change)
    for first, *others in same.values():
        found = _observance(first, "")
        if others:
            found.add("RDATE", [one.local for one in others])
        yield found


def _observance(change: _Change, rule: str) -> TimezoneStandard | TimezoneDaylight:
    found = TimezoneDaylight() if change.after > change.before else TimezoneStandard()
    found.add("DTSTART", change.local)
    found.add("TZNAME", change.name)
    found.TZOFFSETFROM, found.TZOFFSETTO = change.before, change.after
    if rule:
        found.add("RRULE", vRecur.from_ical(rule))
    return found


def _put(name: str, observances: list[TimezoneStandard | TimezoneDaylight]) -> Timezone:
    found = Timezone()
    found.add("TZID", name)
    for one in observances:
        found.add_component(one)
    return found
