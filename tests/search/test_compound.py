"""Where compounds are cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse_search.compound import Elements, Splitter, class_of


@pytest.mark.parametrize(
    ("word", "left", "right"),
    [
        ("barnehage", "barne", "hage"),
        ("hjemmetjenesten", "hjemme", "tjenesten"),
        ("sikkerhetskurs", "sikkerhet", "kurs"),
        ("personvernombud", "personvern", "ombud"),
        ("kommunehelsetjeneste", "kommunehelse", "tjeneste"),
        ("heimeteneste", "heime", "teneste"),
    ],
)
def test_seeds_alone_cut_the_words_of_a_municipality(word: str, left: str, right: str) -> None:
    cut = Splitter(Elements.of({})).best(word)

    assert cut
    assert (cut.left, cut.right) == (left, right)


@pytest.mark.parametrize(
    "word", ["kommunen", "bestemmelse", "rapportere", "trygg", "", "helse2026plan", "x" * 10_000]
)
def test_what_is_no_compound_is_left_whole(word: str) -> None:
    assert Splitter(Elements.of({})).parts(word) == {}


def test_the_sites_own_words_cut_what_seeds_do_not() -> None:
    word = "vaffelrøre"

    before = Splitter(Elements.of({})).best(word)
    after = Splitter(Elements.of({"vaffel": 4, "røre": 4})).best(word)

    assert before is None
    assert after
    assert (after.left, after.right) == ("vaffel", "røre")


def test_names_of_roles_and_competences_are_seeds() -> None:
    assert Splitter(Elements.of({}, ["fiksehjelper", "fikse"])).best("fiksehjelper")


def test_deeper_parts_are_told_apart() -> None:
    parts = Splitter(Elements.of({"barnehage": 9, "lærer": 9})).parts("barnehagelærer")

    assert parts == {"barnehage": 0, "lærer": 0, "barne": 1, "hage": 1}


def test_a_word_that_is_not_known_needs_few_elements() -> None:
    counts = {"vaffel": 8, "røre": 8, "vaffelrøre": 2, "vaffelkurs": 1, "grøt": 9}

    common = Elements.of(counts).common(Splitter(Elements.of(counts)).halves(counts))

    assert "vaffel" in common.words
    assert "grøt" not in common.words
    assert "kommune" in common.words


@pytest.mark.parametrize(
    ("count", "number"), [(0, 0), (1, 1), (2, 2), (3, 2), (4, 3), (7, 3), (8, 4), (1000, 10)]
)
def test_frequencies_are_classes(count: int, number: int) -> None:
    assert class_of(count) == number


@given(st.text(alphabet="helsfagkurplnome", min_size=7, max_size=20))
def test_the_parts_of_a_cut_make_the_word_again_but_for_a_joint(word: str) -> None:
    cut = Splitter(Elements.of({})).best(word)

    if cut:
        assert word in {cut.left + joint + cut.right for joint in ("", "s", "e")}
