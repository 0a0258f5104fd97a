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
    "oMath": ("formula", "its signs stand in a row. Write it anew where the layout means something"),
    "txbxContent": ("text box", "its text stands where the box was anchored. Look at its place"),
    "object": (
        "embedded object",
        "objects of other programs are not taken. Save it as a picture or a file of its own",
    ),
    "ffData": ("form field", "what one fills in is not kept"),
    "del": ("deleted text (tracked change)", "the document is read as if its changes were accepted"),
    "vanish": ("hidden text", "it came along. Delete it if nobody is to read it"),
    "altChunk": ("document in the document", "it is not taken. Import it on its own"),
    "commentReference": ("comment", "comments are not taken"),
}


_OF_WORDS = frozenset({"del", "vanish"})
"""Elements that stand at marks of paragraphs too, where they hide no words."""


def losses(source: Unpacked) -> Iterator[Loss]:
    """Yield what is not carried over, in the order of the document, then what stands outside its text."""
    root = parsed(source.read(_DOCUMENT, office.MOST_XML), f"{source.file}: {_DOCUMENT}")
    comments = dict(_comments(source))
    yield from _in_text(root, source.file.name, comments)
    yield from _going_on(root, source, frozenset(_numbered(source)))
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
            said = _said(element, kind, comments)
            if kind in _OF_WORDS and not said:
                continue
            yield Loss(_place(file, page, heading), f"{what} «{said[:100]}»" if said else what, why)


def _said(element: etree._Element, kind: str, comments: dict[str, str]) -> str:
    """Return the words that an element is about."""
    if kind == "commentReference":
        return comments.get(element.get(f"{_W}id") or "", "")
    if kind == "vanish":
        around = next((one for one in element.iterancestors() if local(one) in {"r", "pPr"}), element)
        return _words(around) if local(around) == "r" else ""
    return _words(element)


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


def _going_on(root: etree._Element, source: Unpacked, numbered: frozenset[str]) -> Iterator[Loss]:
    """Yield the items at which a numbered list goes on after something else: here it starts at 1 again."""
    seen: set[str] = set()
    before = ""
    for paragraph in root.iter(f"{_W}p"):
        number = _number(paragraph)
        if (
            number in numbered
            and number in seen
            and before.partition(" ")[0] != number
            and not _is_twice(paragraph)
        ):
            yield Loss(
                source.file.name,
                f"number of the item «{_words(paragraph)[:60]}»",
                "its list goes on after an interruption, and starts at 1 here. Write the number that it had",
            )
        if number:
            seen.add(number)
        before = number


def _number(paragraph: etree._Element) -> str:
    """Return the list that a paragraph is an item of, by its number; empty for one that is none or stands deeper."""
    found = paragraph.find(f"{_W}pPr/{_W}numPr")
    if found is None:
        return ""
    level, number = found.find(f"{_W}ilvl"), found.find(f"{_W}numId")
    deep = level is not None and level.get(f"{_W}val") not in {None, "0"}
    shown = str(number.get(f"{_W}val") or "") if number is not None else ""
    return f"{shown} deep" if deep else shown


def _numbered(source: Unpacked) -> Iterator[str]:
    """Yield the lists of a document that count, by their numbers; the others have bullets."""
    name = "word/numbering.xml"
    if name not in source:
        return
    root = parsed(source.read(name, office.MOST_XML), f"{source.file}: {name}")
    counting = {one.get(f"{_W}abstractNumId") for one in root.iter(f"{_W}abstractNum") if _counts(one)}
    for one in root.iter(f"{_W}num"):
        kind = one.find(f"{_W}abstractNumId")
        if kind is not None and kind.get(f"{_W}val") in counting:
            yield str(one.get(f"{_W}numId"))


def _counts(kind: etree._Element) -> bool:
    found = kind.find(f"{_W}lvl/{_W}numFmt")
    return found is not None and found.get(f"{_W}val") not in {"bullet", "none"}


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
