"""When sessions are held: the clock on the wall, also when it is changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from kompetanse.content.checks.sessions import check, exists, happens_twice
from kompetanse.content.library import Library
from kompetanse.learning.calendar import MOST, dates, occurrences, upcoming
from kompetanse.model.catalogue import Catalogue
from kompetanse.model.item import ItemId, Session

OSLO = ZoneInfo("Europe/Oslo")
MakeCatalogue = Callable[[Mapping[str, str]], Catalogue]
MakeLibrary = Callable[[Mapping[str, str]], Library]


def text(
    repeats: str = "", starts: str = "2027-03-22T09:00", ends: str = "2027-03-22T15:00", id_: str = "s"
) -> str:
    rule = f"repeats: {repeats}\n" if repeats else ""
    return (
        f"---\ntype: session\nid: {id_}\ntitle: S\ncourse: kurs\nstarts: {starts}\nends: {ends}\n{rule}---\n"
    )


def session(catalogue: MakeCatalogue, **keys: str) -> Session:
    found = catalogue({"s.md": text(**keys)}).items[ItemId("s")]
    assert isinstance(found, Session)
    return found


def test_a_session_that_does_not_repeat_is_held_once(catalogue: MakeCatalogue):
    found = list(occurrences(session(catalogue)))

    assert [(str(one.starts), str(one.ends)) for one in found] == [
        ("2027-03-22 09:00:00", "2027-03-22 15:00:00")
    ]


def test_a_meeting_at_nine_stays_at_nine_when_the_clock_is_changed(catalogue: MakeCatalogue):
    found = [one.starts for one in occurrences(session(catalogue, repeats="FREQ=WEEKLY;COUNT=3"))]

    assert [str(start) for start in found] == [
        "2027-03-22 09:00:00",
        "2027-03-29 09:00:00",
        "2027-04-05 09:00:00",
    ]
    assert [f"{start.replace(tzinfo=OSLO):%z}" for start in found] == ["+0100", "+0200", "+0200"]


@pytest.mark.parametrize("until", ["20270405", "20270405T090000", "20270405T070000Z"])
def test_a_last_day_is_understood_in_every_form(catalogue: MakeCatalogue, until: str):
    found = list(occurrences(session(catalogue, repeats=f"FREQ=WEEKLY;UNTIL={until}")))

    assert len(found) in {2, 3}
    assert found[-1].starts.date() <= date(2027, 4, 5)


def test_a_rule_without_end_gives_a_hundred_meetings_at_most(catalogue: MakeCatalogue):
    assert len(list(occurrences(session(catalogue, repeats="FREQ=DAILY")))) == MOST


def test_meetings_are_listed_up_to_and_with_a_day(catalogue: MakeCatalogue):
    found = occurrences(session(catalogue, repeats="FREQ=DAILY"), until=date(2027, 3, 24))

    assert [one.starts.day for one in found] == [22, 23, 24]


def test_a_meeting_is_to_come_until_the_day_it_ends(catalogue: MakeCatalogue):
    night = session(catalogue, starts="2027-03-22T22:00", ends="2027-03-23T06:00")

    assert len(upcoming([night], date(2027, 3, 23))) == 1
    assert upcoming([night], date(2027, 3, 24)) == ()


def test_what_is_to_come_stands_by_time_and_then_by_id(catalogue: MakeCatalogue):
    files = {
        "b.md": text(id_="b"),
        "a.md": text(id_="a"),
        "c.md": text(id_="c", starts="2027-01-01T09:00", ends="2027-01-01T10:00"),
    }
    found = catalogue(files)

    listed = upcoming(found.published(Session), date(2026, 11, 24))

    assert [one.session.id for one in listed] == ["c", "a", "b"]


@pytest.mark.parametrize(
    "rule",
    [
        "hver tirsdag",
        "FREQ=OFTE",
        "FREQ=WEEKLY;COUNT=mange",
        "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=WEEKLY;INTERVAL=-1",
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;COUNT=5",
        "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=31",
        "FREQ=YEARLY;BYEASTER=1",
        "FREQ=DAILY;INTERVAL=1000",
        "FREQ=DAILY;COUNT=1001",
        "FREQ=DAILY;COUNT=4;UNTIL=20270601",
        "FREQ=DAILY;FREQ=WEEKLY",
        "FREQ=DAILY;UNTIL=20270231",
        "FREQ=YEARLY;BYMONTH=13",
        "FREQ=WEEKLY;BYDAY=1MO",
        "COUNT=3",
        "FREQ=WEEKLY;UNTIL=i morgen",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=",
        "RDATE:20270101",
    ],
)
def test_what_is_no_rule_is_refused(library: MakeLibrary, rule: str):
    found = library({"s.md": text(repeats=f'"{rule}"')}).by_id["s"]

    assert found.keys is not None
    assert getattr(found.keys, "repeats", None) is None


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=WEEKLY;COUNT=4",
        "RRULE:FREQ=WEEKLY;COUNT=4",
        "FREQ=MONTHLY;BYDAY=1MO",
        "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=2",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20270601T000000Z",
        "COUNT=2;FREQ=DAILY",
        "FREQ=WEEKLY;INTERVAL=2;WKST=MO",
    ],
)
def test_what_is_a_rule_is_kept(library: MakeLibrary, rule: str):
    found = library({"s.md": text(repeats=f'"{rule}"')}).by_id["s"]

    assert getattr(found.keys, "repeats", None) == rule.removeprefix("RRULE:")


@pytest.mark.parametrize(
    ("rule", "codes"),
    [
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", ["bad-rrule"]),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;COUNT=4", ["bad-rrule"]),
        ("FREQ=WEEKLY;UNTIL=20270321", ["bad-rrule"]),
        ("FREQ=WEEKLY;UNTIL=20270322", []),
        ("FREQ=WEEKLY;UNTIL=20270401T000000Z", []),
        ("FREQ=WEEKLY;BYDAY=TU", ["start-not-in-rule"]),
    ],
)
def test_a_rule_is_judged_by_the_first_day_of_its_session(library: MakeLibrary, rule: str, codes: list[str]):
    found = check(library({"s.md": text(repeats=f'"{rule}"')}))

    assert [one.code for one in found if one.code not in {"unknown-reference"}] == codes


def test_the_first_day_is_a_meeting_and_counts_when_the_rule_does_not_hit_it(catalogue: MakeCatalogue):
    found = occurrences(session(catalogue, repeats="FREQ=WEEKLY;BYDAY=TU;COUNT=3"))

    assert [f"{one.starts:%m-%d}" for one in found] == ["03-22", "03-23", "03-30"]


def test_a_session_every_day_is_still_to_come_when_hundreds_have_been(catalogue: MakeCatalogue):
    daily = session(catalogue, repeats="FREQ=DAILY")

    found = upcoming([daily], date(2028, 11, 24))

    assert len(found) == MOST
    assert found[0].starts.date() == date(2028, 11, 24)


def test_the_dates_of_a_session_are_its_first_and_those_to_come(catalogue: MakeCatalogue):
    found = dates(session(catalogue, repeats="FREQ=DAILY;COUNT=9"), date(2027, 3, 29))

    assert [one.starts.day for one in found] == [22, 29, 30]


def test_a_rule_may_run_to_the_end_of_the_calendar(catalogue: MakeCatalogue):
    last = session(catalogue, starts="9998-01-01T09:00", ends="9999-06-01T09:00", repeats="FREQ=MONTHLY")

    assert len(list(occurrences(last))) == 8


@pytest.mark.parametrize(
    ("moment", "there", "twice"),
    [
        ("2027-03-28T01:59", True, False),
        ("2027-03-28T02:00", False, False),
        ("2027-03-28T02:59", False, False),
        ("2027-03-28T03:00", True, False),
        ("2027-10-31T01:59", True, False),
        ("2027-10-31T02:00", True, True),
        ("2027-10-31T02:59", True, True),
        ("2027-10-31T03:00", True, False),
    ],
)
def test_the_clock_leaves_an_hour_out_in_spring_and_repeats_one_in_autumn(
    moment: str, there: bool, twice: bool
):
    time = datetime.fromisoformat(moment)

    assert (exists(time, OSLO), happens_twice(time, OSLO)) == (there, twice)
