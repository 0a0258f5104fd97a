"""Words of an author where Markdown would read them: every sign stands for itself."""

from __future__ import annotations

from markupsafe import Markup

_SIGNS = str.maketrans({sign: f"&#{ord(sign)};" for sign in "&<>\"'\\`*_{}[]~^"})
"""Signs that begin HTML or inline Markdown; as character references they begin neither."""


def plain(text: str) -> Markup:
    """Return `text` for a heading or the text of a link."""
    return Markup(" ".join(text.split()).translate(_SIGNS))  # noqa: S704 (no sign of HTML is left)
