"""The tables of a report in HTML, as text."""

from __future__ import annotations

import re
from html import unescape

_ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
_CELL = re.compile(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def shown(page: str) -> list[list[str]]:
    """Return the text of each cell, row by row; lines of a cell are parted by a bar."""
    return [[_text(cell) for cell in _CELL.findall(row)] for row in _ROW.findall(page)]


def _text(cell: str) -> str:
    return unescape(_TAG.sub("", cell.replace("<br>", " | ")))
