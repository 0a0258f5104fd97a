"""The words nearest to a mistyped one."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str], count: int = 3, cutoff: float = 0.6) -> tuple[str, ...]:
    """Return up to `count` of `known` that look like `word`, the nearest first and equals in order of the alphabet.

    Args:
        word: As somebody typed it.
        known: What it may have been meant to be.
        count: How many at most.
        cutoff: Least likeness, from 0 for nothing in common to 1 for the same.
    """
    from rapidfuzz import fuzz, process  # 47 modules, for a text with a fault

    found = process.extract(word, tuple(known), scorer=fuzz.ratio, limit=None, score_cutoff=100 * cutoff)
    return tuple(name for name, _, _ in sorted(found, key=lambda one: (-one[1], one[0]))[:count])


def quoted(words: Iterable[str]) -> str:
    """Return words as a message shows them: `«a», «b»`; empty for none."""
    return ", ".join(f"«{word}»" for word in words)
