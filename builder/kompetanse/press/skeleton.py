"""All pages of one kind share what stands around their text: the theme writes it once for each kind.

A kind is what decides the markup of the theme's templates. What differs between pages of one kind stands in slots, and
values are joined in, never looked at again: no author's text can open a slot.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from kompetanse.policy import with_policy
from kompetanse.press.converting import Converted, Heading
from kompetanse.press.leaf import Leaf

_SLOT = re.compile("\0([a-z0-9]+)\0")
_FEW = 2
"""So many headings or fewer make no table of contents; the templates then show the first alone."""

_ROWS = 3
"""Rows of the table of contents in a skeleton: what stands before, between and after them can be told apart."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the table of contents, as templates read it."""

    url: str
    title: str


@dataclass(frozen=True, slots=True)
class Face:
    """A page as templates read it; names are those of MkDocs' `Page`, so that one set of templates serves both."""

    url: str
    canonical_url: str | None
    meta: Mapping[str, Any]
    toc: Sequence[Entry]
    content: str
    previous_page: None = None
    next_page: None = None

    @property
    def is_homepage(self) -> bool:
        """Tell whether it is the first page of the site."""
        return self.url == "./"


Render = Callable[[Face], str]
"""The theme: writes a page with all that stands around it."""


@dataclass
class Press:
    """Sets pages, and keeps the skeleton of every kind that it has met.

    Attributes:
        render: The theme.
        site_url: Where the site will be published.
        linked: Addresses that the theme links to from every page, each with the folders it lies in; how a relative
            address begins depends on how much of it a page shares.
    """

    render: Render
    site_url: str | None
    linked: frozenset[str]
    _skeletons: dict[tuple[Any, ...], Skeleton] = field(default_factory=dict)

    def page(self, leaf: Leaf, text: Converted) -> str:
        """Return the whole page."""
        kind = self._kind(leaf, text)
        found = self._skeletons.get(kind)
        if found is None:
            found = self._skeletons[kind] = self._skeleton(leaf, text)
        return found.filled(self._values(leaf, text), text.toc)

    def _kind(self, leaf: Leaf, text: Converted) -> tuple[Any, ...]:
        """Return all that templates decide by: which values there are, and for some of them which."""
        head = leaf.head
        there = tuple((key, _deciding(key, value)) for key, value in head.items())
        shared = next((one for one in folders(leaf.address) if one in self.linked), "")
        return there, leaf.address.count("/"), shared, min(len(text.toc), _ROWS)

    def _skeleton(self, leaf: Leaf, text: Converted) -> Skeleton:
        few = len(text.toc) <= _FEW
        rows = len(text.toc) if few else _ROWS
        face = Face(
            url=quote(leaf.address) or "./",
            canonical_url=self._slot("canonicalurl") if self.site_url else None,
            meta={key: self._slot(key) if key in _SLOTS else value for key, value in leaf.head.items()},
            toc=[Entry("#" + self._slot(f"anchor{row}"), self._slot(f"heading{row}")) for row in range(rows)],
            content=self._slot("content"),
        )
        return Skeleton.of(with_policy(self.render(face)))

    @staticmethod
    def _slot(name: str) -> str:
        return f"\0{name}\0"

    def _values(self, leaf: Leaf, text: Converted) -> dict[str, str]:
        values = {key: leaf.head[key] for key in _SLOTS if key in leaf.head}
        values["content"] = text.html
        values["canonicalurl"] = f"{self.site_url}{quote(leaf.address)}"
        for row, heading in enumerate(text.toc[:_ROWS]):
            values[f"anchor{row}"], values[f"heading{row}"] = heading.anchor, heading.title
        return values


_SLOTS = frozenset({"title", "description", "canonical", "jsonld", "amb"})
"""Values of the front matter that templates write and never decide by, other than whether they are there."""


def folders(address: str) -> Iterator[str]:
    """Yield `address` and every folder it lies in, the nearest first."""
    while address:
        yield address
        address = address[: address.rstrip("/").rfind("/") + 1]


def _deciding(key: str, value: Any) -> Any:
    if key in _SLOTS:
        return bool(value)
    return tuple(value) if isinstance(value, list) else value


@dataclass(frozen=True, slots=True)
class Skeleton:
    """Markup with slots.

    Attributes:
        parts: Markup and names of slots in turn, markup first and last.
        rows: Index in `parts` of the first slot of the table of contents; None when there is none.
    """

    parts: tuple[str, ...]
    rows: int | None

    @classmethod
    def of(cls, page: str) -> Skeleton:
        """Take `page` apart at its slots."""
        parts = tuple(_SLOT.split(page))
        names = parts[1::2]
        wanted = tuple(name for row in range(_ROWS) for name in (f"anchor{row}", f"heading{row}"))
        starts = (place for place in range(len(names)) if names[place : place + len(wanted)] == wanted)
        first = next(starts, None)
        return cls(parts, None if first is None else 2 * first + 1)

    def filled(self, values: Mapping[str, str], toc: Sequence[Heading]) -> str:
        """Return the page with each slot filled."""
        return "".join(self._filled(values, toc))

    def _filled(self, values: Mapping[str, str], toc: Sequence[Heading]) -> Iterator[str]:
        if self.rows is None:
            yield from _joined(self.parts, values)
            return
        yield from _joined(self.parts[: self.rows], values)
        within, between = self.parts[self.rows + 1], self.parts[self.rows + 3]
        yield between.join(f"{one.anchor}{within}{one.title}" for one in toc)
        yield from _joined(self.parts[self.rows + 4 * _ROWS - 1 :], values)


def _joined(parts: Iterable[str], values: Mapping[str, str]) -> Iterator[str]:
    for place, part in enumerate(parts):
        yield values[part] if place % 2 else part
