"""What is searched: one document, as it was written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kompetanse_search.stem import is_english
from kompetanse_search.text import tokens
from kompetanse_search.weights import WEIGHTS


@dataclass(frozen=True, slots=True)
class Document:
    """A page of the site, or a source's item, in plain text.

    Attributes:
        address: What it is found by; unique, and the order of results that are equal otherwise.
        language: Tag of the language it is written in, such as `nn`.
        title: Its title; empty when it has none.
        headings: Its headings, in order.
        summary: What it is about, in a sentence or two; empty when nobody wrote one.
        body: Its text.
        tags: Its keywords.
        names: Names of the competences and roles it is for.
        facets: Facet → values, such as `kind` → `("course",)`.
    """

    address: str
    language: str = "nb"
    title: str = ""
    headings: tuple[str, ...] = ()
    summary: str = ""
    body: str = ""
    tags: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading on a page.

    Attributes:
        text: Its words.
        anchor: What leads to it, after the `#`; empty when nothing does.
    """

    text: str
    anchor: str


Counts = dict[str, int]
"""Word → how often it occurs, in the order in which they are met first."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a document, counted field by field.

    Attributes:
        english: Whether it is found by English stems too.
        lead: The first words of its summary or, without one, of its body.
    """

    english: bool
    title: Counts
    headings: Counts
    body: Counts
    summary: Counts
    tags: Counts
    names: Counts
    lead: tuple[str, ...]

    @classmethod
    def of(cls, document: Document, lead: int = WEIGHTS.lead_words) -> Words:
        """Return the words of `document`, and so many of its first."""
        body, summary = tokens(document.body), tokens(document.summary)
        return cls(
            is_english(document.language),
            _counts(tokens(document.title)),
            _counts(tokens("\n".join(document.headings))),
            _counts(body),
            _counts(summary),
            _counts(tokens("\n".join(document.tags))),
            _counts(tokens("\n".join(document.names))),
            tuple((summary or body)[:lead]),
        )

    @property
    def fields(self) -> tuple[Counts, ...]:
        """The counts of all fields."""
        return self.title, self.headings, self.body, self.summary, self.tags, self.names

    @property
    def length(self) -> int:
        """How many words there are in all fields together."""
        return sum(map(many, self.fields))

    def counted(self) -> Counts:
        """Return how often each word occurs in all fields together."""
        counts: Counts = {}
        self.add_to(counts)
        return counts

    def add_to(self, counts: Counts, times: int = 1) -> None:
        """Add to `counts` how often each word occurs, so many times."""
        known = counts.get
        for one in self.fields:
            for word, count in one.items():
                counts[word] = known(word, 0) + times * count


def many(counts: Counts) -> int:
    """Return how many words `counts` counts."""
    return sum(counts.values())


def _counts(words: Sequence[str]) -> Counts:
    return dict(Counter(words))
