"""What is kept of the pages and words of an index from one time to the next, and as which bytes."""

from __future__ import annotations

import marshal
import zlib
from collections.abc import Mapping
from dataclasses import astuple, dataclass, field
from typing import NamedTuple, Self

from kompetanse_search.basis import Lengths
from kompetanse_search.document import Words
from kompetanse_search.shards import Line
from kompetanse_search.stock import Stock


class Damaged(Exception):  # noqa: N818 (nothing went wrong: all is made anew)
    """What is kept is not what was written."""


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


class Packed(NamedTuple):
    """What is kept of a page: its words, and the codes of its terms on the basis of that time."""

    words: bytes
    codes: bytes

    @property
    def summed(self) -> int:
        """A sum, by which one shows that is not as it was written."""
        return zlib.crc32(self.codes, zlib.crc32(self.words))


def packed_words(words: Words) -> bytes:
    """Return words as bytes."""
    return marshal.dumps((words.english, *words.fields, words.lead))


def read_words(packed: bytes) -> Words:
    """Return the words that were packed."""
    return Words(*marshal.loads(packed))  # noqa: S302 (ours, and summed)


def packed_codes(codes: Mapping[str, int]) -> bytes:
    """Return term → code as bytes."""
    return marshal.dumps(dict(codes))


def read_codes(packed: bytes) -> dict[str, int]:
    """Return the codes that were packed."""
    found: dict[str, int] = marshal.loads(packed)  # noqa: S302 (ours, and summed)
    return found


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

    @property
    def texts(self) -> set[str]:
        """Names of the texts that pages have."""
        return {one.line.text for one in self.pages.values() if one.line.text}

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


_Lengths = tuple[int, int, int]
_Line = tuple[int, dict[str, tuple[str, ...]], str, str]


def _row(one: Known) -> tuple[str, int, _Lengths, _Line]:
    lengths = one.lengths.title, one.lengths.headings, one.lengths.body
    return one.digest, one.summed, lengths, (one.line.length, dict(one.line.facets), *one.line[2:])


def _known(digest: str, summed: int, lengths: _Lengths, line: _Line) -> Known:
    return Known(digest, summed, Lengths(*lengths), Line(*line))
