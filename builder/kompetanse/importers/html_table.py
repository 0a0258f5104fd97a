"""Tables of HTML → tables of Markdown: a row of headings, a row for each row, and what cannot be held is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from kompetanse.importers import html_inline
from kompetanse.importers.html_around import BREAK
from kompetanse.importers.html_block import Block, Walk, paragraphs
from kompetanse.importers.html_tree import BLOCKS, SILENT, Element, name, words

_WIDEST = 100
"""Columns that merged cells may make; a number in a file is no reason to fill the memory."""


def table(walk: Walk, element: Element) -> Iterator[Block]:
    """Yield a table; one with a single cell is a frame around text and yields that."""
    rows = list(_rows(element))
    if len(rows) == 1 and len(rows[0]) == 1:
        yield from walk.flow(rows[0][0])
        return
    yield from _caption(walk, element)
    below: dict[int, int] = {}
    written = [_cells(walk, row, below) for row in rows]
    written = [row for row in written if any(row)]
    if written:
        yield Block("other", "\n".join(_table(written)))


def _rows(element: Element) -> Iterator[list[Element]]:
    for child in element:
        if name(child) == "tr":
            yield [cell for cell in child if name(cell) in {"td", "th"}]
        elif name(child) in {"thead", "tbody", "tfoot"}:
            yield from _rows(child)


def _caption(walk: Walk, element: Element) -> Iterator[Block]:
    for child in element:
        if name(child) == "caption":
            yield from paragraphs(html_inline.inside(walk, child))


def _cells(walk: Walk, row: list[Element], below: dict[int, int]) -> list[str]:
    """Return the cells of a row; `below` tells how many rows more each column is taken by a cell from above."""
    found: list[str] = []
    for cell in row:
        found += _taken(below, len(found))
        wide, high = (min(_number(cell.get(side)), _WIDEST) for side in ("colspan", "rowspan"))
        if max(wide, high) > 1:
            said = " ".join(words(cell).split())[:60]
            walk.lost(
                f"merged cell {said}",
                "our tables have none: the words stand in its first cell. Look at the table",
            )
        wide = max(1, min(wide, _WIDEST - len(found)))
        below |= {len(found) + place: high - 1 for place in range(wide) if high > 1}
        found += [cell_text(walk, cell), *[""] * (wide - 1)]
    return found + _taken(below, len(found))


def _taken(below: dict[int, int], column: int) -> list[str]:
    """Return an empty cell for each column from `column` on that is taken from above, and count it down."""
    found = []
    while below.get(column, 0) > 0:
        below[column] -= 1
        column += 1
        found.append("")
    return found


def _number(written: str | None) -> int:
    return int(written) if written and written.isdecimal() and len(written) < 5 else 1


def cell_text(walk: Walk, cell: Element) -> str:
    """Return what stands in a cell on one row, with `<br>` between its rows."""
    before, walk.in_cell = walk.in_cell, True
    try:
        rows = [row for row in _flat(walk, cell, "") if row]
    finally:
        walk.in_cell = before
    return "<br>".join(rows).replace("|", "\\|")


def _flat(walk: Walk, element: Element, bullet: str) -> Iterator[str]:
    """Yield the rows in an element, whatever blocks it has; an item of a list begins with a bullet."""
    loose = [html_inline.text(element.text)]
    for child in element:
        if name(child) in BLOCKS or child in walk.blocky:
            yield from _with(bullet, html_inline.rows(html_inline.together(loose)))
            bullet = "" if any(part.strip(f" {BREAK}") for part in loose) else bullet
            yield from _flat_block(walk, child, bullet)
            loose = [html_inline.text(child.tail)]
        else:
            loose += [html_inline.one(walk, child), html_inline.text(child.tail)]
    yield from _with(bullet, html_inline.rows(html_inline.together(loose)))


def _with(bullet: str, rows: Iterable[str]) -> Iterator[str]:
    for row in rows:
        if row:
            yield f"{bullet}{row}"
            bullet = ""


def _flat_block(walk: Walk, child: Element, bullet: str) -> Iterator[str]:
    tag = name(child)
    if tag == "table":
        walk.lost("table in a table", "its rows stand in the cell; make it a table of its own, or a list")
    if tag == "tr":
        yield " – ".join(filter(None, (" ".join(_flat(walk, cell, "")) for cell in child)))
    elif tag in SILENT:
        return
    else:
        yield from _flat(walk, child, "• " if tag == "li" else bullet)


def _table(rows: list[list[str]]) -> Iterator[str]:
    """Yield the rows of a table; the first one is its row of headings, since ours must have one."""
    width = max(map(len, rows))
    for place, row in enumerate(rows):
        cells = [cell for cell, _ in zip_longest(row, range(width), fillvalue="")]
        yield "| " + " | ".join(cells) + " |"
        if place == 0:
            yield "|" + " --- |" * width
