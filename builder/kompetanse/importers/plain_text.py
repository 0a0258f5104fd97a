"""Foreign text as Markdown that shows exactly that text."""

from __future__ import annotations

import re

_ENTITY = re.compile(r"&(?=#|\w+;)")
_NUMBERED = re.compile(r"\A([0-9]+)([.)])")
_ENTITIES = {"<": "&lt;", "`": "&#96;", "{": "&#123;", "}": "&#125;"}
_BACKSLASHED = "\\*_[]"
_SIGNS = str.maketrans(_ENTITIES | {sign: f"\\{sign}" for sign in _BACKSLASHED})
_OPENS_A_BLOCK = "#+->:!?=~|^"


_BACKSLASHED_FIRST = "#>+-!"
_OPENS_A_ROW = re.compile(r"[#>]|[-+:](?=\s|\Z)|[-=|:][-=|: ]*\Z|!!!|\?\?\?|~~~|!(?=\Z)")
"""What makes a row something else than words: a heading, quote, item, line, table, block, fence."""


def escaped(text: str) -> str:
    """Return Markdown that shows `text` within a row: no markup, link or HTML that it may hold takes effect.

    Backquotes and braces become entities, since a backslash before them does not hide them from everybody who reads a body.
    """
    return _ENTITY.sub("&amp;", text).translate(_SIGNS).replace("](", "]\\(")


def as_row(written: str) -> str:
    """Return a row of our Markdown that opens no block; for rows whose words are `escaped` and which may begin with markup."""
    if _OPENS_A_ROW.match(written):
        first = f"\\{written[0]}" if written[0] in _BACKSLASHED_FIRST else f"&#{ord(written[0])};"
        return first + written[1:]
    return _NUMBERED.sub(r"\1\\\2", written)


def as_markdown(text: str) -> str:
    """Return one row of Markdown that shows `text`: no markup, link, HTML or block that the text may hold takes effect."""
    written = escaped(text)
    if written[:1] and written[0] in _OPENS_A_BLOCK:
        return f"&#{ord(written[0])};{written[1:]}"
    return _NUMBERED.sub(r"\1\\\2", written)
