"""The seven kinds of item that a region keeps, each a frozen value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import Literal, NewType

from kompetanse.model.duration import Duration
from kompetanse.model.origin import Adoption

ItemId = NewType("ItemId", str)

Level = Literal[1, 2, 3, 4]
Status = Literal["draft", "published", "retired"]
RequirementKind = Literal["statutory", "mandatory", "recommended"]
Evidence = Literal["self", "test", "confirmed"]
CompetenceKind = Literal["knowledge", "skill", "attitude"]
Delivery = Literal["self-paced", "classroom", "blended"]

LEVELS: tuple[Level, ...] = (1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Routine:
    """A procedure in the municipality's quality system that an item teaches or applies."""

    title: str
    url: str | None = None
    version: str | None = None


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a role asks of a competence.

    Attributes:
        competence: The competence asked for.
        level: Lowest level that is enough, 1–4.
        kind: Statutory, mandatory or recommended, in falling weight.
        evidence: Weakest class of evidence that closes it.
        basis: The law or decision it rests on; never None when `kind` is statutory.
        valid_for: How long evidence counts; None when it does not expire.
    """

    competence: ItemId
    level: Level
    kind: RequirementKind = "mandatory"
    evidence: Evidence = "self"
    basis: str | None = None
    valid_for: Duration | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """A competence at a level: what a course teaches or builds on."""

    competence: ItemId
    level: Level

    def is_reached_by(self, taught: Iterable[Target]) -> bool:
        """Tell whether what is `taught` goes as far as this."""
        return any(one.competence == self.competence and one.level >= self.level for one in taught)


@dataclass(frozen=True, slots=True)
class Certificate:
    """What it takes to get a course's certificate.

    Attributes:
        pass_mark: Share of right answers that passes, in per cent, 0–100.
        valid_for: How long the certificate counts; None when it does not expire.
        evidence: Class of evidence it stands for.
    """

    pass_mark: int = 80
    valid_for: Duration | None = None
    evidence: Evidence = "test"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a programme: a course or a session, and when it should be done, from the first day of work."""

    item: ItemId
    within: Duration | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What every kind of item has.

    Attributes:
        id: Stable identity, unique in the region across kinds.
        path: The Markdown file it was read from, relative to the region's root.
        address: Where its page lies, relative to the site, such as `kurs/brann/`; empty for the home page.
        title: Shown to people; never empty.
        body: Finished Markdown; reuse is resolved.
        language: BCP 47 tag.
        review_due: Day on which the next review falls due; None when it has no rhythm.
    """

    id: ItemId
    path: PurePosixPath
    address: str
    title: str
    body: str
    summary: str | None = None
    language: str
    translation_of: ItemId | None = None
    status: Status = "published"
    owner: str
    authors: tuple[str, ...] = ()
    licence: str
    reviewed: date | None = None
    review_every: Duration | None = None
    routines: tuple[Routine, ...] = ()
    tags: tuple[str, ...] = ()
    redirect_from: tuple[str, ...] = ()

    @property
    def review_due(self) -> date | None:
        """The day the next review falls due, or None when no rhythm is set."""
        if self.reviewed is None or self.review_every is None:
            return None
        return self.review_every.after(self.reviewed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Item):
    """Ordinary text: about, rules, news."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Role(Item):
    """Who does the work.

    Attributes:
        codes: Codes in occupational standards, such as `{"styrk08": "5321"}`.
        includes: Roles whose requirements this one takes over.
        requires: Its own requirements; `Catalogue.requirements` adds the inherited ones.
    """

    codes: Mapping[str, str]
    area: str | None = None
    includes: tuple[ItemId, ...] = ()
    requires: tuple[Requirement, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Competence(Item):
    """What the work needs.

    Attributes:
        levels: Text in behaviour for each of the levels 1–4, in order.
        broader: The competence this one is part of.
        aligned_to: URIs of the same thing in other frameworks.
    """

    levels: tuple[str, str, str, str]
    area: str | None = None
    kind: CompetenceKind | None = None
    broader: ItemId | None = None
    aligned_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Module(Item):
    """One part of how something is learnt.

    Attributes:
        course: The course in whose folder it lies; None for a shared module.
    """

    duration: Duration | None = None
    objectives: tuple[str, ...] = ()
    course: ItemId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Course(Item):
    """How something is learnt.

    Attributes:
        teaches: Competences it teaches, and to which level.
        prerequisites: Courses, or competences with level, to have first.
        modules: Its own and shared modules, in reading order.
        duration: As the author says it; else None, and the catalogue adds the modules up.
        audience: Roles it is meant for.
        adopted: Where it came from, and what was changed here; None for a course of our own.
    """

    teaches: tuple[Target, ...] = ()
    objectives: tuple[str, ...] = ()
    prerequisites: tuple[ItemId | Target, ...] = ()
    delivery: Delivery = "self-paced"
    modules: tuple[ItemId, ...] = ()
    duration: Duration | None = None
    audience: tuple[ItemId, ...] = ()
    certificate: Certificate | None = None
    equipment: tuple[str, ...] = ()
    adopted: Adoption | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Session(Item):
    """When and where a course is held.

    Attributes:
        starts, ends: Local time in the region's zone, without offset; `ends` is later.
        repeats: RFC 5545 RRULE without its name, such as `FREQ=WEEKLY;COUNT=4`.
        municipality: Number of the municipality, such as `"0301"`.
        signup: Address or mailbox.
    """

    course: ItemId
    starts: datetime
    ends: datetime
    repeats: str | None = None
    place: str | None = None
    municipality: str | None = None
    seats: int | None = None
    signup: str | None = None
    cancelled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme(Item):
    """A path through courses."""

    audience: tuple[ItemId, ...] = ()
    steps: tuple[Step, ...] = ()


KINDS: Mapping[str, type[Item]] = {
    "role": Role,
    "competence": Competence,
    "course": Course,
    "module": Module,
    "session": Session,
    "programme": Programme,
    "page": Page,
}


def kind_of(item: Item) -> str:
    """Return the item's `type:` as authors write it."""
    return type(item).__name__.lower()


def read_under(course: str, module: str) -> str:
    """Return the address at which a shared module is read in a course.

    It ends in the module's id, since file names meet where ids do not.

    Args:
        course: Address of the course.
        module: Id of the module.
    """
    return f"{course}{module}/"
