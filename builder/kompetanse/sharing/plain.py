"""Text of others as plain text in one row."""

from __future__ import annotations

import unicodedata

_STEERING = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_LONGEST = 300


def plain(text: str) -> str:
    """Return `text` in one row of at most 300 signs, without control characters, marks of direction and what is not seen."""
    row = " ".join(text.split())
    safe = row if row.isascii() else "".join(one for one in row if unicodedata.category(one) not in _STEERING)
    safe = "".join(one for one in safe if one.isprintable())
    return safe if len(safe) <= _LONGEST else f"{safe[: _LONGEST - 1]}…"
