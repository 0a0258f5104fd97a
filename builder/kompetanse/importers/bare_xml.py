"""XML whose namespaces differ from version to version of a standard, read by the names alone."""

from __future__ import annotations

from html import escape
from math import isfinite

from lxml import etree

from kompetanse.importers.xml_text import local, parsed


def bare(data: bytes, where: str) -> etree._Element:
    """Return the root element of an XML file, with all names of elements and attributes without their namespaces.

    Raises:
        KompetanseError: When it is no XML, or none that anybody should read.
    """
    root = parsed(data, where)
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = local(element)
            _strip(element)
    etree.cleanup_namespaces(root)
    return root


def _strip(element: etree._Element) -> None:
    for name in [str(name) for name in element.attrib if str(name).startswith("{")]:
        value = element.attrib.pop(name)
        if name.rpartition("}")[2] not in element.attrib:
            element.set(name.rpartition("}")[2], value)


def words(element: etree._Element | None) -> str:
    """Return all text in `element`, on one row; empty when there is none."""
    return "" if element is None else " ".join("".join(map(str, element.itertext())).split())


def inner_html(element: etree._Element) -> str:
    """Return what stands inside `element` as HTML."""
    parts = [escape(element.text or "", quote=False)]
    for child in element:
        parts.append(etree.tostring(child, encoding="unicode", method="html", with_tail=True))
    return "".join(parts)


def number(written: str | None) -> float:
    """Return a number as programs write it; what is none counts for nothing."""
    try:
        found = float(written or 0)
    except ValueError:
        return 0.0
    return found if isfinite(found) else 0.0
