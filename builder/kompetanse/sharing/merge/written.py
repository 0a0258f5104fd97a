"""How the keys of a YAML text are written: the rows of each, comments and all, and the value they stand for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import yaml

from kompetanse.content import yaml_text
from kompetanse.sharing.merge.values import Value, name_of


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of a mapping, or one item of a list, with the rows it is written in.

    Attributes:
        name: The key, or what tells the item apart; empty when nothing does.
        node: The value's node; its marks count in `rows`.
        value: The value, all scalars as text.
        rows: All rows of the document.
        start, body, end: Rows from the comments above it, from the entry itself, and to its end.
        column: Where it starts in its row.
    """

    name: str
    node: yaml.Node
    value: Value
    rows: Sequence[str]
    start: int
    body: int
    end: int
    column: int

    @property
    def lead(self) -> list[str]:
        """The comments and blank rows above it."""
        return list(self.rows[self.start : self.body])

    @property
    def written(self) -> list[str]:
        """Its own rows."""
        return list(self.rows[self.body : self.end])

    @property
    def text(self) -> str:
        """All its rows, as text."""
        return "".join(f"{row}\n" for row in self.rows[self.start : self.end])

    @property
    def in_flow(self) -> bool:
        """Whether its value is no collection in block style."""
        return not isinstance(self.node, yaml.CollectionNode) or bool(self.node.flow_style)

    @property
    def on_one_row(self) -> bool:
        """Whether all of it stands on one row."""
        mark = self.node.end_mark
        return mark.line == self.body or (mark.line == self.body + 1 and mark.column == 0)

    def pieces(self) -> tuple[str, str, str]:
        """Return what stands before the value, the value, and what stands after it; of an entry on one row."""
        row, start, end = self.rows[self.body], self.node.start_mark, self.node.end_mark
        stop = end.column if end.line == self.body else len(row)
        return row[: start.column], row[start.column : stop], row[stop:]

    def entries(self) -> list[Entry]:
        """Return the entries of its value, a collection in block style."""
        rows = list(self.rows)
        first = self.node.start_mark
        rows[first.line] = " " * first.column + rows[first.line][first.column :]
        lower = self.body if first.line == self.body else self.body + 1
        return list(_entries(self.node, rows, lower, self.end))


def read(raw: str) -> list[Entry] | None:
    """Return the keys of `raw`; None when it is no mapping in block style whose rows belong to one key each."""
    try:
        node = yaml_text.compose(raw)
        if node is None:
            return [] if not raw.strip() else None
        if not isinstance(node, yaml.MappingNode) or node.flow_style or node.start_mark.column:
            return None
        yaml_text.load(raw)  # finds aliases and keys given twice
        rows = raw.removesuffix("\n").split("\n")
        found = list(_entries(node, rows, 0, len(rows)))
    except (yaml_text.Fault, RecursionError):
        return None
    return found if "".join(entry.text for entry in found) == raw else None


def value_of(node: yaml.Node) -> Value:
    """Return the value of `node`, all scalars as text: `land: no` stays no."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: value_of(child) for key, child in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [value_of(child) for child in node.value]
    return str(node.value)


def _entries(node: yaml.Node, rows: Sequence[str], lower: int, end: int) -> Iterator[Entry]:
    column = node.start_mark.column
    pairs = [(one, one) if isinstance(node, yaml.SequenceNode) else one for one in node.value]
    bodies = [_dash(rows, head, column) if head is value else head.start_mark.line for head, value in pairs]
    starts = [
        _lead(rows, body, column, previous) for body, previous in zip(bodies, [lower, *bodies], strict=False)
    ]
    for place, (head, child) in enumerate(pairs):
        value = value_of(child)
        name = name_of(value) if head is child else str(head.value)
        stop = starts[place + 1] if place + 1 < len(pairs) else end
        yield Entry(name, child, value, rows, starts[place] if place else lower, bodies[place], stop, column)


def _dash(rows: Sequence[str], item: yaml.Node, column: int) -> int:
    line = item.start_mark.line
    while line and rows[line][column : column + 1] != "-":
        line -= 1
    return int(line)


def _lead(rows: Sequence[str], body: int, column: int, lower: int) -> int:
    """Return the first of the comments and blank rows above an entry that are no part of the one before."""
    start = body
    while start - 1 > lower:
        row = rows[start - 1]
        indent = len(row) - len(row.lstrip())
        if row.strip() and not (row.lstrip().startswith("#") and indent <= column):
            break
        start -= 1
    return start
