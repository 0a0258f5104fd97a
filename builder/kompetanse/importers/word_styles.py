"""The styles of a Word document that its authors made themselves, told by the built-in style that they are based on.

A municipality's template has headings of its own name; Word knows them by `basedOn` and `outlineLvl` (ECMA-376 part 1, 17.7).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from kompetanse.importers import office
from kompetanse.importers.unpacked import Unpacked
from kompetanse.importers.xml_text import parsed

_STYLES = "word/styles.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"heading ([1-6])", re.IGNORECASE)
_DEEPEST = 6
_LONGEST_CHAIN = 20
"""Styles that one may be based on in turn; a circle ends there."""


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    based_on: str
    outline: int | None


def own_styles(source: Unpacked, built_in: Mapping[str, str]) -> Iterator[str]:
    """Yield a row of mammoth's style map for each style that is based on a heading, or on one of `built_in`.

    Args:
        source: The document.
        built_in: What becomes of a built-in style, by its name in small letters.
    """
    if _STYLES not in source:
        return
    root = parsed(source.read(_STYLES, office.MOST_XML), f"{source.file}: {_STYLES}")
    styles = {
        str(one.get(f"{_W}styleId")): _style(one)
        for one in root.iter(f"{_W}style")
        if one.get(f"{_W}type") == "paragraph"
    }
    for style in styles.values():
        becomes = _becomes(style, styles, built_in)
        if becomes and not _HEADING.fullmatch(style.name) and style.name.lower() not in built_in:
            name = style.name.replace("\\", "\\\\").replace("'", "\\'")
            yield f"p[style-name='{name}'] => {becomes}"


def _style(element: etree._Element) -> _Style:
    level = element.find(f"{_W}pPr/{_W}outlineLvl")
    shown = level.get(f"{_W}val") if level is not None else None
    return _Style(
        " ".join(_value(element, "name").split()),
        _value(element, "basedOn"),
        int(shown) if shown and shown.isdecimal() else None,
    )


def _value(element: etree._Element, kind: str) -> str:
    found = element.find(f"{_W}{kind}")
    return str(found.get(f"{_W}val") or "") if found is not None else ""


def _becomes(style: _Style, styles: Mapping[str, _Style], built_in: Mapping[str, str]) -> str:
    """Return what a style becomes, by the nearest style that it is based on and that says something."""
    here: _Style | None = style
    for _ in range(_LONGEST_CHAIN):
        if here is None:
            break
        heading = _HEADING.fullmatch(here.name)
        if heading:
            return f"h{heading[1]}:fresh"
        if here.name.lower() in built_in:
            return built_in[here.name.lower()]
        if here.outline is not None and here.outline < _DEEPEST:
            return f"h{here.outline + 1}:fresh"
        here = styles.get(here.based_on)
    return ""
