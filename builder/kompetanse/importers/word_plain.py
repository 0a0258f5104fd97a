"""Parts of a Word document with their words where mammoth reads them: it leaves out some elements with all that is in them.

ECMA-376 part 1: 17.16.19 (simple fields, such as the number of a figure), 17.3.2.8 and 17.3.2.3 (direction of text), 22.1 (formulas).
"""

from __future__ import annotations

from lxml import etree

from kompetanse.importers.unpacked import Unpacked
from kompetanse.importers.xml_text import local, parsed

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
_AROUND_WORDS = (f"{_W}fldSimple", f"{_W}dir", f"{_W}bdo")


def plain(source: Unpacked, name: str, data: bytes) -> bytes:
    """Return a part whose fields and formulas stand as their words; other parts as they are."""
    if name not in _PARTS or not any(mark in data for mark in (b"fldSimple", b":dir", b":bdo", b":oMath")):
        return data
    root = parsed(data, f"{source.file}: {name}")
    for element in list(root.iter(*_AROUND_WORDS)):
        _unwrap(element)
    for formula in list(root.iter(f"{_M}oMath")):
        _as_run(formula)
    for around in list(root.iter(f"{_M}oMathPara")):
        _unwrap(around)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _unwrap(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        place = parent.index(element)
        parent[place : place + 1] = list(element)


def _as_run(formula: etree._Element) -> None:
    """Put the signs of a formula in its place, in a row."""
    parent = formula.getparent()
    if parent is None:
        return
    run = etree.Element(f"{_W}r")
    text = etree.SubElement(run, f"{_W}t")
    text.text = "".join(one.text or "" for one in formula.iter() if local(one) == "t")
    parent.replace(formula, run)
