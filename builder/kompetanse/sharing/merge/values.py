"""Merge what front matter says: texts, lists and mappings, without how they are written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from itertools import pairwise
from typing import Final, TypeAlias

from kompetanse.sharing.merge.beside import alike
from kompetanse.sharing.merge.parts import Why
from kompetanse.sharing.merge.passage import merged_words

LONG_TEXT = 40
"""Letters from which a text is prose, to be merged by words."""
_NAMES = ("id", "competence", "course", "url", "number", "title")
"""Keys that tell items of a list apart; the first one that an item has."""


class Missing(Enum):
    """The value of a key that is not there."""

    MISSING = "missing"


MISSING: Final = Missing.MISSING
Value: TypeAlias = "str | list[Value] | dict[str, Value]"
Found: TypeAlias = "Value | Missing"


class Undecided(Exception):  # noqa: N818 (nobody is at fault)
    """A person must choose."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


def merge_value(base: Found, ours: Found, theirs: Found) -> Found:
    """Return what base became on both sides. Raises `Undecided`."""
    if ours == theirs or theirs == base:
        return ours
    if ours == base:
        return theirs
    if isinstance(ours, Missing) or isinstance(theirs, Missing):
        raise Undecided(Why.DELETED_AND_CHANGED)
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return _mappings(base if isinstance(base, dict) else {}, ours, theirs)
    if isinstance(ours, list) and isinstance(theirs, list):
        return _lists(base if isinstance(base, list) else [], ours, theirs)
    if isinstance(base, str) and isinstance(ours, str) and isinstance(theirs, str):
        return _texts(base, ours, theirs)
    raise Undecided(Why.SAME_KEY)


def _texts(base: str, ours: str, theirs: str) -> str:
    if len(base) <= LONG_TEXT:
        raise Undecided(Why.SAME_KEY)
    found = merged_words(base, ours, theirs)
    if isinstance(found, Why):
        raise Undecided(found)
    return found


def _mappings(base: Mapping[str, Value], ours: Mapping[str, Value], theirs: Mapping[str, Value]) -> Value:
    merged: dict[str, Value] = {}
    for key in union(list(base), list(ours), list(theirs)):
        value = merge_value(base.get(key, MISSING), ours.get(key, MISSING), theirs.get(key, MISSING))
        if not isinstance(value, Missing):
            merged[key] = value
    return merged


def _lists(base: Sequence[Value], ours: Sequence[Value], theirs: Sequence[Value]) -> Value:
    z, o, t = (_by_name(side) for side in (base, ours, theirs))
    orders = [[name for name in side if name in z and name in o and name in t] for side in (z, o, t)]
    if orders[1] != orders[2] and orders[0] not in orders[1:]:
        raise Undecided(Why.REORDERED)
    if _both_reworded(z, o, t):
        raise Undecided(Why.SAME_KEY)
    merged: list[Value] = []
    for name in union(list(z), list(o), list(t)):
        value = merge_value(z.get(name, MISSING), o.get(name, MISSING), t.get(name, MISSING))
        if not isinstance(value, Missing):
            merged.append(value)
    return merged


def _both_reworded(base: Mapping[str, Value], ours: Mapping[str, Value], theirs: Mapping[str, Value]) -> bool:
    """Tell whether a text that neither has any more lives on, reworded, with one of them: texts have no other name than themselves."""
    gone = [
        name
        for name, item in base.items()
        if isinstance(item, str) and name not in ours and name not in theirs
    ]
    new = [name for name in (*ours, *theirs) if name not in base and not (name in ours and name in theirs)]
    return any(alike(old, one) for old in gone for one in new)


def _by_name(items: Sequence[Value]) -> dict[str, Value]:
    named = {name: item for item in items if (name := name_of(item))}
    if len(named) != len(items):
        raise Undecided(Why.SAME_KEY)
    return named


def name_of(item: Value) -> str:
    """Return what tells an item apart from the others of its list; empty when nothing does."""
    if isinstance(item, str):
        return item
    if isinstance(item, dict):
        found = next((item[key] for key in _NAMES if key in item), "")
        return found if isinstance(found, str) else ""
    return ""


def union(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """Return all names, in the order of the side that reordered; what only the other has comes after its predecessor there."""
    common = set(base) & set(ours) & set(theirs)
    orders = [[name for name in side if name in common] for side in (base, ours, theirs)]
    lead, other = (theirs, ours) if orders[1] == orders[0] != orders[2] else (ours, theirs)
    return list(_woven(lead, other))


def _woven(lead: Sequence[str], other: Sequence[str]) -> Iterator[str]:
    """Yield the names of `lead`, each with what follows it in `other` alone."""
    known = set(lead)
    after = {before: name for before, name in pairwise(other) if name not in known}
    first = other[0] if other and other[0] not in known else None
    anchor = next((name for name in other if name in known), None)
    for name in lead:
        if first is not None and name == anchor:
            yield from _chain(first, after)
            first = None
        yield name
        if name in after:
            yield from _chain(after[name], after)
    if first is not None:
        yield from _chain(first, after)


def _chain(first: str, after: Mapping[str, str]) -> Iterator[str]:
    name: str | None = first
    while name is not None:
        yield name
        name = after.get(name)
