"""Words that mean the same: what a region writes down, and what its translations teach."""

from __future__ import annotations

import pytest

from kompetanse_search.relations import Relations
from kompetanse_search.stem import stem
from kompetanse_search.translations import learnt
from kompetanse_search.word_lists import NOT_ELEMENTS, PAIRS, SEEDS, STOP_WORDS


def test_a_word_leads_to_its_synonyms_and_they_to_it() -> None:
    relations = Relations.of([["avvik", "uønsket"]])

    assert relations.words == {"avvik": {"uønsk": 80}, "uønsk": {"avvik": 80}}


def test_an_abbreviation_leads_to_the_words_of_its_phrase_and_the_phrase_to_it() -> None:
    relations = Relations.of([["HMS", "helse, miljø og sikkerhet"]])

    assert relations.words["hms"] == {"hels": 26, "miljø": 26, "sikker": 26}
    assert relations.phrases == {("hels", "miljø", "sikker"): {"hms": 80}}


def test_two_titles_that_differ_in_one_word_teach_a_pair() -> None:
    titles = [
        ("Håndhygiene for ansatte", "Handhygiene for ansatte"),
        ("Velkommen til oss", "Velkomen til oss"),
    ]

    assert learnt(titles) == (("håndhygiene", "handhygiene"), ("velkommen", "velkomen"))


@pytest.mark.parametrize(
    "titles", [("Trygg håndtering", "Sikker handtering"), ("Brannvern", "Vern mot brann"), ("", "x")]
)
def test_titles_that_differ_more_teach_nothing(titles: tuple[str, str]) -> None:
    assert learnt([titles]) == ()


def test_every_pair_of_ours_says_something() -> None:
    assert len(PAIRS) > 300
    assert [pair for pair in PAIRS if stem(pair[0]) == stem(pair[1])] == []
    assert [pair for pair in PAIRS if set(pair) & STOP_WORDS] == []


def test_the_lists_of_words_do_not_contradict_each_other() -> None:
    assert not SEEDS & NOT_ELEMENTS
    assert {"selv"} >= SEEDS & STOP_WORDS
