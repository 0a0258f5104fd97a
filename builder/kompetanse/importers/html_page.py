"""One page on its way to Markdown: its headings, anchors, footnotes, and what is lost."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from kompetanse.content.body import outline
from kompetanse.importers import html_blocks, html_table
from kompetanse.importers.found_course import Loss
from kompetanse.importers.html_block import Block, Walk, indented, joined
from kompetanse.importers.html_notes import Note, notes
from kompetanse.importers.html_tree import Element, holds_blocks, name, words
from kompetanse.importers.places import Places
from kompetanse.importers.plain_text import escaped

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_HOLDS_NO_HEADING = frozenset({"li", "td", "th", "blockquote", "dd", "details", "dt", "caption", "summary"})
_TOP, _DEEPEST = 2, 6
_PLACE = re.compile(r"\]\(#kmp-heading-(\d+)\)")
_ENDS_LIKE_A_HEADING = re.compile(r"(#+)\Z")


class Page(Walk):
    """A page that is walked over.

    Attributes:
        title: Words of the heading of level 1 that it starts with; empty when it has none.
        losses: What did not come along.
    """

    def __init__(
        self, root: Element, places: Places, where: str, footnotes: Mapping[str, Note] | None = None
    ) -> None:
        self.title = ""
        self.losses: list[Loss] = []
        self.in_cell = False
        self._root = root
        self._places = places
        self._where = where
        self._notes = notes(root) if footnotes is None else footnotes
        self._used: list[str] = []
        self.blocky = holds_blocks(root)
        self._levels: list[int] = []
        self._written: list[Element] = []
        self._started = False
        self._near = dict(_nearest(root))
        self._numbers = {one: place for place, one in enumerate(root.iter(*sorted(_HEADINGS)))}

    def blocks(self) -> Iterator[Block]:
        """Yield its blocks."""
        for block in html_blocks.flow(self, self._root):
            self._started = True
            yield block

    def notes_written(self) -> Iterator[Block]:
        """Yield the footnotes that the text refers to, as it numbers them; a note may refer to one more."""
        place = 0
        while place < len(self._used):
            note = self._notes[self._used[place]]
            text = joined(html_blocks.flow(self, note.element))
            yield Block("other", f"[^{place + 1}]: " + indented(text or "…").lstrip(" "))
            place += 1

    def note(self, element: Element) -> str | None:
        """Return the mark of the footnote that a link leads to."""
        anchor = (element.get("href") or "")[1:]
        if not (element.get("href") or "").startswith("#") or anchor not in self._notes:
            return None
        if anchor not in self._used:
            self._used.append(anchor)
        return f"[^{self._used.index(anchor) + 1}]"

    def link(self, url: str) -> str | None:
        """Return where a link leads."""
        if url.startswith("#"):
            heading = self._near.get(url[1:])
            if heading is not None and heading >= 0:
                return f"#kmp-heading-{heading}"
        return self._places.link(url)

    def picture(self, url: str) -> str | None:
        """Return the name of a picture."""
        return self._places.picture(url)

    def lost(self, what: str, why: str) -> None:
        """Remember what did not come along."""
        self.losses.append(Loss(self._where, " ".join(what.split()), why))

    def flow(self, element: Element) -> Iterator[Block]:
        """Yield the blocks in an element."""
        return html_blocks.flow(self, element)

    def is_block(self, element: Element) -> bool:
        """Tell whether an element stands on rows of its own."""
        return html_blocks.is_block(self, element)

    def block(self, element: Element) -> Iterator[Block]:
        """Yield what one block is."""
        return html_blocks.block(self, element)

    def table(self, element: Element) -> Iterable[Block]:
        """Return a table."""
        return html_table.table(self, element)

    def heading(self, element: Element, level: int, shown: str) -> Block | None:
        """Return a heading one level below the one over it, or bold words where a heading cannot stand."""
        if any(name(one) in _HOLDS_NO_HEADING for one in element.iterancestors()):
            plain = escaped(" ".join(words(element).split()))
            return Block("words", f"**{plain}**") if plain else None
        if level == 1 and not self._started and not self.title:
            self.title = " ".join(words(element).split())
            return None
        while self._levels and self._levels[-1] >= level:
            self._levels.pop()
        self._levels.append(level)
        self._written.append(element)
        signs = "#" * min(_TOP + len(self._levels) - 1, _DEEPEST)
        return Block("other", f"{signs} {_ENDS_LIKE_A_HEADING.sub(_as_signs, shown)}")

    def with_anchors(self, body: str) -> str:
        """Return the finished text with links to headings that it has; a link to another is its words."""
        if "](#kmp-heading-" not in body:
            return body
        order = {self._numbers[element]: place for place, element in enumerate(self._written)}
        anchors = [heading.anchor for heading in outline(body).headings]

        def anchor(match: re.Match[str]) -> str:
            place = order.get(int(match[1]))
            return f"](#{anchors[place]})" if place is not None and place < len(anchors) else "](#)"

        return _PLACE.sub(anchor, body)


def _as_signs(match: re.Match[str]) -> str:
    """Return signs at the end of a heading so that they are no end of a heading."""
    return "\\#" * len(match[1])


def _nearest(root: Element) -> Iterator[tuple[str, int]]:
    """Yield each anchor of a page with the number of its heading, from 0: the one above, then the one it stands right before."""
    number, waiting = -1, list[str]()
    for event, element in etree.iterwalk(root, events=("start", "end")):
        is_heading = name(element) in _HEADINGS
        if event == "end":
            waiting = [] if (element.tail or "").strip() else waiting
            continue
        if is_heading:
            number += 1
            yield from ((one, number) for one in waiting)
            waiting = []
        for anchor in (element.get("id"), element.get("name") if name(element) == "a" else None):
            if anchor:
                waiting.append(anchor)
                yield anchor, number
        if (element.text or "").strip() and not is_heading:
            waiting = []
