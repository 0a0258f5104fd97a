"""A block of Markdown, and what those who write blocks know of the page around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

from kompetanse.importers import html_inline
from kompetanse.importers.html_around import Around
from kompetanse.importers.html_tree import Element
from kompetanse.importers.plain_text import as_row

Kind = Literal["words", "list", "other"]


@dataclass(frozen=True, slots=True)
class Block:
    """A block of Markdown, without blank rows around it.

    Attributes:
        kind: Whether it is a paragraph, a list, or something else.
        text: Its rows.
        mark: First sign of a list: `-` or `1`.
    """

    kind: Kind
    text: str
    mark: str = ""


class Walk(Around, Protocol):
    """What the walk over blocks knows besides."""

    blocky: frozenset[Element]
    """Elements with a block somewhere in them."""

    def flow(self, element: Element) -> Iterator[Block]:
        """Yield the blocks in an element; words between them are paragraphs."""

    def is_block(self, element: Element) -> bool:
        """Tell whether an element stands on rows of its own."""

    def block(self, element: Element) -> Iterable[Block]:
        """Return what one block is."""

    def heading(self, element: Element, level: int, shown: str) -> Block | None:
        """Return a heading at its place, or None for the title, which stands elsewhere."""

    def table(self, element: Element) -> Iterable[Block]:
        """Return a table."""


def joined(blocks: Iterable[Block]) -> str:
    """Return the Markdown of blocks, one blank row between them; two numbered lists in a row stay two."""
    parts: list[str] = []
    before = ""
    for block in blocks:
        if block.mark == "1" == before:
            parts.append("<!-- -->")
        parts.append(block.text)
        before = block.mark
    return "\n\n".join(parts)


def indented(text: str) -> str:
    """Return rows as they stand in an item of a list, or in a block with a heading of its own."""
    return "\n".join(f"    {row}" if row else "" for row in text.split("\n"))


def paragraphs(written: str) -> Iterator[Block]:
    """Yield the paragraphs of words with rows between `BREAK`; an empty row parts them."""
    rows = [re.sub(" +", " ", row) for row in html_inline.rows(written)]
    found: list[str] = []
    for row in [*rows, ""]:
        if row:
            found.append(as_row(row))
        elif found:
            yield Block("words", "  \n".join(found))
            found = []
