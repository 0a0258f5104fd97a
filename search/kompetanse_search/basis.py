"""What a page's postings depend on beside the page itself: recorded once, when the whole index is built.

While it stands, one changed page is indexed alone, and every other keeps its postings. `docs/search-ranking.md` says when it
has moved so far that all are built anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from kompetanse_search.compound import Elements
from kompetanse_search.document import Counts, Document, Words, many
from kompetanse_search.text import tokens


@dataclass(frozen=True, slots=True)
class Lengths:
    """Words in each field that is flattened by its length; of one page, or the mean of all."""

    title: int
    headings: int
    body: int

    @classmethod
    def of(cls, words: Words) -> Lengths:
        """Return the lengths of one page."""
        return cls(many(words.title), many(words.headings), many(words.body))

    @classmethod
    def mean(cls, pages: Collection[Lengths]) -> Lengths:
        """Return the mean lengths of `pages`."""
        columns = ((one.title for one in pages), (one.headings for one in pages), (one.body for one in pages))
        return cls(*(_mean(sum(column), len(pages)) for column in columns))


@dataclass(frozen=True, slots=True)
class Basis:
    """The constants of one index.

    Attributes:
        elements: What compounds are cut into.
        means: Mean lengths of the fields.
    """

    elements: Elements
    means: Lengths

    @classmethod
    def of(cls, documents: Iterable[Document], seeds: Iterable[str] = ()) -> Basis:
        """Return the basis of `documents`; `seeds` are further elements, such as the names of roles and competences."""
        counts: Counts = {}
        lengths = []
        for words in map(Words.of, documents):
            words.add_to(counts)
            lengths.append(Lengths.of(words))
        return cls(Elements.of(counts, seed_words(seeds)), Lengths.mean(lengths))


def seed_words(seeds: Iterable[str]) -> frozenset[str]:
    """Return the words that `seeds`, such as names, add to our own seeds."""
    return frozenset(word for seed in seeds for word in tokens(seed))


def _mean(total: int, pages: int) -> int:
    """Return the mean, at least 1, rounded half up to five binary digits, so that one page seldom moves it."""
    mean = max(1, (2 * total + pages) // (2 * pages)) if pages else 1
    low = max(0, mean.bit_length() - 5)
    return mean + (1 << low >> 1) >> low << low
