"""A page as the index holds it: terms with one impact each. It depends on the page, the basis and the weights only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kompetanse_search.basis import Basis, Lengths
from kompetanse_search.compound import Splitter
from kompetanse_search.document import Counts, Document, Words, many
from kompetanse_search.stem import english_term, stem
from kompetanse_search.weights import WEIGHTS, Weights
from kompetanse_search.word_lists import STOP_WORDS

PART, WHOLE = 1, 2
"""How a term stands in a title: as a part of a compound there, or as a word."""

HOW = 4
"""The code of a posting is so many times its impact, and how the title has the term."""

LONGEST_TITLE = 255
"""Words of a title that count for its length."""


@dataclass(frozen=True, slots=True)
class Posting:
    """One term in one page.

    Attributes:
        impact: What it is worth there, 1–63.
        title: 0 when the title has it not, else `PART` or `WHOLE`.
    """

    impact: int
    title: int


POSTINGS = tuple(Posting(code // HOW, code % HOW) for code in range(64 * HOW))
"""Code → posting."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page as the index holds it.

    Attributes:
        address: Its address.
        words: Its words.
        codes: Term → code of its posting.
        facets: As in the document.
    """

    address: str
    words: Words
    codes: Mapping[str, int]
    facets: Mapping[str, tuple[str, ...]]

    @property
    def length(self) -> int:
        """Words in all its fields: of equal results the shorter comes first."""
        return self.words.length

    @property
    def title_length(self) -> int:
        """Words in its title, `LONGEST_TITLE` at most."""
        return min(LONGEST_TITLE, many(self.words.title))

    @property
    def postings(self) -> dict[str, Posting]:
        """Term → posting."""
        return {term: POSTINGS[code] for term, code in self.codes.items()}


class Pages:
    """Makes pages of documents, on one basis."""

    def __init__(self, basis: Basis, weights: Weights = WEIGHTS, splitter: Splitter | None = None) -> None:
        self._basis, self._weights = basis, weights
        splitter = splitter or Splitter(basis.elements)
        self._emitted = {english: _Emitted(splitter, weights, english) for english in (False, True)}

    def page(self, document: Document) -> Page:
        """Return `document` as the index holds it."""
        words = Words.of(document, self._weights.lead_words)
        return Page(document.address, words, self.codes(words), document.facets)

    def codes(self, words: Words) -> dict[str, int]:
        """Return term → code of its posting, for a page with these words.

        A stop word counts where the title has it: a query of stop words only is about a title, such as «Om oss».
        """
        emitted, title = self._emitted[words.english], words.title
        worth: dict[str, float] = {}
        for counts, scale in _fields(words, self._basis.means, self._weights):
            for word, count in counts.items():
                if word in STOP_WORDS and word not in title:
                    continue
                amount = count * scale
                for term, share in emitted[word]:
                    worth[term] = worth.get(term, 0.0) + amount * share / 100
        codes = {term: HOW * impact(much, self._weights) for term, much in worth.items()}
        for term, how in self._titled(words).items():
            codes[term] += how
        return codes

    def _titled(self, words: Words) -> dict[str, int]:
        """Return how the title has its terms."""
        found: dict[str, int] = {}
        for word in words.title:
            for term, share in self._emitted[words.english][word]:
                found[term] = max(found.get(term, 0), WHOLE if share == 100 else PART)
        return found


Emitted = tuple[tuple[str, int], ...]
"""What a word is found by: terms, and their shares in percent, 100 for its stems and less for its parts."""


class _Emitted(dict[str, Emitted]):
    """Word → what it is found by, worked out when it is first met."""

    def __init__(self, splitter: Splitter, weights: Weights, english: bool) -> None:
        super().__init__()
        self._splitter, self._weights, self._english = splitter, weights, english

    def __missing__(self, word: str) -> Emitted:
        found: dict[str, int] = {}
        for part, depth in self._splitter.parts(word).items():
            found[stem(part)] = max(found.get(stem(part), 0), self._weights.part_in_page[depth])
        found[stem(word)] = 100
        if self._english:
            found[english_term(word)] = 100
        self[word] = tuple(found.items())
        return self[word]


def impact(worth: float, weights: Weights = WEIGHTS) -> int:
    """Return the code, 1–63, of `worth`: what more of it adds falls off as in BM25."""
    return int(weights.steps * worth / (worth + weights.k1) + 0.5) or 1


def _fields(words: Words, means: Lengths, weights: Weights) -> Iterator[tuple[Mapping[str, float], float]]:
    """Yield word → how often for each field, and what once is worth, in the order in which they are summed."""
    yield words.title, _scale(words.title, weights.title, weights.flatten_title, means.title)
    yield words.headings, _scale(words.headings, weights.headings, weights.flatten_headings, means.headings)
    yield words.body, _scale(words.body, weights.body, weights.flatten_body, means.body)
    yield words.tags, weights.tags
    yield words.names, weights.names
    yield _lead(words, weights), 1.0


def _scale(counts: Counts, weight: float, flatten: float, mean: int) -> float:
    """Return what a word of a field is worth: less in one that is longer than others."""
    return weight / (1 - flatten + flatten * many(counts) / mean)


def _lead(words: Words, weights: Weights) -> dict[str, float]:
    """The earlier a word stands, the likelier the page is about it."""
    found: dict[str, float] = {}
    for at, word in enumerate(words.lead):
        found[word] = found.get(word, 0.0) + weights.lead * (weights.lead_words - at) / weights.lead_words
    return found
