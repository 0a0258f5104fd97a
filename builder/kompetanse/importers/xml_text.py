"""XML of others as a tree: nothing is fetched, and nothing unfolds."""

from __future__ import annotations

import re
from typing import NoReturn

from lxml import etree

from kompetanse.errors import KompetanseError

_DECLARES = re.compile(rb"<!\s*ENTITY", re.IGNORECASE)
_REMEDY = "Export the file again from the program that made it"
_DEEPEST = 500


def parsed(data: bytes, where: str) -> etree._Element:
    """Return the root element of an XML file, without comments and processing instructions.

    Args:
        data: The file, in the encoding that it says itself.
        where: The file, and the entry of the archive, for the message.

    Raises:
        KompetanseError: When it is no XML, is damaged, declares entities, or nests deeper than any real one.
    """
    refuse_entities(data, where)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=True,  # a picture in it, as base64, is one long text; what is too large never gets here
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        _fail(f"{where}, line {line}" if line else where, f"it is no whole XML: {_reason(error)}")
    _refuse_depth(root, where)
    return root


def refuse_entities(data: bytes, where: str) -> None:
    """Stop at XML that declares entities, in any encoding of it.

    Raises:
        KompetanseError: When it does.
    """
    if _DECLARES.search(data.replace(b"\0", b"")):
        _fail(where, "it declares entities, by which a small file unfolds without end")


def local(element: etree._Element) -> str:
    """Return the name of an element without its namespace."""
    return str(etree.QName(element).localname)


def _refuse_depth(root: etree._Element, where: str) -> None:
    """Walk once without recursion, so that whoever walks with it is safe."""
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST:
            _fail(where, f"it nests more than {_DEEPEST} deep")


def _reason(error: Exception) -> str:
    return str(error).partition(", line")[0].splitlines()[0] if str(error) else "it is empty"


def _fail(where: str, why: str) -> NoReturn:
    raise KompetanseError(f"{where}: {why}. {_REMEDY}")
