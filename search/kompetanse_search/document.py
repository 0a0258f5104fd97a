"""What is searched: one document, as it was written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from kompetanse_search.text import tokens


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


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a document, field by field, in order."""

    title: list[str]
    headings: list[str]
    body: list[str]
    summary: list[str]
    tags: list[str]
    names: list[str]

    @classmethod
    def of(cls, document: Document) -> Words:
        """Return the words of `document`."""
        return cls(
            title=tokens(document.title),
            headings=tokens("\n".join(document.headings)),
            body=tokens(document.body),
            summary=tokens(document.summary),
            tags=tokens("\n".join(document.tags)),
            names=tokens("\n".join(document.names)),
        )

    def counted(self) -> Counter[str]:
        """Return how often each word occurs in all fields together."""
        counts: Counter[str] = Counter()
        for one in fields(self):
            counts.update(getattr(self, one.name))
        return counts
