"""Finished Markdown → what stands on the page, and its headings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kompetanse.render import convert_clean


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the page that its table of contents shows.

    Attributes:
        anchor: Its id.
        title: Its text, as HTML.
    """

    anchor: str
    title: str


@dataclass(frozen=True, slots=True)
class Converted:
    """A text as it stands on its page.

    Attributes:
        html: Cleaned: nothing in it runs, sends or restyles.
        toc: The outermost headings, in order.
    """

    html: str
    toc: tuple[Heading, ...]


def converted(text: str) -> Converted:
    """Convert finished Markdown."""
    made = convert_clean(text)
    return Converted(made.html, tuple(_outermost(made.headings)))


def _outermost(headings: Iterable[Mapping[str, Any]]) -> Iterator[Heading]:
    """Yield those that lie in no other one: as far out as any before."""
    outermost = 6
    for one in headings:
        if one["level"] <= outermost:
            outermost = one["level"]
            yield Heading(one["id"], one["name"])
