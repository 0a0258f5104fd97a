"""The text of a page in an archive, whatever encoding it was saved in."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAID = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""")
_HEAD = 2048
_KNOWN = {
    "iso-8859-15": "iso-8859-15",
    "latin-9": "iso-8859-15",
    "macintosh": "mac-roman",
    "x-mac-roman": "mac-roman",
    "ibm850": "cp850",
    "ibm865": "cp865",
}
"""What is not read as Windows-1252, as browsers read Latin-1: https://encoding.spec.whatwg.org/#names-and-labels."""


def page_text(data: bytes) -> str:
    """Return the text of a page: by its mark, as UTF-8 when it is that, by what it says, else as Windows-1252."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        said = _SAID.search(data[:_HEAD])
        name = said[1].decode("ascii").lower() if said else ""
        return data.decode(_KNOWN.get(name, "windows-1252"), errors="replace")
