"""The whole text of a page as a file beside the shards, from which a browser shows the part that says what was asked for."""

from __future__ import annotations

import re
from dataclasses import replace

from kompetanse_search.shards import MOST_EXTRACT, File, Shown

MOST = 20_000
"""Letters that are kept of a text, about: what stands further down is not shown among results."""

LETTERS = 10
"""Letters of a hash in a name: the name is nothing else, so that a page more renames no other's text."""

_SPACE = re.compile(r"[^\S\n]+")
_ROWS = re.compile(r"\s*\n\s*")


def with_text(shown: Shown, text: str) -> tuple[Shown, File | None]:
    """Return what is shown of a page that says `text`, and the file with that; none where the extract says it all."""
    whole = _ROWS.sub("\n", _SPACE.sub(" ", text[:MOST])).strip()
    if len(whole) <= MOST_EXTRACT:
        return shown, None
    file = File.of("x", "", [whole], LETTERS)
    return replace(shown, text=file.name), file
