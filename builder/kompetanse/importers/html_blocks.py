"""The blocks of a page: paragraphs, headings, lists, quotes, code; HTML elements → Markdown that shows them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from kompetanse.importers import html_inline
from kompetanse.importers.html_around import BREAK
from kompetanse.importers.html_block import Block, Walk, joined, paragraphs
from kompetanse.importers.html_boxes import admonition, box, details
from kompetanse.importers.html_lists import listed, terms
from kompetanse.importers.html_tree import BLOCKS, SILENT, Element, name, words

_HEADING = re.compile(r"h[1-6]")
_LANGUAGE = re.compile(r"(?:^|\s)(?:language-|lang-|brush:\s*)([a-z0-9+#-]+)", re.IGNORECASE)
_TICKS = re.compile(r"^\s*(`{3,})", re.MULTILINE)


def flow(walk: Walk, element: Element) -> Iterator[Block]:
    """Yield the blocks in `element`; words between them are paragraphs."""
    loose: list[str] = [html_inline.text(element.text)]
    for child in element:
        if is_block(walk, child):
            yield from paragraphs(html_inline.together(loose))
            yield from block(walk, child)
            loose = [html_inline.text(child.tail)]
        else:
            loose += [html_inline.one(walk, child), html_inline.text(child.tail)]
    yield from paragraphs(html_inline.together(loose))


def is_block(walk: Walk, element: Element) -> bool:
    """Tell whether an element stands on rows of its own."""
    return name(element) in BLOCKS or name(element) in {"pre", "table", "hr"} or element in walk.blocky


def block(walk: Walk, element: Element) -> Iterator[Block]:
    """Yield what one block is."""
    tag = name(element)
    if tag in SILENT:
        return
    if _HEADING.fullmatch(tag):
        yield from _heading(walk, element)
    elif tag in _BLOCK:
        yield from _BLOCK[tag](walk, element)
    elif box(element):
        yield from admonition(walk, element)
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
    if _is_in_definition_in_list(element):
        yield Block("other", "\n".join(f"    {row}" for row in rows))
        return
    longest = max(map(len, _TICKS.findall(text)), default=2)
    fence = "`" * (longest + 1)
    yield Block("other", "\n".join([fence + _language(element), *rows, fence]))


def _is_in_definition_in_list(element: Element) -> bool:
    """Tell whether fences are left as they are written there: SuperFences finds none in a definition within a list."""
    above = [name(one) for one in element.iterancestors()]
    return "dd" in above and not {"li"}.isdisjoint(above[above.index("dd") :])


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
    "ul": listed,
    "ol": listed,
    "menu": listed,
    "dir": listed,
    "dl": terms,
    "blockquote": _quote,
    "pre": _code,
    "details": details,
    "figcaption": _caption,
    "hr": _line,
    "table": _table,
}
