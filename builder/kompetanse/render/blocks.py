"""HTML without an engine of blocks that hold others: admonitions, our own elements with Markdown in them, plain tables.

Like `direct`, a list of what is understood: a block that holds anything else is the engine's. Tests hold the two against
each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from itertools import pairwise

from kompetanse.render.direct import Heading, direct, inline

_TITLED = r"(?P<kinds>[a-z][\w-]*(?: [a-z][\w-]*)*) \"(?P<title>[^\"\s](?:[^\"\n]*[^\"\s])?)\""
_ADMONITION = re.compile(rf"!!! {_TITLED}")
_DETAILS = re.compile(rf"\?\?\?(?P<open>\+?) {_TITLED}")
_INDENT = "    "
_BLANK = re.compile(r"\n\n+")

_ATTRIBUTE = re.compile(r" ([a-z][a-z0-9-]*)=\"([^\"<>\n]*)\"")
_ATTRIBUTES = rf"(?P<attributes>(?:{_ATTRIBUTE.pattern.replace('(', '(?:')})*)"
_WORDS = r"[^<>&\n{}\\`*_\[\]]+"
_OPENING = re.compile(
    rf"<(?P<tag>div|details){_ATTRIBUTES} markdown=\"1\">(?P<summary><summary>{_WORDS}</summary>)?"
)
_PLAIN = re.compile(rf"<p class=\"[\w -]+\">{_WORDS}</p>")
_RULE = re.compile(r"\|(?:-{3,}\|)+")
_LISTS = ("- ", "1. ")


def written(text: str) -> tuple[str, list[Heading]] | None:
    """Return the HTML of a chunk and its headings, as the engine would; None when it takes the engine."""
    start = text[:1]
    if start == "<":
        html = _element(text)
    elif start == "|":
        html = _table(text)
    elif text.startswith(("!!!", "???")):
        html = _titled(text)
    else:
        return direct(text)
    return None if html is None else (html, [])


def _titled(text: str) -> str | None:
    """Write an admonition, or one that folds."""
    head, _, body = text.partition("\n")
    found = _ADMONITION.fullmatch(head) or _DETAILS.fullmatch(head)
    rows = body.split("\n")
    if not found or not body or any(row and not row.startswith(_INDENT) for row in rows):
        return None
    title = inline(found["title"])
    inner = _inner("\n".join(row[4:] for row in rows))
    if title is None or inner is None:
        return None
    if found.re is _ADMONITION:
        return f'<div class="admonition {found["kinds"]}">\n<p class="admonition-title">{title}</p>\n{inner}\n</div>'
    stands = ' open="open"' if found["open"] else ""
    return f'<details class="{found["kinds"]}"{stands}>\n<summary>{title}</summary>\n{inner}\n</details>'


def _inner(text: str) -> str | None:
    """Write words and lists that stand under each other."""
    blocks = _BLANK.split(text)
    if any(a.startswith(_LISTS) and b.startswith(_LISTS) for a, b in pairwise(blocks)):
        return None
    found = [None if block.startswith("#") else direct(block) for block in blocks]
    return None if None in found else "\n".join(one[0] for one in found if one)


def _element(text: str) -> str | None:
    """Write an element of ours with Markdown in it, and the like within it."""
    html, tags, before = list[str](), list[str](), ""
    for block in _BLANK.split(text.rstrip("\n")):
        part = None if html and not tags else _part(block, before, tags)
        if part is None:
            return None
        html.append(part)
        before = block
    return None if tags else "\n".join(html)


def _part(block: str, before: str, tags: list[str]) -> str | None:
    """Write what stands between two blank rows, within the elements `tags`, and go into one or out of it."""
    opening = _OPENING.fullmatch(block)
    if opening:
        tags.append(opening["tag"])
        return _opened(opening)
    if not tags:
        return None
    if block != f"</{tags[-1]}>":
        return _within(block, before)
    tags.pop()
    return None if _OPENING.fullmatch(before) else block


def _opened(opening: re.Match[str]) -> str:
    pairs = sorted((name, unescape(value)) for name, value in _ATTRIBUTE.findall(opening["attributes"]))
    attributes = "".join(f' {name}="{_escaped(value)}"' for name, value in pairs)
    summary = f"\n{opening['summary']}" if opening["summary"] else ""
    return f"<{opening['tag']}{attributes}>{summary}"


_LOOSE = re.compile(r"&(?!(?:#[0-9]+|#x[0-9a-f]+|[0-9a-z]+);)", re.IGNORECASE)
"""As in Python-Markdown's serializer: what may be a sign's name is left as it is."""


def _escaped(value: str) -> str:
    value = _LOOSE.sub("&amp;", value) if "&" in value else value
    return value.replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _within(block: str, before: str) -> str | None:
    if _PLAIN.fullmatch(block):
        return block
    if block.startswith(("<", "#")) or (block.startswith(_LISTS) and before.startswith(_LISTS)):
        return None
    found = direct(block)
    return None if found is None else found[0]


def _table(text: str) -> str | None:
    """Write a table whose columns have no side."""
    head, *rest = text.split("\n")
    rule, *rows = rest or [""]
    if not rows or not _RULE.fullmatch(rule):
        return None
    count = rule.count("|") - 1
    cells = [list(_cells(row)) for row in (head, *rows)]
    if any(len(row) != count or None in row for row in cells):
        return None
    first, *others = ("\n".join(_row(tag, row)) for tag, row in _tagged(cells))
    return "\n".join(("<table>", "<thead>", first, "</thead>", "<tbody>", *others, "</tbody>", "</table>"))


def _cells(row: str) -> Iterator[str | None]:
    if not row.startswith("| ") or not row.endswith(" |"):
        yield None
        return
    yield from (inline(cell.strip(" ")) for cell in row[1:-1].split("|"))


def _tagged(cells: list[list[str | None]]) -> Iterator[tuple[str, list[str | None]]]:
    yield from (("td" if place else "th", row) for place, row in enumerate(cells))


def _row(tag: str, row: list[str | None]) -> Iterator[str]:
    yield "<tr>"
    yield from (f"<{tag}>{cell}</{tag}>" for cell in row)
    yield "</tr>"
