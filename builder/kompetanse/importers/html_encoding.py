"""The letters of an HTML file, whatever encoding it is in: its mark, what it says of itself, UTF-8, else Windows-1252."""

from __future__ import annotations

import codecs
import re

_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_SAYS = re.compile(
    rb"<(?:meta\b[^>]{0,200}?charset|\?xml\b[^>]{0,200}?encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)",
    re.IGNORECASE,
)
_HEAD = 4096
_AS_BROWSERS_DO = {
    "iso-8859-1": "windows-1252",
    "latin1": "windows-1252",
    "latin-1": "windows-1252",
    "us-ascii": "windows-1252",
    "ascii": "windows-1252",
}
"""https://encoding.spec.whatwg.org/#names-and-labels"""


def decoded(data: bytes) -> str:
    """Return the text of an HTML or XHTML file."""
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(_said(data), errors="replace")


def _said(data: bytes) -> str:
    match = _SAYS.search(data[:_HEAD])
    said = match[1].decode("ascii").lower() if match else "windows-1252"
    said = _AS_BROWSERS_DO.get(said, said)
    try:
        is_text = codecs.lookup(said)._is_text_encoding
    except LookupError:
        return "windows-1252"
    return said if is_text and said not in {"utf-8", "utf8", "utf-7"} else "windows-1252"
