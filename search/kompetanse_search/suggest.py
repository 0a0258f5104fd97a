"""What a query that is being typed may become: titles that go on like it, and words that go on like its last."""

from __future__ import annotations

from dataclasses import dataclass

from kompetanse_search.index import Index
from kompetanse_search.lexicon import Lexicon
from kompetanse_search.text import plain

MOST = 10
"""Suggestions of each sort."""


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Makes suggestions from an index."""

    lexicon: Lexicon
    titles: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, index: Index) -> Suggestions:
        """Return the suggestions of `index`, which must stay open."""
        return cls(index.lexicon, tuple((plain(title), title) for title in index.kept.titles()))

    def for_text(self, typed: str) -> list[str]:
        """Return whole queries that go on like `typed`, each written in one way; none for nothing."""
        begun = plain(typed)
        if not begun.strip():
            return []
        titles = [title for key, title in self.titles if key.startswith(begun)][:MOST]
        before, _, last = begun.rpartition(" ")
        longer = self.lexicon.longer(last, MOST) if last else []
        words = [f"{before} {word}".lstrip() for word in longer]
        found: dict[str, str] = {}
        for one in (*titles, *words):
            found.setdefault(plain(one), one)
        return list(found.values())

    def completer(self, typed: str, state: int) -> str | None:
        """Answer `readline`, which asks for one suggestion at a time."""
        found = self.for_text(typed)
        return found[state] if state < len(found) else None
