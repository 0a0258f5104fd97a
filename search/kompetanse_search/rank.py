"""The ranking: BM25F over one impact for each term and page, groups of terms, and a bonus for titles that cover the query.

The reference that every other reader agrees with, over any store of pages. All sums are of whole numbers.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from kompetanse_search.lexicon import Group, Lexicon
from kompetanse_search.page import WHOLE, Posting, impact
from kompetanse_search.query import Query
from kompetanse_search.weights import WEIGHTS, Weights

Scores = Counter[int]
"""Number of a page → score."""

Where = Mapping[str, frozenset[str]]
"""Facet → values, of which a page must have one. A page must do so for each facet."""


GoOn = Callable[[], None]
"""Raises something of its own when a search has gone on for long enough."""


def _always() -> None:
    """Go on."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What a query is looked for by.

    Attributes:
        query: The query.
        groups: One group for each of its words.
        together: Groups of words that stand together.
    """

    query: Query
    groups: tuple[Group, ...]
    together: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A page that was found.

    Attributes:
        address: Its address.
        score: The higher, the better; comparable within one query only.
    """

    address: str
    score: int


@dataclass(frozen=True, slots=True)
class Found:
    """What a query found.

    Attributes:
        hits: The best, best first; of equal scores the shorter page first, then by address, code point by code point.
        total: All pages that were found.
        facets: Facet → value → pages that were found with it.
    """

    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Row:
    """What the ranking must know of a page; see `Page`."""

    address: str
    length: int
    title_length: int
    facets: Mapping[str, tuple[str, ...]]


class Store(Protocol):
    """The pages of one index, by numbers of its own."""

    @property
    def size(self) -> int:
        """How many pages there are."""

    @property
    def mean_title(self) -> int:
        """The mean length of titles in its basis."""

    def postings(self, term: str) -> Mapping[int, Posting]:
        """Return number → posting of the pages that have `term`; empty for none."""

    def row(self, number: int) -> Row:
        """Return the page with this number."""


def rarity(pages: int, having: int) -> int:
    """Return the weight of a term that `having` of `pages` have: BM25's inverse document frequency in thousandths."""
    return math.floor(1000 * math.log(1 + (pages - having + 0.5) / (having + 0.5)) + 0.5)


def title_impact(how: int, length: int, mean: int, weights: Weights = WEIGHTS) -> int:
    """Return the code, 1–63, of a term that a title of `length` words has, as `PART` or `WHOLE`: a short title says more."""
    return impact((1.0 if how == WHOLE else 0.5) / (0.25 + 0.75 * length / mean), weights)


class Ranker:
    """Finds pages: a store, and a lexicon that asks the same index."""

    def __init__(self, store: Store, lexicon: Lexicon, weights: Weights = WEIGHTS) -> None:
        self._store, self.lexicon, self._weights = store, lexicon, weights

    def search(
        self, text: str, *, limit: int = 10, where: Where | None = None, typing: bool = False
    ) -> Found:
        """Return the best pages for a query, whatever is typed. Rarity is that of the whole index, whatever `where` is."""
        return self.found(self.sought(text, typing=typing), limit=limit, where=where)

    def sought(self, text: str, *, typing: bool = False, go_on: GoOn = _always) -> Sought:
        """Return what a query is looked for by. `go_on` is asked before each word."""
        query = Query.of(text)
        return Sought(query, *self.lexicon.groups(query, typing=typing, go_on=go_on))

    def found(
        self, sought: Sought, *, limit: int = 10, where: Where | None = None, go_on: GoOn = _always
    ) -> Found:
        """Return the best pages for what is sought. `go_on` is asked before each term."""
        scores = self._scores(sought, go_on)
        found = self._standing(scores, where or {})
        rows = ((number, self._store.row(number)) for number in found)
        ordered = ((-scores[number], row.length, row.address) for number, row in rows)
        hits = tuple(Hit(address, -score) for score, _, address in heapq.nsmallest(limit, ordered))
        return Found(hits, len(found), self._counted(found))

    def _standing(self, numbers: Iterable[int], where: Where) -> Collection[int]:
        """Return the pages that are left when they are narrowed."""
        return [number for number in numbers if _stands(self._store.row(number), where)]

    def _counted(self, numbers: Iterable[int]) -> Mapping[str, Mapping[str, int]]:
        """Return facet → value → pages, both sorted."""
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for number in numbers:
            for facet, values in self._store.row(number).facets.items():
                counts[facet].update(values)
        return {facet: dict(sorted(values.items())) for facet, values in sorted(counts.items()) if values}

    def _scores(self, sought: Sought, go_on: GoOn) -> Scores:
        total, title, cover = Scores(), Scores(), Scores()
        question = len(sought.query.all) >= self._weights.question
        more = self._weights.presence if question else 0
        for number, group in enumerate((*sought.groups, *sought.together)):
            body, titles, covered = self._best(group, more, go_on)
            total.update(body)
            title.update(titles)
            if number < len(sought.groups):
                cover.update(covered)
        asked = 100 * len(sought.groups)
        weight = self._weights.question_bonus if question else self._weights.title_bonus
        for page, score in title.items():
            bonus = score * min(cover[page], asked) // asked
            total[page] += bonus * weight // 100
        return total

    def _best(self, group: Group, more: int, go_on: GoOn) -> tuple[Scores, Scores, Scores]:
        """Return page → the best score of a term, that of its title, and the highest weight of a term that its title has.

        That a page has a term is worth as much as `more` of its impact.
        """
        body, title, cover = Scores(), Scores(), Scores()
        for term, weight in group.items():
            go_on()
            postings = self._store.postings(term)
            titled = {page: one.title for page, one in postings.items() if one.title}
            factor = weight * rarity(self._store.size, len(postings))
            in_titles = weight * rarity(self._store.size, len(titled))
            for page, one in postings.items():
                body[page] = max(body[page], factor * (one.impact + more))
            for page, how in titled.items():
                title[page] = max(title[page], in_titles * self._title_impact(page, how))
                cover[page] = max(cover[page], weight)
        return body, title, cover

    def _title_impact(self, page: int, how: int) -> int:
        return title_impact(how, self._store.row(page).title_length, self._store.mean_title, self._weights)


def _stands(page: Row, where: Where) -> bool:
    return all(values & set(page.facets.get(facet, ())) for facet, values in where.items())
