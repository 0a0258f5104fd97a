"""Calendars that one subscribes to: which there are, what stands in them, and which pages lead to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

Region = Callable[[Mapping[str, str | bytes]], Path]
Pages = Callable[[Path], dict[str, str]]

SESSION = """\
---
type: session
id: {id}
title: {id}
course: {course}
starts: {day}T09:00
ends: {day}T12:00
{more}---
"""
COURSE = "---\ntype: course\nid: {id}\ntitle: {id}\n{more}---\n"
LEVELS = "levels: {1: A, 2: B, 3: C, 4: D}\n"
COMPETENCE = f"---\ntype: competence\nid: brannvern\ntitle: Brannvern\n{LEVELS}---\n"
ROLE = "---\ntype: role\nid: {id}\ntitle: {id}\n{more}---\n"


def _session(id_: str, day: str = "2027-01-12", course: str = "kurs", more: str = "") -> str:
    return SESSION.format(id=id_, day=day, course=course, more=more)


def _uids(text: str) -> list[str]:
    found: list[Any] = list(Calendar.from_ical(text).walk("VEVENT"))
    return [str(one["UID"]).partition("@")[0] for one in found]


@pytest.fixture
def pages(region: Region, pages_of: Pages) -> dict[str, str]:
    """A region with courses that reach, name or miss a role."""
    asks = "requires:\n- {competence: brannvern, level: 3}\n"
    teaches = "teaches:\n- {{competence: brannvern, level: {level}}}\n"
    return pages_of(
        region(
            {
                "content/brannvern.md": COMPETENCE,
                "content/vakt.md": ROLE.format(id="vakt", more=asks),
                "content/leder.md": ROLE.format(id="leder", more="includes: [vakt]\n"),
                "content/ingen.md": ROLE.format(id="ingen", more=""),
                "content/brann.md": COURSE.format(id="kurs", more=teaches.format(level=3)),
                "content/lavt.md": COURSE.format(id="lavt", more=teaches.format(level=2)),
                "content/navngitt.md": COURSE.format(id="navngitt", more="audience: [ingen, vakt]\n"),
                "content/tomt.md": COURSE.format(id="tomt", more=""),
                "content/a.md": _session("til", more='municipality: "0301"\n'),
                "content/b.md": _session("nylig", day="2026-08-26"),
                "content/c.md": _session("gammel", day="2026-08-25"),
                "content/d.md": _session("avlyst", day="2027-01-10", more="cancelled: true\n"),
                "content/e.md": _session("lav", course="lavt"),
                "content/f.md": _session("navn", course="navngitt"),
                "content/a.en.md": _session("session", more="translation_of: til\n"),
            }
        )
    )


def test_only_what_has_a_session_has_a_calendar(pages: dict[str, str]) -> None:
    assert sorted(path for path in pages if path.startswith("kalender/")) == [
        "kalender/alle.ics",
        "kalender/kommune-0301.ics",
        "kalender/kurs-kurs.ics",
        "kalender/kurs-lavt.ics",
        "kalender/kurs-navngitt.ics",
        "kalender/rolle-ingen.ics",
        "kalender/rolle-leder.ics",
        "kalender/rolle-vakt.ics",
    ]


def test_a_calendar_has_the_coming_the_cancelled_and_those_of_the_last_ninety_days(
    pages: dict[str, str],
) -> None:
    assert _uids(pages["kalender/kurs-kurs.ics"]) == ["nylig", "avlyst", "til"]


def test_a_role_has_the_courses_that_reach_its_level_and_those_that_name_it(pages: dict[str, str]) -> None:
    assert _uids(pages["kalender/rolle-vakt.ics"]) == ["nylig", "avlyst", "navn", "til"]
    assert _uids(pages["kalender/rolle-leder.ics"]) == ["nylig", "avlyst", "til"]
    assert _uids(pages["kalender/rolle-ingen.ics"]) == ["navn"]
    assert _uids(pages["kalender/kommune-0301.ics"]) == ["til"]


def test_a_calendar_says_whose_it_is(pages: dict[str, str]) -> None:
    assert "\r\nNAME:Testvik: Oslo\r\n" in pages["kalender/kommune-0301.ics"]
    assert "\r\nX-WR-CALNAME:Testvik: Alle samlinger\r\n" in pages["kalender/alle.ics"]


def test_a_session_that_is_over_keeps_its_file(pages: dict[str, str]) -> None:
    assert _uids(pages["c/samling.ics"]) == ["gammel"]


def test_a_translation_has_a_file_of_its_own_for_the_same_event(pages: dict[str, str]) -> None:
    assert _uids(pages["en/a/samling.ics"]) == _uids(pages["a/samling.ics"]) == ["til"]
    assert "Course: kurs" in pages["en/a/samling.ics"]


def test_a_session_that_is_told_in_two_languages_stands_once_in_a_list(pages: dict[str, str]) -> None:
    assert pages["brann/index.md"].count('datetime="2027-01-12T09:00:00"') == 1


@pytest.mark.parametrize(
    ("page", "calendar"),
    [
        ("lavt/index.md", "../kalender/kurs-lavt.ics"),
        ("vakt/index.md", "../kalender/rolle-vakt.ics"),
        ("a/index.md", "samling.ics"),
    ],
)
def test_a_course_a_role_and_a_session_lead_to_their_calendar(
    pages: dict[str, str], page: str, calendar: str
) -> None:
    assert f'href="{calendar}"' in pages[page]


@pytest.mark.parametrize("page", ["tomt/index.md", "c/index.md"])
def test_a_course_without_sessions_and_a_session_that_is_over_lead_to_none(
    pages: dict[str, str], page: str
) -> None:
    assert ".ics" not in pages[page]


def test_every_link_to_a_calendar_leads_to_one(pages: dict[str, str]) -> None:
    linked = {
        part.split('"')[0]
        for part in pages["samlinger/index.md"].split('href="../')
        if part.startswith("kalender/")
    }

    assert linked == {path for path in pages if path.startswith("kalender/")}


def test_a_row_says_how_many_can_come_and_how_to_sign_up_until_it_is_cancelled(
    region: Region, pages_of: Pages
) -> None:
    more = "seats: 1\nsignup: post@testvik.example\n"
    files: dict[str, str | bytes] = {
        "content/k.md": COURSE.format(id="k", more=""),
        "content/a.md": _session("apen", course="k", more=more),
        "content/b.md": _session("avlyst", course="k", more=more + "cancelled: true\n"),
    }

    rows = pages_of(region(files))["samlinger/index.md"].split("<li data-")

    assert "1 plass · " in rows[1]
    assert 'href="mailto:post@testvik.example"' in rows[1]
    assert "mailto:" not in rows[2]
