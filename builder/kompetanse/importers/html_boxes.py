"""Boxes of HTML, open and folded → admonitions of Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kompetanse.importers import html_inline
from kompetanse.importers.html_around import BREAK
from kompetanse.importers.html_block import Block, Walk, indented, joined, paragraphs
from kompetanse.importers.html_tree import Element, name
from kompetanse.messages import LANGUAGES, text

_ADMONITIONS = {
    "note": "note", "info": "info", "tip": "tip", "hint": "tip", "important": "warning", "warning": "warning",
    "caution": "warning", "danger": "danger", "example": "example", "success": "success", "question": "question",
    "instructor": "instructor", "exercise": "exercise", "keypoints": "keypoints",
}  # fmt: skip
_OURS = frozenset({"instructor", "exercise", "example", "keypoints"})
"""Kinds of boxes that our pages give a title of their own."""

_BOX = frozenset({"admonition", "alert", "callout", "notice", "box", "infobox"})


def details(walk: Walk, element: Element) -> Iterator[Block]:
    """Yield a block that is folded under its summary; one for instructors is folded anyway."""
    summary = next((one for one in element if name(one) == "summary"), None)
    title = html_inline.inside(walk, summary) if summary is not None else ""
    if summary is not None:
        tail, summary.tail = summary.tail, None
        place = element.index(summary)
        element.remove(summary)
        _put_back(element, place, tail)
    kind = _kind(element) or "note"
    yield from _titled("!!!" if kind == "instructor" else "???", kind, title, walk.flow(element))


def _put_back(element: Element, place: int, tail: str | None) -> None:
    """Keep words that stood after an element that was taken out."""
    if tail and place:
        element[place - 1].tail = (element[place - 1].tail or "") + tail
    elif tail:
        element.text = (element.text or "") + tail


def _titled(sign: str, kind: str, title: str, blocks: Iterable[Block]) -> Iterator[Block]:
    body = joined(blocks)
    shown = " ".join(title.replace(BREAK, " ").split()).replace('"', "&quot;")
    if not body:
        yield from paragraphs(title)
        return
    named = (
        "" if kind in _OURS and (not shown or _is_usual(kind, shown)) else f' "{shown or _NAMELESS[sign]}"'
    )
    yield Block("other", f"{sign} {kind}{named}\n{indented(body)}")


_NAMELESS = {"???": "…", "!!!": ""}


def _is_usual(kind: str, title: str) -> bool:
    return any(text(language, f"block.{kind}") == title for language in LANGUAGES)


def box(element: Element) -> str | None:
    """Return what kind of box an element is drawn as, or None when it is none."""
    marks = _marks(element)
    is_box = bool(_BOX.intersection(marks)) and name(element) in {"div", "aside", "section"}
    return (_kind(element) or "note") if is_box else None


def _kind(element: Element) -> str | None:
    return next((_ADMONITIONS[mark] for mark in sorted(_marks(element)) if mark in _ADMONITIONS), None)


def _marks(element: Element) -> set[str]:
    """Return the classes of an element, and the words that those are made of: `alert-warning` is a warning too."""
    found = (element.get("class") or "").lower().split()
    return {part for mark in found for part in (mark, *mark.replace("--", "-").split("-"))}


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
    yield from _titled("!!!", found, shown, walk.flow(element))
