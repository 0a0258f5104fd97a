"""What a page of an index is made of, wherever that comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from kompetanse_search.document import Document
from kompetanse_search.finished_text import Heading, Html


class Source(Protocol):
    """What a page is made of."""

    @property
    def address(self) -> str:
        """As on the site."""

    @property
    def digest(self) -> str:
        """The same as long as the page is."""

    def read(self, html: Html) -> tuple[Document, tuple[Heading, ...]]:
        """Return it as it is searched, and what leads to each of its headings."""


Track = Callable[[Sequence[Source]], Iterable[Source]]
"""Wraps the pages while they are read, to show progress."""
