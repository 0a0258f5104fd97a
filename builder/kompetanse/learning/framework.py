"""The framework as the site publishes it: names, former ids, and what each role requires.

It is read from the same data files as the browser reads (`docs/mapping.md`), so that both reckon with the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from kompetanse.model.assessment import MOST_DOCUMENTED, Answer, Assessment, Notice, Round
from kompetanse.model.duration import Duration
from kompetanse.model.item import ItemId, Requirement


@dataclass(frozen=True, slots=True)
class Named:
    """A role or a competence as it is named in a language."""

    title: str
    area: str | None = None
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Framework:
    """What people are reckoned against.

    Attributes:
        region: Its id.
        version: Commit of the content; None when nobody knows.
        roles: By id, the retired too.
        competences: By id, the retired too.
        former: Ids that are no longer used → those of today.
        requirements: By role.
        asked: Competences that roles ask for, by id.
    """

    region: str
    version: str | None
    roles: Mapping[ItemId, Named]
    competences: Mapping[ItemId, Named]
    former: Mapping[str, ItemId]
    requirements: Mapping[ItemId, tuple[Requirement, ...]]
    asked: Mapping[ItemId, Named]

    @classmethod
    def read(cls, index: Mapping[str, Any], roles: Iterable[Mapping[str, Any]]) -> Framework:
        """Read `rammeverk.json` and the files of roles."""
        found = tuple(roles)
        return cls(
            index["region"],
            index["content_version"],
            _named(index["roles"]),
            _named(index["competences"]),
            {old: ItemId(now) for old, now in index["former"].items()},
            {ItemId(one["id"]): tuple(requirement_of(asks) for asks in one["requirements"]) for one in found},
            {id_: named for one in found for id_, named in _named(one["competences"]).items()},
        )

    def today(self, id_: ItemId) -> ItemId:
        """Return the id that `id_` has today."""
        return self.former.get(id_, id_)


def _named(items: Mapping[str, Mapping[str, Any]]) -> dict[ItemId, Named]:
    return {
        ItemId(id_): Named(one["title"], one.get("area"), bool(one.get("retired")))
        for id_, one in items.items()
    }


def requirement_of(keys: Mapping[str, Any]) -> Requirement:
    """Read a requirement of a role's file."""
    return Requirement(
        ItemId(keys["competence"]),
        keys["level"],
        keys["kind"],
        keys["evidence"],
        keys.get("basis"),
        Duration.parse(keys["valid_for"]) if keys.get("valid_for") else None,
    )


def follow(assessment: Assessment, framework: Framework) -> tuple[Assessment, tuple[Notice, ...]]:
    """Return `assessment` with the ids of today, and what has changed since it was made; nothing is dropped unsaid."""
    changes = (*_roles_changed(assessment, framework), *_answers_changed(assessment, framework))
    roles = dict.fromkeys(framework.today(one) for one in assessment.roles)
    followed = replace(
        assessment,
        roles=tuple(one for one in roles if one in framework.roles),
        answers=_followed(assessment.answers, framework),
        history=tuple(_round(one, framework) for one in assessment.history),
    )
    return followed, changes


def _followed(answers: Iterable[Answer], framework: Framework) -> tuple[Answer, ...]:
    """Return one answer for each competence of today."""
    found: dict[ItemId, Answer] = {}
    for one in answers:
        id_ = framework.today(one.competence)
        found[id_] = replace(_joined(found.get(id_), one), competence=id_)
    return tuple(found.values())


def _joined(first: Answer | None, second: Answer) -> Answer:
    """Return two answers to what is now one competence as one.

    The newer, the first of two of one day, with what is documented in both.
    """
    if first is None:
        return second
    newer = second if first.day < second.day else first
    return replace(newer, evidence=(*first.evidence, *second.evidence)[-MOST_DOCUMENTED:])


def _round(one: Round, framework: Framework) -> Round:
    return Round(one.day, {framework.today(id_): level for id_, level in one.levels.items()})


def _roles_changed(assessment: Assessment, framework: Framework) -> Iterator[Notice]:
    for id_ in assessment.roles:
        now = framework.today(id_)
        found = framework.roles.get(now)
        if found is None:
            yield Notice("file.role_gone", {"id": id_})
        elif found.retired:
            yield Notice("file.role_retired", {"title": found.title})
        elif now != id_:
            yield Notice("file.role_renamed", {"old": id_, "new": found.title})


def _answers_changed(assessment: Assessment, framework: Framework) -> Iterator[Notice]:
    for one in assessment.answers:
        now = framework.today(one.competence)
        found = framework.competences.get(now)
        if found is None:
            yield Notice("file.gone", {"title": one.title})
        elif found.retired:
            yield Notice("file.retired", {"title": found.title})
        elif now != one.competence:
            yield Notice("file.renamed", {"old": one.title, "new": found.title})
