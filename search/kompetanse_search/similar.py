"""How much of a text is on another page already.

The measure is one of terms, not of sentences: a word in another form, in the other written language's spelling or inside a
compound counts as the same. A term weighs what it is worth in the text (its impact) times how rare it is on the site. Of that
weight, a page shares what it has of each term, at most as much as the text. So 100 % means that the page says all that the
text says; it may say more.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Container
from dataclasses import dataclass

from kompetanse_search.page import Page
from kompetanse_search.rank import Store, rarity

LEAST = 20
"""Per cent below which two pages are only about the same things."""


@dataclass(frozen=True, slots=True)
class Alike:
    """A page that says some of what a text says.

    Attributes:
        address: Its address.
        share: How much of the text, in per cent, 0–100.
    """

    address: str
    share: int


def similar(
    store: Store, page: Page, *, limit: int = 10, least: int = LEAST, without: Container[str | None] = ()
) -> tuple[Alike, ...]:
    """Return the pages that share most with `page`, those `without` left out; at least `least` per cent."""
    whole = 0
    shared: Counter[int] = Counter()
    for term, posting in page.postings.items():
        having = store.postings(term)
        rare = rarity(store.size, len(having))
        whole += rare * posting.impact
        for number, one in having.items():
            shared[number] += rare * min(one.impact, posting.impact)
    best = heapq.nsmallest(limit + 1, shared, key=lambda number: (-shared[number], number))
    found = (Alike(store.row(number).address, 100 * shared[number] // whole) for number in best)
    return tuple(one for one in found if one.share >= least and one.address not in without)[:limit]
