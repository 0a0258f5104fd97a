"""What front matter may hold: one definition for reading, for JSON Schema and for editors; `region_keys` is that of `region.yml`.

Everything here is checked, not yet linked: ids are text that may find nothing.
"""

from __future__ import annotations

from typing import Any, Literal

from kompetanse.content.keys import EMPTY, Keys, key
from kompetanse.content.region_keys import RegionKeys
from kompetanse.content.values import (
    Day,
    Id,
    ItemLicence,
    Language,
    Length,
    LevelNumber,
    Moment,
    Percent,
    Rrule,
    Summary,
    Text,
    Url,
    Whole,
    YesNo,
)


class RoutineKeys(Keys):
    """A procedure in the municipality's quality system."""

    title: Text = key(description="Name of the procedure.")
    url: Url | None = key(None, description="Where it stands.")
    version: Text | None = key(None, description="Version that the text was written for.")


class RequirementKeys(Keys):
    """What a role asks of a competence."""

    competence: Id = key(description="Id of the competence.")
    level: LevelNumber = key(description="Lowest level that is enough, 1–4.")
    kind: Literal["statutory", "mandatory", "recommended"] = key(
        "mandatory", description="How binding it is."
    )
    evidence: Literal["self", "test", "confirmed"] = key(
        "self", description="Weakest class of evidence that closes it."
    )
    basis: Text | None = key(None, description="Law or decision behind it; required for statutory.")
    valid_for: Length | None = key(None, description="How long evidence counts, ISO 8601.")


class TargetKeys(Keys):
    """A competence at a level."""

    competence: Id = key(description="Id of the competence.")
    level: LevelNumber = key(description="Level, 1–4.")


class CertificateKeys(Keys):
    """What it takes to get the certificate."""

    pass_mark: Percent = key(80, alias="pass", description="Share of right answers that passes, in per cent.")
    valid_for: Length | None = key(None, description="How long it counts, ISO 8601.")
    evidence: Literal["self", "test", "confirmed"] = key(
        "test", description="Class of evidence it stands for."
    )


class StepKeys(Keys):
    """One step of a programme: a course or a session."""

    course: Id | None = key(None, description="Id of a course.")
    session: Id | None = key(None, description="Id of a session.")
    within: Length | None = key(None, description="From the first day of work, ISO 8601.")


class LevelTexts(Keys):
    """Text in behaviour for each level."""

    one: Text = key(alias="1", description="Knows of.")
    two: Text = key(alias="2", description="Does it under guidance.")
    three: Text = key(alias="3", description="Does it independently.")
    four: Text = key(alias="4", description="Guides others and improves the work.")


class CodeKeys(Keys):
    """Codes in occupational standards; text, since some start with zero."""

    styrk08: Text | None = key(None, description="Statistics Norway's STYRK-08, four digits.")
    isco08: Text | None = key(None, description="ILO's ISCO-08, four digits.")
    esco: Url | None = key(None, description="URI of the ESCO occupation.")


class PageKeys(Keys):
    """Keys that every kind has; a page has no others."""

    type: Literal["role", "competence", "course", "module", "session", "programme", "page"] = key(
        "page", description="What the file is."
    )
    id: Id | None = key(
        None, description="Stable identifier, unique in the region; from the file name if absent."
    )
    title: Text | None = key(None, description="Name shown to people; a page may use its first heading.")
    summary: Summary | None = key(None, description="One plain sentence, at most 200 characters.")
    language: Language | None = key(
        None, description="BCP 47 tag, such as nb, nn, en, se; the region's if absent."
    )
    translation_of: Id | None = key(None, description="Id of the item that this one translates.")
    status: Literal["draft", "published", "retired"] = key("published", description="Whether it is shown.")
    owner: Text | None = key(None, description="Unit that answers for the content; never a person.")
    authors: tuple[Text, ...] = key((), description="Names as they wish to be credited.")
    licence: ItemLicence | None = key(
        None,
        description="SPDX identifier; the region's if absent. NOASSERTION in a draft: nobody has settled it.",
    )
    reviewed: Day | None = key(None, description="Day of the last review.")
    review_every: Length | None = key(None, description="Time between reviews, ISO 8601.")
    routines: tuple[RoutineKeys, ...] = key((), description="Procedures that it teaches or applies.")
    tags: tuple[Text, ...] = key((), description="Free words for lists and search.")
    redirect_from: tuple[Text, ...] = key((), description="Former addresses, from the root of the site.")


class RoleKeys(PageKeys):
    """Who does the work."""

    title: Text = key(description="Name of the role.")
    codes: CodeKeys = key(EMPTY, description="Codes in occupational standards.")
    area: Text | None = key(None, description="Service area.")
    includes: tuple[Id, ...] = key((), description="Roles whose requirements this one takes over.")
    requires: tuple[RequirementKeys, ...] = key((), description="What the role asks for.")


class CompetenceKeys(PageKeys):
    """What the work needs."""

    title: Text = key(description="Name of the competence.")
    area: Text | None = key(None, description="Group in the framework.")
    kind: Literal["knowledge", "skill", "attitude"] | None = key(None, description="Sort of competence.")
    levels: LevelTexts = key(description="Text in behaviour for each of the levels 1–4.")
    broader: Id | None = key(None, description="Competence that this one is part of.")
    aligned_to: tuple[Url, ...] = key((), description="URIs in ESCO, DigComp, NICE and others.")


class CourseKeys(PageKeys):
    """How something is learnt."""

    title: Text = key(description="Name of the course.")
    teaches: tuple[TargetKeys, ...] = key((), description="Competences it teaches, and to which level.")
    objectives: tuple[Text, ...] = key((), most=6, description="What one can do afterwards; 1–6, observable.")
    prerequisites: tuple[Id | TargetKeys, ...] = key((), description="Courses, or competences with level.")
    delivery: Literal["self-paced", "classroom", "blended"] = key("self-paced", description="How it is held.")
    modules: tuple[Text, ...] | None = key(None, description="Own files and ids of shared modules, in order.")
    duration: Length | None = key(None, description="ISO 8601; the sum of the modules if absent.")
    audience: tuple[Id, ...] = key((), description="Roles it is meant for.")
    certificate: CertificateKeys | None = key(
        None, description="What the certificate takes, where there is one."
    )
    equipment: tuple[Text, ...] = key((), description="What one needs at hand.")


class ModuleKeys(PageKeys):
    """One part of how something is learnt."""

    title: Text = key(description="Name of the module.")
    duration: Length | None = key(None, description="ISO 8601, such as PT15M.")
    objectives: tuple[Text, ...] = key((), most=6, description="What one can do afterwards.")


class SessionKeys(PageKeys):
    """When and where."""

    title: Text = key(description="Name of the session.")
    course: Id = key(description="Course that is held.")
    starts: Moment = key(description="Local time, 2027-01-12T09:00.")
    ends: Moment = key(description="Local time, later than starts.")
    repeats: Rrule | None = key(None, description="RFC 5545 RRULE, such as FREQ=WEEKLY;COUNT=4.")
    place: Text | None = key(None, description="Where, as people say it.")
    municipality: Text | None = key(None, description="Number of the municipality, such as 0301.")
    seats: Whole | None = key(None, description="How many can come.")
    signup: Url | None = key(None, description="Address or mailbox for signing up.")
    cancelled: YesNo = key(False, description="Whether it is called off.")


class ProgrammeKeys(PageKeys):
    """A path through courses."""

    title: Text = key(description="Name of the programme.")
    audience: tuple[Id, ...] = key((), description="Roles it is meant for.")
    steps: tuple[StepKeys, ...] = key((), description="Courses and sessions in order.")


KEYS: dict[str, type[PageKeys]] = {
    "role": RoleKeys,
    "competence": CompetenceKeys,
    "course": CourseKeys,
    "module": ModuleKeys,
    "session": SessionKeys,
    "programme": ProgrammeKeys,
    "page": PageKeys,
}


def json_schema(kind: str) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the front matter of `kind`, or of `region`; `kompetanse.schemas` has it ready."""
    from kompetanse.content.told import json_schema as made

    return made(RegionKeys if kind == "region" else KEYS[kind])
