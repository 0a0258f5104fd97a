"""What a page's postings depend on beside the page itself: recorded once, when the whole index is built.

While it stands, one changed page is indexed alone, and every other keeps its postings. `docs/search-ranking.md` says when it
has moved so far that all are built anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kompetanse_search.compound import Elements
from kompetanse_search.document import Document, Words
from kompetanse_search.text import tokens


@dataclass(frozen=True, slots=True)
class Lengths:
    """Words in each field that is flattened by its length; of one page, or the mean of all, rounded half up and at least 1."""

    title: int
    headings: int
    body: int


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
        counts: Counter[str] = Counter()
        lengths = []
        for words in map(Words.of, documents):
            counts.update(words.counted())
            lengths.append((len(words.title), len(words.headings), len(words.body)))
        seeded = {word for seed in seeds for word in tokens(seed)}
        means = (_mean(column) for column in zip(*lengths, strict=True)) if lengths else (1, 1, 1)
        return cls(Elements.of(counts, seeded), Lengths(*means))


def _mean(numbers: Sequence[int]) -> int:
    return max(1, (2 * sum(numbers) + len(numbers)) // (2 * len(numbers)))
