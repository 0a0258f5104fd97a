"""Who comes first, and what does not change it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse_search.basis import Basis
from kompetanse_search.document import Document
from kompetanse_search.memory import ranker_of
from kompetanse_search.page import Pages, impact
from kompetanse_search.rank import Ranker, rarity

NURSE = "kurs/legemiddelhandtering/"


def first(index: Ranker, text: str) -> str:
    """Return the address of the best page."""
    return index.search(text).hits[0].address


@pytest.mark.parametrize(
    "text",
    [
        "håndtering av medisiner",
        "håndtering legemidler",
        "legemiddelhaandtering",
        "legemiddelhandtering i hjemmetjenesten",
        "legemiddelhåndterng",
        "legemiddel håndtering",
    ],
)
def test_a_nurse_finds_the_course_however_she_writes(index: Ranker, text: str) -> None:
    found = [hit.address for hit in index.search(text).hits]

    assert NURSE in found[:2]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Vaktmester", "roller/vaktmester/"),
        ("hjerte- og lungeredning", "kurs/hlr/"),
        ("HLR", "kurs/hlr/"),
        ("barnehage brann", "kurs/brannvern/"),
        ("GDPR", "kurs/personvern/"),
        ("teieplikt", "kurs/personvern/"),
        ("employees", "en/kurs/data-protection/"),
    ],
)
def test_pages_are_found_by_what_they_are_about(index: Ranker, text: str, address: str) -> None:
    assert first(index, text) == address


def test_the_word_itself_comes_before_what_is_like_it(index: Ranker) -> None:
    assert first(index, "handtering") == "nn/" + NURSE
    assert first(index, "håndtering") == NURSE


def test_an_error_is_forgiven_in_a_word_that_nobody_has_used(index: Ranker) -> None:
    assert first(index, "smitevern") == "kompetanser/smittevern/"
    assert index.search("xmittevern").hits == ()


def test_an_unfinished_word_is_looked_for_by_what_it_begins(index: Ranker) -> None:
    assert index.search("vaktm").hits == ()
    assert index.search("vaktm", typing=True).hits[0].address == "roller/vaktmester/"


def test_facets_narrow_what_is_found_and_leave_scores_alone(index: Ranker) -> None:
    every = {hit.address: hit.score for hit in index.search("sykepleier").hits}

    narrow = index.search("sykepleier", where={"kind": frozenset({"role"})})

    assert [hit.address for hit in narrow.hits] == ["roller/sykepleier/"]
    assert all(every[hit.address] == hit.score for hit in narrow.hits)
    assert narrow.facets["kind"] == {"role": 1}


def test_nothing_has_a_value_that_no_page_has(index: Ranker) -> None:
    assert index.search("sykepleier", where={"kind": frozenset({"song"})}).total == 0


def test_the_order_of_documents_does_not_matter(documents: tuple[Document, ...], index: Ranker) -> None:
    one, other = ranker_of(documents), ranker_of(documents[::-1])

    assert [one.search(text) for text in ("kurs", "kommune")] == [
        other.search(text) for text in ("kurs", "kommune")
    ]


def test_equal_pages_come_by_length_and_address() -> None:
    same = Document("b/", title="Kurs", body="en to tre")
    pages = [same, replace(same, address="a/"), replace(same, address="0/", tags=("x", "y"))]

    found = ranker_of(pages).search("kurs").hits

    assert [hit.address for hit in found] == ["a/", "b/", "0/"]


def test_a_page_that_is_changed_leaves_the_others_as_they_are(
    documents: tuple[Document, ...], basis: Basis
) -> None:
    changed = [replace(documents[0], title="Noe annet", body="Helt andre ord."), *documents[1:]]

    before, after = ([Pages(basis).page(one) for one in every] for every in (documents, changed))

    assert before[0] != after[0]
    assert before[1:] == after[1:]


def test_a_site_without_pages_finds_nothing() -> None:
    assert ranker_of([]).search("kurs").hits == ()


def test_a_page_without_words_is_never_found() -> None:
    assert ranker_of([Document("tom/")]).search("tom").hits == ()


@given(st.floats(0, 1e6), st.floats(0, 1e6))
def test_impacts_are_six_bits_and_grow_with_worth(one: float, other: float) -> None:
    low, high = sorted((one, other))

    assert 1 <= impact(low) <= impact(high) <= 63


@given(st.integers(1, 10_000), st.data())
def test_rare_terms_weigh_more_and_none_weighs_nothing(pages: int, data: st.DataObject) -> None:
    having = data.draw(st.integers(0, pages - 1))

    assert rarity(pages, having) >= rarity(pages, having + 1) >= 0
