"""One long page in parts: where a document's headings part it into modules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import html as lxml_html

from kompetanse.importers.html_tree import Element, name, take_out, unwrap, words

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_ENOUGH = 2
"""Fewer headings of a level than this part nothing."""


@dataclass
class Part:
    """A part of a page.

    Attributes:
        title: Words of its heading; empty for what stands before the first one.
        root: What stands under the heading.
        anchors: Ids that links to it may name.
    """

    title: str
    root: Element = field(default_factory=lambda: lxml_html.Element("div"))
    anchors: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Parts:
    """A page in parts.

    Attributes:
        title: Words of the heading over all; empty where there is none.
        lead: What stands before the first part.
        parts: The others, in order; none when nothing parts the page.
    """

    title: str
    lead: Part
    parts: Sequence[Part]


def parts(root: Element, *, has_title: bool = False) -> Parts:
    """Part a page at its highest headings; `root` is empty afterwards.

    Unless it has a title besides, a single heading of level 1 that comes first is the title of all, and the next level parts.
    """
    _unwrap(root)
    heads = [child for child in root if name(child) in _HEADINGS and words(child).strip()]
    counts = Counter(map(name, heads))
    is_title = bool(heads) and not has_title and name(heads[0]) == "h1" and counts["h1"] == 1
    title = heads[0] if is_title else None
    level = next((one for one in _HEADINGS if counts[one] and (title is None or one != "h1")), None)
    if level is None or (counts[level] < _ENOUGH and level != "h1"):
        level = None
    return _parted(root, title, level)


def _unwrap(root: Element) -> None:
    """Take elements away that hold the whole page, such as `div` and `main`."""
    while (
        len(root) == 1
        and name(root[0]) in {"div", "main", "article", "section"}
        and not (root.text or "").strip()
    ):
        unwrap(root[0])


def _parted(root: Element, title: Element | None, level: str | None) -> Parts:
    lead = Part("")
    found: list[Part] = []
    lead.root.text = root.text
    for child in list(root):
        part = found[-1] if found else lead
        if child is title:
            _say_tail(part, child)
        elif name(child) == level and words(child).strip():
            found.append(Part(" ".join(words(child).split())))
            _say_tail(found[-1], child)
            found[-1].anchors += _ids(child)
        else:
            part.root.append(child)
            part.anchors += _ids(child)
    return Parts(" ".join(words(title).split()) if title is not None else "", lead, found)


def _say_tail(part: Part, heading: Element) -> None:
    """Keep words that stand right behind a heading that is taken out."""
    if heading.tail and heading.tail.strip():
        part.root.text = (part.root.text or "") + heading.tail


def _ids(element: Element) -> list[str]:
    found = [one.get(key) for one in element.iter() for key in ("id", "name")]
    return [one for one in found if one]


def anchors(found: Sequence[Part]) -> dict[str, int]:
    """Return the number of the part that each anchor stands in."""
    return {anchor: number for number, part in enumerate(found) for anchor in part.anchors}


def is_empty(root: Element) -> bool:
    """Tell whether a part holds neither words nor pictures."""
    return not words(root).strip() and next(root.iter("img", "video", "audio", "iframe"), None) is None


def opening(root: Element) -> Element | None:
    """Return the heading that a page begins with; None when words or a picture stand before it."""
    for one in root.iter():
        if name(one) in _HEADINGS and words(one).strip():
            return one
        if (one.text or "").strip() or name(one) in {"img", "table", "video"}:
            return None
    return None


def titled(root: Element, title: str) -> str:
    """Return the title of a page, `title` or what it begins with, and take the heading out that says the same."""
    first = opening(root)
    if title:
        heads = (one for one in root.iter(*_HEADINGS) if words(one).strip())
        first = next(heads, None)
    said = " ".join(words(first).split()) if first is not None else ""
    if first is not None and (not title or said.casefold() == title.casefold()):
        take_out(first)
    return title or said
