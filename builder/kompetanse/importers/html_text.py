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

from collections.abc import Mapping
from dataclasses import dataclass

from kompetanse.importers.found_course import Loss
from kompetanse.importers.html_block import joined
from kompetanse.importers.html_notes import Note
from kompetanse.importers.html_page import Page
from kompetanse.importers.html_table import cell_text
from kompetanse.importers.html_tree import Element, tree, words
from kompetanse.importers.places import NOWHERE, Places
from kompetanse.importers.plain_text import as_row


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
    return written(tree(html, where), places, where)


def written(root: Element, places: Places, where: str, footnotes: Mapping[str, Note] | None = None) -> Text:
    """Return the text of a tree; the tree is not what it was afterwards.

    Args:
        root: What stands in it is written.
        places: Where its links and pictures lead.
        where: Its place, for the report.
        footnotes: Those of the whole that it is a part of; its own when None.
    """
    page = Page(root, places, where, footnotes)
    blocks = [*page.blocks(), *page.notes_written()]
    return Text(page.with_anchors(joined(blocks)), page.title, tuple(page.losses))


def inline(html: str, places: Places = NOWHERE, where: str = "") -> Text:
    """Return the text of HTML on one row, without headings, lists and tables: what stands in an option of a question."""
    root = tree(html, where)
    page = Page(root, places, where, {})
    row = cell_text(page, root).replace("\\|", "|").replace("<br>", " ")
    return Text(as_row(" ".join(row.split())), "", tuple(page.losses))


def plain(html: str) -> str:
    """Return the words of HTML, on one row, without markup: a title, a name."""
    return " ".join(words(tree(html)).split())
