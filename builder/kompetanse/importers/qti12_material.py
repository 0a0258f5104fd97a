"""What QTI 1.2 shows, as HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from lxml import etree

from kompetanse.importers.bare_xml import inner_html, words

GAP = "____"
_SHOWN = ("matimage", "mataudio", "matvideo")
_LINE = re.compile(r"_{3,}")
_CHOICES = ("response_lid", "response_grp", "response_xy")
_GAPS = ("response_str", "response_num")
_INSIDE = ("render_choice", "render_hotspot", "render_slider", "render_extension", "render_fib")


def stem(presentation: etree._Element | None, *, with_labels: bool = True) -> str:
    """Return what an item asks, with `____` where something is written, and without what is chosen from.

    Args:
        presentation: Its `presentation`.
        with_labels: Whether what stands at each place to answer is part of it.
    """
    if presentation is None:
        return ""
    parts = [part for part in _parts(presentation, with_labels) if part]
    if any(_LINE.search(part) for part in parts if part != GAP):
        parts = [part for part in parts if part != GAP]
    return " ".join(parts)


def _parts(element: etree._Element, with_labels: bool) -> Iterator[str]:
    for child in element:
        if child.tag == "material":
            yield material(child)
        elif child.tag in _GAPS:
            yield from _parts(child, with_labels) if with_labels else ()
            yield GAP
        elif child.tag not in _INSIDE and (with_labels or child.tag not in _CHOICES):
            yield from _parts(child, with_labels)


def text_of(element: etree._Element | None) -> str:
    """Return all material in an element, such as a feedback or an option."""
    return "" if element is None else " ".join(material(one) for one in element.iter("material"))


def material(element: etree._Element) -> str:
    """Return one material."""
    return "".join(_shown(part) for part in element)


def _shown(part: etree._Element) -> str:
    if part.tag in ("mattext", "matemtext"):
        return _text(part)
    if part.tag == "matbreak":
        return "<br>"
    if part.tag in _SHOWN and part.get("uri"):
        address, says = escape(part.get("uri", "")), escape(part.get("label", ""))
        return (
            f'<img src="{address}" alt="{says}">'
            if part.tag == "matimage"
            else f'<a href="{address}">{says or address}</a>'
        )
    return ""


def _text(part: etree._Element) -> str:
    if len(part):
        return inner_html(part)
    kind, text = part.get("texttype", "text/plain"), part.text or ""
    if kind.endswith(("html", "xml")):
        return text
    if kind.endswith("rtf"):
        return ""
    shown = escape(words(part), quote=False)
    return f"<em>{shown}</em>" if part.tag == "matemtext" else shown
