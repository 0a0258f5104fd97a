"""HTML of others → Markdown of ours.

Only words, pictures and what arranges them come through; what runs, is fetched or restyles stays behind, and all words are
written so that they mean nothing but themselves. Rendered again, the text says the same.

    text = markdown(html, places, "kurs.zip: side1.html")
    text.body       # headings from level 2 on, without jumps
    text.losses     # what did not come along

    inline("<p>Er 2 &lt; 3?</p>", places, where)     # one row: an option, a feedback
    plain("<b>Tittel</b>")                            # words only: a title
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from kompetanse.importers.found_course import Loss


class Places(Protocol):
    """Where links and pictures of a piece of HTML lead in the course that is made of it."""

    def link(self, url: str) -> str | None:
        """Return where a link leads: a `FoundMedia.name`, `lesson:N`, or None when it leads nowhere here.

        Asked for what is no `http`, `https`, `mailto` or `tel` address, also for `#anchor` that this piece does not have.
        """

    def picture(self, url: str) -> str | None:
        """Return the `FoundMedia.name` of a picture, sound or film; None when it cannot be had.

        Asked for everything but addresses on the web, also for `data:`.
        """


class Nowhere:
    """Places of HTML that has no files beside it."""

    def link(self, url: str) -> str | None:
        """No link leads anywhere."""
        return None

    def picture(self, url: str) -> str | None:
        """There are no pictures."""
        return None


NOWHERE: Places = Nowhere()


@dataclass(frozen=True, slots=True)
class Text:
    """What a piece of HTML says.

    Attributes:
        body: Markdown; headings start at level 2 and do not jump.
        title: Words of the heading of level 1 that the HTML started with, which is not in `body`; empty when it had none.
        losses: What did not come along, or must be looked at, in the order of the text.
    """

    body: str
    title: str = ""
    losses: tuple[Loss, ...] = ()


def markdown(html: str, places: Places, where: str) -> Text:
    """Return the text of a page or of a part of one.

    Args:
        html: A whole page, or what stands in one.
        places: Where its links and pictures lead.
        where: Its place, for the report: file and entry.
    """
    raise NotImplementedError


def inline(html: str, places: Places = NOWHERE, where: str = "") -> Text:
    """Return the text of HTML on one row, without headings, lists and tables: what stands in an option of a question."""
    raise NotImplementedError


def plain(html: str) -> str:
    """Return the words of HTML, on one row, without markup: a title, a name."""
    raise NotImplementedError
