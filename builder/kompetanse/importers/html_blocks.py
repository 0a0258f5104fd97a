"""The blocks of a page: paragraphs, headings, lists, quotes, code; HTML elements → Markdown that shows them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from kompetanse.importers import html_inline
from kompetanse.importers.html_inline import BREAK, Around
from kompetanse.importers.html_tree import BLOCKS, SILENT, Element, name, words
from kompetanse.importers.plain_text import as_row, escaped

Kind = Literal["words", "list", "other"]

_HEADING = re.compile(r"h[1-6]")
_LANGUAGE = re.compile(r"(?:^|\s)(?:language-|lang-|brush:\s*)([a-z0-9+#-]+)", re.IGNORECASE)
_TICKS = re.compile(r"^\s*(`{3,})", re.MULTILINE)
_ADMONITIONS = {
    "note": "note", "info": "info", "tip": "tip", "hint": "tip", "important": "warning", "warning": "warning",
    "caution": "warning", "danger": "danger", "example": "example", "success": "success", "question": "question",
}  # fmt: skip
_BOX = frozenset({"admonition", "alert", "callout", "notice", "box", "infobox"})
_EMPTY_ITEM = "&#160;"
"""What stands first in an item that begins with a table or code: a list's item must begin with words."""


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


class Walk(Around):
    """What the walk over blocks knows besides."""

    blocky: frozenset[Element]
    """Elements with a block somewhere in them."""

    def heading(self, element: Element, level: int, shown: str) -> Block | None:
        """Return a heading at its place, or None for the title, which stands elsewhere."""
        raise NotImplementedError

    def table(self, element: Element) -> Iterable[Block]:
        """Return a table."""
        raise NotImplementedError


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


def flow(walk: Walk, element: Element) -> Iterator[Block]:
    """Yield the blocks in `element`; words between them are paragraphs."""
    loose: list[str] = [html_inline.text(element.text)]
    for child in element:
        if _is_block(walk, child):
            yield from paragraphs(html_inline.together(loose))
            yield from block(walk, child)
            loose = [html_inline.text(child.tail)]
        else:
            loose += [html_inline.one(walk, child), html_inline.text(child.tail)]
    yield from paragraphs(html_inline.together(loose))


def _is_block(walk: Walk, element: Element) -> bool:
    return name(element) in BLOCKS or name(element) in {"pre", "table", "hr"} or element in walk.blocky


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


def block(walk: Walk, element: Element) -> Iterator[Block]:
    """Yield what one block is."""
    tag = name(element)
    if tag in SILENT:
        return
    if _HEADING.fullmatch(tag):
        yield from _heading(walk, element)
    elif tag in _BLOCK:
        yield from _BLOCK[tag](walk, element)
    elif _box(element):
        yield from _admonition(walk, element)
    elif tag in {"object", "svg", "video", "audio", "iframe", "math", "select", "noscript"}:
        yield from paragraphs(html_inline.one(walk, element))
    else:
        yield from flow(walk, element)


def _heading(walk: Walk, element: Element) -> Iterator[Block]:
    pictures = list(element.iter("img"))
    shown = " ".join(html_inline.inside(walk, element).replace(BREAK, " ").split())
    if pictures and not words(element).strip():
        yield from paragraphs(shown)  # a heading of nothing but a picture is no heading
        return
    found = walk.heading(element, int(name(element)[1]), shown) if shown else None
    if found:
        yield found


def _list(walk: Walk, element: Element) -> Iterator[Block]:
    numbered = name(element) == "ol"
    start = element.get("start") or ""
    number = int(start) if numbered and start.isdecimal() and len(start) < 6 else 1
    items = [list(item) for item in _items(walk, element)]
    items = [item for item in items if item]
    if not items:
        return
    tight = all(_is_tight(item) for item in items)
    rows = []
    for item in items:
        sign = f"{number}. " if numbered else "- "
        rows.append(_item(sign, item, tight))
        number += 1
    yield Block("list", ("\n" if tight else "\n\n").join(rows), "1" if numbered else "-")


def _items(walk: Walk, element: Element) -> Iterator[Iterable[Block]]:
    """Yield the blocks of each item; what stands between items is one too, and a list right in a list is of the item before."""
    waiting: list[Block] | None = None
    for child in element:
        tag = name(child)
        found = list(flow(walk, child)) if tag == "li" else _stray(walk, child)
        if tag in {"ul", "ol"} and waiting is not None:
            waiting += found
        else:
            if waiting is not None:
                yield waiting
            waiting = found
        stray = list(paragraphs(html_inline.text(child.tail)))
        waiting = waiting + stray if stray else waiting
    if waiting is not None:
        yield waiting


def _stray(walk: Walk, child: Element) -> list[Block]:
    if _is_block(walk, child):
        return list(block(walk, child))
    return list(paragraphs(html_inline.one(walk, child)))


def _is_tight(item: list[Block]) -> bool:
    """Tell whether an item can stand close to the next: it is a row, perhaps with such a list under it."""
    is_plain = item[0].kind != "other" and all(one.kind == "list" for one in item[1:]) and len(item) <= 2
    return is_plain and not any("\n\n" in one.text for one in item)


def _item(sign: str, item: list[Block], tight: bool) -> str:
    if item[0].kind != "words":
        item = [Block("words", _EMPTY_ITEM), *item]
    first, *rest = item
    deep = [indented(one.text) for one in rest]
    return ("\n" if tight else "\n\n").join([sign + indented(first.text).lstrip(" "), *deep])


def indented(text: str) -> str:
    """Return rows as they stand in an item of a list, or in a block with a heading of its own."""
    return "\n".join(f"    {row}" if row else "" for row in text.split("\n"))


def _terms(walk: Walk, element: Element) -> Iterator[Block]:
    """Yield terms with what they mean; where that is more than words, a term is bold words and the rest follows."""
    terms: list[str] = []
    meant: list[Block] = []
    for child in _of_terms(element):
        if name(child) == "dt" and meant:
            yield from _explained(terms, meant)
            terms, meant = [], []
        if name(child) == "dt":
            shown = " ".join(html_inline.inside(walk, child).replace(BREAK, " ").split())
            terms += [shown] if shown else []
        else:
            meant += flow(walk, child)
    yield from _explained(terms, meant)


def _of_terms(element: Element) -> Iterator[Element]:
    for child in element:
        if name(child) == "div":
            yield from child
        else:
            yield child


def _explained(terms: list[str], meant: list[Block]) -> Iterator[Block]:
    if terms and meant and all(one.kind == "words" for one in meant):
        rows = "\n\n".join(":   " + indented(one.text).lstrip(" ") for one in meant)
        yield Block("other", "\n".join([*map(as_row, terms), rows]))
        return
    yield from (Block("words", as_row(term if "*" in term else f"**{term}**")) for term in terms)
    yield from meant


def _quote(walk: Walk, element: Element) -> Iterator[Block]:
    text = joined(flow(walk, element))
    if text:
        yield Block(
            "other",
            "\n".join(
                f"> {row}".rstrip(" ") if not row.endswith("  ") else f"> {row}" for row in text.split("\n")
            ),
        )


def _code(walk: Walk, element: Element) -> Iterator[Block]:
    text = "".join(_raw(element)).expandtabs(4).replace("\r\n", "\n").replace("\r", "\n").replace(BREAK, "\n")
    rows = text.strip("\n").split("\n")
    if not any(row.strip() for row in rows):
        return
    longest = max(map(len, _TICKS.findall(text)), default=2)
    fence = "`" * (longest + 1)
    yield Block("other", "\n".join([fence + _language(element), *rows, fence]))


def _raw(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if name(child) == "br":
            yield "\n"
        elif name(child) != "script":
            yield from _raw(child)
        yield child.tail or ""


def _language(element: Element) -> str:
    classes = " ".join(one.get("class") or "" for one in (element, *element))
    match = _LANGUAGE.search(classes)
    return match[1].lower() if match else ""


def _details(walk: Walk, element: Element) -> Iterator[Block]:
    summary = next((one for one in element if name(one) == "summary"), None)
    title = html_inline.inside(walk, summary) if summary is not None else ""
    if summary is not None:
        tail, summary.tail = summary.tail, None
        place = element.index(summary)
        element.remove(summary)
        _put_back(element, place, tail)
    yield from _titled(walk, "??? note", title, flow(walk, element))


def _put_back(element: Element, place: int, tail: str | None) -> None:
    """Keep words that stood after an element that was taken out."""
    if tail and place:
        element[place - 1].tail = (element[place - 1].tail or "") + tail
    elif tail:
        element.text = (element.text or "") + tail


def _titled(walk: Walk, opening: str, title: str, blocks: Iterable[Block]) -> Iterator[Block]:
    body = joined(blocks)
    shown = " ".join(title.replace(BREAK, " ").split()).replace('"', "&quot;")
    if not body:
        yield from paragraphs(title)
    else:
        yield Block(
            "other",
            f'{opening} "{shown or "…"}"\n{indented(body)}'
            if shown or opening[0] == "?"
            else f'{opening} ""\n{indented(body)}',
        )


def _box(element: Element) -> str | None:
    """Return what kind of box an element is drawn as, or None when it is none."""
    marks = (element.get("class") or "").lower().replace("--", "-").split()
    kinds = {part for mark in marks for part in (mark, mark.rpartition("-")[2])}
    found = next((_ADMONITIONS[kind] for kind in sorted(kinds) if kind in _ADMONITIONS), None)
    is_box = bool(_BOX.intersection(kinds)) or bool(
        _BOX.intersection(mark.partition("-")[0] for mark in marks)
    )
    return (found or "note") if is_box and name(element) in {"div", "aside", "section"} else None


def _admonition(walk: Walk, element: Element) -> Iterator[Block]:
    found = _box(element) or "note"
    title = next((one for one in element if "title" in (one.get("class") or "").lower()), None)
    shown = ""
    if title is not None:
        shown = html_inline.inside(walk, title)
        place, tail = element.index(title), title.tail
        title.tail = None
        element.remove(title)
        _put_back(element, place, tail)
    yield from _titled(walk, f"!!! {found}", shown, flow(walk, element))


def _caption(walk: Walk, element: Element) -> Iterator[Block]:
    shown = html_inline.inside(walk, element)
    if element in walk.blocky or "*" in shown:
        yield from flow(walk, element)
    else:
        rows = [row for row in html_inline.rows(shown) if row]
        yield from paragraphs(BREAK.join(f"*{row}*" for row in rows))


def _line(walk: Walk, element: Element) -> Iterator[Block]:
    yield Block("other", "* * *")


def _table(walk: Walk, element: Element) -> Iterable[Block]:
    return walk.table(element)


_BLOCK: dict[str, Callable[[Walk, Element], Iterable[Block]]] = {
    "ul": _list,
    "ol": _list,
    "menu": _list,
    "dir": _list,
    "dl": _terms,
    "blockquote": _quote,
    "pre": _code,
    "details": _details,
    "figcaption": _caption,
    "hr": _line,
    "table": _table,
}


def words_of(element: Element) -> str:
    """Return the words of an element as Markdown on one row."""
    return escaped(" ".join(words(element).split()))
