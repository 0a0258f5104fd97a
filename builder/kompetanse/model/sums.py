"""Rows of tables as sums that are the same in every process, so that what was made from them can be known again."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from hashlib import sha256
from typing import Any

from kompetanse.model.catalogue import Inherited
from kompetanse.model.facts import Fact, Tables
from kompetanse.model.item import Item

_EVERY = "..."
_SET, _OBJECT = "set(", " at 0x"
"""What stands in a value as Python writes it when it is not written alike in every process."""


class Sums:
    """The sums of rows of one state.

    A row that is not written alike in every process has a sum that is never the same: what reads it is made anew.
    """

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._keys: dict[str, dict[str, Any]] = {}
        self._known: dict[tuple[str, str], bytes] = {}
        self._items: dict[int, bytes] = {}

    def of(self, facts: Iterable[tuple[str, str]]) -> bytes:
        """Return the sum of rows, each named by its table and the text of its key; their order counts."""
        return _hash(b"".join([self._known.get(fact) or self._sum(fact) for fact in facts]))

    def _sum(self, fact: tuple[str, str]) -> bytes:
        found = self._known[fact] = self._worked_out(*fact)
        return found

    def _worked_out(self, name: str, text: str) -> bytes:
        keys = self._keys.get(name)
        if keys is None:
            keys = self._keys[name] = {key_text(key): key for key in self._tables.get(name, ())}
        if text == _EVERY:
            return _hash("\0".join(keys).encode(errors="surrogatepass"))
        return self._row(self._tables[name][keys[text]]) if text in keys else b"-" * 32

    def _row(self, value: Any) -> bytes:
        """Return the sum of what stands in a row; an item, which stands in many rows of many tables, is summed once."""
        if isinstance(value, Item):
            found = self._items.get(id(value))  # the tables hold it as long as this lives
            if found is None:
                found = self._items[id(value)] = _sum(value)
            return found
        if isinstance(value, tuple):
            return _joined(map(self._row, value))
        if isinstance(value, Inherited):
            return _joined((self._row(value.requirement), self._row(value.role)))
        return _sum(value)


def named(facts: Iterable[Fact]) -> list[tuple[str, str]]:
    """Return rows by table and the text of their key, in an order of their own."""
    return sorted((table, key_text(key)) for table, key in facts)


def key_text(key: Any) -> str:
    """Return the text of a key; within a table, which has keys of one type, no two have the same."""
    if key is ...:
        return _EVERY
    return key.__name__ if isinstance(key, type) else str(key)


def _joined(sums: Iterable[bytes]) -> bytes:
    return _hash(b"(" + b"".join(sums))


def _sum(value: Any) -> bytes:
    if isinstance(value, str):
        return _hash(b"'" + value.encode(errors="surrogatepass"))
    text = repr(value)
    if _SET in text:
        text = _alike(value)
    if _OBJECT in text:
        return secrets.token_bytes(32)
    return _hash(text.encode(errors="surrogatepass"))


def _hash(data: bytes) -> bytes:
    return sha256(data).digest()


def _alike(value: Any) -> str:
    """Return a value that may have sets in it as it is written in every process."""
    if is_dataclass(value):
        parts = [f"{one.name}={_alike(getattr(value, one.name))}" for one in fields(value)]
        return f"{type(value).__name__}({', '.join(parts)})"
    if isinstance(value, set | frozenset):
        return f"{{{', '.join(sorted(map(_alike, value)))}}}"
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key!r}: {_alike(one)}' for key, one in value.items())}}}"
    if isinstance(value, tuple | list):
        return f"({', '.join(map(_alike, value))})"
    return repr(value)
