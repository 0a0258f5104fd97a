"""Write a value that both sides had a part in, out of what they wrote: nothing is quoted, moved or stripped of comments on the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import yaml

from kompetanse.content import yaml_text
from kompetanse.sharing.merge.parts import Why
from kompetanse.sharing.merge.passage import merged_words
from kompetanse.sharing.merge.values import Undecided, Value, name_of
from kompetanse.sharing.merge.written import Entry, value_of

Sides = tuple[Entry | None, Entry | None, Entry | None]
Written = tuple[yaml.Node, Sequence[str]]
"""A node and the rows of its document."""

_WIDE = 10**6
"""Letters before the writer of YAML would break a row: never."""


def composed(value: Value, base: Entry | None, ours: Entry | None, theirs: Entry | None) -> str:
    """Return the rows of a top-level key with `value`, made of the rows of the three.

    Raises:
        Undecided: When that cannot be done with every sign accounted for.
    """
    frame = ours or theirs
    if frame is None:
        raise Undecided(Why.SAME_KEY)
    text = "".join(f"{row}\n" for row in _rows(value, (base, ours, theirs), frame.column))
    try:
        node = yaml_text.compose(text)
    except yaml_text.Fault as fault:
        raise Undecided(Why.SAME_KEY) from fault
    if node is None or value_of(node) != {frame.name: value}:
        raise Undecided(Why.SAME_KEY)
    return text


def _rows(value: Value, sides: Sides, column: int) -> list[str]:
    """Return the rows of one entry, comments above it first, with the entry at `column`."""
    base, ours, theirs = sides
    lead = _picked(*(_shifted(one.lead, one, column) if one else [] for one in sides))
    z, o, t = (_shifted(one.written, one, column) if one else [] for one in sides)
    if not theirs or o == t or (ours and t == z):
        return lead + o
    if not ours or o == z:
        return lead + t
    return lead + _both(value, base, ours, theirs, column)


def _both(value: Value, base: Entry | None, ours: Entry, theirs: Entry, column: int) -> list[str]:
    if not ours.in_flow and not theirs.in_flow:
        return _block(value, base, ours, theirs, column)
    if ours.on_one_row and theirs.on_one_row:
        return _one_row(value, base, ours, theirs, column)
    side = next((one for one in (ours, theirs) if one.value == value), None)
    if side:
        return _shifted(side.written, side, column)
    return _by_words(base, ours, theirs, column)


def _by_words(base: Entry | None, ours: Entry, theirs: Entry, column: int) -> list[str]:
    """Merge a text that goes over several rows; that its value came out right is seen to afterwards."""
    if base is None:
        raise Undecided(Why.SAME_KEY)
    text = merged_words(*("\n".join(_shifted(one.written, one, column)) for one in (base, ours, theirs)))
    if isinstance(text, Why):
        raise Undecided(text)
    return text.split("\n")


def _one_row(value: Value, base: Entry | None, ours: Entry, theirs: Entry, column: int) -> list[str]:
    tails = [[one.pieces()[2]] if one and one.on_one_row else [""] for one in (base, ours, theirs)]
    inline = _flow(value, [(ours.node, ours.rows), (theirs.node, theirs.rows)])
    return _shifted([ours.pieces()[0] + inline + _picked(*tails)[0]], ours, column)


def _flow(value: Value, sides: Sequence[Written], *, inside: bool = False) -> str:
    """Return `value` on one row, each part of it as one of `sides` wrote it."""
    for node, rows in sides:
        if node.start_mark.line == node.end_mark.line and value_of(node) == value:
            return rows[node.start_mark.line][node.start_mark.column : node.end_mark.column]
    if isinstance(value, dict):
        pairs = (f"{key}: {_flow(one, _under(key, sides), inside=True)}" for key, one in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        children = [(child, rows) for node, rows in sides for child in _items(node)]
        return "[" + ", ".join(_flow(one, children, inside=True) for one in value) + "]"
    styles = [node.style for node, _ in sides if isinstance(node, yaml.ScalarNode)]
    return _scalar(value, styles[0] if styles else None, inside=inside)


def _under(key: str, sides: Sequence[Written]) -> list[Written]:
    return [
        (child, rows)
        for node, rows in sides
        if isinstance(node, yaml.MappingNode)
        for head, child in node.value
        if head.value == key
    ]


def _items(node: yaml.Node) -> Iterator[yaml.Node]:
    if isinstance(node, yaml.SequenceNode):
        yield from node.value


class _AsWritten(yaml.SafeDumper):
    """All values were read as text, so none needs quotes to stay text: 80, no and 0301 are written plain."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, object]]] = {}  # noqa: RUF012 (PyYAML reads it so)


def _scalar(value: str, style: str | None, *, inside: bool) -> str:
    """Return a text that is new, in the quotes of `style` if it has any."""
    node: yaml.Node = yaml.ScalarNode("tag:yaml.org,2002:str", value, style=style)
    if inside:
        node = yaml.SequenceNode("tag:yaml.org,2002:seq", [node], flow_style=True)
    text: str = yaml.serialize(node, Dumper=_AsWritten, allow_unicode=True, width=_WIDE)
    text = text.removesuffix("...\n").rstrip("\n")
    return text[1:-1] if inside else text


def _block(value: Value, base: Entry | None, ours: Entry, theirs: Entry, column: int) -> list[str]:
    """Return the rows of a collection in block style, entry by entry."""
    z, o, t = (one.entries() if one and not one.in_flow else [] for one in (base, ours, theirs))
    named = [{entry.name: entry for entry in side} for side in (z, o, t)]
    inner = column + o[0].column - ours.column
    written: list[str] = []
    for name, one in _named(value):
        written += _rows(one, (named[0].get(name), named[1].get(name), named[2].get(name)), inner)
    if o[0].body == ours.body:  # the first entry stands on the row of the list's dash
        dash = _shifted([ours.rows[ours.body][: o[0].column]], ours, column)[0]
        return [dash + written[0][inner:], *written[1:]]
    heads = [
        _shifted(_head(one, side), one, column) if one and side else []
        for one, side in ((base, z), (ours, o), (theirs, t))
    ]
    return _picked(heads[0], heads[1], heads[2]) + written


def _named(value: Value) -> Iterator[tuple[str, Value]]:
    if isinstance(value, dict):
        yield from value.items()
    else:
        yield from ((name_of(one), one) for one in value)


def _head(entry: Entry, entries: Sequence[Entry]) -> list[str]:
    return list(entry.rows[entry.body : entries[0].start])


def _picked(base: list[str], ours: list[str], theirs: list[str]) -> list[str]:
    if ours == theirs or theirs == base:
        return ours
    if ours == base:
        return theirs
    raise Undecided(Why.SAME_KEY)


def _shifted(rows: list[str], entry: Entry, column: int) -> list[str]:
    """Return rows with the entry's column moved to `column`."""
    more = column - entry.column
    if more >= 0:
        return [" " * more + row if row.strip() else row for row in rows]
    if any(row[:-more].strip() for row in rows):
        raise Undecided(Why.SAME_KEY)
    return [row[-more:] if row.strip() else row for row in rows]
