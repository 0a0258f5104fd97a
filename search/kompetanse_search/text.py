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
    western = _western(text)
    return _WORD.findall(plain(text)) if western is None else western.split()


_CODE = "cp1252"
"""The signs that texts of Western Europe are made of, a byte each. Composing (NFC) leaves them all as they are."""

_SPECIAL = 0
"""What stands for a sign that becomes several letters, or one outside Latin-1."""


def _western(text: str) -> str | None:
    """Return the words of `text` with spaces between them, in a part of the time; None when it has other letters than most texts."""
    try:
        found = text.encode(_CODE).translate(_PLAIN_BYTES, _UNSEEN_BYTES)
    except UnicodeEncodeError:
        return None
    return None if _SPECIAL in found else found.decode("latin-1")


def _plain_byte(byte: int) -> int:
    letters = plain(bytes([byte]).decode(_CODE, "replace"))
    if not _WORD.search(letters):
        return ord(" ")
    return ord(letters) if len(letters) == 1 and letters <= "\xff" else _SPECIAL


_PLAIN_BYTES = bytes(map(_plain_byte, range(256)))
_UNSEEN_BYTES = "\xad".encode(_CODE)
"""The soft hyphen, the only one of them that is not seen."""
