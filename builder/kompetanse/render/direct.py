"""HTML of the plainest Markdown without an engine: what most rows of most texts are.

A list of what is understood, not of what is not: plain words, emphasis, code, links, in a heading, a paragraph or a flat
list. Everything else is nobody's business here, and the engine is asked. Tests hold the two against each other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_WORDS = r"[^\\`*_\[\]<>&{}\n]+"
_ROWS = r"(?!\s)[^\\`*_\[\]<>&{}]+(?<!\s)"
_ADDRESS = r"[^\s()<>\"'\\&`\[\]]+"
_TOKEN = re.compile(
    rf"\*(?<![\w*]\*)\*(?P<strong>{_ROWS})\*\*(?![\w*])"
    rf"|\*(?<![\w*]\*)(?P<em>{_ROWS})\*(?![\w*])"
    r"|`(?<!``)(?P<code>(?! )[^`\\<>&\n]+(?<! ))`(?!`)"
    r"|<(?:br|span class=\"kmp-[a-z_-]+\"|/span)>|_(?<= _)___(?= |\.$|$)"
    rf"|\[(?<!!\[)(?P<text>{_WORDS})\]\((?P<href>{_ADDRESS})\)(?!\{{)"
    rf"|!\[(?P<alt>[^\"\\`*_\[\]<>&{{}}\n]+)\]\((?P<src>{_ADDRESS})\)(?!\{{)"
)
"""What is written in another way than it stands there, or is our own mark; each begins with a sign, by which it is found quickly."""

_SPECIAL = re.compile(r"[\\`*_\[\]<>&{}]")
_HEADING = re.compile(
    r"(#{1,6}) (?P<text>[^#\s][^#\n]*?)(?: ?\{#(?P<id>[A-Za-z0-9][\w.-]*)(?: \.(?P<class>[A-Za-z][\w-]*))?"
    r"(?: lang=\"(?P<lang>[A-Za-z-]+)\")?\})?"
)
NO_ID = "kmp-no-id"
"""Id of a heading that has none of its own: in a text it depends on the others."""

_ROW = re.compile(r"[^\W\d_]|[«»§(,–]|\d+(?![\d.])|\*\*?[^\W\d_]|!?\[(?:[^\W\d_]|§)|`(?!`)")
"""How a row begins that starts nothing but words."""

_ITEMS = {"- ": ("ul", re.compile(r"\n- ")), "1. ": ("ol", re.compile(r"\n\d+\. "))}
"""How the first row of a list begins → its element, and how the others begin."""

_DEEP = re.compile(r"^ {4}", re.MULTILINE)
"""A row that may belong to something within an item."""

Heading = Mapping[str, Any]


def direct(text: str) -> tuple[str, list[Heading]] | None:
    """Return the HTML of a chunk and its headings, as the engine would; None when it takes the engine."""
    if text.startswith("#"):
        return _heading(text)
    mark = "- " if text.startswith("- ") else "1. "
    html = _list(text, mark) if text.startswith(mark) else _paragraph(text)
    return None if html is None else (html, [])


def _heading(text: str) -> tuple[str, list[Heading]] | None:
    found = _HEADING.fullmatch(text)
    words = found and inline(found["text"])
    if not found or words is None or "<" in words:
        return None
    tag, id_ = f"h{len(found[1])}", found["id"] or NO_ID
    kind = f' class="{found["class"]}"' if found["class"] else ""
    language = f' lang="{found["lang"]}"' if found["lang"] else ""
    heading = {
        "level": len(found[1]),
        "id": id_,
        "name": " ".join(words.split()),
        "html": words,
        "data-toc-label": "",
    }
    return f'<{tag}{kind} id="{id_}"{language}>{words}</{tag}>', [heading]


def _paragraph(text: str) -> str | None:
    if not all(map(_ROW.match, text.split("\n"))):
        return None
    words = inline(text)
    return None if words is None or "|" in text else f"<p>{words}</p>"


def _list(text: str, mark: str) -> str | None:
    tag, between = _ITEMS[mark]
    items = between.split(text[len(mark) :])
    if any(item.startswith(" ") for item in items) or _DEEP.search(text):
        return None
    if not all(_ROW.match(row.lstrip(" ")) for item in items for row in item.split("\n")):
        return None
    words = [inline(item) for item in items]
    if any(one is None for one in words):
        return None
    return f"<{tag}>\n" + "\n".join(f"<li>{one}</li>" for one in words) + f"\n</{tag}>"


def inline(text: str) -> str | None:
    """Return words with emphasis, code, links and our own marks; None when there is anything else in them."""
    if " \n" in text or text.endswith(" "):
        return None
    if not _SPECIAL.search(text):
        return text
    if _SPECIAL.search(_TOKEN.sub("", text)) or text.count("____") > 1:
        return None
    return _TOKEN.sub(_written, text)


def _written(token: re.Match[str]) -> str:
    kind = token.lastgroup
    if kind is None:
        return token[0]
    if kind == "href":
        return f'<a href="{token["href"]}">{token["text"]}</a>'
    if kind == "src":
        return f'<img alt="{token["alt"]}" src="{token["src"]}" />'
    return f"<{kind}>{token[kind]}</{kind}>"
