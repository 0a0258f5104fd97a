"""Write and take away the record of a source, or of a federated region, in `region.yml`, and leave every other sign as it was."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import yaml

from kompetanse.content import yaml_text
from kompetanse.content.region_rows import ended, value_of, with_rows
from kompetanse.errors import KompetanseError
from kompetanse.model.region import Source

_PLAIN = re.compile(
    r"(?!(?:true|false|null|yes|no|on|off|y|n|[\d._-]+)$)(?:https://)?[A-Za-z0-9/.][\w./~-]*", re.IGNORECASE
)
Scalar = str | bool

_KEYS = ("name", "repository", "region", "site", "branch", "trust", "internal")
"""Those that a new record gets, in this order; a person writes the rest."""


def with_source(text: str, source: Source) -> str:
    """Return the text of a `region.yml` with one more source, the last of them.

    Raises:
        KompetanseError: When `sources` stands there in a form that cannot be added to.
    """
    return with_record(text, "sources", {key: value for key in _KEYS if (value := getattr(source, key))})


def with_record(text: str, key: str, values: Mapping[str, Scalar]) -> str:
    """Return the text of a `region.yml` with one more record in the list `key`, the last of them.

    Raises:
        KompetanseError: When the list stands there in a form that cannot be added to.
    """
    rows = [f"{name}: {_scalar(value)}" for name, value in values.items()]
    new = with_rows(text, (key,), [f"{'  ' if number else '- '}{row}" for number, row in enumerate(rows)])
    return _checked(text, new, key, [*_records(text, key), dict(values)])


def without_source(text: str, name: str) -> str:
    """Return the text of a `region.yml` without the source that is called `name`; the last one takes the key with it.

    Raises:
        KompetanseError: When the list stands there in a form that cannot be cut.
    """
    return without_record(text, "sources", name)


def without_record(text: str, key: str, name: str) -> str:
    """Return the text of a `region.yml` without the record of the list `key` that is called `name`; the last one takes the key.

    Raises:
        KompetanseError: When the list stands there in a form that cannot be cut.
    """
    text = ended(text)
    kept = [one for one in _records(text, key) if one.get("name") != name]
    _, node = value_of(yaml_text.compose(text), key) or (None, None)
    if not isinstance(node, yaml.SequenceNode):
        return text
    entry = next((one for one in node.value if _name_of(one) == name), None)
    if entry is None:
        return text
    rows = text.split("\n")
    if not kept:
        first, last = yaml_text.lines(text)[key] - 1, _last_row(rows, node.value[-1])
    else:
        first, last = entry.start_mark.line, _last_row(rows, entry)
    return _checked(text, "\n".join(rows[:first] + rows[last + 1 :]), key, kept)


def _name_of(entry: yaml.Node) -> str | None:
    _, name = value_of(entry, "name") or (None, None)
    return name.value if name else None


def _records(text: str, key: str) -> list[Any]:
    meta = yaml_text.load(text)
    found = meta.get(key, []) if isinstance(meta, dict) else []
    return list(found) if isinstance(found, list) else []


def _last_row(rows: list[str], entry: yaml.Node) -> int:
    """Return the last row (from 0) that an entry has something on; what follows are blank rows and comments of others."""
    row = min(entry.end_mark.line, len(rows) - 1)
    row -= entry.end_mark.column == 0 and row > entry.start_mark.line
    while row > entry.start_mark.line and (not rows[row].strip() or rows[row].lstrip().startswith("#")):
        row -= 1
    return row


def _scalar(value: Scalar) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if _PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)


def _checked(old: str, new: str, key: str, records: list[Any]) -> str:
    """Return `new`, when it says what `old` says, but for the list `key`."""
    before, after = yaml_text.load(old) or {}, yaml_text.load(new) or {}
    rest = {name: before[name] for name in before if name != key}
    expected = {**rest, key: records} if records else rest
    if after != expected:
        raise KompetanseError(
            f"The {key} in region.yml stand there in a form that cannot be changed without touching the rest. "
            "Change the list by hand; docs/front-matter.md shows its keys"
        )
    return new
