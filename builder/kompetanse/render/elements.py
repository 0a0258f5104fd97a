"""Elements of HTML within Markdown: which begin and end, and whether each ends where it should."""

from __future__ import annotations

import re
from typing import NamedTuple

_VALUE = r"\"[^\"\n]*\"|'[^'\n]*'|[^\s\"'=<>`&]+"
_TAG = rf"<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?: +[a-zA-Z][\w:.-]*(?:=(?:{_VALUE}))?)*) */?>"
_ATTRIBUTES = re.compile(_TAG)
_TAG_OR_UNFINISHED = re.compile(rf"{_TAG}|<(?:<|(?!(?i:https?):[^\s<>]*>)[a-zA-Z/])")
"""A tag; or what could be one that goes on in a way nobody here knows, which has no name."""

_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
"""Elements that end where they begin."""


class UnfinishedError(ValueError):
    """Something begins as a tag does and is none that we know."""


class Elements(NamedTuple):
    """The elements of a text.

    Attributes:
        out: Names of those that it ends and did not begin, the innermost first.
        into: Names of those that it begins and does not end, the outermost first.
        ends: Where those end that lie in no other one of the text.
        names: Names of all.
    """

    out: tuple[str, ...] = ()
    into: tuple[str, ...] = ()
    ends: tuple[int, ...] = ()
    names: frozenset[str] = frozenset()

    @property
    def closed(self) -> bool:
        """Tell whether each of them begins and ends in the text."""
        return not self.out and not self.into


def elements(text: str) -> Elements | None:
    """Return the elements of `text`; None when a tag ends another element than the last one that is open.

    Raises:
        UnfinishedError: When something may be a tag, and is none that we know.
    """
    out, into, ends, names, fits = list[str](), list[str](), list[int](), set[str](), True
    for tag in _TAG_OR_UNFINISHED.finditer(text):
        closing, name = tag.group(1, 2)
        if name is None:
            raise UnfinishedError
        name = name.lower()
        names.add(name)
        if name in _VOID:
            continue
        if not closing:
            into.append(name)
        elif not into:
            out.append(name)
        else:
            fits = into.pop() == name and fits
            if not into:
                ends.append(tag.end())
    return Elements(tuple(out), tuple(into), tuple(ends), frozenset(names)) if fits else None


def attributes(text: str) -> list[str]:
    """Return the attributes of each tag in `text`, as written."""
    return [tag[3] for tag in _ATTRIBUTES.finditer(text)]
