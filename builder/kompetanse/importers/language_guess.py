"""Which of the region's written languages a text is in, told by the small words that every text has."""

from __future__ import annotations

import re

_WORD = re.compile(r"[a-zæøå]+")
_FEWEST = 20
_SURE = 1.1


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_SMALL = {
    "nb": _set(
        "og ikke jeg er det som på en av til med for å har de den et ved eller fra hva hvem hvor noen være mer du"
    ),
    "nn": _set(
        "og ikkje eg er det som på ein av til med for å har dei den eit ved eller frå kva kven kvar nokon vere meir du"
    ),
    "en": _set(
        "and not i is it that on a of to with for the has they this an by or from what who where are be more you"
    ),
}


def guess(text: str) -> str | None:
    """Return `nb`, `nn` or `en`; None where a text is too short, or too much like two of them."""
    words = _WORD.findall(text.lower())
    counts = sorted(
        ((sum(word in small for word in words), tag) for tag, small in _SMALL.items()), reverse=True
    )
    (most, tag), (next_, _) = counts[:2]
    return tag if len(words) >= _FEWEST and most > _SURE * next_ and most * 12 > len(words) else None
