"""Ids for what a table names: the same for the same name, never one for two things."""

from __future__ import annotations

from collections.abc import Mapping

from kompetanse.importers.need import Named
from kompetanse.model.slug import slug

_INDEX = "index"
"""The file of this name is the page of its folder, not an item in it."""


class Identities:
    """Gives each role and competence its id.

    An id comes from the code or the name alone. Only where the region has given it to an item of another kind, or two
    names fold to the same id, does it get an ending.
    """

    def __init__(
        self, prefix: str, region: Mapping[str, str], titles: Mapping[tuple[str, str], str], *, by_name: bool
    ) -> None:
        """Begin.

        Args:
            prefix: Start of every id.
            region: Kind by id, of every item that the region has.
            titles: Id by kind and title (folded) of the region's roles and competences.
            by_name: Whether the title or id of one of those means that one.
        """
        self._prefix = prefix
        self._region = region
        self._titles = titles
        self._by_name = by_name
        self._given: dict[str, tuple[str, str]] = {}
        self._known: dict[tuple[str, str], str] = {}

    def of(self, kind: str, named: Named) -> str | None:
        """Return the id of `named`, or None when its name has no letter or digit that an id can be made of."""
        key = (kind, named.key.casefold())
        if key not in self._known:
            found = self._in_region(kind, named) or self._fresh(key)
            if found is None:
                return None
            self._known[key] = found
            self._given.setdefault(found, key)
        return self._known[key]

    def in_region(self, kind: str, named: Named) -> bool:
        """Tell whether `named` means an item that the region has already."""
        return self._in_region(kind, named) is not None

    def differs(self, kind: str, named: Named) -> bool:
        """Tell whether `named` got another id than its name alone gives."""
        return not self.in_region(kind, named) and self.of(kind, named) != self._prefix + slug(named.key)

    def _in_region(self, kind: str, named: Named) -> str | None:
        if not self._by_name:
            return None
        if self._region.get(named.key.lower()) == kind:
            return named.key.lower()
        return self._titles.get((kind, named.key.casefold()))

    def _fresh(self, key: tuple[str, str]) -> str | None:
        kind, name = key
        stem = slug(name)
        if not stem:
            return None
        base = self._prefix + stem
        endings = ("", f"-{kind}", *(f"-{kind}-{number}" for number in range(2, len(self._given) + 3)))
        return next(base + ending for ending in endings if self._is_free(base + ending, kind))

    def _is_free(self, id_: str, kind: str) -> bool:
        return id_ != _INDEX and id_ not in self._given and self._region.get(id_, kind) == kind
