"""What a word is: one plain form for every way of writing the same letters.

A letter is what Unicode calls a letter or a number (L, N). The rules go letter by letter, so that no context can make
two readers differ.
"""

from __future__ import annotations

import re
import unicodedata

KEPT = frozenset("æøå")
"""Letters with a mark that Norwegian keeps apart."""

WRITTEN_AS = {
    "ä": "æ",
    "ö": "ø",
    "ð": "d",
    "đ": "d",
    "þ": "th",
    "ß": "ss",
    "ł": "l",
    "ŋ": "n",
    "ŧ": "t",
    "ς": "σ",
}
"""Letters that others write, as a Norwegian would type them; Unicode does not take these apart."""

_WORD = re.compile(r"[^\W_]+")


class _PlainLetters(dict[int, str]):
    """Code point → its plain letters, worked out when first met."""

    def __missing__(self, code: int) -> str:
        self[code] = _plain_letter(chr(code))
        return self[code]


def _plain_letter(letter: str) -> str:
    small = letter.lower()
    if small in KEPT or small in WRITTEN_AS:
        return WRITTEN_AS.get(small, small)
    apart = unicodedata.normalize("NFKD", small).lower()
    return "".join(one for one in apart if unicodedata.category(one) not in _DROPPED)


# Marks of all kinds, and format characters: soft hyphen, zero-width space and joiner, direction marks.
_DROPPED = frozenset({"Mn", "Mc", "Me", "Cf"})
_PLAIN = _PlainLetters()


def plain(text: str) -> str:
    """Return `text` in lower case, composed (NFC), without marks that Norwegian does not use and without what is not seen."""
    return unicodedata.normalize("NFC", text).translate(_PLAIN)


def tokens(text: str) -> list[str]:
    """Return the words of `text` in plain form, in order: runs of letters and numbers."""
    return _WORD.findall(plain(text))
