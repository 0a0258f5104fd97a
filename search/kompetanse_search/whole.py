"""The whole text of a page as a file beside the shards, from which a browser shows the part that says what was asked for."""

from __future__ import annotations

from kompetanse_search.file import File, data_of, literal
from kompetanse_search.shown import LENGTH, Shown

MOST = 20_000
"""Letters that are kept of a text, about: what stands further down is not shown among results."""

LETTERS = 10
"""Letters of a hash in a name: the name is nothing else, so that a page more renames no other's text."""


def text_of(shown: Shown) -> File | None:
    """Return the file with all that a page says; none where its beginning says it all."""
    rows = (" ".join(row.split()) for row in shown.text[:MOST].split("\n"))
    whole = "\n".join(filter(None, rows))
    return File.of("x", literal(whole), letters=LETTERS) if len(whole) > LENGTH else None


def is_text(name: str, text: str) -> bool:
    """Tell whether `text` is that of the file `name`, which is named after what it holds."""
    file = File.of("x", data_of(text), letters=LETTERS)
    return (file.name, file.text) == (name, text)
