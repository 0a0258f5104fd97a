"""Foreign text as Markdown that shows exactly that text."""

from __future__ import annotations

import re

_ENTITY = re.compile(r"&(?=#?\w+;)")
_NUMBERED = re.compile(r"\A([0-9]+)([.)])")
_ENTITIES = {"<": "&lt;", "`": "&#96;", "{": "&#123;", "}": "&#125;"}
_BACKSLASHED = "\\*_[]"
_SIGNS = str.maketrans(_ENTITIES | {sign: f"\\{sign}" for sign in _BACKSLASHED})
_OPENS_A_BLOCK = "#+->:!?=~|^"


def as_markdown(text: str) -> str:
    """Return one line of Markdown that shows `text`: no markup, link, HTML or block that the text may hold takes effect.

    Backquotes and braces become entities, since a backslash before them does not hide them from everybody who reads a body.
    """
    escaped = _ENTITY.sub("&amp;", text).translate(_SIGNS).replace("](", "]\\(")
    if escaped[:1] and escaped[0] in _OPENS_A_BLOCK:
        return f"&#{ord(escaped[0])};{escaped[1:]}"
    return _NUMBERED.sub(r"\1\\\2", escaped)
