"""The stem of a word: Snowball, of one pinned generation.

Stems of another generation differ in a few words, so PyStemmer, which is Snowball's own C in a wrapping, and the browser's script
come from one release.
"""

from __future__ import annotations

import functools

from Stemmer import Stemmer

_NORWEGIAN, _ENGLISH = Stemmer("norwegian", 0), Stemmer("english", 0)
"""Without a memory of their own: the functions here have one."""

ENGLISH_TERM = "en:"
"""What an English stem begins with in the index, so that it meets no Norwegian one: `sending` is not `send`."""


@functools.lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Return the Norwegian stem of `word`, in plain form; one algorithm for bokmål and nynorsk."""
    return str(_NORWEGIAN.stemWord(word))


@functools.lru_cache(maxsize=200_000)
def english_term(word: str) -> str:
    """Return the English stem of `word` as a term of the index."""
    return ENGLISH_TERM + str(_ENGLISH.stemWord(word))


def is_english(language: str) -> bool:
    """Return whether a page in `language`, a tag such as `en` or `en-GB`, is found by English stems too."""
    return language.lower().partition("-")[0] == "en"
