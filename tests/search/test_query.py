"""Queries are text, whatever is typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.search.strange import STRANGE

from kompetanse_search.query import LONGEST, MOST_WORDS, Query
from kompetanse_search.rank import Ranker


@pytest.mark.parametrize("text", STRANGE)
def test_nothing_that_is_typed_stops_the_search(text: str, index: Ranker) -> None:
    found = index.search(text, typing=True)

    assert found.total >= len(found.hits)


@given(st.text())
def test_nor_does_anything_else(text: str) -> None:
    query = Query.of(text)

    assert len(query.words) <= MOST_WORDS
    assert sum(map(len, query.all)) <= 4 * LONGEST


def test_signs_mean_nothing() -> None:
    assert Query.of('+"brannvern"* -(øvelse)').words == Query.of("brannvern øvelse").words


def test_stop_words_are_looked_for_when_there_is_nothing_else(index: Ranker) -> None:
    assert Query.of("hva er brannvern").words == ("brannvern",)
    assert [hit.address for hit in index.search("om oss").hits] == ["om/"]


@pytest.mark.parametrize(
    ("text", "unfinished"), [("person", True), ("person ", False), ("person\u00ad", True), ("", False)]
)
def test_the_last_word_may_go_on_when_nothing_follows(text: str, unfinished: bool) -> None:
    assert Query.of(text).unfinished == unfinished


def test_words_are_looked_for_once() -> None:
    assert Query.of("kurs Kurs KURS").words == ("kurs",)
