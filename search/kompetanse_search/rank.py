"""The ranking: BM25F over one impact for each term and page, groups of terms, and a bonus for titles that cover the query.

Plain Python over pages in memory: the reference that every other reader agrees with. All sums are of whole numbers.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kompetanse_search.basis import Basis
from kompetanse_search.document import Document
from kompetanse_search.lexicon import Group, Lexicon
from kompetanse_search.page import WHOLE, Page, Pages, impact
from kompetanse_search.query import Query
from kompetanse_search.relations import Relations
from kompetanse_search.weights import WEIGHTS, Weights

Where = Mapping[str, frozenset[str]]
"""Facet → values, of which a page must have one. A page must do so for each facet."""


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


def rarity(pages: int, having: int) -> int:
    """Return the weight of a term that `having` of `pages` have: BM25's inverse document frequency in thousandths."""
    return math.floor(1000 * math.log(1 + (pages - having + 0.5) / (having + 0.5)) + 0.5)


class Index:
    """Pages that can be searched."""

    def __init__(
        self,
        pages: Sequence[Page],
        basis: Basis,
        relations: Relations | None = None,
        weights: Weights = WEIGHTS,
    ) -> None:
        self._pages = sorted(pages, key=lambda page: (page.length, page.address))
        self._weights = weights
        self.lexicon = Lexicon(self._pages, basis, relations, weights)
        self._whole: dict[str, dict[int, int]] = defaultdict(dict)
        self._titles: dict[str, dict[int, int]] = defaultdict(dict)
        for number, page in enumerate(self._pages):
            for term, posting in page.postings.items():
                self._whole[term][number] = posting.impact
                if posting.title:
                    share = 1.0 if posting.title == WHOLE else 0.5
                    long = 0.25 + 0.75 * page.title_length / basis.means.title
                    self._titles[term][number] = impact(share / long, weights)

    @classmethod
    def of(
        cls,
        documents: Iterable[Document],
        basis: Basis | None = None,
        relations: Relations | None = None,
        weights: Weights = WEIGHTS,
    ) -> Index:
        """Return the index of `documents`, on a `basis` that was recorded or, without one, on their own."""
        every = list(documents)
        on = basis or Basis.of(every)
        make = Pages(on, weights)
        return cls([make.page(one) for one in every], on, relations, weights)

    def search(
        self, text: str, *, limit: int = 10, where: Where | None = None, typing: bool = False
    ) -> Found:
        """Return the best pages for a query, whatever is typed. Rarity is that of the whole index, whatever `where` is."""
        scores = self._scores(Query.of(text), typing)
        found = {
            number: score for number, score in scores.items() if _stands(self._pages[number], where or {})
        }
        best = heapq.nsmallest(limit, found, key=lambda number: (-found[number], number))
        hits = tuple(Hit(self._pages[number].address, found[number]) for number in best)
        return Found(hits, len(found), _counted(self._pages[number] for number in found))

    def _scores(self, query: Query, typing: bool) -> dict[int, int]:
        groups, together = self.lexicon.groups(query, typing=typing)
        total: Counter[int] = Counter()
        title: Counter[int] = Counter()
        cover: Counter[int] = Counter()
        for group in (*groups, *together):
            total.update(self._best(group, self._whole))
            title.update(self._best(group, self._titles))
        for group in groups:
            cover.update(self._cover(group))
        asked = 100 * len(query.words)
        for number, score in title.items():
            bonus = score * min(cover[number], asked) // asked
            total[number] += bonus * self._weights.title_bonus // 100
        return total

    def _best(self, group: Group, postings: Mapping[str, Mapping[int, int]]) -> dict[int, int]:
        """Return page → the score of its best term."""
        found: dict[int, int] = {}
        for term, weight in group.items():
            having = postings.get(term, {})
            factor = weight * rarity(len(self._pages), len(having))
            for number, value in having.items():
                found[number] = max(found.get(number, 0), factor * value)
        return found

    def _cover(self, group: Group) -> dict[int, int]:
        """Return page → the highest weight of a term that its title has."""
        found: dict[int, int] = {}
        for term, weight in group.items():
            for number in self._titles.get(term, {}):
                found[number] = max(found.get(number, 0), weight)
        return found


def _stands(page: Page, where: Where) -> bool:
    return all(values & set(page.facets.get(facet, ())) for facet, values in where.items())


def _counted(pages: Iterable[Page]) -> dict[str, dict[str, int]]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for page in pages:
        for facet, values in page.facets.items():
            counts[facet].update(values)
    return {facet: dict(sorted(values.items())) for facet, values in sorted(counts.items())}
