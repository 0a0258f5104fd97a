"""What is kept of the pages and words of an index from one time to the next, and as which bytes."""

from __future__ import annotations

import marshal
from collections.abc import Mapping
from dataclasses import astuple, dataclass, field
from typing import NamedTuple, Self

from kompetanse_search.basis import Lengths
from kompetanse_search.document import Document
from kompetanse_search.finished_text import Heading
from kompetanse_search.page import Posting
from kompetanse_search.shards import Line
from kompetanse_search.stock import Stock

_HOW = 4
"""A posting is kept as so many times its impact, and how the title has the term."""


class Known(NamedTuple):
    """What is known of a page without reading it.

    Attributes:
        digest: Of its source.
        summed: A sum of what is kept of it.
        lengths: Words in title, headings and body.
        line: What stands in the shards of it, but for its terms.
    """

    digest: str
    summed: int
    lengths: Lengths
    line: Line


@dataclass(frozen=True, slots=True)
class Read:
    """What is kept of a page: its text, its words, and its postings on the basis of that time."""

    document: Document
    headings: tuple[Heading, ...]
    words: Mapping[str, int]
    postings: Mapping[str, Posting]

    def packed(self) -> bytes:
        """Return it as bytes."""
        one = self.document
        text = (
            one.address,
            one.language,
            one.title,
            one.headings,
            one.summary,
            one.body,
            one.tags,
            one.names,
            dict(one.facets),
        )
        headings = [(heading.text, heading.anchor) for heading in self.headings]
        postings = {term: _HOW * found.impact + found.title for term, found in self.postings.items()}
        return marshal.dumps((text, headings, dict(self.words), postings))

    @classmethod
    def of(cls, packed: bytes) -> Self:
        """Return what was packed."""
        text, headings, words, postings = marshal.loads(packed)  # noqa: S302 (ours, and summed)
        return cls(
            Document(*text),
            tuple(Heading(*one) for one in headings),
            words,
            {term: Posting(code // _HOW, code % _HOW) for term, code in postings.items()},
        )


@dataclass(slots=True)
class State:
    """All that is known when nothing has been read.

    Attributes:
        seeds: Names that compounds may be cut into, as given.
        means: Mean lengths of fields that postings were made with; None before there are any.
        pages: Address → page, by address.
        stock: Words and terms.
    """

    seeds: tuple[str, ...]
    means: Lengths | None = None
    pages: dict[str, Known] = field(default_factory=dict)
    stock: Stock = field(default_factory=Stock)

    def packed(self) -> bytes:
        """Return it as bytes."""
        means = astuple(self.means) if self.means else None
        pages = {address: _row(one) for address, one in self.pages.items()}
        return marshal.dumps((self.seeds, means, pages, self.stock.columns()))

    @classmethod
    def of(cls, packed: bytes) -> Self:
        """Return what was packed."""
        seeds, means, pages, columns = marshal.loads(packed)  # noqa: S302 (ours, and summed)
        known = {address: _known(*row) for address, row in pages.items()}
        return cls(seeds, Lengths(*means) if means else None, known, Stock(*columns))


_Row = tuple[str, int, tuple[int, int, int], tuple[int, dict[str, tuple[str, ...]], str, tuple[str, str]]]


def _row(one: Known) -> _Row:
    lengths = one.lengths.title, one.lengths.headings, one.lengths.body
    return (
        one.digest,
        one.summed,
        lengths,
        (one.line.length, dict(one.line.facets), one.line.shown, one.line.text),
    )


def _known(
    digest: str,
    summed: int,
    lengths: tuple[int, int, int],
    line: tuple[int, dict[str, tuple[str, ...]], str, tuple[str, str]],
) -> Known:
    return Known(digest, summed, Lengths(*lengths), Line(*line))
