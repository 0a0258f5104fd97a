"""Parts of the site that are yet to be made, and which of them comes next."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from kompetanse.pages.parts import Name, Part

_MADE = frozenset({".html", ".json", ".ics", ".xml", ".css"})
"""Suffixes of what parts consist of; nobody waits for a picture that is not there."""


class Waiting:
    """Parts in the order in which they are made; what somebody wants to see comes before all of them.

    Other threads may ask `awaits` while the one that makes parts goes on.
    """

    def __init__(self) -> None:
        self._parts: dict[Name, Part] = {}
        self._hand: dict[Name, Part] = {}
        self._paths: dict[str, Name] = {}
        self._new: dict[Name, Part] = {}
        self._addresses: Mapping[str, Name] = {}

    def __len__(self) -> int:
        return len(self._parts) + len(self._hand)

    @property
    def left(self) -> int:
        """How many are not in hand."""
        return len(self._parts)

    def __iter__(self) -> Iterator[Part]:
        yield from (*self._hand.values(), *self._parts.values())

    def fill(
        self, parts: Sequence[Part], paths: Mapping[Name, Sequence[str]], addresses: Mapping[str, Name]
    ) -> None:
        """Let `parts` wait, in their order, and no others.

        Args:
            parts: Parts to be made.
            paths: Where in the site the files of each lie, as far as that is known.
            addresses: The part that the pages below an address are most likely of.
        """
        self._addresses = addresses
        self._new = {part.name: part for part in parts if not paths[part.name]}
        self._paths = {path: part.name for part in parts for path in paths[part.name]}
        self._parts, self._hand = {part.name: part for part in parts}, {}

    def next(self, wanted: Collection[str]) -> Part | None:
        """Return the part that comes next: the first that has to do with what is `wanted`, else the first of all."""
        found = (self._of(path) for path in wanted)
        name = next((one for one in found if one in self._parts), None) or next(iter(self._parts), None)
        return self._parts[name] if name else None

    def take_up(self, part: Part) -> None:
        """Know that `part` is being made."""
        self._hand[part.name] = self._parts.pop(part.name)

    def _of(self, path: str) -> Name | None:
        """Return the part that the file at `path` is most likely of."""
        if path in self._paths or not self._new:
            return self._paths.get(path)
        folders = (f"{folder}/" for folder in PurePosixPath(path).parents)
        return next((self._addresses[one] for one in folders if one in self._addresses), None)

    def lay_down(self) -> None:
        """Know that all that is in hand has been made and is shown."""
        for path in [path for path, name in self._paths.items() if name in self._hand]:
            del self._paths[path]
        for name in self._hand:
            self._new.pop(name, None)
        self._hand = {}

    def awaits(self, path: str, is_there: bool) -> bool:
        """Tell whether the file at `path` is to be made, or, where none `is_there`, may be."""
        if path in self._paths:
            return True
        return bool(self._new) and not is_there and PurePosixPath(path).suffix in _MADE
