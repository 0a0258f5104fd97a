"""Text of others on the terminal: what could steer it, or turn the text round, is left out."""

from __future__ import annotations

import re
import unicodedata

_STEERING = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_STEERING_IN_JSON = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def visible(text: str) -> str:
    """Return `text` in one row, without control characters, escapes, marks of direction and what is not seen."""
    row = " ".join(text.split())
    if row.isascii() and row.isprintable():
        return row
    return "".join(sign for sign in row if unicodedata.category(sign) not in _STEERING)


def visible_json(text: str) -> str:
    """Return JSON with such characters written as escapes of JSON, which says the same."""
    return _STEERING_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
