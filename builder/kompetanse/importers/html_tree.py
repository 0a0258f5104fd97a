"""HTML of others as a tree that can be walked: repaired, without comments, no deeper than anybody writes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from lxml import etree
from lxml import html as lxml_html

from kompetanse.errors import KompetanseError

_DEEPEST = 60
_NEVER = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Signs that no HTML may hold."""

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
SILENT = frozenset(
    [
        "head",
        "title",
        "style",
        "template",
        "datalist",
        "link",
        "meta",
        "base",
        "noframes",
        "col",
        "colgroup",
        "rp",
        "track",
        "source",
        "param",
        "area",
        "map",
    ]
)
"""Elements whose words nobody reads."""

Element = etree._Element


def document(html: str, where: str = "the page") -> Element:
    """Return the root of `html`, a page or a part of one.

    Args:
        html: The page.
        where: Its place, for the message.

    Raises:
        KompetanseError: When it nests deeper than a parser follows; it would lose the rest of the page without a word.
    """
    data = _NEVER.sub("", html).encode("utf-8", errors="replace")
    parser = lxml_html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True
    )
    try:
        root = lxml_html.document_fromstring(data.strip() or b"<p>", parser=parser, ensure_head_body=True)
    except etree.ParserError:  # nothing but comments
        root = lxml_html.document_fromstring(b"<p>", parser=parser, ensure_head_body=True)
    if any(one.type_name == "ERR_RESOURCE_LIMIT" for one in parser.error_log):
        raise KompetanseError(
            f"{where}: it nests thousands of elements deep. Save the page anew from the program that made it"
        )
    return root


def tree(html: str, where: str = "the page") -> Element:
    """Return the body of `html`, a page or a part of one, like `document`."""
    root = document(html, where)
    _flatten(root)
    _lay_flat(root)
    bodies = [one for one in root if one.tag == "body"]
    for later in bodies[1:]:
        bodies[0].extend(list(later))
    return bodies[0]


def _flatten(root: Element) -> None:
    """Take elements apart that nest too deep; their words stay."""
    depth, deep = 0, []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if event == "start" and depth > _DEEPEST:
            deep.append(element)
    for element in reversed(deep):
        unwrap(element)


def _lay_flat(root: Element) -> None:
    """Make blocks of the cells of tables that only place things: those of one row, with a heading in them, or that say so."""
    for table in list(root.iter("table")):
        rows = [row for row in table.iter("tr") if _table_of(row) is table]
        heading = next(
            (one for one in table.iter("h1", "h2", "h3", "h4", "h5", "h6") if _table_of(one) is table), None
        )
        if len(rows) == 1 or heading is not None or table.get("role") in {"presentation", "none"}:
            for part in [one for one in table.iter(*_TABLE) if one is table or _table_of(one) is table]:
                part.tag = "div"


_TABLE = ("table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption")


def _table_of(element: Element) -> Element | None:
    return next(element.iterancestors("table"), None)


def name(element: Element) -> str:
    """Return the name of an element in small letters."""
    return str(element.tag).lower()


def holds_blocks(root: Element) -> frozenset[Element]:
    """Return the elements of `root` with a block somewhere in them."""
    found: set[Element] = set()
    for element in root.iter(*BLOCKS, "iframe"):
        if name(element) == "iframe":
            continue
        parent = element.getparent()
        while parent is not None and parent not in found:
            found.add(parent)
            parent = parent.getparent()
    return frozenset(found)


def words(element: Element) -> str:
    """Return the words in `element`, spaces as they come, without what nobody reads."""
    return "".join(_words(element))


def _words(element: Element) -> Iterator[str]:
    if name(element) in SILENT or name(element) in {"script", "noscript"}:
        return
    yield element.text or ""
    for child in element:
        if name(child) == "br" or name(child) in BLOCKS:
            yield " "
        yield from _words(child)
        if name(child) in BLOCKS:
            yield " "
        yield child.tail or ""


def take_out(element: Element) -> None:
    """Take an element out of its tree; what stands behind it stays."""
    cast(lxml_html.HtmlElement, element).drop_tree()


def unwrap(element: Element) -> None:
    """Take an element away from around what stands in it."""
    cast(lxml_html.HtmlElement, element).drop_tag()
