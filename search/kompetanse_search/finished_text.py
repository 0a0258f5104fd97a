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
_OF_ITS_OWN = re.compile(
    r"<(?:script|style|template|textarea|title|xmp|iframe|noembed|noframes|noscript|plaintext)\b"
)
"""Elements within which a tag may be none."""

_ATTRIBUTES = r"(?: [a-z][a-z0-9-]*(?:=\"[^\"<>]*\")?)*"
_ATTRIBUTE = re.compile(r" ([a-z][a-z0-9-]*)(?:=\"([^\"]*)\")?")
_INLINE_TAG = re.compile(rf"</?(?:{'|'.join(_INLINE)}){_ATTRIBUTES}(?: ?/)?>")
_TAG = re.compile(rf"</?[a-z][a-z0-9]*{_ATTRIBUTES}(?: ?/)?>")
_IMAGE = re.compile(rf"<img({_ATTRIBUTES})( ?/)?>")
_HEADING = re.compile(rf"<h([1-6])({_ATTRIBUTES})>([^<]*)</h\1>")
_HEADING_TAG = re.compile(r"</?h[1-6]\b")
_ODD_SIGN = re.compile(r"&(?!(?:#\d+|#x[\da-fA-F]+|[a-zA-Z\d]+);)")
_NOTHING = "\0"
"""What stands for an inline tag at first, so that what was on both sides of it does not become a tag."""


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
    return plain(html) or parsed(html)


def parsed(html: str) -> Text:
    """Return the text of any HTML."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.text()


def plain(html: str) -> Text | None:
    """Return the text of plain markup, as our own is, in a part of the parser's time; None when that is not all there is."""
    if _OF_ITS_OWN.search(html) or _NOTHING in html or ("&" in html and _ODD_SIGN.search(html)):
        return None
    text = _INLINE_TAG.sub(_NOTHING, html)
    if "<img" in text:
        text = _IMAGE.sub(_described, text)
    found = _HEADING.findall(text)
    if 2 * len(found) != len(_HEADING_TAG.findall(text)):
        return None
    headings = [Heading(_line(_said(one)), _anchor(of)) for _, of, one in found]
    text = _TAG.sub("\n", text)
    if "<" in text:
        return None
    return Text(tuple(one for one in headings if one.text), _rows(_said(text)))


def _described(image: re.Match[str]) -> str:
    """Return what stands for a picture. One whose tag closes itself ends a row, to the parser too."""
    alternative = dict(_ATTRIBUTE.findall(image[1])).get("alt", "")
    return f" {alternative} \n" if image[2] else f" {alternative} "


def _anchor(attributes: str) -> str:
    return unescape(dict(_ATTRIBUTE.findall(attributes)).get("id", ""))


def _said(text: str) -> str:
    """Return text between tags as it reads."""
    text = text.replace(_NOTHING, "")
    return unescape(text) if "&" in text else text


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._headings: list[Heading] = []
        self._anchor: str | None = None
        self._begun = 0
        self._unseen = 0

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
        return Text(tuple(one for one in self._headings if one.text), _rows("".join(self._parts)))


def _line(text: str) -> str:
    return " ".join(text.split())


def _rows(text: str) -> str:
    return "\n".join(filter(None, [" ".join(row.split()) for row in text.split("\n") if row]))
