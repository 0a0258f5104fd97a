"""The browser's reader against the reference: the same stems, cuts, groups, hits, scores and counts, by static shards."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from tests.search.conftest import Case, load, region
from tests.search.strange import STRANGE
from tests.search.twin import DATA, ask, both, compared

from kompetanse_search.basis import Basis
from kompetanse_search.document import Document
from kompetanse_search.query import Query
from kompetanse_search.rank import Ranker, rarity
from kompetanse_search.relations import Relations
from kompetanse_search.text import tokens
from kompetanse_search.translations import learnt
from kompetanse_search.word_lists import PAIRS
from kompetanse_search_eval import sets

pytestmark = pytest.mark.skipif(not shutil.which("node"), reason="there is no Node")


@pytest.fixture(scope="module")
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for shards."""
    return tmp_path_factory.mktemp("shards")


@pytest.fixture(scope="module")
def small(site: Case, documents: tuple[Document, ...], basis: Basis, site_folder: Path) -> Ranker:
    """The documents of the vectors, with all relations that a region has, and their shards in `site_folder`."""
    pairs = (*PAIRS, *learnt(map(tuple, site["titles"])))
    return both(documents, Relations.of(site["synonyms"], pairs), site_folder, basis)


def test_rarities_are_equal_for_every_count() -> None:
    sizes = [0, 1, 7, 558, 1000, 10_000]

    assert ask("rarities", sizes=sizes) == [[rarity(size, one) for one in range(size + 1)] for size in sizes]


def test_the_vectors_of_queries_become_the_same_groups(small: Ranker, site_folder: Path) -> None:
    cases = load("queries.json")

    for case, (groups, together) in zip(
        cases, ask("groups", folder=str(site_folder), queries=cases), strict=True
    ):
        want = small.lexicon.groups(Query.of(case["text"]), typing=case.get("typing", False))
        assert (groups, together) == tuple(map(list, want)), case["text"]
        assert groups == case["groups"]


def test_the_vectors_of_queries_find_the_same_pages(small: Ranker, site_folder: Path) -> None:
    asked = {"text", "where", "typing"}
    queries = [{key: case[key] for key in asked & case.keys()} for case in load("queries.json")]

    compared(small, queries, site_folder)


def test_bad_queries_find_the_same_and_stop_nothing(small: Ranker, site_folder: Path) -> None:
    compared(
        small, [{"text": text, "typing": typing} for text in STRANGE for typing in (False, True)], site_folder
    )


def test_the_reference_region_is_searched_alike(tmp_path: Path) -> None:
    documents = region()
    ranker = both(documents, Relations.of(pairs=PAIRS), tmp_path)
    titles = sorted({one.title for one in documents if one.title})
    words = sorted({word for one in documents for word in tokens(one.body)})[::7]
    broken = [word[:3] + word[4:] for word in words[::5]] + [
        word[:2] + "x" + word[2:] for word in words[1::5]
    ]

    compared(
        ranker,
        [
            *({"text": text, "typing": True} for text in (*titles, *words, *broken)),
            *({"text": text, "where": {"kind": ["kurs"], "language": ["nb", "nn"]}} for text in titles),
        ],
        tmp_path,
    )


@pytest.mark.skipif(
    not DATA.is_dir(), reason="the judged queries that nobody here wrote are not beside the project"
)
def test_the_judged_queries_find_the_same(tmp_path: Path) -> None:
    data = sets.read(DATA)
    for name, every in data.collections.items():
        folder = tmp_path / name
        folder.mkdir()
        kinds = [replace(one, facets={"kind": ("ab"[len(one.body) % 2],)}) for one in every]
        ranker = both(kinds, Relations.of(pairs=PAIRS), folder)
        queries = [one.text for one in data.queries if one.collection == name]
        compared(
            ranker,
            [
                {"text": text, **more}
                for text in queries
                for more in ({}, {"typing": True, "where": {"kind": ["a"]}})
            ],
            folder,
        )
