"""What a word is, whatever it is written with."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse_search.cognates import cognate_key
from kompetanse_search.keys import fold_key, one_apart, without_one
from kompetanse_search.text import plain, tokens

WORD = st.text(alphabet="abcdeæøå", min_size=1, max_size=8)


@given(st.text())
def test_words_are_the_same_composed_and_decomposed(text: str) -> None:
    assert tokens(unicodedata.normalize("NFD", text)) == tokens(unicodedata.normalize("NFC", text))


@given(st.text())
def test_the_plain_form_of_words_is_their_own(text: str) -> None:
    words = tokens(text)

    assert tokens(" ".join(words)) == words


@given(st.text())
def test_a_word_has_letters_and_numbers_only(text: str) -> None:
    assert all(unicodedata.category(one)[0] in "LN" for word in tokens(text) for one in word)


@given(st.text(st.characters(codec="cp1252")))
def test_texts_of_western_letters_have_the_words_that_the_rules_for_all_texts_give(text: str) -> None:
    far = "\u4e16"  # a letter for which the whole text is read by the rules for all

    assert tokens(text) == tokens(f"{text} {far}")[:-1]


def test_each_western_letter_is_read_as_by_the_rules_for_all_texts() -> None:
    for one in bytes(range(256)).decode("cp1252", "ignore"):
        assert tokens(f"a{one}b{one}") == tokens(f"a{one}b{one} \u4e16")[:-1]


def test_a_letter_is_to_python_what_it_is_to_javascript() -> None:
    """`[^\\W_]` must be `[\\p{L}\\p{N}]`."""
    every = map(chr, range(sys.maxunicode + 1))

    assert not [one for one in every if one.isalnum() != (unicodedata.category(one)[0] in "LN")]


@pytest.mark.parametrize(
    "typed", ["sykepleier", "syke\u00adpleier", "syke\u200bpleier", "SYKEPLEIER", "s\u200dykepleier"]
)
def test_what_is_not_seen_is_not_there(typed: str) -> None:
    assert tokens(typed) == ["sykepleier"]


@pytest.mark.parametrize("typed", ["måned", "maaned", "maned", "MÅNED", "ma\u030aned"])
def test_all_ways_to_type_a_word_have_one_key(typed: str) -> None:
    assert fold_key(plain(typed)) == "maned"


@given(WORD, WORD)
def test_being_one_error_apart_goes_both_ways(one: str, other: str) -> None:
    assert one_apart(one, other) == one_apart(other, one)


@given(WORD.filter(lambda word: len(word) > 2), st.data())
def test_words_one_error_apart_after_the_first_letter_have_a_key_in_common(
    word: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(1, len(word) - 1))
    other = word[:at] + data.draw(st.sampled_from(["", "x", word[at] + "x"])) + word[at + 1 :]

    assert one_apart(word, other)
    assert set(without_one(word)) & set(without_one(other))


@pytest.mark.parametrize(
    ("nb", "nn"),
    [
        ("tjenestene", "tenestene"),
        ("muligheter", "mulegheiter"),
        ("sykepleiere", "sjukepleiarar"),
        ("hjemmeside", "heimeside"),
        ("rådgivning", "rådgjeving"),
        ("høring", "høyring"),
        ("offentlighet", "offentlegheit"),
    ],
)
def test_bokmål_and_nynorsk_that_differ_by_rule_have_one_key(nb: str, nn: str) -> None:
    assert cognate_key(fold_key(nb)) == cognate_key(fold_key(nn)) != ""


@pytest.mark.parametrize("word", ["hus", "vei", "123456", "æra"])
def test_short_words_and_numbers_have_no_cognates_by_chance(word: str) -> None:
    assert cognate_key(fold_key(word)) == ""
