"""YAML as authors mean it: `no` is a language, 0301 is Oslo, a key stands once.

PyYAML follows YAML 1.1, where those are False, 193 and "the last one wins". Here the scalars are those of YAML 1.2,
https://yaml.org/spec/1.2.2/#103-core-schema, dates and decimals stay text, and every null is left out of its mapping or list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs do not export it

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")
_NULL = {"", "~", "null"}
_BOOLEAN = {"true": True, "false": False}
_NUMERIC = frozenset("-0123456789")


@dataclass(eq=False)  # not frozen: Python notes on an exception where it passed
class Fault(Exception):  # noqa: N818 (what the author wrote is at fault, and we go on)
    """Why a text is no YAML we can use.

    Attributes:
        code: Stable name of the rule that was broken.
        line: Line in the text, from 1.
        values: What the message is filled with.
    """

    code: str
    line: int
    values: Mapping[str, str]


def load(text: str) -> Any:
    """Return the value of `text`: mappings with text keys, lists, text, whole numbers, booleans or None.

    Raises:
        Fault: When `text` is no YAML, says a key twice, or has a key that is no text.
    """
    node = compose(text)
    try:
        return None if node is None else _value(node, set(), 1)
    except RecursionError as error:
        raise Fault("yaml-syntax", 1, {"reason": "nested too deep"}) from error


def lines(text: str) -> dict[str, int]:
    """Return the line (from 1) of each key path, such as `{"title": 2, "roles[0].id": 5}`."""
    return dict(_lines(compose(text), ""))


def compose(text: str) -> yaml.Node | None:
    """Return the node tree of `text`.

    Raises:
        Fault: When `text` is no YAML.
    """
    loader = _Composer(text)
    try:
        return loader.get_single_node()
    except yaml.reader.ReaderError as error:
        raise _bad_character(text, error) from error
    except yaml.MarkedYAMLError as error:
        raise _syntax(text, error) from error
    except RecursionError as error:
        raise Fault("yaml-syntax", 1, {"reason": "nested too deep"}) from error


class _Composer(CParser):
    """Compose in C; the type of a scalar is decided by us, once, when the value is made."""

    # Called for every node; a method of a built-in costs a third of one of ours and says the same: no type.
    resolve = descend_resolver = ascend_resolver = "".format


def _value(node: yaml.Node, visited: set[int], line: int) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node)
    if id(node) in visited:  # the same node twice is an alias: a way to make a small file explode
        raise Fault("yaml-alias", line, {})
    visited.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        return [value for child in node.value if (value := _value(child, visited, line)) is not None]
    return _mapping(node, visited)


def _mapping(node: yaml.Node, visited: set[int]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    seen = set()
    for key, child in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise Fault("yaml-key", key.start_mark.line + 1, {})
        if key.value in seen:
            raise Fault("duplicate-key", key.start_mark.line + 1, {"key": key.value})
        seen.add(key.value)
        if (value := _value(child, visited, key.start_mark.line + 1)) is not None:
            found[key.value] = value
    return found


def _scalar(node: yaml.ScalarNode) -> str | int | bool | None:
    """Return the value of a scalar; decimals stay text, since version 2.10 is not 2.1."""
    text: str = node.value
    if node.style:
        return text
    if text in _NULL:
        return None
    if text in _BOOLEAN:
        return _BOOLEAN[text]
    if text[0] in _NUMERIC and len(text) < 19 and _INTEGER.fullmatch(text):
        return int(text)
    return text


def _lines(node: yaml.Node | None, prefix: str) -> Iterator[tuple[str, int]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            here = f"{prefix}.{key.value}" if prefix else str(key.value)
            yield here, key.start_mark.line + 1
            yield from _lines(value, here)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            here = f"{prefix}[{index}]"
            yield here, value.start_mark.line + 1
            yield from _lines(value, here)


def _bad_character(text: str, error: yaml.reader.ReaderError) -> Fault:
    odd = next((i for i, sign in enumerate(text) if not sign.isprintable() and sign not in "\n\r\t"), 0)
    return Fault("control-character", text.count("\n", 0, odd) + 1, {"character": ascii(text[odd : odd + 1])})


def _broken_at(error: yaml.MarkedYAMLError) -> int:
    """Return the row (from 0) to look at: what is never closed breaks where it opens, all else where it is found."""
    opened = "quoted scalar" in str(error.context) or "flow" in str(error.context)
    mark = error.context_mark if opened and error.context_mark else error.problem_mark
    return mark.line if mark else 0


def _syntax(text: str, error: yaml.MarkedYAMLError) -> Fault:
    line = _broken_at(error) + 1
    rows = text.split("\n")
    row = rows[line - 1] if line <= len(rows) else ""
    if "\t" in row[: len(row) - len(row.lstrip())]:
        return Fault("yaml-tab", line, {})
    if "mapping values are not allowed" in str(error.problem):
        return Fault("yaml-colon", line, {"row": row.strip()})
    return Fault("yaml-syntax", line, {"reason": str(error.problem)})
