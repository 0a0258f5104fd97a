"""Pairs of bokmål and nynorsk that a site teaches by its own translations.

Two titles of one item that differ in a single word say that these two are the same word. Only that is learnt: it is nearly
always right, and everybody can see why.
"""

from __future__ import annotations

from collections.abc import Iterable

from kompetanse_search.stem import stem
from kompetanse_search.text import tokens
from kompetanse_search.word_lists import STOP_WORDS

Pair = tuple[str, str]


def learnt(titles: Iterable[Pair]) -> tuple[Pair, ...]:
    """Return pairs of words, sorted, from pairs of titles that are translations of each other."""
    return tuple(sorted({pair for title in titles if (pair := _only_difference(*title))}))


def _only_difference(one: str, other: str) -> Pair | None:
    left, right = ([word for word in tokens(text) if word not in STOP_WORDS] for text in (one, other))
    if len(left) != len(right):
        return None
    differ = [pair for pair in zip(left, right, strict=True) if stem(pair[0]) != stem(pair[1])]
    return differ[0] if len(differ) == 1 and all(map(str.isalpha, differ[0])) else None
