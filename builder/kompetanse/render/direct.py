"""HTML of the plainest Markdown without an engine: what most rows of most texts are.

A list of what is understood, not of what is not: plain words, emphasis, code, links, in a heading, a paragraph or a flat
list. Everything else is nobody's business here, and the engine is asked. Tests hold the two against each other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_WORDS = r"[^\\`*_\[\]<>&{}\n]+"
_TOKEN = re.compile(
    rf"(?<![\w*])\*\*(?P<strong>(?! ){_WORDS}(?<! ))\*\*(?![\w*])"
    rf"|(?<![\w*])\*(?P<em>(?! ){_WORDS}(?<! ))\*(?![\w*])"
    r"|(?<!`)`(?P<code>(?! )[^`\\<>&\n]+(?<! ))`(?!`)"
    rf"|(?<!!)\[(?P<text>{_WORDS})\]\((?P<href>[^\s()<>\"'\\&`\[\]]+)\)(?!\{{)"
)
_SPECIAL = re.compile(r"[\\`*_\[\]<>&{}]")
_BREAK = re.compile(r" $", re.MULTILINE)
_HEADING = re.compile(r"(#{1,6}) (?P<text>[^#\n].*?) ?\{#(?P<id>[A-Za-z][\w.-]*)\}")
_ROW = re.compile(r"(?:[A-Za-zÆØÅæøå«]|\*\*?[A-Za-zÆØÅæøå]|\[[A-Za-zÆØÅæøå])")
"""How a row begins that starts nothing but words."""

_ITEM = re.compile(r"\n- ")
_DEEP = re.compile(r"^ {4}", re.MULTILINE)
"""A row that may belong to something within an item."""

Heading = Mapping[str, Any]


def direct(text: str) -> tuple[str, list[Heading]] | None:
    """Return the HTML of a chunk and its headings, as the engine would; None when it takes the engine."""
    if text.startswith("#"):
        return _heading(text)
    html = _list(text) if text.startswith("- ") else _paragraph(text)
    return None if html is None else (html, [])


def _heading(text: str) -> tuple[str, list[Heading]] | None:
    found = _HEADING.fullmatch(text)
    words = found and _inline(found["text"])
    if not found or words is None or "<" in words:
        return None
    level = len(found[1])
    heading = {"level": level, "id": found["id"], "name": words, "html": words, "data-toc-label": ""}
    return f'<h{level} id="{found["id"]}">{words}</h{level}>', [heading]


def _paragraph(text: str) -> str | None:
    if not all(map(_ROW.match, text.split("\n"))):
        return None
    words = _inline(text)
    return None if words is None or "|" in text else f"<p>{words}</p>"


def _list(text: str) -> str | None:
    items = _ITEM.split(text[2:])
    if not all(_ROW.match(row.lstrip(" ")) for item in items for row in item.split("\n")) or _DEEP.search(
        text
    ):
        return None
    words = [_inline(item) for item in items]
    if any(one is None for one in words):
        return None
    return "<ul>\n" + "\n".join(f"<li>{one}</li>" for one in words) + "\n</ul>"


def _inline(text: str) -> str | None:
    """Return words with emphasis, code and links; None when there is anything else in them."""
    if _BREAK.search(text):
        return None
    if not _SPECIAL.search(text):
        return text
    if _SPECIAL.search(_TOKEN.sub("", text)):
        return None
    return _TOKEN.sub(_written, text)


def _written(token: re.Match[str]) -> str:
    kind = token.lastgroup
    if kind == "href":
        return f'<a href="{token["href"]}">{token["text"]}</a>'
    return f"<{kind}>{token[str(kind)]}</{kind}>"
