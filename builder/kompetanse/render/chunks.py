"""Finished Markdown in chunks that mean the same alone as in their text.

A text is taken apart only where nothing reaches across: it must hold no definition that another place uses. What a
chunk is not sure of stands with the chunk before it, and a text that cannot be told from the rest at all is one chunk.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from kompetanse.render.elements import attributes
from kompetanse.render.memo import Memo
from kompetanse.render.seams import BLOCKS, Block, InseparableError, opens

_ONLY_SPACES = re.compile(r"^ +$", re.MULTILINE)
_BETWEEN = "\n\n"
_FENCE = re.compile(r"^ {0,3}(?:`{3}|~{3}).*", re.MULTILINE)
_OPENING = re.compile(r"(`{3,}|~{3,}) ?[\w+.#-]*")
_MARKDOWN = re.compile(r"\smarkdown(?![\w:.-])(=[\"']1[\"'](?=\s|$)|(?=\s|$))?")
"""The attribute by which an element holds Markdown; the group is there when it says so in a way we know."""


class Kind(Enum):
    """What a chunk is."""

    HTML = "html"
    TEXT = "text"

    __hash__ = object.__hash__  # quicker than that of its name: chunks are looked up by the ten thousand


class Chunk(NamedTuple):
    """A part of a text."""

    kind: Kind
    text: str


def chunks(text: str) -> list[Chunk]:
    """Return `text` in chunks, in order.

    Raises:
        InseparableError: When one part of it may depend on another.
    """
    if text.startswith(" "):
        raise InseparableError
    if " \n" in text or text.endswith(" "):
        text = _ONLY_SPACES.sub("", text)
    return list(_chunks(_Blocks(text.strip("\n").split(_BETWEEN))))


class _Blocks:
    """The blocks of a text.

    Attributes:
        found: Those that have rows.
    """

    def __init__(self, pieces: list[str]) -> None:
        found = [BLOCKS[piece] for piece in pieces]
        self._pieces = pieces
        self._places = [place for place, one in enumerate(found) if one.text]
        self.found = found if len(self._places) == len(found) else [found[place] for place in self._places]

    def joined(self, start: int, end: int) -> str:
        """Return blocks `start` to `end` with what stands between them."""
        first, last = self._places[start], self._places[end - 1]
        return _BETWEEN.join(self._pieces[first : last + 1]).strip("\n")

    def shorten(self, at: int, rest: str) -> None:
        """Leave only `rest` of block `at`."""
        self._pieces[self._places[at]] = rest
        self.found[at] = BLOCKS[rest]


def _chunks(blocks: _Blocks) -> Iterator[Chunk]:
    found = blocks.found
    at, count = 0, len(found)
    while at < count:
        one = found[at]
        if one.opens:
            at, elements = _html(blocks, at)
            yield from elements
        elif one.fenced or (at + 1 < count and one.leads & found[at + 1].follows):
            end = _end(found, at)
            yield _words(found[at:end], blocks.joined(at, end))
            at = end
        else:
            at += 1
            yield _words((one,), one.text)


def _words(found: Sequence[Block], text: str) -> Chunk:
    """Return the chunk that the blocks `found` are, in which no element of HTML begins or ends that stands on its own."""
    for one in found:
        if one.stands_alone:
            raise InseparableError
    return Chunk(Kind.TEXT, text)


def _end(found: Sequence[Block], at: int) -> int:
    """Return where the chunk ends that begins with block `at`: a list or a quotation may begin on any of its rows."""
    end, leads = at + 1, found[at].leads
    fence = _open_fence("", found[at])
    while end < len(found) and (fence or leads & found[end].follows):
        fence = _open_fence(fence, found[end])
        leads |= found[end].leads
        end += 1
    if fence:
        raise InseparableError
    return end


def _open_fence(fence: str, block: Block) -> str:
    """Return the mark of code that is still open after `block`, which begins within `fence`; empty for none."""
    for row in _FENCE.findall(block.text) if block.fenced else ():
        if fence:
            fence = "" if row == fence else fence
        elif opened := _OPENING.fullmatch(row):
            fence = opened[1]
        else:
            raise InseparableError
    return fence


def _html(blocks: _Blocks, at: int) -> tuple[int, Sequence[Chunk]]:
    """Return the elements that stand from block `at` on as chunks, and which block comes after them."""
    found, one = blocks.found, blocks.found[at]
    end = at + 1
    if not one.elements or not one.elements.closed:
        end = _closed(found, at)
        one = BLOCKS[blocks.joined(at, end)]
    elements, rest = _ELEMENTS[one, end == len(found)]
    if rest:
        end -= 1
        blocks.shorten(end, rest)
    if end < len(found) and found[end].text.startswith(" "):
        raise InseparableError
    return end, elements


def _closed(found: Sequence[Block], at: int) -> int:
    """Return the block after the first one from `at` on at whose end no element is open."""
    within = list[str]()
    for end in range(at, len(found)):
        elements = found[end].elements
        if elements is None or len(elements.out) > len(within):
            raise InseparableError
        if any(name != within.pop() for name in elements.out):
            raise InseparableError
        within.extend(elements.into)
        if not within:
            return end + 1
    raise InseparableError


def _elements(of: tuple[Block, bool]) -> tuple[Sequence[Chunk], str]:
    """Return the elements that a block begins with, each with nothing around it, and the rows after them.

    Args:
        of: HTML whose elements are all closed, and whether nothing follows; otherwise the blank row after elements is
            theirs, as Python-Markdown keeps it.
    """
    one, last = of
    found = [one.text[outermost] for outermost in _outermost(one)]
    rest = one.text[sum(map(len, found)) + len(found) - 1 :]
    if rest and (not rest.startswith("\n") or _BETWEEN in rest):
        raise InseparableError
    after = "" if rest or last else "\n"
    return [*map(_element, found[:-1]), _element(found[-1], after)], rest[1:]


_ELEMENTS: Memo[tuple[Block, bool], tuple[Sequence[Chunk], str]] = Memo(_elements, lambda of: len(of[0].text))


def _outermost(one: Block) -> Iterator[slice]:
    """Yield where the elements are that stand on their own, each on rows of its own, from the start of `one` on."""
    start = 0
    for end in one.elements.ends if one.elements else ():
        yield slice(start, end)
        start = end + 1
        if not one.text.startswith("\n", end) or not opens(one.text, start):
            return


def _element(text: str, after: str = "") -> Chunk:
    asked = _asked(text) if "markdown" in text else []
    if None in asked:
        raise InseparableError
    return Chunk(Kind.TEXT, text) if asked else Chunk(Kind.HTML, text + after)


def _asked(text: str) -> list[str | None]:
    """Return how each element in `text` says that it holds Markdown; None for a way nobody here knows."""
    return [found[1] for written in attributes(text) for found in _MARKDOWN.finditer(written)]
