"""The published vectors: text in, and all that the analysis and the ranking make of it. Python and JavaScript both pass them."""

from __future__ import annotations

from tests.search.conftest import Case, Vectors, load

from kompetanse_search.cognates import cognate_key
from kompetanse_search.compound import Elements, Splitter
from kompetanse_search.keys import fold_key, one_apart, without_one
from kompetanse_search.query import Query
from kompetanse_search.rank import Ranker
from kompetanse_search.stem import english_term, stem
from kompetanse_search.text import tokens


def test_text_becomes_words(vectors: Vectors) -> None:
    vectors("text.json", lambda case: {"tokens": tokens(case["text"])})


def test_words_become_stems_and_keys(vectors: Vectors) -> None:
    def follows(case: Case) -> Case:
        word = case["word"]
        fold = fold_key(word)
        return {"stem": stem(word), "english": english_term(word), "fold": fold, "cognate": cognate_key(fold)}

    vectors("words.json", follows)


def test_two_words_are_one_error_apart_or_not(vectors: Vectors) -> None:
    def follows(case: Case) -> Case:
        return {"apart": one_apart(case["one"], case["other"]), "keys": list(without_one(case["one"]))}

    vectors("errors.json", follows)


def test_compounds_are_cut(vectors: Vectors) -> None:
    splitter = Splitter(Elements.of(load("elements.json")))

    def follows(case: Case) -> Case:
        cuts = splitter.cuts(case["word"])
        return {
            "cuts": [[cut.score, cut.left, cut.right] for cut in cuts],
            "parts": splitter.parts(case["word"]),
        }

    vectors("cuts.json", follows)


def test_queries_become_groups_and_find_pages(vectors: Vectors, index: Ranker) -> None:
    def follows(case: Case) -> Case:
        query, typing = Query.of(case["text"]), case.get("typing", False)
        groups, together = index.lexicon.groups(query, typing=typing)
        where = {facet: frozenset(values) for facet, values in case.get("where", {}).items()}
        found = index.search(case["text"], where=where, typing=typing)
        return {
            "words": list(query.words),
            "groups": [dict(sorted(group.items())) for group in groups],
            "together": [dict(sorted(group.items())) for group in together],
            "hits": [[hit.address, hit.score] for hit in found.hits],
            "total": found.total,
            "facets": found.facets,
        }

    vectors("queries.json", follows)
