"""When sessions are held: repeats worked out in the region's own wall-clock time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice, takewhile

from dateutil.rrule import rrulestr

from kompetanse.model.item import Session

MOST = 100
"""A rule without an end gives this many occurrences at most."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One meeting of a session, in local time without offset."""

    session: Session
    starts: datetime
    ends: datetime


def occurrences(session: Session, until: date | None = None) -> Iterator[Occurrence]:
    """Yield when `session` is held, by start, up to and including the day `until`.

    Local time is repeated, so that a meeting at nine stays at nine when the clock is changed (RFC 5545, 3.3.10).
    """
    length = session.ends - session.starts
    starts: Iterable[datetime] = (session.starts,)
    if session.repeats:
        starts = islice(rrulestr(session.repeats, dtstart=session.starts, ignoretz=True), MOST)
    for start in takewhile(lambda start: until is None or start.date() <= until, starts):
        yield Occurrence(session, start, start + length)


def upcoming(sessions: Iterable[Session], today: date) -> tuple[Occurrence, ...]:
    """Return the meetings that end on `today` or later, by start."""
    found = (one for session in sessions for one in occurrences(session) if one.ends.date() >= today)
    return tuple(sorted(found, key=lambda one: (one.starts, one.session.id)))
