"""The framework as a CASE 1.1 package: competences with their levels, roles with what they ask for.

Source: 1EdTech Competencies and Academic Standards Exchange 1.1, information model, 7.1 (CFPackage and what lies in it). Identifiers
are UUIDs of version 5 (RFC 9562, 5.5) from an item's world-wide id, so that they are the same in every export.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, BinaryIO
from uuid import NAMESPACE_URL, uuid5

from kompetanse.export.competences import Node, address, nodes, required, roles
from kompetanse.messages import text
from kompetanse.model.catalogue import Inherited
from kompetanse.model.item import LEVELS, Competence, Item, ItemId, Role
from kompetanse.model.licence import LICENCES
from kompetanse.pages.view import Site

VERSION = "1.1"

Data = dict[str, Any]

_TYPES = {"competence": "Competency", "level": "Level", "role": "Role"}
"""What our items are → the name of their type in the package."""


def package(site: Site, to: BinaryIO) -> Sequence[str]:
    """Write the framework of `site` to `to`; CASE holds all of it."""
    made = _Package(site)
    to.write((json.dumps(made.written(), ensure_ascii=False, indent=2) + "\n").encode())
    return []


@dataclass
class _Package:
    """A package that is being made."""

    site: Site
    items: list[Data] = field(default_factory=list)
    associations: list[Data] = field(default_factory=list)

    @property
    def language(self) -> str:
        return self.site.catalogue.region.language

    def written(self) -> Data:
        for number, node in enumerate(nodes(self.site), 1):
            self._competence(number, node)
        for number, (id_, role) in enumerate(roles(self.site), len(self.items) + 1):
            self._role(number, id_, role)
        return {
            "CFDocument": self._document(),
            "CFItems": self.items,
            "CFAssociations": self.associations,
            "CFDefinitions": {
                "CFItemTypes": [self._type(kind) for kind in _TYPES],
                "CFLicenses": self._licences(),
            },
        }

    def uuid(self, *what: str) -> str:
        """Return the identifier of something of the region: an item by its id, a level by that and its number.

        What is no item begins with a slash, which no id has; nothing at all is the framework itself.
        """
        return str(uuid5(NAMESPACE_URL, ":".join(("urn:kompetanse", self.site.catalogue.region.id, *what))))

    def _document(self) -> Data:
        region = self.site.catalogue.region
        publisher = region.publisher or region.name
        days = [self._day(one) for one in self.site.catalogue.visible(Item)]
        return _whole(
            {
                "identifier": self.uuid(),
                "uri": region.url or self._urn(),
                "caseVersion": VERSION,
                "creator": publisher,
                "title": region.name,
                "lastChangeDateTime": _moment(max(days, default=self.site.today)),
                "officialSourceURL": region.url,
                "publisher": publisher,
                "language": region.language,
                "adoptionStatus": "Adopted",
                "licenseURI": self._licence_link(),
            }
        )

    def _competence(self, number: int, node: Node) -> None:
        self._item("competence", node.id, node.item, node.item.summary or node.item.title)
        parent = self._origin(node.parent) if node.parent else self._whole_framework()
        self._associate("isChildOf", self._origin(node.id), parent, self._day(node.item), number)
        for level, said in zip(LEVELS, node.item.levels, strict=True):
            self._level(node, level, said)
        for translated in self.site.catalogue.translations(self.site.catalogue.items[node.id]):
            if isinstance(translated, Competence) and translated.id != node.item.id:
                self._translation(node, translated)
        for uri in node.item.aligned_to:
            elsewhere = {**self._link(str(uuid5(NAMESPACE_URL, uri)), uri, uri), "targetType": "ext:concept"}
            self._associate("exactMatchOf", self._origin(node.id), elsewhere, self._day(node.item))

    def _level(self, node: Node, level: int, said: str) -> None:
        word = text(node.item.language, f"level.{level}")
        day = self._day(node.item)
        self.items.append(
            {
                "identifier": self.uuid(node.id, str(level)),
                "fullStatement": said,
                "CFItemType": _TYPES["level"],
                "uri": self._urn(node.id, str(level)),
                "humanCodingScheme": f"{node.id}/{level}",
                "listEnumeration": str(level),
                "abbreviatedStatement": f"{node.item.title}: {word}",
                "language": node.item.language,
                "CFItemTypeURI": self._type_link("level"),
                "lastChangeDateTime": _moment(day),
            }
        )
        self._associate("isChildOf", self._at_level(node.id, level), self._origin(node.id), day, level)

    def _translation(self, node: Node, translated: Competence) -> None:
        self._item("competence", translated.id, translated, translated.summary or translated.title)
        self._associate(
            "isTranslationOf", self._origin(translated.id), self._origin(node.id), self._day(translated)
        )

    def _role(self, number: int, id_: ItemId, role: Role) -> None:
        self._item("role", id_, role, role.summary or role.title)
        day = self._day(role)
        self._associate("isChildOf", self._origin(id_), self._whole_framework(), day, number)
        for one in required(self.site, role):
            level = self._at_level(one.requirement.competence, one.requirement.level)
            self._associate("isRelatedTo", self._origin(id_), level, day, notes=self._asked(one))

    def _asked(self, one: Inherited) -> str:
        """Return in words how much a role asks for something, and on what it rests."""
        words = (
            text(self.language, f"requirement.{one.requirement.kind}"),
            text(self.language, f"evidence.{one.requirement.evidence}"),
            one.requirement.basis,
        )
        return " · ".join(word for word in words if word)

    def _item(self, kind: str, id_: ItemId, item: Item, said: str) -> Data:
        made = _whole(
            {
                "identifier": self.uuid(id_),
                "fullStatement": said,
                "CFItemType": _TYPES[kind],
                "uri": address(self.site, item) or self._urn(id_),
                "humanCodingScheme": id_,
                "abbreviatedStatement": item.title,
                "conceptKeywords": list(item.tags),
                "subject": [area] if (area := getattr(item, "area", None)) else None,
                "language": item.language,
                "CFItemTypeURI": self._type_link(kind),
                "lastChangeDateTime": _moment(self._day(item)),
            }
        )
        self.items.append(made)
        return made

    def _associate(
        self,
        kind: str,
        origin: Data,
        destination: Data,
        day: date,
        number: int | None = None,
        notes: str | None = None,
    ) -> None:
        ends = (origin["identifier"], destination["identifier"])
        self.associations.append(
            _whole(
                {
                    "identifier": self.uuid("/association", kind, *ends),
                    "associationType": kind,
                    "sequenceNumber": number,
                    "uri": self._urn("/association", kind, *ends),
                    "originNodeURI": origin,
                    "destinationNodeURI": destination,
                    "lastChangeDateTime": _moment(day),
                    "notes": notes,
                }
            )
        )

    def _origin(self, id_: ItemId) -> Data:
        item = self.site.catalogue.items[id_]
        return self._link(self.uuid(id_), item.title, address(self.site, item) or self._urn(id_))

    def _at_level(self, id_: ItemId, level: int) -> Data:
        what = (id_, str(level))
        return self._link(
            self.uuid(*what), f"{self.site.catalogue.items[id_].title} {level}", self._urn(*what)
        )

    def _whole_framework(self) -> Data:
        region = self.site.catalogue.region
        return self._link(self.uuid(), region.name, region.url or self._urn())

    @staticmethod
    def _link(identifier: str, title: str, uri: str) -> Data:
        return {"title": title, "identifier": identifier, "uri": uri}

    def _type_link(self, kind: str) -> Data:
        return self._link(self.uuid("/type", kind), _TYPES[kind], self._urn("/type", kind))

    def _type(self, kind: str) -> Data:
        return {
            "identifier": self.uuid("/type", kind),
            "uri": self._urn("/type", kind),
            "title": _TYPES[kind],
            "description": _TYPES[kind],
            "hierarchyCode": str(list(_TYPES).index(kind) + 1),
            "lastChangeDateTime": _moment(self.site.today),
        }

    def _licence_link(self) -> Data | None:
        found = LICENCES.get(self.site.catalogue.region.licence)
        return self._link(self.uuid("/licence"), found.name, found.url) if found else None

    def _licences(self) -> Sequence[Data]:
        found = LICENCES.get(self.site.catalogue.region.licence)
        if found is None:
            return []
        made = {
            "identifier": self.uuid("/licence"),
            "uri": found.url,
            "title": found.name,
            "licenseText": found.url,
            "lastChangeDateTime": _moment(self.site.today),
        }
        return [made]

    def _urn(self, *what: str) -> str:
        return f"urn:uuid:{self.uuid(*what)}"

    def _day(self, item: Item) -> date:
        changed = self.site.history.changes.get(item.path)
        return changed.day if changed else item.reviewed or self.site.today


def _moment(day: date) -> str:
    return f"{day}T00:00:00Z"


def _whole(data: Mapping[str, Any]) -> Data:
    return {key: value for key, value in data.items() if value not in (None, "", [])}
