"""Boxes of HTML, open and folded → admonitions of Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kompetanse.importers import html_inline
from kompetanse.importers.html_around import BREAK
from kompetanse.importers.html_block import Block, Walk, indented, joined, paragraphs
from kompetanse.importers.html_tree import Element, name

_ADMONITIONS = {
    "note": "note", "info": "info", "tip": "tip", "hint": "tip", "important": "warning", "warning": "warning",
    "caution": "warning", "danger": "danger", "example": "example", "success": "success", "question": "question",
    "exercise": "exercise", "keypoints": "keypoints", "instructor": "instructor",
}  # fmt: skip
_BOX = frozenset({"admonition", "alert", "callout", "notice", "box", "infobox"})


def details(walk: Walk, element: Element) -> Iterator[Block]:
    """Yield a block that is folded under its summary."""
    summary = next((one for one in element if name(one) == "summary"), None)
    title = html_inline.inside(walk, summary) if summary is not None else ""
    if summary is not None:
        tail, summary.tail = summary.tail, None
        place = element.index(summary)
        element.remove(summary)
        _put_back(element, place, tail)
    marks = (element.get("class") or "").lower().split()
    kind = next((_ADMONITIONS[mark] for mark in marks if mark in _ADMONITIONS), "note")
    yield from _titled(f"??? {kind}", title, walk.flow(element))


def _put_back(element: Element, place: int, tail: str | None) -> None:
    """Keep words that stood after an element that was taken out."""
    if tail and place:
        element[place - 1].tail = (element[place - 1].tail or "") + tail
    elif tail:
        element.text = (element.text or "") + tail


def _titled(opening: str, title: str, blocks: Iterable[Block]) -> Iterator[Block]:
    body = joined(blocks)
    shown = " ".join(title.replace(BREAK, " ").split()).replace('"', "&quot;")
    if not body:
        yield from paragraphs(title)
    else:
        yield Block(
            "other",
            f'{opening} "{shown or "…"}"\n{indented(body)}'
            if shown or opening[0] == "?"
            else f'{opening} ""\n{indented(body)}',
        )


def box(element: Element) -> str | None:
    """Return what kind of box an element is drawn as, or None when it is none."""
    marks = (element.get("class") or "").lower().replace("--", "-").split()
    kinds = {part for mark in marks for part in (mark, mark.rpartition("-")[2])}
    found = next((_ADMONITIONS[kind] for kind in sorted(kinds) if kind in _ADMONITIONS), None)
    is_box = bool(_BOX.intersection(kinds)) or bool(
        _BOX.intersection(mark.partition("-")[0] for mark in marks)
    )
    return (found or "note") if is_box and name(element) in {"div", "aside", "section"} else None


def _is_title(element: Element) -> bool:
    """Tell whether a part of a box is its title, as our pages, Bootstrap's themes and Moodle's mark one."""
    marks = (element.get("class") or "").lower()
    return any(sign in marks for sign in ("title", "alert-heading", "fw-bold", "font-weight-bold"))


def admonition(walk: Walk, element: Element) -> Iterator[Block]:
    """Yield what is drawn as a box, with its title."""
    found = box(element) or "note"
    title = next((one for one in element if _is_title(one)), None)
    shown = ""
    if title is not None:
        shown = html_inline.inside(walk, title)
        place, tail = element.index(title), title.tail
        title.tail = None
        element.remove(title)
        _put_back(element, place, tail)
    yield from _titled(f"!!! {found}", shown, walk.flow(element))
