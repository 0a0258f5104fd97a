"""Add to `region.yml` what a command has made, and leave every other row as its author wrote it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import yaml

from kompetanse.content import yaml_text
from kompetanse.errors import KompetanseError


def with_rows(text: str, path: Sequence[str], rows: Sequence[str]) -> str:
    """Return `text` with `rows` put last in the value at `path`, which is made when it is not there.

    Args:
        text: A YAML mapping.
        path: Keys from the outermost in, such as `("issuer", "keys")`; all but the last are mappings.
        rows: What to put there, without margin: `key: value`, or `- key: value` for a list.

    Raises:
        KompetanseError: When the value stands between brackets on one row and holds something.
    """
    text = ended(text)
    whole = yaml_text.compose(text)
    for depth, key in enumerate(path):
        found = value_of(whole, key)
        if found is None:
            outer, end = (_margin(whole), _end(whole, text)) if depth else ("", len(_rows(text)))
            return _put(text, end, [outer + row for row in _nested(path[depth:], rows)])
        name, whole = found
        if not _is_filled(whole):
            margin = " " * name.start_mark.column
            fresh = [margin + row for row in _nested(path[depth:], rows)]
            return _replaced(text, name.start_mark.line, whole.end_mark.line, fresh)
        if getattr(whole, "flow_style", True):
            raise KompetanseError(
                f"region.yml, line {name.start_mark.line + 1}: «{key}» stands on one row, in brackets. Write it on rows of its own, and try again"
            )
    return _put(text, _end(whole, text), [_margin(whole) + row for row in rows])


def ended(text: str) -> str:
    """Return the text with an end to its last row, without which PyYAML's places are those of the row before."""
    return text if not text or text.endswith("\n") else f"{text}\n"


def value_of(node: yaml.Node | None, key: str) -> tuple[yaml.Node, yaml.Node] | None:
    """Return the name and the value of a key; None when `node` is no mapping or has no such key."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return next(((name, value) for name, value in pairs if name.value == key), None)


def _is_filled(node: yaml.Node) -> bool:
    return (
        bool(node.value) and node.value not in {"~", "null"}
        if isinstance(node.value, str)
        else bool(node.value)
    )


def _margin(node: yaml.Node | None) -> str:
    return " " * node.start_mark.column if node else ""


def _nested(path: Sequence[str], rows: Sequence[str]) -> list[str]:
    """Return `rows` under the keys of `path`, each two signs further in."""
    if not path:
        return list(rows)
    return [f"{path[0]}:", *(f"  {row}" for row in _nested(path[1:], rows))]


def _end(node: yaml.Node | None, text: str) -> int:
    """Return the row after the last one that holds something of `node`."""
    return max((mark.line + bool(mark.column) for mark in _ends(node)), default=len(_rows(text)))


def _ends(node: yaml.Node | None) -> Iterator[yaml.Mark]:
    if isinstance(node, yaml.MappingNode) and not node.flow_style:
        for _, value in node.value:
            yield from _ends(value)
    elif isinstance(node, yaml.SequenceNode) and not node.flow_style:
        for value in node.value:
            yield from _ends(value)
    elif node is not None:
        yield node.end_mark


def _rows(text: str) -> list[str]:
    """Return the rows as they stand, ends of Windows too."""
    return text.removesuffix("\n").split("\n") if text else []


def _put(text: str, row: int, fresh: Sequence[str]) -> str:
    rows = _rows(text)
    return "\n".join((*rows[:row], *fresh, *rows[row:])) + "\n"


def _replaced(text: str, first: int, last: int, fresh: Sequence[str]) -> str:
    rows = _rows(text)
    return "\n".join((*rows[:first], *fresh, *rows[last + 1 :])) + "\n"
