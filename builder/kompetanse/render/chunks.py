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
    r"\]:"  # a reference, footnote or abbreviation that is defined here
    r"|^ *\{:"  # attributes of the block above
    r"|^ {0,3}: "  # a definition, whose list goes on over the next
    r"|\[TOC\]"
    r"|<[!?]"  # comments and declarations, which may run over blank rows
    r"|<(?:pre|script|style|textarea|math)\b"
    r"|&\#(?!\d+;|x[0-9a-f]+;)"  # no sign, which Python-Markdown then looks for far away
    r"|[\t\r\x02\x03]",
    re.MULTILINE | re.IGNORECASE,
)
"""What makes a part of a text depend on another, or stands for more than it looks."""

_ONLY_SPACES = re.compile(r"^ +$", re.MULTILINE)
_BLANK = re.compile(r"\n\n+")
_FENCE = re.compile(r"^ {0,3}(?:`{3}|~{3}).*", re.MULTILINE)
_OPENING = re.compile(r"(`{3,}|~{3,}) ?[\w+.#-]*")
_LIST = re.compile(r"^ {0,3}(?:[*+-]|\d+\.)(?: |$)", re.MULTILINE)
_QUOTE = re.compile(r"^ {0,3}>", re.MULTILINE)
_VALUE = r"\"[^\"\n]*\"|'[^'\n]*'|[^\s\"'=<>`&]+"
_TAG = re.compile(rf"<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?: +[a-zA-Z][\w:.-]*(?:=(?:{_VALUE}))?)*) */?>")
_MARKDOWN = re.compile(r"\smarkdown(?![\w:.-])(=[\"']1[\"'](?=\s|$)|(?=\s|$))?")
"""The attribute by which an element holds Markdown; the group is there when it says so in a way we know."""

_STANDS_ALONE = re.compile(
    r"^ {0,3}</?(?!(?:a|abbr|b|br|cite|code|em|i|img|kbd|mark|q|s|small|span|strong|sub|sup|u)\b|https?:)[a-z]",
    re.MULTILINE | re.IGNORECASE,
)
"""The start of a row that may begin or end an element on its own: any that is not known to stand among words."""

_UNFINISHED = re.compile(r"<(?!https?:[^\s<>]*>)[a-z/]", re.IGNORECASE)
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
    if text.startswith(" ") or _REACHES_ACROSS.search(text) or _UNFINISHED.search(_TAG.sub("", text)):
        raise InseparableError
    text = _ONLY_SPACES.sub("", text).strip("\n")
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
        asked = [found[1] for tag in _TAG.finditer(element) for found in _MARKDOWN.finditer(tag[3])]
        if asked:
            if None in asked:
                raise InseparableError
            yield Chunk(Kind.TEXT, element)
        else:
            yield Chunk(Kind.HTML, element + "\n" if place == len(elements) and not last else element)


def _end(text: str, blocks: list[slice], at: int) -> int:
    """Return where the chunk ends that begins with block `at`."""
    before, end = text[blocks[at]], at + 1
    fence = _open_fence("", before)
    while end < len(blocks) and (fence or _goes_on(before, text[blocks[end]])):
        fence = _open_fence(fence, text[blocks[end]])
        before = text[blocks[at].start : blocks[end].stop]
        end += 1
    if fence:
        raise InseparableError
    return end


def _open_fence(fence: str, block: str) -> str:
    """Return the mark of code that is still open after `block`, which begins within `fence`; empty for none."""
    for row in _FENCE.findall(block):
        if fence:
            fence = "" if row == fence else fence
        elif opened := _OPENING.fullmatch(row):
            fence = opened[1]
        else:
            raise InseparableError
    return fence


def _goes_on(before: str, following: str) -> bool:
    """Tell whether `following` may belong to what `before` holds: a list or a quotation may begin on any of its rows."""
    if following.startswith((" ", ":")):
        return True
    return any(one.match(following) and one.search(before) for one in (_LIST, _QUOTE))


def _html(text: str, blocks: list[slice], at: int) -> tuple[list[str], int] | None:
    """Return the elements that stand from block `at` on, each with nothing around it, and the block after them.

    None when what stands there is no HTML on its own.
    """
    scan = _Scan(text, blocks[at].start)
    for end in range(at, len(blocks)):
        if not scan.take(blocks[end].stop):
            return None
        if not scan.within:
            return scan.found, end + 1
    raise InseparableError


class _Scan:
    """Goes once over a text that should hold elements of HTML and nothing else.

    Attributes:
        found: Elements that are whole, in order.
        within: Names of those that are open.
    """

    def __init__(self, text: str, start: int) -> None:
        self.found: list[str] = []
        self.within: list[str] = []
        self._text, self._start, self._last = text, start, start
        self._began = start

    def take(self, stop: int) -> bool:
        """Go on to `stop`, where a row ends; tell whether this is HTML at all."""
        text, within = self._text, self.within
        for tag in _TAG.finditer(text, self._last, stop):
            closing, name = tag[1], tag[2].lower()
            if within:
                _step(within, closing, name)
            elif not self._begin(closing, name, tag.start()):
                return _is_nothing(self.found, tag.start() - self._began)
            if not within:
                self.found.append(text[self._start : tag.end()])
            self._last = tag.end()
        if not within and text[self._last : stop].strip("\n"):
            return _is_nothing(self.found, self._last - self._began)
        return True

    def _begin(self, closing: str, name: str, at: int) -> bool:
        """Begin an element that lies in no other; tell whether one may stand there."""
        between = self._text[self._last : at]
        if closing or name not in _BLOCK_TAGS or between.strip("\n") or (self.found and not between):
            return False
        self._start = at
        _step(self.within, closing, name)
        return True


def _step(within: list[str], closing: str, name: str) -> None:
    """Go into an element, or out of it; whoever closes another than the last one opened is nobody to reckon with."""
    if name in _VOID:
        return
    if not closing:
        within.append(name)
    elif within.pop() != name:
        raise InseparableError


def _is_nothing(found: list[str], at: int) -> bool:
    """Say that a text is no HTML; where it began so, what follows is not certain."""
    if found or at:
        raise InseparableError
    return False
