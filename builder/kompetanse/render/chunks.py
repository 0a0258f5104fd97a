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

_BLANK = re.compile(r"\n(?:[ ]*\n)+")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})", re.MULTILINE)
_LIST = re.compile(r"(?:[*+-]|\d+\.)(?: |$)")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>")
_MARKDOWN = re.compile(r"<[^<>]*\smarkdown\b")
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
    if _REACHES_ACROSS.search(text):
        raise InseparableError
    return list(_chunks(_BLANK.split(text.strip("\n"))))


def _chunks(blocks: list[str]) -> Iterator[Chunk]:
    at = 0
    while at < len(blocks):
        if blocks[at].startswith("<") and (found := _html(blocks, at)):
            elements, at = found
            yield from _of_elements(elements, at == len(blocks))
        elif blocks[at]:
            end = _end(blocks, at)
            yield Chunk(Kind.TEXT, "\n\n".join(blocks[at:end]))
            at = end
        else:
            at += 1


def _of_elements(elements: list[str], last: bool) -> Iterator[Chunk]:
    """Yield chunks for elements of HTML; the blank row after them is theirs, as Python-Markdown keeps it."""
    for place, element in enumerate(elements, 1):
        if _MARKDOWN.search(element):
            yield Chunk(Kind.TEXT, element)
        else:
            yield Chunk(Kind.HTML, element + "\n" if place == len(elements) and not last else element)


def _end(blocks: list[str], at: int) -> int:
    """Return where the chunk ends that begins with block `at`."""
    end = at + 1
    fence = _open_fence("", blocks[at])
    while end < len(blocks) and (fence or _goes_on(blocks[at], blocks[end])):
        fence = _open_fence(fence, blocks[end])
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


def _html(blocks: list[str], at: int) -> tuple[list[str], int] | None:
    """Return the elements that stand from block `at` on, each with nothing around it, and the block after them.

    None when what stands there is no HTML on its own.
    """
    text, end = blocks[at], at + 1
    while True:
        elements, is_open = _elements(text)
        if elements is None:
            return None
        if not is_open:
            return elements, end
        if end == len(blocks):
            raise InseparableError
        text, end = f"{text}\n\n{blocks[end]}", end + 1


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
