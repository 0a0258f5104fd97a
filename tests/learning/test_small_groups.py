"""Which numbers may be told, so that none of a small group can be reckoned from the rest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.learning.small_groups import told
from kompetanse.learning.unit import FEWEST

SIZES = st.lists(st.integers(0, 30), max_size=8).map(
    lambda sizes: {str(place): size for place, size in enumerate(sizes)}
)


@pytest.mark.parametrize(
    ("sizes", "groups", "total"),
    [
        ({"a": 5, "b": 9}, {"a", "b"}, True),
        ({"a": 4}, set(), False),
        ({"a": 3, "b": 6, "c": 6, "d": 12}, {"d"}, True),
        ({"a": 3, "b": 9, "c": 12}, set(), True),
        ({"a": 4, "b": 4, "c": 12}, set(), True),
        ({"a": 4, "b": 4}, set(), False),
        ({"a": 4, "b": 4, "c": 4}, set(), True),
        ({"a": 3, "b": 12}, {"b"}, False),
        ({"a": 0, "b": 7}, {"a", "b"}, True),
        ({}, set(), True),
    ],
)
def test_a_small_group_takes_others_with_it(sizes: dict[str, int], groups: set[str], total: bool) -> None:
    found = told(sizes)

    hidden = sorted(size for name, size in sizes.items() if name not in found.groups)
    assert (set(found.groups), found.total) == (groups, total), hidden


@given(SIZES)
def test_nobody_can_reckon_a_small_group_from_what_is_told_and_her_own(sizes: dict[str, int]) -> None:
    found = told(sizes)
    hidden = [size for name, size in sizes.items() if name not in found.groups]

    assert all(size >= FEWEST or size == 0 for name, size in sizes.items() if name in found.groups)
    if found.total and hidden:
        assert all(sum(hidden) - own >= FEWEST for own in hidden)


@given(SIZES)
def test_where_no_group_is_small_all_is_told(sizes: dict[str, int]) -> None:
    large = {name: size + FEWEST for name, size in sizes.items()}

    assert told(large).groups == set(large)
    assert told(large).total
