"""Finished Markdown → what stands on the page, and its headings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kompetanse.render import clean, convert


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
    html, headings = convert(text)
    return Converted(clean(html), _outermost(headings))


def _outermost(headings: Iterable[Mapping[str, Any]]) -> tuple[Heading, ...]:
    return tuple(Heading(one["id"], one["name"]) for one in headings)
