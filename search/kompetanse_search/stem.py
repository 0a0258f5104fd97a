"""The stem of a word: Snowball, of one pinned generation.

Stems of another generation differ in a few words, so `snowballstemmer` and the browser's script come from one release. Its two
classes are named, since `snowballstemmer.stemmer` takes those of PyStemmer, another generation, where that is installed.
"""

from __future__ import annotations

import functools

from snowballstemmer.english_stemmer import EnglishStemmer
from snowballstemmer.norwegian_stemmer import NorwegianStemmer

_NORWEGIAN, _ENGLISH = NorwegianStemmer(), EnglishStemmer()

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
