"""Can people come: times that exist, ends after starts, places in the region."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import cast
from zoneinfo import ZoneInfo

from kompetanse.content.document import Document
from kompetanse.content.library import Library
from kompetanse.content.nearest import nearest, quoted
from kompetanse.content.schema import SessionKeys
from kompetanse.errors import Problem, Severity
from kompetanse.model.recurrence import gives_days, hits

_LONGEST = timedelta(days=14)


def check(library: Library) -> Iterator[Problem]:
    """Yield what is wrong with the time and place of every session."""
    zone = ZoneInfo(library.region.timezone)
    for document, keys in library.of_kind("session"):
        session = cast(SessionKeys, keys)
        yield from _times(document, session, zone)
        yield from _repeats(document, session)
        yield from _municipality(library, document, session)


def _times(document: Document, session: SessionKeys, zone: ZoneInfo) -> Iterator[Problem]:
    unclear = list(_unclear(document, session, zone))
    yield from unclear
    if session.ends <= session.starts:
        yield document.source.problem("ends", "ends-before-start")
    elif session.ends - session.starts > _LONGEST:
        yield document.source.problem("ends", "very-long-session", Severity.WARNING)
    elif (
        not unclear
        and session.starts.replace(tzinfo=zone).utcoffset() != session.ends.replace(tzinfo=zone).utcoffset()
    ):
        yield document.source.problem("ends", "across-clock-change", Severity.WARNING, zone=str(zone))


def _repeats(document: Document, session: SessionKeys) -> Iterator[Problem]:
    if not session.repeats:
        return
    if not gives_days(session.repeats, session.starts):
        yield document.source.problem("repeats", "bad-rrule", value=session.repeats)
    elif not hits(session.repeats, session.starts):
        day = f"{session.starts:%Y-%m-%d}"
        yield document.source.problem("starts", "start-not-in-rule", Severity.WARNING, value=day)


def _unclear(document: Document, session: SessionKeys, zone: ZoneInfo) -> Iterator[Problem]:
    for key, moment in (("starts", session.starts), ("ends", session.ends)):
        if not exists(moment, zone):
            yield document.source.problem(
                key, "time-does-not-exist", value=f"{moment:%Y-%m-%d %H:%M}", zone=str(zone)
            )
        elif happens_twice(moment, zone):
            yield document.source.problem(
                key, "time-happens-twice", value=f"{moment:%Y-%m-%d %H:%M}", zone=str(zone)
            )


def exists(moment: datetime, zone: ZoneInfo) -> bool:
    """Tell whether a local time is on the clock at all: 02:30 is not when summer time begins."""
    return moment.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) == moment


def happens_twice(moment: datetime, zone: ZoneInfo) -> bool:
    """Tell whether a local time comes twice: 02:30 does when summer time ends."""
    first, second = moment.replace(tzinfo=zone, fold=0), moment.replace(tzinfo=zone, fold=1)
    return exists(moment, zone) and first.utcoffset() != second.utcoffset()


def _municipality(library: Library, document: Document, session: SessionKeys) -> Iterator[Problem]:
    known = [place.number for place in library.region.municipalities]
    if session.municipality and known and session.municipality not in known:
        values = {"value": session.municipality, "nearest": quoted(nearest(session.municipality, known))}
        yield document.source.problem("municipality", "unknown-municipality", **values)
