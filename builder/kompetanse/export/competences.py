"""The region's competences and roles as frameworks tell of them: each once, in the region's language, in a tree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kompetanse.model.catalogue import Inherited
from kompetanse.model.item import Competence, Item, ItemId, Role
from kompetanse.pages.view import Site

PROFICIENT = 3
"""The lowest level, 1–4, that fulfils a competence by itself: to do it on one's own."""


@dataclass(frozen=True, slots=True)
class Node:
    """A competence in the tree.

    Attributes:
        id: Of the original, by which courses and roles name it.
        item: The competence in the region's language, where it has been translated.
        parent: Id of the competence that it is part of.
    """

    id: ItemId
    item: Competence
    parent: ItemId | None


def nodes(site: Site) -> Sequence[Node]:
    """Return the published competences, parents before their parts, each level by title."""
    found = {one.id: one for one in site.catalogue.originals(Competence)}
    parents = {id_: _parent(one, found) for id_, one in found.items()}
    known = {id_: Node(id_, _told(site, one), parents[id_]) for id_, one in found.items()}
    ordered: dict[ItemId, Node] = {}
    for node in known.values():
        _add(known, node, ordered)
    return list(ordered.values())


def _parent(one: Competence, found: Mapping[ItemId, Competence]) -> ItemId | None:
    """Return what `one` is part of; None for a root, and for one that is part of itself in the end."""
    seen, up = {one.id}, one.broader
    while up is not None and up in found:
        if up in seen:
            return None
        seen.add(up)
        up = found[up].broader
    return one.broader if one.broader in found else None


def _add(known: Mapping[ItemId, Node], node: Node, ordered: dict[ItemId, Node]) -> None:
    if node.parent and node.parent not in ordered:
        _add(known, known[node.parent], ordered)
    ordered.setdefault(node.id, node)


def _told(site: Site, one: Competence) -> Competence:
    return site.catalogue.in_language(one, site.catalogue.region.language)


def roles(site: Site) -> Sequence[tuple[ItemId, Role]]:
    """Return the published roles by title, each with the id of its original, in the region's language."""
    language = site.catalogue.region.language
    return [(one.id, site.catalogue.in_language(one, language)) for one in site.catalogue.originals(Role)]


def required(site: Site, role: Role) -> Sequence[Inherited]:
    """Return what `role` asks of the published competences, what it takes over too."""
    found = {one.id for one in site.catalogue.originals(Competence)}
    return [one for one in site.catalogue.requirements(role) if one.requirement.competence in found]


def address(site: Site, item: Item) -> str | None:
    """Return where `item` is read on the web; None when the region has no address."""
    base = site.catalogue.region.url
    return f"{base}{item.address}" if base else None
