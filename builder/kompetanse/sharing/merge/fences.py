"""Which lines lie in fenced code, and whether a text holds conflict markers outside it (a lesson about git shows them inside)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})(.*)")
_MARKER = re.compile(r"(?:<{7}|>{7}|\|{7})(?: |$)")


def fenced(lines: Sequence[str]) -> Iterator[int]:
    """Tell for each line in which block of fenced code it lies, its fences with it; 0 for none (CommonMark 0.31 section 4.5)."""
    opened, block = "", 0
    for line in lines:
        fence = _FENCE.match(line) if "```" in line or "~~~" in line else None
        if opened:
            yield block
            if fence and fence[1].startswith(opened) and not fence[2].strip():
                opened = ""
        elif fence and not (fence[1][0] == "`" and "`" in fence[2]):
            opened, block = fence[1], block + 1
            yield block
        else:
            yield 0


def has_markers(text: str) -> bool:
    """Tell whether `text` holds what git writes into a file in conflict, outside fenced code."""
    if not any(sign * 7 in text for sign in "<>|"):
        return False
    rows = text.split("\n")
    return any(not inside and _MARKER.match(row) for row, inside in zip(rows, fenced(rows), strict=True))


def open_at_the_end(text: str) -> bool:
    """Tell whether the last fence of `text` is never closed."""
    return bool(text) and bool(list(fenced([*text.split("\n"), ""]))[-1])
