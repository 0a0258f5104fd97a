"""Lengths of time as ISO 8601 writes them."""

from __future__ import annotations

from datetime import date

import pytest

from kompetanse.model.duration import Duration

LENGTHS = {
    "PT45M": Duration(minutes=45),
    "PT6H": Duration(minutes=360),
    "PT1H30M": Duration(minutes=90),
    "P30D": Duration(days=30),
    "P2W": Duration(days=14),
    "P6M": Duration(months=6),
    "P2Y": Duration(months=24),
    "P1Y2M3W4DT5H6M": Duration(14, 25, 306),
    "P0DT5M": Duration(minutes=5),
}


@pytest.mark.parametrize("text", LENGTHS)
def test_a_length_is_read(text: str):
    assert Duration.parse(text) == LENGTHS[text]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "P",
            "PT",
            "P1DT",
            "PT0M",
            "P0D",
            "-PT5M",
            "PT-5M",
            "5M",
            "PT5",
            "PT1.5H",
            "PT5S",
            "P5H",
            "pt5m",
        ),
        *("P1D2Y", "45 minutter", "P1Y ", "P\u0665D", "P9999999Y", "PT5M\n"),
    ],
)
def test_what_is_no_length_is_refused(text: str):
    with pytest.raises(ValueError, match=r"^"):
        Duration.parse(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [("PT90M", "PT1H30M"), ("P14M", "P1Y2M"), ("P2W", "P14D"), ("P1DT1H", "P1DT1H"), ("PT24H", "PT24H")],
)
def test_a_length_is_written_in_its_plainest_form(text: str, said: str):
    assert str(Duration.parse(text)) == said


def test_lengths_add_up():
    assert Duration.parse("PT40M") + Duration.parse("P1DT30M") == Duration(0, 1, 70)


@pytest.mark.parametrize(
    ("start", "length", "end"),
    [
        ("2026-11-24", "P1Y", "2027-11-24"),
        ("2026-01-31", "P1M", "2026-02-28"),
        ("2028-01-31", "P1M", "2028-02-29"),
        ("2028-02-29", "P1Y", "2029-02-28"),
        ("2026-12-01", "P1M", "2027-01-01"),
        ("2026-12-31", "P1D", "2027-01-01"),
        ("2026-11-24", "PT36H", "2026-11-25"),
        ("2026-11-24", "P1M1D", "2026-12-25"),
    ],
)
def test_the_day_after_a_length_follows_the_calendar(start: str, length: str, end: str):
    assert Duration.parse(length).after(date.fromisoformat(start)) == date.fromisoformat(end)


@pytest.mark.parametrize("text", ["P9000Y", "P999999D", "P999999M", "P999999W", "P7973Y999999D"])
def test_a_day_beyond_the_calendar_is_its_last_or_a_day_in_it(text: str):
    assert Duration.parse(text).after(date(2026, 11, 24)) <= date.max
