"""Lists and terms of HTML → lists of Markdown, deep as they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kompetanse.importers import html_inline
from kompetanse.importers.html_around import BREAK
from kompetanse.importers.html_block import Block, Walk, indented, paragraphs
from kompetanse.importers.html_tree import Element, name
from kompetanse.importers.plain_text import as_row

_EMPTY_ITEM = "&#160;"
"""What stands first in an item that begins with a table or code: a list's item must begin with words."""


def listed(walk: Walk, element: Element) -> Iterator[Block]:
    """Yield a list: close together where each item is a row, else with room for what stands in its items."""
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
        found = list(walk.flow(child)) if tag == "li" else _stray(walk, child)
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
    if walk.is_block(child):
        return list(walk.block(child))
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


def terms(walk: Walk, element: Element) -> Iterator[Block]:
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
            meant += walk.flow(child)
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
