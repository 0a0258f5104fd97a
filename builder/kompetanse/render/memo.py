"""What was made of texts before, remembered within bounds."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")

ROOM = 4_000_000
"""Signs that are remembered: enough for what stands on every page of a site, and on pages near each other."""

_LONGEST = 20_000
"""Signs of a text that may stand on more than one page; a longer one is a list of everything."""


class Memo(dict[K, V]):
    """Looks up what is made of a key, and has it made the first time. When it is full, it forgets all and begins anew."""

    def __init__(self, make: Callable[[K], V], size: Callable[[K], int]) -> None:
        """Remember what `make` makes.

        Args:
            make: Makes a value, always the same of the same key.
            size: Tells how many signs a key has.
        """
        super().__init__()
        self._make, self._size, self._taken = make, size, 0

    def __missing__(self, key: K) -> V:
        made, size = self._make(key), self._size(key)
        if size <= _LONGEST:
            self._make_room(size)
            self[key] = made
        return made

    def _make_room(self, size: int) -> None:
        self._taken += size
        if self._taken > ROOM:
            self.clear()
            self._taken = size
