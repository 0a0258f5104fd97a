"""Footnotes of a page: which link leads to which note, told by the link that leads back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kompetanse.importers.html_tree import Element, name, take_out, unwrap

_NOTE = frozenset({"li", "p", "div", "aside", "dd", "section"})


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote.

    Attributes:
        element: What it says, without the link back.
    """

    element: Element


def notes(root: Element) -> dict[str, Note]:
    """Take the footnotes out of `root`, and return them by the anchor that their links lead to.

    A note is what a link `#x` leads to when it holds a link back to that link, as Word, pandoc and EPUB have it.
    """
    by_id = {one.get("id"): one for one in root.iter() if one.get("id")}
    found: dict[str, Note] = {}
    for link in list(root.iter("a")):
        anchor = _anchor(link)
        target = by_id.get(anchor) if anchor else None
        if target is None or anchor in found or name(target) not in _NOTE or link in set(target.iter()):
            continue
        back = _back(link, target)
        if back is not None:
            _drop(back)
            found[anchor] = Note(target)
    for note in found.values():
        _take_out(note.element)
    return found


def _anchor(link: Element) -> str:
    href = link.get("href") or ""
    return href[1:] if href.startswith("#") else ""


def _back(link: Element, target: Element) -> Element | None:
    own = set(_ids(link))
    return next((one for one in target.iter("a") if _anchor(one) and _anchor(one) in own), None)


def _ids(link: Element) -> Iterator[str]:
    around = link.getparent()
    for one in (link, *([around] if around is not None else [])):
        if one.get("id"):
            yield str(one.get("id"))


def _drop(element: Element) -> None:
    element.text = None
    for child in list(element):
        element.remove(child)
    unwrap(element)


def _take_out(element: Element) -> None:
    """Take a note out of the list that it stands in; what is left empty is not shown."""
    parent = element.getparent()
    if parent is not None:
        take_out(element)
