"""Rules as other programs count them: one series, or the first day alone and then the rule."""

from __future__ import annotations

from datetime import datetime

import pytest

from kompetanse.model.recurrence import Series, series

MONDAY = datetime(2027, 3, 22, 9)  # noqa: DTZ001 (local time on purpose)


def test_a_rule_that_gives_its_first_day_is_one_series_and_its_end_stands_apart() -> None:
    found = series("FREQ=WEEKLY;UNTIL=20270405", MONDAY)

    assert found == (Series(MONDAY, {"FREQ": "WEEKLY"}, datetime(2027, 4, 5)),)  # noqa: DTZ001 (local)


def test_a_first_day_outside_the_rule_counts_as_one_of_it() -> None:
    found = series("FREQ=WEEKLY;BYDAY=TU;COUNT=3", MONDAY)

    assert found == (
        Series(MONDAY, {}),
        Series(MONDAY.replace(day=23), {"FREQ": "WEEKLY", "BYDAY": "TU", "COUNT": "2"}),
    )


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=WEEKLY;BYDAY=TU;COUNT=1",
        "FREQ=WEEKLY;UNTIL=20270301",
        "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270322",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    ],
)
def test_a_rule_without_another_day_leaves_the_first_alone(rule: str) -> None:
    assert series(rule, MONDAY) == (Series(MONDAY, {}),)
