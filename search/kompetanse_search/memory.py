"""An index in memory: for tests, for measuring, and for small sites."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from kompetanse_search.basis import Basis
from kompetanse_search.cognates import cognate_key
from kompetanse_search.compound import Splitter, class_of
from kompetanse_search.document import Document
from kompetanse_search.keys import fold_key, without_one
from kompetanse_search.lexicon import LEAST_NEAR, Lexicon
from kompetanse_search.page import Page, Pages, Posting
from kompetanse_search.rank import Ranker, Row
from kompetanse_search.relations import Relations
from kompetanse_search.weights import WEIGHTS, Weights


class Memory:
    """Pages in memory: a `Store` and a `Vocabulary` in one."""

    def __init__(self, pages: Sequence[Page], basis: Basis) -> None:
        self.size, self.mean_title = len(pages), basis.means.title
        self._rows = [Row(one.address, one.length, one.title_length, one.facets) for one in pages]
        self._postings: dict[str, dict[int, Posting]] = defaultdict(dict)
        self._counts: Counter[str] = Counter()
        for number, page in enumerate(pages):
            self._counts.update(page.words.counted())
            for term, posting in page.postings.items():
                self._postings[term][number] = posting
        self._known_parts = Splitter(basis.elements)
        self._other_parts = Splitter(basis.elements.common(self._known_parts.halves(self._counts)))
        self._folded: dict[str, list[str]] = defaultdict(list)
        self._cognates: dict[str, list[str]] = defaultdict(list)
        self._near: dict[str, list[str]] = defaultdict(list)
        for word in self._counts:
            self._file(word, fold_key(word))

    def _file(self, word: str, key: str) -> None:
        self._folded[key].append(word)
        self._cognates[cognate_key(key)].append(word)
        if len(word) >= LEAST_NEAR and word.isalpha():
            for shorter in without_one(key):
                self._near[shorter].append(word)

    def postings(self, term: str) -> Mapping[int, Posting]:
        """See `Store`."""
        return self._postings.get(term, {})

    def row(self, number: int) -> Row:
        """See `Store`."""
        return self._rows[number]

    def order(self, number: int) -> tuple[int, str]:
        """See `Store`."""
        return self._rows[number].length, self._rows[number].address

    def has_term(self, term: str) -> bool:
        """See `Vocabulary`."""
        return term in self._postings

    def class_of(self, word: str) -> int:
        """See `Vocabulary`."""
        return class_of(self._counts[word])

    def parts(self, word: str) -> Mapping[str, int]:
        """See `Vocabulary`."""
        return (self._known_parts if word in self._counts else self._other_parts).parts(word)

    def folded(self, key: str) -> Collection[str]:
        """See `Vocabulary`."""
        return self._folded.get(key, ())

    def cognates(self, key: str) -> Collection[str]:
        """See `Vocabulary`."""
        return self._cognates.get(key, ())

    def near(self, key: str) -> Collection[str]:
        """See `Vocabulary`."""
        return self._near.get(key, ())

    def begun(self, key: str) -> Collection[str]:
        """See `Vocabulary`."""
        return [word for other, words in self._folded.items() if other.startswith(key) for word in words]


def ranker_of(
    documents: Iterable[Document],
    basis: Basis | None = None,
    relations: Relations | None = None,
    weights: Weights = WEIGHTS,
) -> Ranker:
    """Return what finds `documents`, on a `basis` that was recorded or, without one, on their own."""
    every = list(documents)
    on = basis or Basis.of(every)
    make = Pages(on, weights)
    memory = Memory([make.page(one) for one in every], on)
    return Ranker(memory, Lexicon(memory, relations, weights), weights)
