"""Who reads what: the rows of tables that were read while a thing was made, and those in which two states differ.

A thing is made from tables, such as that of all items by id. It is handed the tables as *watched* ones, and a log writes
down each row that is read: also one that is not there, and the question which rows there are. As long as none of these rows
is another one, the thing would be made the same again. See `docs/decisions/018-who-reads-what.md`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from types import FunctionType, MethodType
from typing import Any, TypeVar, cast

Fact = tuple[str, Any]
"""A row: the name of its table, and its key. The key `...` asks which rows there are, in their order."""

Reads = frozenset[Fact]
Tables = Mapping[str, Mapping[Any, Any]]

_Whole = TypeVar("_Whole")
_NOTHING = object()


class Log:
    """Writes down what is read; one thing is made at a time."""

    def __init__(self) -> None:
        self.seen: set[Fact] = set()

    def begin(self) -> None:
        """Begin a new page of the log."""
        self.seen = set()

    def reads(self) -> Reads:
        """Return what was read since the page was begun."""
        return frozenset(self.seen)


class Watched(Mapping[Any, Any]):
    """A table whose readers are written down.

    Args:
        name: Of the table.
        rows: What stands in it.
        log: Where it is written down.
    """

    __slots__ = ("_log", "_name", "_rows")

    def __init__(self, name: str, rows: Mapping[Any, Any], log: Log) -> None:
        self._name, self._rows, self._log = name, rows, log

    def __getitem__(self, key: Any) -> Any:
        self._log.seen.add((self._name, key))
        return self._rows[key]

    def get(self, key: Any, default: Any = None) -> Any:
        """Return the row of `key`, or `default`."""
        self._log.seen.add((self._name, key))
        return self._rows.get(key, default)

    def __contains__(self, key: object) -> bool:
        self._log.seen.add((self._name, key))
        return key in self._rows

    def __iter__(self) -> Iterator[Any]:
        self._log.seen.add((self._name, ...))
        return iter(self._rows)

    def __len__(self) -> int:
        self._log.seen.add((self._name, ...))
        return len(self._rows)


class _Face:
    """A value with names, such as a region, each of whose attributes is a row of a table.

    Its own methods and properties read through it, so that of these too only what they read is written down. What is no
    row itself, a part that is watched in a way of its own or a method, is an attribute like any other from then on.
    """

    def __init__(self, name: str, target: Any, log: Log, parts: Mapping[str, Any]) -> None:
        self._name, self._target, self._log = name, target, log
        self.__dict__.update(parts)

    def __getattr__(self, attribute: str) -> Any:
        meant = getattr(type(self._target), attribute, None)
        if isinstance(meant, FunctionType):
            method = self.__dict__[attribute] = MethodType(meant, self)
            return method
        if isinstance(meant, property) and meant.fget:
            return meant.fget(self)
        self._log.seen.add((self._name, attribute))
        return getattr(self._target, attribute)


def watched(name: str, target: _Whole, log: Log, parts: Mapping[str, Any] | None = None) -> _Whole:
    """Return `target` with its readers written down, each attribute as a row of the table `name`.

    Args:
        name: Of the table.
        target: A value that does not change.
        log: Where it is written down.
        parts: Attributes that are watched in a way of their own, and what stands for them.
    """
    return cast(_Whole, _Face(name, target, log, parts or {}))


def rows(target: Any, but: frozenset[str] = frozenset()) -> dict[str, Any]:
    """Return the table of `target` as `watched` writes it down: its attributes, and those that are worked out once."""
    fields = target.__dataclass_fields__
    once = [name for name, one in vars(type(target)).items() if isinstance(one, cached_property)]
    return {name: getattr(target, name) for name in (*fields, *once) if name not in but}


def changed(old: Tables, new: Tables) -> set[Fact]:
    """Return the rows in which two states differ."""
    return {fact for name in {*old, *new} for fact in _changed(name, old.get(name, {}), new.get(name, {}))}


def _changed(name: str, old: Mapping[Any, Any], new: Mapping[Any, Any]) -> Iterator[Fact]:
    if old is new:
        return
    for key, value in new.items():
        before = old.get(key, _NOTHING)
        if before is not value and before != value:
            yield name, key
    yield from ((name, key) for key in old if key not in new)
    if len(old) != len(new) or any(one != other for one, other in zip(old, new, strict=True)):
        yield name, ...
