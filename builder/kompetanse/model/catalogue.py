"""All items of a region, linked: who requires, teaches, uses and translates whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache, reduce
from typing import Any, TypeVar, cast

from kompetanse.model.duration import Duration
from kompetanse.model.item import (
    Competence,
    Course,
    Evidence,
    Item,
    ItemId,
    Module,
    Programme,
    Requirement,
    RequirementKind,
    Role,
    Session,
)
from kompetanse.model.region import Region

Kind = TypeVar("Kind", bound=Item)

_ALPHABET = {letter: chr(ord("z") + place) for place, letter in enumerate("æøå", 1)} | {"ä": "{", "ö": "|"}
WEIGHT: Mapping[RequirementKind, int] = {"statutory": 0, "mandatory": 1, "recommended": 2}
"""The kinds of requirement by falling weight."""

EVIDENCE: tuple[Evidence, ...] = ("self", "test", "confirmed")
"""The classes of evidence, the weakest first."""

_TABLES = (
    "items",
    "kinds",
    "texts",
    "teachers",
    "parts",
    "users",
    "sessions",
    "programmes",
    "translations",
    "requirements",
    "requiring",
)
"""What a catalogue consists of."""

_ANY_DAY = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Inherited:
    """What is required of a role, and the nearest role that asks for it."""

    requirement: Requirement
    role: Role

    def with_also(self, other: Requirement) -> Inherited:
        """Return what meets both requirements."""
        return Inherited(both(self.requirement, other), self.role)


def both(first: Requirement, second: Requirement) -> Requirement:
    """Return what meets both requirements on a competence: no role can take away what another one asks for.

    The higher level, the weightier kind with its basis, the stronger evidence and the shorter validity.
    """
    weightier = min(first, second, key=lambda one: WEIGHT[one.kind])
    lengths = [one.valid_for for one in (first, second) if one.valid_for]
    return Requirement(
        first.competence,
        max(first.level, second.level),
        weightier.kind,
        max(first.evidence, second.evidence, key=EVIDENCE.index),
        weightier.basis,
        min(lengths, key=lambda length: length.after(_ANY_DAY), default=None),
    )


class Catalogue:
    """Every item of the region, by id, with the links between them turned round.

    Read it from many places, change it from none: it is computed once a run.

    Attributes:
        region: Whose catalogue this is.
        drafts: Whether drafts are shown like the published, as an author's preview does.
        items: All items by id, drafts too, in the order of their paths.
    """

    def __init__(self, region: Region, items: Iterable[Item], drafts: bool = False) -> None:
        self.region = region
        self.drafts = drafts
        self.items: Mapping[ItemId, Item] = {
            item.id: item for item in sorted(items, key=lambda i: str(i.path))
        }

    @cached_property
    def _texts(self) -> Mapping[ItemId, str]:
        return {id_: item.body for id_, item in self.items.items()}

    @cached_property
    def _kinds(self) -> Mapping[type[Item], tuple[Item, ...]]:
        return self._by_kind()

    @cached_property
    def _teachers(self) -> Mapping[ItemId, tuple[Course, ...]]:
        return self._turn(Course, lambda course: [target.competence for target in course.teaches])

    @cached_property
    def _parts(self) -> Mapping[ItemId, tuple[Competence, ...]]:
        return self._turn(Competence, lambda part: [part.broader] if part.broader else [])

    @cached_property
    def _users(self) -> Mapping[ItemId, tuple[Course, ...]]:
        return self._turn(Course, lambda course: course.modules)

    @cached_property
    def _sessions(self) -> Mapping[ItemId, tuple[Session, ...]]:
        return self._turn(Session, lambda one: [course.id] if (course := self.course_of(one)) else [])

    @cached_property
    def _programmes(self) -> Mapping[ItemId, tuple[Programme, ...]]:
        return self._turn(Programme, lambda programme: programme.audience)

    @cached_property
    def _translations(self) -> Mapping[ItemId, tuple[Item, ...]]:
        return self._turn(Item, lambda item: [item.translation_of] if item.translation_of else [])

    @cached_property
    def _requirements(self) -> Mapping[ItemId, tuple[Inherited, ...]]:
        return {role.id: self._gather(role) for role in self.published(Role)}

    @cached_property
    def _requiring(self) -> Mapping[ItemId, tuple[Role, ...]]:
        return self._turn(Role, lambda role: [i.requirement.competence for i in self.requirements(role)])

    def _by_kind(self) -> Mapping[type[Item], tuple[Item, ...]]:
        """Return the items of each kind that have a page, in the order of the Norwegian alphabet."""
        shown = filter(self.shows, self.items.values())
        every = tuple(sorted(shown, key=lambda item: alphabetical(item.title)))
        found: dict[type[Item], list[Item]] = defaultdict(list)
        for item in every:
            found[type(item)].append(item)
        return {Item: every, **{kind: tuple(items) for kind, items in found.items()}}

    def _turn(
        self, kind: type[Kind], targets: Callable[[Kind], Sequence[ItemId]]
    ) -> Mapping[ItemId, tuple[Kind, ...]]:
        found: dict[ItemId, dict[ItemId, Kind]] = defaultdict(dict)
        for item in self.published(kind):
            for target in targets(item):
                found[target][item.id] = item
        return {target: tuple(items.values()) for target, items in found.items()}

    def with_texts(self, texts: Mapping[ItemId, str]) -> Catalogue:
        """Return this catalogue with other texts, as `text_of` tells them; its items are as they are."""
        found = copy(self)
        found.__dict__["_texts"] = {**self._texts, **texts}
        return found

    def with_items(self, items: Iterable[Item]) -> Catalogue:
        """Return a catalogue of other `items` under the same ids, whose texts are still those of these."""
        found = Catalogue(self.region, items, self.drafts)
        found.__dict__["_texts"] = self._texts
        return found

    def text_of(self, item: Item) -> str:
        """Return the finished text of `item`."""
        return self._texts[item.id]

    def tables(self) -> dict[str, Mapping[Any, Any]]:
        """Return all that is read of the items, as tables by name."""
        return {name: getattr(self, name if name == "items" else f"_{name}") for name in _TABLES}

    def through(self, tables: Mapping[str, Mapping[Any, Any]], region: Region) -> Catalogue:
        """Return this catalogue as one that reads its items from `tables`, and its region from `region`."""
        found = copy(self)
        for name, table in tables.items():
            setattr(found, name if name == "items" else f"_{name}", table)
        found.region = region
        return found

    def shows(self, item: Item) -> bool:
        """Tell whether `item` has a page."""
        return self.drafts or item.status != "draft"

    def published(self, kind: type[Kind]) -> tuple[Kind, ...]:
        """Return the items of `kind` that have a page and stand in lists, in the order of the Norwegian alphabet."""
        return tuple(item for item in self.visible(kind) if item.status != "retired")

    def visible(self, kind: type[Kind]) -> tuple[Kind, ...]:
        """Return the items of `kind` that have a page: the published and the retired."""
        return cast(tuple[Kind, ...], self._kinds.get(kind, ()))

    def originals(self, kind: type[Kind]) -> tuple[Kind, ...]:
        """Return the published items of `kind` that translate no other published one."""
        return tuple(item for item in self.published(kind) if self.original(item) is item)

    def original(self, item: Kind) -> Kind:
        """Return the item that `item` translates, or itself."""
        found = self.items.get(item.translation_of) if item.translation_of else None
        return found if isinstance(found, type(item)) and found.status == "published" else item

    def translations(self, item: Item) -> tuple[Item, ...]:
        """Return the same item in the other languages, sorted by language."""
        original = self.original(item)
        family = (original, *self._translations.get(original.id, ()))
        if len(family) == 1 and original is item:
            return ()
        return tuple(
            sorted((other for other in family if other.id != item.id), key=lambda other: other.language)
        )

    def in_language(self, item: Kind, language: str) -> Kind:
        """Return `item` in `language` where it has been translated, else itself."""
        if item.language == language:
            return item
        others = self.translations(item)
        return next((one for one in others if one.language == language and isinstance(one, type(item))), item)

    def requirements(self, role: Role) -> tuple[Inherited, ...]:
        """Return what `role` asks for, its own and what it takes over, strongest kind first.

        A competence stands once, with what meets all who ask for it.
        """
        return self._requirements.get(role.id) or self._gather(role)

    def _gather(self, role: Role) -> tuple[Inherited, ...]:
        found: dict[ItemId, Inherited] = {}
        for one in self._lineage(role):
            for requirement in one.requires:
                known = found.get(requirement.competence)
                whole = Inherited(requirement, one) if known is None else known.with_also(requirement)
                found[requirement.competence] = whole
        return tuple(sorted(found.values(), key=self._by_weight))

    def _by_weight(self, inherited: Inherited) -> tuple[int, tuple[str, ...]]:
        competence = self.items.get(inherited.requirement.competence)
        title = competence.title if competence else inherited.requirement.competence
        return WEIGHT[inherited.requirement.kind], alphabetical(title)

    def _lineage(self, role: Role) -> Iterator[Role]:
        """Yield `role` and all that it includes, each once, in the order in which they are named."""
        seen: set[ItemId] = set()
        waiting = [role]
        while waiting:
            one = waiting.pop()
            if one.id in seen:
                continue
            seen.add(one.id)
            yield one
            parents = (self.items.get(parent) for parent in reversed(one.includes))
            waiting += [found for found in parents if isinstance(found, Role) and self.shows(found)]

    def roles_requiring(self, competence: Competence) -> tuple[Role, ...]:
        """Return the roles that ask for `competence`, also through the roles they include."""
        return self._requiring.get(competence.id, ())

    def courses_teaching(self, competence: Competence) -> tuple[Course, ...]:
        """Return the courses that teach `competence` to any level."""
        return self._teachers.get(competence.id, ())

    def parts_of(self, competence: Competence) -> tuple[Competence, ...]:
        """Return the competences that are part of `competence`."""
        return self._parts.get(competence.id, ())

    def courses_with(self, module: Module) -> tuple[Course, ...]:
        """Return the courses that `module` is read in."""
        return self._users.get(module.id, ())

    def sessions_of(self, course: Course) -> tuple[Session, ...]:
        """Return the sessions of `course`, by start; each once, whatever languages it is told in."""
        found = self._sessions.get(self.original(course).id, ())
        own = (session for session in found if self.original(session) is session)
        return tuple(sorted(own, key=lambda session: (session.starts, session.id)))

    def course_of(self, session: Session) -> Course | None:
        """Return the course that `session` holds, in its first language, when it has a page."""
        found = self.items.get(session.course)
        return self.original(found) if isinstance(found, Course) and self.shows(found) else None

    def programmes_for(self, role: Role) -> tuple[Programme, ...]:
        """Return the programmes made for `role` or a role it includes."""
        found = {one.id: one for kin in self._lineage(role) for one in self._programmes.get(kin.id, ())}
        return tuple(found.values())

    def modules_of(self, course: Course) -> tuple[Module, ...]:
        """Return the modules of `course` that have a page, in reading order."""
        found = (self.items.get(id_) for id_ in course.modules)
        return tuple(one for one in found if isinstance(one, Module) and self.shows(one))

    def duration_of(self, course: Course) -> Duration | None:
        """Return how long `course` takes: as its author says, else the sum of its modules."""
        if course.duration:
            return course.duration
        lengths = [module.duration for module in self.modules_of(course) if module.duration]
        return reduce(Duration.__add__, lengths) if lengths else None


@lru_cache(maxsize=1 << 17)
def alphabetical(text: str) -> tuple[str, ...]:
    """Return a sort key for `text` in the order of the Norwegian alphabet, where æ, ø and å come last."""
    lower = text.casefold()
    return ("".join(_ALPHABET.get(letter, letter) for letter in lower), lower)
