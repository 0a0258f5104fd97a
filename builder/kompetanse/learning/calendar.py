"""When sessions are held: repeats worked out in the region's own wall-clock time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import dropwhile, islice, takewhile

from kompetanse.model.item import Session
from kompetanse.model.recurrence import starts as starts_of

MOST = 100
"""So many meetings to come of one session are listed at most."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One meeting of a session, in local time without offset."""

    session: Session
    starts: datetime
    ends: datetime


def occurrences(
    session: Session, until: date | None = None, since: date | None = None
) -> Iterator[Occurrence]:
    """Yield when `session` is held, by start, from those that end on `since` to those that start on `until`, `MOST` of them.

    Local time is repeated, so that a meeting at nine stays at nine when the clock is changed (RFC 5545, 3.3.10).
    """
    length = session.ends - session.starts
    starts: Iterable[datetime] = (session.starts,)
    if session.repeats:
        last = datetime.max - length  # noqa: DTZ901 (local time on purpose)
        starts = takewhile(lambda start: start <= last, starts_of(session.repeats, session.starts))
    coming = dropwhile(lambda start: since is not None and (start + length).date() < since, starts)
    for start in islice(takewhile(lambda start: until is None or start.date() <= until, coming), MOST):
        yield Occurrence(session, start, start + length)


def upcoming(sessions: Iterable[Session], today: date) -> tuple[Occurrence, ...]:
    """Return the meetings that end on `today` or later, by start."""
    found = (one for session in sessions for one in _coming(session, today))
    return tuple(sorted(found, key=lambda one: (one.starts, one.session.id)))


@lru_cache(maxsize=1024)
def _coming(session: Session, today: date) -> tuple[Occurrence, ...]:
    """Return the meetings of `session`, which the pages of its course, of roles and all lists ask for."""
    return tuple(occurrences(session, since=today))


def dates(session: Session, today: date) -> Sequence[Occurrence]:
    """Return the first meeting of `session`, and those that are still to come."""
    first = next(occurrences(session))
    return (first, *(one for one in upcoming([session], today) if one.starts > first.starts))
