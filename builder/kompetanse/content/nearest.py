"""The words nearest to a mistyped one."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, known: Iterable[str], count: int = 3, cutoff: float = 0.6) -> tuple[str, ...]:
    """Return up to `count` of `known` that look like `word`, the nearest first."""
    return tuple(get_close_matches(word, sorted(known), count, cutoff))


def quoted(words: Iterable[str]) -> str:
    """Return words as a message shows them: `«a», «b»`; empty for none."""
    return ", ".join(f"«{word}»" for word in words)
