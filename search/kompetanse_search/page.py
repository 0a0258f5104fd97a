"""A page as the index holds it: terms with one impact each. It depends on the page, the basis and the weights only."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kompetanse_search.basis import Basis, Lengths
from kompetanse_search.compound import Splitter
from kompetanse_search.document import Document, Words
from kompetanse_search.stem import english_term, is_english, stem
from kompetanse_search.weights import WEIGHTS, Weights
from kompetanse_search.word_lists import STOP_WORDS

PART, WHOLE = 1, 2
"""How a term stands in a title: as a part of a compound there, or as a word."""


@dataclass(frozen=True, slots=True)
class Posting:
    """One term in one page.

    Attributes:
        impact: What it is worth there, 1–63.
        title: 0 when the title has it not, else `PART` or `WHOLE`.
    """

    impact: int
    title: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page as the index holds it.

    Attributes:
        address: Its address.
        length: Words in all its fields: of equal results the shorter comes first.
        title_length: Words in its title, 255 at most.
        postings: Term → posting.
        words: Word → occurrences in all fields.
        facets: As in the document.
    """

    address: str
    length: int
    title_length: int
    postings: Mapping[str, Posting]
    words: Mapping[str, int]
    facets: Mapping[str, tuple[str, ...]]


class Pages:
    """Makes pages of documents, on one basis."""

    def __init__(self, basis: Basis, weights: Weights = WEIGHTS, splitter: Splitter | None = None) -> None:
        self._basis, self._weights = basis, weights
        self._splitter = splitter or Splitter(basis.elements)
        self._emitted: dict[tuple[str, bool], Mapping[str, int]] = {}

    def page(self, document: Document) -> Page:
        """Return `document` as the index holds it."""
        english, words = is_english(document.language), Words.of(document)
        worth: dict[str, float] = {}
        for counts in _fields(words, self._basis.means, self._weights):
            for word, amount in _asked_for(counts, words.title):
                for term, share in self.emitted(word, english).items():
                    worth[term] = worth.get(term, 0.0) + amount * share / 100
        flags, counted = self._title(words.title, english), words.counted()
        postings = {
            one: Posting(impact(much, self._weights), flags.get(one, 0)) for one, much in worth.items()
        }
        length, title_length = sum(counted.values()), min(255, len(words.title))
        return Page(document.address, length, title_length, postings, counted, document.facets)

    def emitted(self, word: str, english: bool) -> Mapping[str, int]:
        """Return what `word` is found by: term → share in percent, 100 for its stems and less for its parts."""
        if (word, english) not in self._emitted:
            found: dict[str, int] = {}
            for part, depth in self._splitter.parts(word).items():
                found[stem(part)] = max(found.get(stem(part), 0), self._weights.part_in_page[depth])
            own = {english_term(word): 100} if english else {}
            self._emitted[word, english] = {**found, stem(word): 100, **own}
        return self._emitted[word, english]

    def _title(self, title: Sequence[str], english: bool) -> dict[str, int]:
        flags: dict[str, int] = {}
        for word in title:
            for term, share in self.emitted(word, english).items():
                flags[term] = max(flags.get(term, 0), WHOLE if share == 100 else PART)
        return flags


def impact(worth: float, weights: Weights = WEIGHTS) -> int:
    """Return the code, 1–63, of `worth`: what more of it adds falls off as in BM25."""
    return max(1, math.floor(weights.steps * worth / (worth + weights.k1) + 0.5))


def _asked_for(counts: Mapping[str, float], title: Sequence[str]) -> Iterator[tuple[str, float]]:
    """A stop word counts where the title has it: a query of stop words only is about a title, such as «Om oss»."""
    return ((word, worth) for word, worth in counts.items() if word not in STOP_WORDS or word in title)


def _fields(words: Words, means: Lengths, weights: Weights) -> Iterator[Mapping[str, float]]:
    """Yield word → worth for each field, in the order in which they are summed."""
    yield _weighed(words.title, weights.title, weights.flatten_title, means.title)
    yield _weighed(words.headings, weights.headings, weights.flatten_headings, means.headings)
    yield _weighed(words.body, weights.body, weights.flatten_body, means.body)
    yield _weighed(words.tags, weights.tags)
    yield _weighed(words.names, weights.names)
    yield _lead(words.summary or words.body, weights)


def _weighed(words: Sequence[str], weight: float, flatten: float = 0.0, mean: int = 1) -> dict[str, float]:
    scale = weight / (1 - flatten + flatten * len(words) / mean)
    return {word: count * scale for word, count in Counter(words).items()}


def _lead(words: Sequence[str], weights: Weights) -> dict[str, float]:
    """The earlier a word stands, the likelier the page is about it."""
    found: dict[str, float] = {}
    for at, word in enumerate(words[: weights.lead_words]):
        found[word] = found.get(word, 0.0) + weights.lead * (weights.lead_words - at) / weights.lead_words
    return found
