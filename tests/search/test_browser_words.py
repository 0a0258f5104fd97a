"""A word becomes the same in the browser as in the package: stem, cognate key and the places where it is cut."""

from __future__ import annotations

import itertools

from tests.search.conftest import load, region
from tests.search.twin import DATA, ask

from kompetanse_search.cognates import RULES, cognate_key
from kompetanse_search.compound import Elements, Splitter
from kompetanse_search.keys import fold_key
from kompetanse_search.stem import english_term, stem
from kompetanse_search.text import tokens
from kompetanse_search.word_lists import NOT_ELEMENTS, PAIRS, SEEDS, STOP_WORDS

BEGINNINGS = [
    "b",
    "dy",
    "ty",
    "sk",
    "kr",
    "sp",
    "past",
    "commun",
    "gener",
    "inter",
    "exc",
    "proc",
    "succ",
    "even",
    "inn",
    "add",
    "egg",
    "hop",
    "fall",
    "hav",
    "giv",
    "land",
    "amm",
    "øst",
]


ENDINGS = [
    "a",
    "e",
    "ede",
    "ande",
    "ende",
    "ane",
    "ene",
    "hetene",
    "erte",
    "en",
    "heten",
    "ar",
    "er",
    "heter",
    "s",
    "as",
    "es",
    "edes",
    "endes",
    "enes",
    "hetenes",
    "ens",
    "hetens",
    "ers",
    "ets",
    "et",
    "het",
    "ert",
    "ast",
    "dt",
    "vt",
    "leg",
    "eleg",
    "ig",
    "eig",
    "lig",
    "elig",
    "els",
    "lov",
    "elov",
    "slov",
    "hetslov",
    "skap",
    "ied",
    "ies",
    "sses",
    "ss",
    "us",
    "ed",
    "eed",
    "ing",
    "edly",
    "eedly",
    "ingly",
    "tional",
    "enci",
    "anci",
    "abli",
    "entli",
    "izer",
    "ization",
    "ational",
    "ation",
    "ator",
    "alism",
    "aliti",
    "alli",
    "fulness",
    "ousli",
    "iveness",
    "iviti",
    "biliti",
    "bli",
    "ogi",
    "ogist",
    "li",
    "lessli",
    "ative",
    "alize",
    "icate",
    "iciti",
    "ical",
    "ful",
    "ness",
    "ance",
    "ence",
    "able",
    "ible",
    "ate",
    "ive",
    "ize",
    "iti",
    "al",
    "ism",
    "ion",
    "sion",
    "tion",
    "ous",
    "ant",
    "ent",
    "ment",
    "ement",
    "e",
    "l",
    "ll",
    "y",
    "ay",
    "yy",
    "ks",
    "rs",
    "ers",
]


def test_every_word_has_the_stems_of_the_package() -> None:
    made = {one + end + last for one in BEGINNINGS for end in ENDINGS for last in ("", "s", "e", "et", "ly")}
    doubled = {one + two for one, two in itertools.product(ENDINGS, ENDINGS)}
    real = {word for one in region() for word in tokens(one.body)}
    listed = {word for pair in PAIRS for word in pair} | SEEDS | STOP_WORDS
    foreign = {word for path in DATA.glob("docs.jsonl") for word in tokens(path.read_text(encoding="utf-8"))}
    words = sorted(made | doubled | real | listed | foreign)

    found = ask("stems", words=words)

    assert len(words) > 10_000
    assert [
        (word, have)
        for word, have in zip(words, found, strict=True)
        if have != [stem(word), english_term(word).removeprefix("en:")]
    ] == []


def test_every_word_has_the_same_cognate_key() -> None:
    words = sorted({case["word"] for case in load("words.json")} | {word for pair in PAIRS for word in pair})

    assert ask("cognates", words=words, rules=RULES) == [cognate_key(fold_key(word)) for word in words]


def test_compounds_are_cut_at_the_same_places() -> None:
    elements = Elements.of(load("elements.json"))
    words = sorted(
        {case["word"] for case in load("cuts.json")} | {word for one in region() for word in tokens(one.body)}
    )
    splitter = Splitter(elements)
    given = {
        "words": list(elements.words.items()),
        "stems": list(elements.stems.items()),
        "not": sorted(NOT_ELEMENTS),
    }

    found = ask("cuts", words=words, elements=given)

    want = [
        {
            "cuts": [[cut.score, cut.left, cut.right] for cut in splitter.cuts(word)],
            "parts": splitter.parts(word),
        }
        for word in words
    ]
    assert found == want
