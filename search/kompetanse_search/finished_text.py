"""HTML as plain text, a row for each block, and its headings with what leads to them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser

from kompetanse_search.document import Heading

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "del",
        "dfn",
        "em",
        "i",
        "ins",
        "kbd",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "u",
        "var",
        "wbr",
    ]
)
_UNSEEN = frozenset({"script", "style", "template"})
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)((?: [a-z][a-z0-9-]*(?:=\"[^\"<>]*\")?)*)>")
_ATTRIBUTE = re.compile(r" ([a-z][a-z0-9-]*)(?:=\"([^\"]*)\")?")
_OF_ITS_OWN = re.compile(
    r"<(?:script|style|template|textarea|title|xmp|iframe|noembed|noframes|noscript|plaintext)\b"
)
"""Elements within which a tag may be none."""


@dataclass(frozen=True, slots=True)
class Text:
    """What a page says.

    Attributes:
        headings: In order.
        body: All of it, headings too, a row for each block.
    """

    headings: tuple[Heading, ...]
    body: str


def read(html: str) -> Text:
    """Return the text of `html`; tags are taken out and never looked at again."""
    reader = _Reader()
    if not reader.take(html):
        reader = _Reader()
        reader.feed(html)
        reader.close()
    return reader.text()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._headings: list[Heading] = []
        self._anchor: str | None = None
        self._begun = 0
        self._unseen = 0

    def take(self, html: str) -> bool:
        """Read plain markup, as our own is, in a part of the parser's time; tell whether that is all there is."""
        if _OF_ITS_OWN.search(html):
            return False
        first, *rest = _TAG.split(html)
        self.handle_data(unescape(first))
        certain = "<" not in first
        for closing, tag, attributes, data in zip(*[iter(rest)] * 4, strict=True):
            if closing:
                self.handle_endtag(tag)
            else:
                found = _ATTRIBUTE.findall(attributes) if tag == "img" or tag in _HEADINGS else ()
                self.handle_starttag(tag, [(name, unescape(value)) for name, value in found])
            self.handle_data(unescape(data) if "&" in data else data)
            certain = certain and "<" not in data
        return certain

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in _UNSEEN
        if tag in _HEADINGS:
            self._parts.append("\n")
            self._anchor, self._begun = dict(attrs).get("id") or "", len(self._parts)
        elif tag == "img":
            self._parts.append(f" {dict(attrs).get('alt') or ''} ")
        elif tag not in _INLINE:
            self._parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in _UNSEEN and self._unseen > 0
        if tag in _HEADINGS and self._anchor is not None:
            self._headings.append(Heading(_line("".join(self._parts[self._begun :])), self._anchor))
            self._parts.append("\n")
            self._anchor = None
        elif tag not in _INLINE:
            self._parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._parts.append(data)

    def text(self) -> Text:
        rows = map(_line, "".join(self._parts).split("\n"))
        return Text(tuple(one for one in self._headings if one.text), "\n".join(filter(None, rows)))


def _line(text: str) -> str:
    return " ".join(text.split())
