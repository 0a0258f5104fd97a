"""What a Word document holds that its HTML does not: told from its XML, with the page and heading where it stands.

The names are those of WordprocessingML, ECMA-376 part 1.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from kompetanse.importers import office
from kompetanse.importers.found_course import Loss
from kompetanse.importers.unpacked import Unpacked
from kompetanse.importers.xml_text import local, parsed

_DOCUMENT = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_KINDS = {
    "oMath": ("formula", "its layout is not taken. Write it anew"),
    "txbxContent": ("text box", "its text stands where the box was anchored. Look at its place"),
    "object": (
        "embedded object",
        "objects of other programs are not taken. Save it as a picture or a file of its own",
    ),
    "ffData": ("form field", "what one fills in is not kept"),
    "del": ("deleted text (tracked change)", "the document is read as if its changes were accepted"),
    "commentReference": ("comment", "comments are not taken"),
}


def losses(source: Unpacked) -> Iterator[Loss]:
    """Yield what is not carried over, in the order of the document, then what stands outside its text."""
    root = parsed(source.read(_DOCUMENT, office.MOST_XML), f"{source.file}: {_DOCUMENT}")
    comments = dict(_comments(source))
    yield from _in_text(root, source.file.name, comments)
    yield from _around(source)
    yield from office.left_behind(source)


def _in_text(root: etree._Element, file: str, comments: dict[str, str]) -> Iterator[Loss]:
    page, heading = 1, ""
    for element in root.iter():
        kind = local(element)
        if kind == "lastRenderedPageBreak":
            page += 1
        elif kind == "pStyle" and _is_heading(element.get(f"{_W}val") or ""):
            heading = _words(_paragraph(element))
        elif kind in _KINDS and not _is_twice(element):
            what, why = _KINDS[kind]
            said = (
                comments.get(element.get(f"{_W}id") or "", "")
                if kind == "commentReference"
                else _words(element)
            )
            yield Loss(_place(file, page, heading), f"{what} «{said[:100]}»" if said else what, why)


def _is_heading(style: str) -> bool:
    return style.lower().startswith(("heading", "overskrift", "title", "tittel"))


def _is_twice(element: etree._Element) -> bool:
    """Tell whether an element is the copy for old programs of one that stands beside it."""
    return any(local(one) == "Fallback" for one in element.iterancestors())


def _paragraph(element: etree._Element) -> etree._Element:
    return next((one for one in element.iterancestors() if local(one) == "p"), element)


def _words(element: etree._Element) -> str:
    return " ".join(
        "".join(one.text or "" for one in element.iter() if local(one) in {"t", "delText"}).split()
    )


def _place(file: str, page: int, heading: str) -> str:
    return f"{file}: page {page}" + (f", under «{heading[:60]}»" if heading else "")


def _comments(source: Unpacked) -> Iterator[tuple[str, str]]:
    name = "word/comments.xml"
    if name in source:
        for one in parsed(source.read(name, office.MOST_XML), f"{source.file}: {name}"):
            yield one.get(f"{_W}id") or "", _words(one)


def _around(source: Unpacked) -> Iterator[Loss]:
    for name in source.names:
        part = name.removeprefix("word/")
        if part.startswith(("header", "footer")) and part.endswith(".xml"):
            said = _words(parsed(source.read(name, office.MOST_XML), f"{source.file}: {name}"))
            if said:
                kind = "header" if part.startswith("header") else "footer"
                yield Loss(
                    source.file.name,
                    f"{kind} «{said[:100]}»",
                    "what stands at the edge of each page is not taken",
                )
