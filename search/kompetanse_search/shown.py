"""What is shown of a page that was found: one value for the command line, the service and the browser."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kompetanse_search.document import Document, Heading
from kompetanse_search.text import tokens

LENGTH = 200
"""Characters of an extract, at most."""

Asked = Callable[[str], str]
"""Returns what a word of the text was asked for by, such as its stem; empty when it was not."""

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of a page.

    Attributes:
        address: As on the site.
        title: Its title.
        kind: `course`, `role` …
        language: Tag of its language.
        summary: What it is about; may be empty.
        headings: Its headings, with what leads to them.
        body: Its text.
    """

    address: str
    title: str
    kind: str
    language: str
    summary: str
    headings: tuple[Heading, ...]
    body: str

    @classmethod
    def of(cls, document: Document, headings: tuple[Heading, ...]) -> Shown:
        """Return what is shown of `document`."""
        kind = next(iter(document.facets.get("kind", ())), "page")
        return cls(
            document.address,
            document.title,
            kind,
            document.language,
            document.summary,
            headings,
            document.body,
        )

    @property
    def text(self) -> str:
        """All that it says, its summary first."""
        return f"{self.summary}\n{self.body}" if self.summary else self.body

    @property
    def beginning(self) -> str:
        """How it begins, on one line and with whole words: what is shown of it where its text is not at hand."""
        text = self.summary or self.body
        line = " ".join(text[: 2 * LENGTH].split())
        return line if len(line) <= LENGTH else line[: LENGTH - 2].rpartition(" ")[0] + " …"

    def extract(self, asked: Asked) -> tuple[Piece, ...]:
        """Return the part of its text that says most of what was asked for, else how it begins."""
        return extract(self.text, asked)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of an extract; `marked` when it was asked for."""

    text: str
    marked: bool = False


def marked(text: str, asked: Asked) -> tuple[Piece, ...]:
    """Return the whole of `text`, such as a title, with the words that were asked for marked."""
    return tuple(_pieces(text, list(_found(text, asked))))


def extract(text: str, asked: Asked, length: int = LENGTH) -> tuple[Piece, ...]:
    """Return `length` characters at most of `text`, where most different words that were asked for stand together."""
    found = list(_found(text, asked))
    start = _best_start(found, length, text)
    end = _end(text, start, length)
    inside = [one for one in found if start <= one.start and one.end <= end]
    cut = [_Mark(one.start - start, one.end - start, one.term) for one in inside]
    before, after = "… " if start else "", " …" if end < len(text.rstrip()) else ""
    pieces = [Piece(before), *_pieces(text[start:end], cut), Piece(after)]
    return tuple(Piece(re.sub(r"\s+", " ", one.text), one.marked) for one in pieces if one.text)


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    term: str


def _found(text: str, asked: Asked) -> Iterator[_Mark]:
    """Yield the places of words that were asked for: from the first to the last letter of each."""
    for match in _WORD.finditer(text):
        terms = [term for word in tokens(match[0]) if (term := asked(word))]
        if terms:
            bare = match[0].strip(".,;:!?()[]«»\"'…–-")
            start = match.start() + match[0].find(bare)
            yield _Mark(start, start + len(bare), terms[0])


def _best_start(found: Sequence[_Mark], length: int, text: str) -> int:
    """Return where to begin: a little before the first of the words that stand closest together."""
    if not found:
        return 0
    starts = [one.start for one in found]

    def terms_from(number: int) -> int:
        last = bisect_left(starts, starts[number] + length * 3 // 4)
        return len({one.term for one in found[number:last]})

    best = max(range(min(len(found), 500)), key=lambda number: (terms_from(number), -number))
    return _begin(text, max(0, starts[best] - length // 4), starts[best])


def _begin(text: str, earliest: int, latest: int) -> int:
    """Return the start of a row or of a word between two places, the row first."""
    if earliest == 0:
        return 0
    row = text.rfind("\n", earliest, latest)
    word = text.find(" ", earliest, latest)
    return max(row, word if row < 0 else row) + 1 or latest


def _end(text: str, start: int, length: int) -> int:
    if len(text) <= start + length:
        return len(text.rstrip())
    space = max(text.rfind(" ", start, start + length), text.rfind("\n", start, start + length))
    return space if space > start else start + length


def _pieces(text: str, found: Sequence[_Mark]) -> Iterator[Piece]:
    at = 0
    for one in found:
        if one.start > at:
            yield Piece(text[at : one.start])
        yield Piece(text[one.start : one.end], True)
        at = one.end
    if at < len(text):
        yield Piece(text[at:])
