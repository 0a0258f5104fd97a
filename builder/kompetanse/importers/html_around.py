"""What the walk over a page knows, for those who write one element of it."""

from __future__ import annotations

from typing import Protocol

from kompetanse.importers.html_tree import Element

BREAK = "\v"
"""Stands for a new row within a paragraph; no HTML holds this sign."""


class Around(Protocol):
    """What the walk over a page knows."""

    in_cell: bool
    """Whether a table's cell is being written."""

    def link(self, url: str) -> str | None:
        """Return where a link leads that is no address on the web."""

    def picture(self, url: str) -> str | None:
        """Return the name of a picture."""

    def note(self, element: Element) -> str | None:
        """Return the mark of the footnote that a link leads to, or None when it leads to none."""

    def lost(self, what: str, why: str) -> None:
        """Remember what did not come along."""
