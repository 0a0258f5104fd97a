"""The review list and the calendar, on 24 November 2026."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

Pages = dict[str, str]


@pytest.fixture
def days(case: Callable[[str], Path], pages_of: Callable[[Path], Pages]) -> Pages:
    return pages_of(case("days"))


def _times(text: str) -> list[str]:
    return re.findall(r'datetime="([^"]+)"', text)


def test_the_review_list_has_the_overdue_and_those_of_the_next_ninety_days_oldest_first(days: Pages) -> None:
    overdue, soon = days["redaksjon/index.md"].split("{#kmp-snart}")

    assert _times(overdue) == ["2025-11-23", "2026-11-23"]
    assert _times(soon) == ["2026-11-24", "2027-02-22"]


def test_the_review_list_counts_what_has_no_plan(days: Pages) -> None:
    assert "6 elementer har ingen plan" in days["redaksjon/index.md"]


def test_only_the_page_of_an_overdue_item_has_a_banner(days: Pages) -> None:
    with_banner = {path for path, text in days.items() if "kmp-banner--warning" in text}

    assert with_banner == {"over/index.md", "igar/index.md"}


def test_a_meeting_keeps_its_hour_when_the_clock_is_changed(days: Pages) -> None:
    spring = days["samlinger/over-skiftet/index.md"].split("{#kmp-datoer}")[1].split("<aside")[0]
    autumn = days["samlinger/hosten/index.md"].split("{#kmp-datoer}")[1].split("<aside")[0]

    assert _times(spring) == ["2027-03-21T09:00:00", "2027-03-28T09:00:00", "2027-04-04T09:00:00"]
    assert _times(autumn) == ["2026-10-18T09:00:00", "2026-11-29T09:00:00", "2026-12-06T09:00:00"]
    assert all(time.endswith("T09:00:00") for time in _times(autumn))


def test_the_calendar_has_what_is_to_come_by_date(days: Pages) -> None:
    assert _times(days["samlinger/index.md"]) == [
        "2026-11-24T09:00:00",
        "2026-11-29T09:00:00",
        "2026-12-06T09:00:00",
        "2027-03-21T09:00:00",
        "2027-03-28T09:00:00",
        "2027-04-04T09:00:00",
    ]


@pytest.mark.parametrize("path", ["samlinger/index.md", "kurs/brann/index.md", "index.md"])
def test_a_session_that_is_over_leaves_the_lists(days: Pages, path: str) -> None:
    assert "Ferdig" not in days[path]


def test_a_session_that_is_over_keeps_its_page_without_signing_up(days: Pages) -> None:
    over, today = days["samlinger/ferdig/index.md"], days["samlinger/idag-samling/index.md"]

    assert "Samlingen er over." in over
    assert "https://testvik.example/meld" not in over
    assert "https://testvik.example/meld" in today
