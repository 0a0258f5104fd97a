"""The lists of words that belong to the analysis, in plain form. They are files, since the browser reads them too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

_FOLDER = Path(__file__).parent / "words"


def _rows(name: str) -> Iterator[str]:
    text = (_FOLDER / name).read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("#"))


def _words(name: str) -> frozenset[str]:
    return frozenset(word for row in _rows(name) for word in row.split())


STOP_WORDS = _words("stop-words.txt")
"""Words that are looked for only when a query has no others."""

SEEDS = _words("seeds.txt")
"""Elements of compounds, so that a small site splits them before it has used the parts alone."""

NOT_ELEMENTS = _words("not-elements.txt")
"""Endings and function words, which are no element of a compound."""

PAIRS = tuple((nb, nn) for nb, _, nn in (row.partition(";") for row in _rows("nb-nn.txt")))
"""The same word in bokmål and nynorsk, where stems differ. A word may have several."""
