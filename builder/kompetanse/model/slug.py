"""Text as addresses and anchors are written: lower case, ASCII, hyphens."""

from __future__ import annotations

import re
import unicodedata

_FOLDED = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "đ": "d", "ŋ": "n", "ŧ": "t", "ß": "ss"})
_MARKS = re.compile(r"[\u0300-\u036f]+")
_OTHER = re.compile(r"[^a-z0-9]+")


def slug(text: str) -> str:
    """Return `text` with `a-z0-9` and single hyphens only; may be empty.

    Æ becomes ae, ø o and å a, as Norwegians type them where the letters are missing.
    """
    lower = unicodedata.normalize("NFC", text).lower()
    if not lower.isascii():
        lower = _MARKS.sub("", unicodedata.normalize("NFD", lower.translate(_FOLDED)))
    return _OTHER.sub("-", lower).strip("-")
