"""The whole text of a page as a file beside the shards, from which a browser shows the part that says what was asked for."""

from __future__ import annotations

import re

from kompetanse_search.file import File, literal
from kompetanse_search.shown import LENGTH, Shown

MOST = 20_000
"""Letters that are kept of a text, about: what stands further down is not shown among results."""

LETTERS = 10
"""Letters of a hash in a name: the name is nothing else, so that a page more renames no other's text."""

_SPACE = re.compile(r"[^\S\n]+")
_ROWS = re.compile(r"\s*\n\s*")


def text_of(shown: Shown) -> File | None:
    """Return the file with all that a page says; none where its beginning says it all."""
    whole = _ROWS.sub("\n", _SPACE.sub(" ", shown.text[:MOST])).strip()
    return File.of("x", literal(whole), letters=LETTERS) if len(whole) > LENGTH else None
