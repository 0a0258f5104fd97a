"""Text of others as plain text in one row."""

from __future__ import annotations

_LONGEST = 300


def plain(text: str) -> str:
    """Return `text` in one row of at most 300 signs, without control characters, marks of direction and what is not seen."""
    row = " ".join(text.split())
    safe = row if row.isprintable() else "".join(sign for sign in row if sign.isprintable())
    return safe if len(safe) <= _LONGEST else f"{safe[: _LONGEST - 1]}…"
