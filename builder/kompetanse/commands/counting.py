"""How many there are of something, in words of the terminal."""

from __future__ import annotations


def counted(number: int, one: str) -> str:
    """Return a number with what it counts: `1 course`, `6 courses`.

    Args:
        number: How many there are.
        one: The word for one of them; several have an s.
    """
    return f"{number} {one}{'' if number == 1 else 's'}"
