"""Sessions as calendar programs read them: iCalendar, RFC 5545 and RFC 7986."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component, Event, vRecur

from kompetanse.model.item import ItemId, Session
from kompetanse.model.recurrence import Series, series
from kompetanse.pages.view import View
from kompetanse.pages.zone import vtimezone

_BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)
"""From here the seconds are counted that number the versions of an event; there are enough of them until 2088."""

_MOST = 2**31 - 1
_REFRESH = timedelta(hours=12)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_LAST_DAY = datetime(9999, 12, 30)  # noqa: DTZ001 (local time on purpose)


def calendar(view: View, sessions: Iterable[Session], name: str | None = None) -> str:
    """Return `sessions` as one calendar, the same text for the same commit; its lines end in CRLF.

    Args:
        view: Whose language the words are in.
        sessions: One event each, or two where the first day is none of the rule's.
        name: What a subscriber sees; a file of one session has none.
    """
    return Calendars(view).written(sessions, name)


class Calendars:
    """Writes calendars in the words of `view`; a session that stands in several is put into words once."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._events: dict[ItemId, str] = {}

    def written(self, sessions: Iterable[Session], name: str | None = None) -> str:
        """Return what `calendar` returns."""
        found = Calendar()
        found.add("VERSION", "2.0")
        found.add("PRODID", f"-//kompetanse//kompetanse//{self._view.language.upper()}")
        if name:
            _named(found, _line(name))
        zone = _zone(self._view.catalogue.region.timezone)
        events = map(self._event, sessions)
        return "".join((_text(found).removesuffix(_END), zone, *events, _END))

    def _event(self, session: Session) -> str:
        known = self._events.get(session.id)
        if known is None:
            known = self._events[session.id] = "".join(map(_text, _events(self._view, session)))
        return known


_END = "END:VCALENDAR\r\n"


@lru_cache
def _zone(name: str) -> str:
    return _text(vtimezone(name))


def _text(component: Component) -> str:
    text: bytes = component.to_ical()
    return text.decode()


def _named(calendar: Calendar, name: str) -> None:
    """Name a calendar that is subscribed to, in the words of the standard and in those that programs knew before it."""
    calendar.add("NAME", name)
    calendar.add("X-WR-CALNAME", name)
    calendar.add("REFRESH-INTERVAL", _REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", "PT12H")


def _events(view: View, session: Session) -> Iterator[Event]:
    held = series(session.repeats, session.starts) if session.repeats else (Series(session.starts, {}),)
    last = datetime.max - (session.ends - session.starts)  # noqa: DTZ901 (local time on purpose)
    for place, one in enumerate(one for one in held if one.first <= last):
        event = Event()
        event.add("UID", _uid(view, session) if place == 0 else f"repeats.{_uid(view, session)}")
        _add_version(event, _revised(view, session))
        _add_time(event, view.catalogue.region.timezone, session, one)
        _add_words(event, view, session)
        yield event


def _uid(view: View, session: Session) -> str:
    """Return what the session is known by, whatever its file is called and whatever language it is told in."""
    return f"{session.translation_of or session.id}@{view.catalogue.region.id}"


def _revised(view: View, session: Session) -> datetime | None:
    """Return when the session was last changed, in any of its languages; None when nobody knows."""
    family = (session, *view.catalogue.translations(session))
    changes = (view.site.history.changes.get(one.path) for one in family)
    return max((change.moment for change in changes if change), default=None)


def _add_version(event: Event, revised: datetime | None) -> None:
    """Number the version by the clock, so that it rises with every change and needs no older commit to count from."""
    event.add("DTSTAMP", revised or _BEGINNING)
    if revised:
        event.add("LAST-MODIFIED", revised)
    passed = (revised or _BEGINNING) - _BEGINNING
    event.add("SEQUENCE", min(max(int(passed.total_seconds()), 0), _MOST))


def _add_time(event: Event, zone: str, session: Session, held: Series) -> None:
    """Give local times with the name of their zone, so that nine stays nine when the clock is changed (3.3.5, form 3)."""
    event.add("DTSTART", held.first, parameters={"TZID": zone})
    event.add("DTEND", held.first + (session.ends - session.starts), parameters={"TZID": zone})
    if held.rule:
        rule = vRecur.from_ical(";".join(f"{name}={value}" for name, value in held.rule.items()))
        if held.until:
            rule["UNTIL"] = _utc(held.until, zone)
        event.add("RRULE", rule)


def _utc(local: datetime, zone: str) -> datetime:
    """Return the last moment of a rule as UTC (3.3.10); of an hour that comes twice or never, the earlier reading."""
    near = min(local, _LAST_DAY).replace(tzinfo=ZoneInfo(zone))
    return min(near.replace(fold=fold).astimezone(UTC) for fold in (0, 1))


def _add_words(event: Event, view: View, session: Session) -> None:
    region, course = view.catalogue.region, view.item(session.course)
    event.add("SUMMARY", _line(_summary(view, session)))
    event.add("STATUS", "CANCELLED" if session.cancelled else "CONFIRMED")
    if session.cancelled:
        event.add("TRANSP", "TRANSPARENT")
    places = filter(None, (session.place, region.municipality(session.municipality)))
    if where := _line(", ".join(places)):
        event.add("LOCATION", where)
    if told := "\n".join(_told(view, session)):
        event.add("DESCRIPTION", told)
    if course:
        event.add("CATEGORIES", [_line(course.title)])
    if region.url:
        event.add("URL", region.url + session.address)


def _summary(view: View, session: Session) -> str:
    """Return the title, which says that the session is cancelled: not every program shows that."""
    is_said = view.words("session.cancelled").casefold() in session.title.casefold()
    if is_said or not session.cancelled:
        return session.title
    return view.words("feed.cancelled", title=session.title)


def _told(view: View, session: Session) -> Iterator[str]:
    """Yield the lines of an event's description."""
    if session.summary:
        yield _line(session.summary)
    if course := view.item(session.course):
        yield _line(f"{view.words('session.course')}: {course.title}")
    if session.seats is not None:
        yield f"{view.words('session.seats')}: {session.seats}"
    if session.signup and not session.cancelled:
        yield _line(f"{view.words('session.signup')}: {session.signup}")


def _line(text: str) -> str:
    """Return `text` as one line without control characters, which no value may hold (3.3.11)."""
    return _CONTROL.sub("", " ".join(text.split()))
