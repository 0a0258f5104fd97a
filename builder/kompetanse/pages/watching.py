"""A site as one whose readers are written down: every row of every table that its pages are made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from kompetanse.learning.audience import Audience
from kompetanse.model.catalogue import Catalogue
from kompetanse.model.facts import Log, Tables, Watched, rows, watched
from kompetanse.model.item import Item, ItemId
from kompetanse.model.version import Version
from kompetanse.pages.view import Site

_SITE = frozenset({"catalogue", "history", "versions", "audience", "offered", "adoptions"})
"""Attributes of a site that are tables of their own."""


class Watching:
    """Watches one state after the other.

    A page that reads an item is no page that reads its text: items are handed out without it, and `text_of` is written
    down by itself. So a new text makes no list anew.

    Args:
        log: Where it is written down who reads what.
    """

    def __init__(self, log: Log) -> None:
        self._log = log
        self._faces: Mapping[ItemId, tuple[Item, Item]] = {}
        self._last: Site | None = None
        self._tables: Tables = {}

    def of(self, site: Site) -> tuple[Site, Tables]:
        """Return `site` with its readers written down, and its tables."""
        catalogue = self._without_texts(site.catalogue)
        bare = replace(site, catalogue=catalogue)
        tables = catalogue.tables() | {
            "region": rows(catalogue.region),
            "history": rows(site.history, frozenset({"changes"})),
            "changes": site.history.changes,
            "versions": site.versions,
            "site": rows(bare, _SITE),
            "served": bare.audience.roles,
            "meetings": bare.audience.sessions,
            "adoptions": bare.adoptions,
            "offered": rows(bare.offered, frozenset({"users"})),
            "reused": bare.offered.users,
        }
        self._last, self._tables = bare, tables
        return self._watched(bare, tables), tables

    def with_texts(
        self, texts: Mapping[ItemId, str], versions: Mapping[ItemId, Version]
    ) -> tuple[Site, Tables]:
        """Likewise, of the last state with some other texts and with `versions`."""
        assert self._last  # noqa: S101 (there was a last one)
        self._last = self._last.with_texts(texts, versions)
        own = self._last.catalogue.tables()
        self._tables = {**self._tables, "texts": own["texts"], "versions": self._last.versions}
        return self._watched(self._last, self._tables), self._tables

    def _without_texts(self, catalogue: Catalogue) -> Catalogue:
        """Return `catalogue` with bare items; one that is as before is the same object as before."""
        self._faces = dict(self._bare(catalogue))
        return catalogue.with_items(face for _, face in self._faces.values())

    def _bare(self, catalogue: Catalogue) -> Iterator[tuple[ItemId, tuple[Item, Item]]]:
        for id_, item in catalogue.items.items():
            known = self._faces.get(id_)
            if known is None or known[0] is not item:
                face = replace(item, body="")
                known = (item, known[1] if known and known[1] == face else face)
            yield id_, known

    def _watched(self, site: Site, tables: Tables) -> Site:
        def table(name: str) -> Watched:
            return Watched(name, tables[name], self._log)

        log, own = self._log, site.catalogue.tables()
        region = watched("region", site.catalogue.region, log)
        parts: dict[str, Any] = {
            "catalogue": site.catalogue.through({name: table(name) for name in own}, region),
            "history": watched("history", site.history, log, {"changes": table("changes")}),
            "versions": table("versions"),
            "audience": Audience(table("served"), table("meetings")),
            "adoptions": table("adoptions"),
            "offered": watched("offered", site.offered, log, {"users": table("reused")}),
        }
        return watched("site", site, log, parts)
