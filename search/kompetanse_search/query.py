"""What somebody has typed, as words to look for. Everything is text: no sign means anything."""

from __future__ import annotations

from dataclasses import dataclass

from kompetanse_search.compound import LONGEST_WORD
from kompetanse_search.text import plain, tokens
from kompetanse_search.word_lists import STOP_WORDS

LONGEST, MOST_WORDS = 200, 16
"""Code points of a query that are read, and words of it that are looked for."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query.

    Attributes:
        words: The distinct words to look for, in order; stop words only when there is nothing else.
        all: Every word in order, for what stands together.
        unfinished: Whether the last word may go on: nothing follows it.
    """

    words: tuple[str, ...]
    all: tuple[str, ...]
    unfinished: bool

    @classmethod
    def of(cls, text: str) -> Query:
        """Return `text`, of any length and content, as a query; no words when nothing in it is one."""
        read = text[:LONGEST]
        every = [word for word in tokens(read) if len(word) <= LONGEST_WORD]
        words = list(dict.fromkeys(word for word in every if word not in STOP_WORDS) or dict.fromkeys(every))
        return cls(tuple(words[:MOST_WORDS]), tuple(every), plain(read)[-1:].isalnum())
