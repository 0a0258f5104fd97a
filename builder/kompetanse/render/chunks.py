"""Finished Markdown in chunks that mean the same alone as in their text.

A text is taken apart only where nothing reaches across: it must hold no definition that another place uses. What a
chunk is not sure of stands with the chunk before it, and a text that cannot be told from the rest at all is one chunk.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

_REACHES_ACROSS = re.compile(
    r"^\ {0,3}\[[^\]\n]+\]:"  # a reference or footnote that is defined here
    r"|^\ {0,3}\*\["  # an abbreviation
    r"|^ *\{:"  # attributes of the block above
    r"|^ {0,3}: "  # a definition, whose list goes on over the next
    r"|\[TOC\]"
    r"|<[!?]"  # comments and declarations, which may run over blank rows
    r"|<(?:pre|script|style|textarea|math)\b"
    r"|[\t\r\x02\x03]",
    re.MULTILINE | re.IGNORECASE,
)
"""What makes a part of a text depend on another, or stands for more than it looks."""

_ONLY_SPACES = re.compile(r"^ +$", re.MULTILINE)
_BLANK = re.compile(r"\n\n+")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})", re.MULTILINE)
_LIST = re.compile(r"(?:[*+-]|\d+\.)(?: |$)")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
_MARKDOWN = re.compile(r"<[^<>]*\smarkdown\b")
_STANDS_ALONE = re.compile(
    r"^ {0,3}</?(?!(?:a|abbr|b|br|cite|code|em|i|img|kbd|mark|q|s|small|span|strong|sub|sup|u)\b|https?:)[a-z]",
    re.MULTILINE | re.IGNORECASE,
)
"""The start of a row that may begin or end an element on its own: any that is not known to stand among words."""

_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_BLOCK_TAGS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "details",
        "dl",
        "div",
        "fieldset",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "main",
        "nav",
        "ol",
        "p",
        "section",
        "table",
        "ul",
    ]
)
"""Elements that stand in HTML on their own; of those that Python-Markdown takes so, the ones that pages have."""


class Kind(Enum):
    """What a chunk is."""

    HTML = "html"
    TEXT = "text"


class Chunk(NamedTuple):
    """A part of a text."""

    kind: Kind
    text: str


class InseparableError(ValueError):
    """The text cannot be taken apart with certainty."""


def chunks(text: str) -> list[Chunk]:
    """Return `text` in chunks, in order.

    Raises:
        InseparableError: When one part of it may depend on another.
    """
    text = _ONLY_SPACES.sub("", text).strip("\n")
    if _REACHES_ACROSS.search(text):
        raise InseparableError
    blocks = list(_blocks(text))
    return [chunk for chunk in _chunks(text, blocks) if chunk.text]


def _blocks(text: str) -> Iterator[slice]:
    """Yield where each run of rows without a blank one stands in `text`."""
    start = 0
    for blank in _BLANK.finditer(text):
        yield slice(start, blank.start())
        start = blank.end()
    yield slice(start, len(text))


def _chunks(text: str, blocks: list[slice]) -> Iterator[Chunk]:
    at = 0
    while at < len(blocks):
        found = _html(text, blocks, at) if text.startswith("<", blocks[at].start) else None
        if found:
            elements, at = found
            if at < len(blocks) and text.startswith(" ", blocks[at].start):
                raise InseparableError
            yield from _of_elements(elements, at == len(blocks))
            continue
        end = _end(text, blocks, at)
        yield Chunk(Kind.TEXT, _words(text[blocks[at].start : blocks[end - 1].stop]))
        at = end


def _words(text: str) -> str:
    """Return `text`, in which no element of HTML begins or ends that stands on its own."""
    if "<" in text and _STANDS_ALONE.search(text):
        raise InseparableError
    return text


def _of_elements(elements: list[str], last: bool) -> Iterator[Chunk]:
    """Yield chunks for elements of HTML; the blank row after them is theirs, as Python-Markdown keeps it."""
    for place, element in enumerate(elements, 1):
        if _MARKDOWN.search(element):
            yield Chunk(Kind.TEXT, element)
        else:
            yield Chunk(Kind.HTML, element + "\n" if place == len(elements) and not last else element)


def _end(text: str, blocks: list[slice], at: int) -> int:
    """Return where the chunk ends that begins with block `at`."""
    first, end = text[blocks[at]], at + 1
    fence = _open_fence("", first)
    while end < len(blocks) and (fence or _goes_on(first, text[blocks[end]])):
        fence = _open_fence(fence, text[blocks[end]])
        end += 1
    if fence:
        raise InseparableError
    return end


def _open_fence(fence: str, block: str) -> str:
    """Return the mark of code that is still open after `block`, which begins within `fence`; empty for none."""
    for mark in _FENCE.findall(block):
        if not fence:
            fence = mark
        elif mark.startswith(fence):
            fence = ""
    return fence


def _goes_on(first: str, following: str) -> bool:
    """Tell whether `following` may belong to a chunk that begins with `first`."""
    if following.startswith((" ", ":")):
        return True
    if first.startswith(">"):
        return following.startswith(">")
    return bool(_LIST.match(first) and _LIST.match(following))


def _html(text: str, blocks: list[slice], at: int) -> tuple[list[str], int] | None:
    """Return the elements that stand from block `at` on, each with nothing around it, and the block after them.

    None when what stands there is no HTML on its own.
    """
    for end in range(at + 1, len(blocks) + 1):
        elements, is_open = _elements(text[blocks[at].start : blocks[end - 1].stop])
        if elements is None:
            return None
        if not is_open:
            return elements, end
    raise InseparableError


def _elements(text: str) -> tuple[list[str] | None, bool]:
    """Return the elements of `text`, and whether the last one is still open; None when there is anything between them."""
    found: list[str] = []
    depth, start, last = 0, 0, 0
    for tag in _TAG.finditer(text):
        closing, name = tag[1], tag[2].lower()
        if depth == 0:
            between = text[last : tag.start()]
            if closing or name not in _BLOCK_TAGS or between.strip("\n") or (found and not between):
                return _nothing(found, tag.start())
            start = tag.start()
        if name not in _VOID:
            depth += -1 if closing else 1
        if depth == 0:
            found.append(text[start : tag.end()])
        last = tag.end()
    if depth == 0 and text[last:].strip("\n"):
        return _nothing(found, last)
    return found, depth > 0


def _nothing(found: list[str], at: int) -> tuple[None, bool]:
    """Say that a text is no HTML; where it began so, what follows is not certain."""
    if found or at:
        raise InseparableError
    return None, False
