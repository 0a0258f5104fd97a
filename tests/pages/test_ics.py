"""Calendar files, read back by other programs: the same days as ours, on the same clock, and nothing that is slipped in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar

from kompetanse.learning.calendar import occurrences
from kompetanse.model.catalogue import Catalogue
from kompetanse.model.history import Change, History
from kompetanse.model.item import Course, ItemId, Session
from kompetanse.model.recurrence import gives_days, is_rule
from kompetanse.model.region import Municipality, Region
from kompetanse.pages.ics import Calendars, calendar
from kompetanse.pages.view import Site, View
from kompetanse.staging import staged

NINE = datetime(2027, 3, 22, 9)  # noqa: DTZ001 (local time on purpose)
COMPARED = 60
FILE = PurePosixPath("content/s.md")


def _session(repeats: str | None = None, starts: datetime = NINE, hours: int = 6, **keys: object) -> Session:
    session = Session(
        id=ItemId("s"),
        path=FILE,
        address="samlinger/s/",
        title="S",
        body="",
        language="nb",
        owner="Vi",
        licence="CC-BY-4.0",
        course=ItemId("kurs"),
        starts=starts,
        ends=starts + timedelta(hours=hours),
        repeats=repeats,
    )
    return replace(session, **keys)  # type: ignore[arg-type]


def _course() -> Course:
    own = _session()
    return Course(
        id=ItemId("kurs"),
        path=PurePosixPath("content/kurs.md"),
        address="kurs/",
        title="Kurset",
        body="",
        language="nb",
        owner=own.owner,
        licence=own.licence,
    )


def _view(*sessions: Session, history: History | None = None, zone: str = "Europe/Oslo") -> View:
    region = Region(
        id="testvik",
        url="https://testvik.example/",
        timezone=zone,
        municipalities=(Municipality("0301", "Oslo"),),
    )
    site = Site(Catalogue(region, [*sessions, _course()]), history or History("none"), date(2027, 1, 1))
    return site.view("", "nb")


def _written(*sessions: Session, history: History | None = None, zone: str = "Europe/Oslo") -> str:
    return calendar(_view(*sessions, history=history, zone=zone), sessions)


def _events(text: str) -> list[Any]:
    """Return the events that icalendar reads back."""
    return list(Calendar.from_ical(text).walk("VEVENT"))


def _event(*sessions: Session, history: History | None = None) -> Any:
    return _events(_written(*sessions, history=history))[0]


def _expanded(text: str, zone: str = "Europe/Oslo") -> list[datetime]:
    """Return the first starts that another program finds, on the clock of the zone."""
    starts = []
    for one in islice(IcsCalendarStream.calendar_from_ics(text).timeline, COMPARED):
        assert isinstance(one.start, datetime)
        starts.append(one.start.astimezone(ZoneInfo(zone)).replace(tzinfo=None))
    return starts


def _ours(session: Session) -> list[datetime]:
    return [one.starts for one in islice(occurrences(session), COMPARED)]


def test_a_session_is_the_same_in_every_calendar() -> None:
    session = _session(None)
    calendars = Calendars(_view(session))

    several = [
        calendars.written([session], name) for name in ("Testvik: END:VCALENDAR", "Testvik: alle", None)
    ]

    assert [_events(one) for one in several] == [_events(_written(session))] * 3
    assert several[-1] == _written(session)


@pytest.mark.parametrize(
    "rule",
    [
        None,
        "FREQ=WEEKLY;COUNT=3",
        "FREQ=WEEKLY;COUNT=40",
        "FREQ=WEEKLY",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=MONTHLY;BYDAY=4MO;COUNT=14",
        "FREQ=MONTHLY;BYMONTHDAY=-1",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;COUNT=3",
        "FREQ=DAILY;UNTIL=20270401",
        "FREQ=DAILY;UNTIL=20270401T085959",
        "FREQ=DAILY;UNTIL=20270401T090000",
        "FREQ=DAILY;UNTIL=20270401T090000Z",
        "FREQ=DAILY;UNTIL=20270328T023000",
        "FREQ=DAILY;UNTIL=99991231T235959",
        "FREQ=WEEKLY;UNTIL=20270101",
        "FREQ=WEEKLY;BYDAY=TU;COUNT=3",
        "FREQ=WEEKLY;BYDAY=TU;COUNT=1",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU",
        "FREQ=MONTHLY;BYDAY=1WE;UNTIL=20270601",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    ],
)
def test_another_program_finds_the_same_days(rule: str | None) -> None:
    session = _session(rule)

    assert _expanded(_written(session)) == _ours(session)


@pytest.mark.parametrize("month", [3, 10])
def test_nine_stays_nine_when_the_clock_is_changed(month: int) -> None:
    session = _session("FREQ=WEEKLY;COUNT=6", NINE.replace(month=month, day=15))

    starts = _expanded(_written(session))

    assert {start.hour for start in starts} == {9}
    assert len({start.replace(tzinfo=ZoneInfo("Europe/Oslo")).utcoffset() for start in starts}) == 2


def test_a_leap_day_comes_in_leap_years() -> None:
    session = _session("FREQ=YEARLY;COUNT=3", NINE.replace(year=2028, month=2, day=29))

    assert [start.year for start in _expanded(_written(session))] == [2028, 2032, 2036]


_DAYS = st.lists(
    st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]), min_size=1, max_size=3, unique=True
)


@st.composite
def _rules(draw: st.DrawFn) -> str:
    parts = [f"FREQ={draw(st.sampled_from(['DAILY', 'WEEKLY', 'MONTHLY']))}"]
    parts += [f"INTERVAL={draw(st.integers(1, 4))}"]
    parts += [f"BYDAY={','.join(draw(_DAYS))}"] if draw(st.booleans()) else []
    end = draw(st.sampled_from(["", "COUNT", "UNTIL"]))
    parts += [f"COUNT={draw(st.integers(1, 30))}"] if end == "COUNT" else []
    until = draw(st.datetimes(datetime(2027, 4, 1), datetime(2028, 6, 1)))  # noqa: DTZ001 (local)
    parts += [f"UNTIL={until:%Y%m%dT%H%M%S}"] if end == "UNTIL" else []
    return ";".join(parts)


@settings(max_examples=60, deadline=None)
@given(
    rule=_rules(),
    day=st.dates(date(2026, 9, 1), date(2027, 3, 31)),
    hour=st.integers(4, 20),
    zone=st.sampled_from(["Europe/Oslo", "America/New_York", "Asia/Kolkata"]),
)
def test_any_simple_rule_gives_another_program_the_same_days(
    rule: str, day: date, hour: int, zone: str
) -> None:
    session = _session(rule, datetime(day.year, day.month, day.day, hour), hours=2)  # noqa: DTZ001 (local)

    assert is_rule(rule)
    assert gives_days(rule, session.starts)
    assert _expanded(_written(session, zone=zone), zone) == _ours(session)


@pytest.mark.parametrize(
    ("until", "written"),
    [
        ("20270401", "20270331T220000Z"),
        ("20270401T090000Z", "20270401T070000Z"),
        ("20270401T090000", "20270401T070000Z"),
    ],
)
def test_the_end_of_a_rule_is_written_in_utc(until: str, written: str) -> None:
    assert f"UNTIL={written}" in _written(_session(f"FREQ=DAILY;UNTIL={until}"))


def test_a_first_day_that_its_rule_does_not_give_stands_alone() -> None:
    found = _events(_written(_session("FREQ=WEEKLY;BYDAY=TU;COUNT=3")))

    assert [(str(one["UID"]), "RRULE" in one) for one in found] == [
        ("s@testvik", False),
        ("repeats.s@testvik", True),
    ]
    assert found[1]["RRULE"]["COUNT"] == [2]


@pytest.mark.parametrize(
    "zone", ["Europe/Oslo", "America/New_York", "Europe/Dublin", "Africa/Casablanca", "UTC"]
)
def test_the_zone_that_is_written_has_the_offsets_of_the_zone_that_is_meant(zone: str) -> None:
    text = _written(_session(), zone=zone)
    written = Calendar.from_ical(text).timezones[0].to_tz(lookup_tzid=False)

    moments = [datetime(2027, 1, 1, 12, tzinfo=UTC) + timedelta(days=day) for day in range(0, 4000, 3)]

    assert [one.astimezone(written).utcoffset() for one in moments] == [
        one.astimezone(ZoneInfo(zone)).utcoffset() for one in moments
    ]


def test_a_zone_with_a_yearly_rule_is_written_as_one_since_outlook_reads_nothing_else() -> None:
    text = _written(_session())

    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3" in text
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10" in text
    assert "RDATE" not in text


def test_a_cancelled_session_is_cancelled_and_takes_no_time() -> None:
    event = _event(_session(cancelled=True, signup="https://testvik.example/meld"))

    assert (str(event["STATUS"]), str(event["TRANSP"])) == ("CANCELLED", "TRANSPARENT")
    assert str(event["SUMMARY"]) == "Avlyst: S"
    assert "meld" not in str(event["DESCRIPTION"])


def test_an_event_says_what_where_and_how_to_sign_up() -> None:
    session = _session(
        title="Øvelse",
        summary="Vi øver.",
        place="Stasjonen",
        municipality="0301",
        seats=12,
        signup="post@testvik.example",
    )

    event = _event(session)

    assert str(event["SUMMARY"]) == "Øvelse"
    assert str(event["LOCATION"]) == "Stasjonen, Oslo"
    assert str(event["URL"]) == "https://testvik.example/samlinger/s/"
    assert str(event["DESCRIPTION"]) == "Vi øver.\nKurs: Kurset\nPlasser: 12\nPåmelding: post@testvik.example"
    assert event.categories == ["Kurset"]


@pytest.mark.parametrize("mark", ["\n", "\r\n", "\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"])
def test_no_text_can_end_its_line_and_begin_an_event(mark: str) -> None:
    text = f"Øvelse{mark}END:VEVENT{mark}BEGIN:VEVENT{mark}UID:fremmed, a;b\\c\x00\x07"
    session = _session(title=text, summary=text, place=text, signup=text)

    written = _written(session)

    assert [line for line in written.splitlines() if line.startswith(("BEGIN:VEVENT", "UID"))] == [
        "BEGIN:VEVENT",
        "UID:s@testvik",
    ]
    assert str(_event(session)["SUMMARY"]) == "Øvelse END:VEVENT BEGIN:VEVENT UID:fremmed, a;b\\c"
    assert re.search(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]", written) is None


@pytest.mark.parametrize("shift", range(4))
def test_lines_are_folded_at_75_octets_and_never_inside_a_letter(shift: int) -> None:
    title = "a" * shift + "æøå🚒" * 60

    written = _written(_session(title=title)).encode()

    assert max(len(line) for line in written.split(b"\r\n")) <= 75
    assert [line.decode() for line in written.split(b"\r\n")]
    assert b"\n" not in written.replace(b"\r\n", b"")
    assert str(_event(_session(title=title))["SUMMARY"]) == title


def _known(moment: datetime) -> History:
    change = Change(moment.date(), "0" * 40, moment)
    return History("full", change, {FILE: change})


def test_the_version_is_numbered_by_the_clock_of_the_commit() -> None:
    moment = datetime(2026, 11, 24, 12, 0, 5, tzinfo=UTC)
    event, later = (
        _event(_session(), history=_known(when)) for when in (moment, moment + timedelta(seconds=1))
    )

    assert later["SEQUENCE"] == event["SEQUENCE"] + 1
    assert 0 < event["SEQUENCE"] < 2**31
    assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == moment


@pytest.mark.parametrize("year", [1970, 2019, 9998])
def test_a_clock_that_is_wrong_gives_a_version_that_can_be_read(year: int) -> None:
    event = _event(_session(), history=_known(datetime(year, 1, 1, tzinfo=UTC)))

    assert 0 <= event["SEQUENCE"] < 2**31


def test_without_git_an_event_has_its_first_version() -> None:
    event = _event(_session())

    assert (event["SEQUENCE"], event["DTSTAMP"].dt) == (0, datetime(2020, 1, 1, tzinfo=UTC))
    assert "LAST-MODIFIED" not in event


@pytest.mark.parametrize(
    ("starts", "rule"),
    [
        (datetime(1, 1, 1), "FREQ=DAILY;UNTIL=00010103"),  # noqa: DTZ001 (local)
        (datetime(1, 1, 1), "FREQ=WEEKLY;BYDAY=TU;UNTIL=00010103"),  # noqa: DTZ001 (local)
        (datetime(9999, 12, 30, 20), "FREQ=DAILY;UNTIL=99991231T235959"),  # noqa: DTZ001 (local)
        (datetime(9999, 12, 30, 20), "FREQ=WEEKLY;BYDAY=FR"),  # noqa: DTZ001 (local)
    ],
)
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_days_at_the_ends_of_the_calendar_can_be_written(starts: datetime, rule: str, zone: str) -> None:
    found = _events(_written(_session(rule, starts), zone=zone))

    assert found[0]["DTSTART"].dt.replace(tzinfo=None) == starts


def test_a_translation_is_the_same_event() -> None:
    session = _session()
    english = replace(
        session,
        id=ItemId("s-en"),
        path=PurePosixPath("content/s.en.md"),
        language="en",
        translation_of=session.id,
    )
    moment = datetime(2026, 11, 24, tzinfo=UTC)

    events = [
        _event(one, other, history=_known(moment)) for one, other in ((session, english), (english, session))
    ]

    assert {str(one["UID"]) for one in events} == {"s@testvik"}
    assert events[0]["SEQUENCE"] == events[1]["SEQUENCE"] > 0


SESSION = """\
---
type: session
id: ovelse
title: Øvelse
course: kurs
starts: {starts}
ends: 2026-11-01T12:00
---
"""
COURSE = "---\ntype: course\nid: kurs\ntitle: Kurset\n---\n"


def _feed(root: Path) -> str:
    """Stage the region and return the calendar of all sessions."""
    files = staged(root, "content", date(2026, 11, 24)).stage.files
    return next(file.text for file in files if file.path == "kalender/alle.ics")


def test_a_commit_raises_the_version_and_two_builds_of_it_give_the_same_bytes(
    region: Callable[[Mapping[str, str | bytes]], Path],
    commit: Callable[[Path], Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-11-23T12:00:00+01:00")
    first = SESSION.format(starts="2026-11-01T09:00").encode()
    root = region({"content/s.md": first, "content/kurs.md": COURSE})
    before, again = _feed(root), _feed(root)
    (root / "content/s.md").write_bytes(SESSION.format(starts="2026-11-01T10:00").encode())
    uncommitted = _feed(root)
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2026-11-23T12:00:09+01:00")
    commit(root)

    after = _feed(root)

    versions = [_events(one)[0]["SEQUENCE"] for one in (before, uncommitted, after)]
    assert before == again
    assert versions[1:] == [versions[0], versions[0] + 9]
