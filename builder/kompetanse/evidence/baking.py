"""A certificate inside its picture, both ways.

Source: 1EdTech Open Badges Specification 3.0, 5.3 (baked badges): a chunk `iTXt` in PNG, an element in SVG.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from io import BytesIO

KEYWORD = b"openbadgecredential"
_NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
_PNG = b"\x89PNG\r\n\x1a\n"
_LARGEST = 1_000_000
_DEEPEST = 100


def into_png(picture: bytes, certificate: str, keyword: bytes = KEYWORD) -> bytes:
    """Return a PNG with `certificate` in it, in place of any that it held; Open Badges 2.0 has a keyword of its own."""
    data = (
        keyword + b"\0\0\0\0\0" + certificate.encode("utf-8")
    )  # not compressed, no language, no translation
    checked = b"iTXt" + data
    fresh = struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))
    parts = [_PNG]
    for kind, body, whole in _chunks(picture):
        if not _holds_one(kind, body):
            parts.append(whole)
        if kind == b"IHDR":
            parts.append(fresh)
    return b"".join(parts)


def from_png(picture: bytes) -> str | None:
    """Return the certificate in a PNG, or None when it holds none.

    Raises:
        ValueError: When it is no PNG, or what it holds is no text.
    """
    for kind, body, _ in _chunks(picture):
        if _holds_one(kind, body):
            return _text(body[len(KEYWORD) + 1 :])
    return None


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    if not picture.startswith(_PNG):
        raise ValueError("no PNG")
    at = len(_PNG)
    while at + 12 <= len(picture):
        size, kind = struct.unpack_from(">I4s", picture, at)
        yield kind, picture[at + 8 : at + 8 + size], picture[at : at + 12 + size]
        at += 12 + size


def _holds_one(kind: bytes, body: bytes) -> bool:
    return kind == b"iTXt" and body.startswith(KEYWORD + b"\0")


def _text(body: bytes) -> str:
    """Return the text after the keyword: two flags, language, translation, and perhaps compressed (PNG, 11.3.3.4)."""
    flags, rest = body[:2], body[2:].split(b"\0", 2)
    if len(flags) < 2 or len(rest) < 3:
        raise ValueError("no iTXt")
    data = rest[2]
    if flags[0]:
        try:
            data = zlib.decompressobj().decompress(data, _LARGEST)
        except zlib.error as error:
            raise ValueError("not compressed") from error
    return data.decode("utf-8")


def into_svg(picture: str, certificate: str) -> str:
    """Return a picture of ours with `certificate` in it."""
    start = re.match(r"<svg\b[^>]*", picture)
    if not start:
        raise ValueError("no SVG of ours")
    held = certificate.replace("]]>", "]]]]><![CDATA[>")
    element = f"<openbadges:credential><![CDATA[{held}]]></openbadges:credential>"
    return f'{start[0]} xmlns:openbadges="{_NAMESPACE}">\n{element}{picture[start.end() + 1 :]}'


def from_svg(picture: bytes) -> str | None:
    """Return the certificate in an SVG, or None when it holds none.

    Raises:
        ValueError: When it is no SVG, or one that asks for more than itself.
    """
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException

    try:
        found = list(_credentials(picture))
    except (ParseError, DefusedXmlException, LookupError) as error:
        raise ValueError("no SVG") from error
    return found[0] if found else None


def _credentials(picture: bytes) -> Iterator[str]:
    """Yield the text of each credential element, and keep nothing else: a picture may be made to fill the memory."""
    from defusedxml.ElementTree import iterparse

    depth = 0
    for event, element in iterparse(BytesIO(picture), events=("start", "end"), forbid_dtd=True):
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST:
            raise ValueError("deeper than any picture")
        if event == "end":
            if element.tag == f"{{{_NAMESPACE}}}credential":
                yield str(element.get("verify") or (element.text or "").strip())
            element.clear()
