"""What front matter and `region.yml` may hold: one definition for reading, for JSON Schema and for editors.

Everything here is checked, not yet linked: ids are text that may find nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from kompetanse.model.duration import Duration
from kompetanse.model.issuer import is_did, is_public_key
from kompetanse.model.licence import LICENCES
from kompetanse.model.recurrence import is_rule
from kompetanse.model.source_address import BadAddressError, protocol_of

_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MINUTE = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::00)?")
_KEY_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_BRANCH = re.compile(r"(?!.*(?:\.\.|//|\.lock$|[/.]$))[A-Za-z0-9][A-Za-z0-9._/-]{0,199}")
"""Names of branches that nothing takes for an option or a path; narrower than git check-ref-format."""
_URL = re.compile(r"(?:https?:|mailto:)[^:]|[^:/?#@]+@[^:/?#@]+$|(?![^/?#]*:)", re.IGNORECASE)
"""A web address, a mailbox, or a path, whose first part has no colon."""
_NOT_IN_URL = re.compile(r"[<>\"'`\\\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def _text(value: Any) -> str:
    """Accept a number where text is meant: `0301`, `2026` and `2.10` are what the author wrote."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise PydanticCustomError("wrong-type", "text", {"expected": "text"})
    return str(value)


def _filled(value: Any) -> str:
    text = _text(value).strip()
    if not text:
        raise PydanticCustomError("empty-text", "empty")
    return text


def _matching(pattern: re.Pattern[str], code: str) -> Any:
    def check(value: Any) -> str:
        text = _filled(value)
        if not pattern.fullmatch(text):
            raise PydanticCustomError(code, "{value}", {"value": text})
        return text

    return check


def _known(is_one: Callable[[str], bool], code: str) -> Any:
    def check(value: Any) -> str:
        text = _filled(value)
        if not is_one(text):
            raise PydanticCustomError(code, "{value}", {"value": text})
        return text

    return check


def _day(value: Any) -> date:
    text = _filled(value)
    try:
        if not _DAY.fullmatch(text):
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError:
        raise PydanticCustomError("bad-date", "{value}", {"value": text}) from None


def _moment(value: Any) -> datetime:
    text = _filled(value)
    try:
        if not _MINUTE.fullmatch(text):
            raise ValueError(text)
        return datetime.fromisoformat(text.replace(" ", "T"))
    except ValueError:
        raise PydanticCustomError("bad-time", "{value}", {"value": text}) from None


def _duration(value: Any) -> Duration:
    text = _filled(value)
    try:
        return Duration.parse(text)
    except ValueError:
        raise PydanticCustomError("bad-duration", "{value}", {"value": text}) from None


def _licence(value: Any) -> str:
    text = _filled(value)
    if text not in LICENCES:
        raise PydanticCustomError("unknown-licence", "{value}", {"value": text})
    return text


def _rrule(value: Any) -> str:
    text = _filled(value).removeprefix("RRULE:")
    if not is_rule(text):
        raise PydanticCustomError("bad-rrule", "{value}", {"value": text})
    return text


def _level(value: Any) -> int:
    if type(value) is not int:
        raise PydanticCustomError("unknown-level", "{value}", {"value": str(value)})
    if not 1 <= value <= 4:
        raise PydanticCustomError("unknown-level", "{value}", {"value": str(value)})
    return value


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise PydanticCustomError("wrong-type", "whole number", {"expected": "number"})
    if value < 0:
        raise PydanticCustomError("negative-number", "{value}", {"value": str(value)})
    return value


def _yes_or_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise PydanticCustomError("wrong-type", "true or false", {"expected": "boolean"})
    return value


def _web_address(value: Any) -> str:
    text = _filled(value)
    if not _URL.match(text) or _NOT_IN_URL.search(text):
        raise PydanticCustomError("bad-url", "{value}", {"value": text})
    return text


def _source_address(value: Any) -> str:
    text = _filled(value)
    try:
        protocol_of(text, recorded=True)
    except BadAddressError:  # the value is not repeated: it may hold a password
        raise PydanticCustomError("bad-source-address", "address") from None
    return text


def _zone(value: Any) -> str:
    text = _filled(value)
    try:
        ZoneInfo(text)
    except (ValueError, OSError, LookupError):
        raise PydanticCustomError("unknown-timezone", "{value}", {"value": text}) from None
    return text


def _schema(**extra: Any) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", **extra})


Text = Annotated[str, BeforeValidator(_filled)]
Summary = Annotated[str, BeforeValidator(_filled), _schema(maxLength=200)]
Id = Annotated[str, BeforeValidator(_matching(_ID, "bad-id")), _schema(pattern=f"^{_ID.pattern}$")]
Language = Annotated[
    str, BeforeValidator(_matching(_LANGUAGE, "bad-language")), _schema(pattern=f"^{_LANGUAGE.pattern}$")
]
Day = Annotated[date, BeforeValidator(_day), _schema(format="date")]
Moment = Annotated[datetime, BeforeValidator(_moment), _schema(pattern=f"^{_MINUTE.pattern}$")]
Length = Annotated[
    Duration,
    BeforeValidator(_duration),
    _schema(pattern="^P(?!$)(\\d+Y)?(\\d+M)?(\\d+W)?(\\d+D)?(T(?=\\d)(\\d+H)?(\\d+M)?)?$"),
]
LicenceId = Annotated[str, BeforeValidator(_licence), _schema(enum=sorted(LICENCES))]
Rrule = Annotated[str, BeforeValidator(_rrule)]
LevelNumber = Annotated[int, BeforeValidator(_level), WithJsonSchema({"enum": [1, 2, 3, 4]})]
Whole = Annotated[int, BeforeValidator(_whole), WithJsonSchema({"type": "integer", "minimum": 0})]
YesNo = Annotated[bool, BeforeValidator(_yes_or_no)]
Url = Annotated[str, BeforeValidator(_web_address)]
SourceAddress = Annotated[str, BeforeValidator(_source_address)]
Branch = Annotated[
    str, BeforeValidator(_matching(_BRANCH, "bad-branch")), _schema(pattern=f"^{_BRANCH.pattern}$")
]
Zone = Annotated[str, BeforeValidator(_zone)]
Colour = Annotated[
    str, BeforeValidator(_matching(_COLOUR, "bad-colour")), _schema(pattern=f"^{_COLOUR.pattern}$")
]
Did = Annotated[str, BeforeValidator(_known(is_did, "bad-did")), _schema(pattern="^did:web:")]
PublicKey = Annotated[
    str,
    BeforeValidator(_known(is_public_key, "bad-public-key")),
    _schema(pattern="^z6Mk[1-9A-HJ-NP-Za-km-z]{44}$"),
]
KeyName = Annotated[
    str, BeforeValidator(_matching(_KEY_NAME, "bad-id")), _schema(pattern=f"^{_KEY_NAME.pattern}$")
]
Percent = Annotated[
    int,
    BeforeValidator(_whole),
    Field(le=100),
    WithJsonSchema({"type": "integer", "minimum": 0, "maximum": 100}),
]


class Keys(BaseModel):
    """Keys of a mapping; any other key is said so."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True, defer_build=True)


class RoutineKeys(Keys):
    """A procedure in the municipality's quality system."""

    title: Text = Field(description="Name of the procedure.")
    url: Url | None = Field(None, description="Where it stands.")
    version: Text | None = Field(None, description="Version that the text was written for.")


class RequirementKeys(Keys):
    """What a role asks of a competence."""

    competence: Id = Field(description="Id of the competence.")
    level: LevelNumber = Field(description="Lowest level that is enough, 1–4.")
    kind: Literal["statutory", "mandatory", "recommended"] = Field(
        "mandatory", description="How binding it is."
    )
    evidence: Literal["self", "test", "confirmed"] = Field(
        "self", description="Weakest class of evidence that closes it."
    )
    basis: Text | None = Field(None, description="Law or decision behind it; required for statutory.")
    valid_for: Length | None = Field(None, description="How long evidence counts, ISO 8601.")


class TargetKeys(Keys):
    """A competence at a level."""

    competence: Id = Field(description="Id of the competence.")
    level: LevelNumber = Field(description="Level, 1–4.")


class CertificateKeys(Keys):
    """What it takes to get the certificate."""

    pass_mark: Percent = Field(
        80, alias="pass", description="Share of right answers that passes, in per cent."
    )
    valid_for: Length | None = Field(None, description="How long it counts, ISO 8601.")
    evidence: Literal["self", "test", "confirmed"] = Field(
        "test", description="Class of evidence it stands for."
    )


class StepKeys(Keys):
    """One step of a programme: a course or a session."""

    course: Id | None = Field(None, description="Id of a course.")
    session: Id | None = Field(None, description="Id of a session.")
    within: Length | None = Field(None, description="From the first day of work, ISO 8601.")


class LevelTexts(Keys):
    """Text in behaviour for each level."""

    one: Text = Field(alias="1", description="Knows of.")
    two: Text = Field(alias="2", description="Does it under guidance.")
    three: Text = Field(alias="3", description="Does it independently.")
    four: Text = Field(alias="4", description="Guides others and improves the work.")


class CodeKeys(Keys):
    """Codes in occupational standards; text, since some start with zero."""

    styrk08: Text | None = Field(None, description="Statistics Norway's STYRK-08, four digits.")
    isco08: Text | None = Field(None, description="ILO's ISCO-08, four digits.")
    esco: Url | None = Field(None, description="URI of the ESCO occupation.")


class PageKeys(Keys):
    """Keys that every kind has; a page has no others."""

    type: Literal["role", "competence", "course", "module", "session", "programme", "page"] = Field(
        "page", description="What the file is."
    )
    id: Id | None = Field(
        None, description="Stable identifier, unique in the region; from the file name if absent."
    )
    title: Text | None = Field(None, description="Name shown to people; a page may use its first heading.")
    summary: Summary | None = Field(None, description="One plain sentence, at most 200 characters.")
    language: Language | None = Field(
        None, description="BCP 47 tag, such as nb, nn, en, se; the region's if absent."
    )
    translation_of: Id | None = Field(None, description="Id of the item that this one translates.")
    status: Literal["draft", "published", "retired"] = Field("published", description="Whether it is shown.")
    owner: Text | None = Field(None, description="Unit that answers for the content; never a person.")
    authors: tuple[Text, ...] = Field((), description="Names as they wish to be credited.")
    licence: LicenceId | None = Field(None, description="SPDX identifier; the region's if absent.")
    reviewed: Day | None = Field(None, description="Day of the last review.")
    review_every: Length | None = Field(None, description="Time between reviews, ISO 8601.")
    routines: tuple[RoutineKeys, ...] = Field((), description="Procedures that it teaches or applies.")
    tags: tuple[Text, ...] = Field((), description="Free words for lists and search.")
    redirect_from: tuple[Text, ...] = Field((), description="Former addresses, from the root of the site.")


class RoleKeys(PageKeys):
    """Who does the work."""

    title: Text = Field(description="Name of the role.")
    codes: CodeKeys = Field(default_factory=CodeKeys, description="Codes in occupational standards.")
    area: Text | None = Field(None, description="Service area.")
    includes: tuple[Id, ...] = Field((), description="Roles whose requirements this one takes over.")
    requires: tuple[RequirementKeys, ...] = Field((), description="What the role asks for.")


class CompetenceKeys(PageKeys):
    """What the work needs."""

    title: Text = Field(description="Name of the competence.")
    area: Text | None = Field(None, description="Group in the framework.")
    kind: Literal["knowledge", "skill", "attitude"] | None = Field(None, description="Sort of competence.")
    levels: LevelTexts = Field(description="Text in behaviour for each of the levels 1–4.")
    broader: Id | None = Field(None, description="Competence that this one is part of.")
    aligned_to: tuple[Url, ...] = Field((), description="URIs in ESCO, DigComp, NICE and others.")


class CourseKeys(PageKeys):
    """How something is learnt."""

    title: Text = Field(description="Name of the course.")
    teaches: tuple[TargetKeys, ...] = Field((), description="Competences it teaches, and to which level.")
    objectives: tuple[Text, ...] = Field(
        (), max_length=6, description="What one can do afterwards; 1–6, observable."
    )
    prerequisites: tuple[Id | TargetKeys, ...] = Field((), description="Courses, or competences with level.")
    delivery: Literal["self-paced", "classroom", "blended"] = Field(
        "self-paced", description="How it is held."
    )
    modules: tuple[Text, ...] | None = Field(
        None, description="Own files and ids of shared modules, in order."
    )
    duration: Length | None = Field(None, description="ISO 8601; the sum of the modules if absent.")
    audience: tuple[Id, ...] = Field((), description="Roles it is meant for.")
    certificate: CertificateKeys | None = Field(
        None, description="What the certificate takes, where there is one."
    )
    equipment: tuple[Text, ...] = Field((), description="What one needs at hand.")


class ModuleKeys(PageKeys):
    """One part of how something is learnt."""

    title: Text = Field(description="Name of the module.")
    duration: Length | None = Field(None, description="ISO 8601, such as PT15M.")
    objectives: tuple[Text, ...] = Field((), max_length=6, description="What one can do afterwards.")


class SessionKeys(PageKeys):
    """When and where."""

    title: Text = Field(description="Name of the session.")
    course: Id = Field(description="Course that is held.")
    starts: Moment = Field(description="Local time, 2027-01-12T09:00.")
    ends: Moment = Field(description="Local time, later than starts.")
    repeats: Rrule | None = Field(None, description="RFC 5545 RRULE, such as FREQ=WEEKLY;COUNT=4.")
    place: Text | None = Field(None, description="Where, as people say it.")
    municipality: Text | None = Field(None, description="Number of the municipality, such as 0301.")
    seats: Whole | None = Field(None, description="How many can come.")
    signup: Url | None = Field(None, description="Address or mailbox for signing up.")
    cancelled: YesNo = Field(False, description="Whether it is called off.")


class ProgrammeKeys(PageKeys):
    """A path through courses."""

    title: Text = Field(description="Name of the programme.")
    audience: tuple[Id, ...] = Field((), description="Roles it is meant for.")
    steps: tuple[StepKeys, ...] = Field((), description="Courses and sessions in order.")


class MunicipalityKeys(Keys):
    """A municipality of the region."""

    number: Text = Field(description="Its number; text, since it may start with zero.")
    name: Text = Field(description="Its name.")


class SourceKeys(Keys):
    """Another region, or any repository of courses, whose content may be adopted."""

    name: Id = Field(description="Short name; commands say NAME/COURSE.")
    repository: SourceAddress = Field(
        description="Address that its repository is read from: https, ssh or a folder; without a password."
    )
    region: Id | None = Field(None, description="World-wide id of the region.")
    site: Url | None = Field(None, description="Where it publishes.")
    branch: Branch | None = Field(None, description="Branch that is followed; the source's own if absent.")
    trust: Literal["unknown", "seen", "approved", "stopped"] = Field(
        "seen", description="What this region has decided; from stopped nothing is read."
    )
    approved_by: Text | None = Field(None, description="Unit that approved it; never a person.")
    approved: Day | None = Field(None, description="The day it did.")
    keys: tuple[Text, ...] = Field((), description="Fingerprints of the keys it signs with, SHA256:….")
    internal: bool = Field(
        False,
        description="Whether its host lies in your own network; else a name that leads there is refused.",
    )


class WithdrawnKeys(Keys):
    """A course that the region takes back, from those who have forked it too."""

    id: Id = Field(description="Id of the course, which may be deleted.")
    reason: Literal["error", "licence", "outdated", "personal-data"] = Field(description="Why.")
    date: Day = Field(description="Since when.")


class FederatedKeys(Keys):
    """Another region whose open catalogue is read."""

    name: Id = Field(description="Short name.")
    catalogue: Url = Field(description="Address of its catalogue.json.")


class ColourKeys(Keys):
    """Colours of the theme."""

    accent: Colour | None = Field(None, description="Links, buttons and what is chosen, #rrggbb.")
    neutral: Colour | None = Field(None, description="Text, lines and grounds, #rrggbb.")
    brand: Colour | None = Field(None, description="The mark, #rrggbb; the accent if absent.")


class IssuerKeyKeys(Keys):
    """A key that signs certificates, or has signed some."""

    id: KeyName = Field(description="Name of the key, such as 2026-1.")
    public: PublicKey = Field(description="The public half, z6Mk…")
    since: Day = Field(description="Day from which it signs.")


class TrustedIssuerKeys(Keys):
    """Another region whose certificates are known here."""

    name: Text = Field(description="Its name, as readers know it.")
    did: Did = Field(description="Its identifier, did:web:…")
    keys: tuple[IssuerKeyKeys, ...] = Field(min_length=1, description="Its public keys.")


class IssuerKeys(Keys):
    """Who issues certificates."""

    did: Did | None = Field(None, description="Identifier of the issuer, did:web:…")
    name: Text | None = Field(None, description="Who issues; the publisher if absent.")
    keys: tuple[IssuerKeyKeys, ...] = Field((), description="Keys, the one that signs last.")
    trusts: tuple[TrustedIssuerKeys, ...] = Field(
        (), description="Other issuers whose certificates are known."
    )


class RegionKeys(Keys):
    """What `region.yml` may hold."""

    id: Id = Field(description="World-wide unique first half of every item's identity.")
    name: Text = Field(description="Name of the region, shown on every page.")
    publisher: Text | None = Field(None, description="Who publishes; the name if absent.")
    url: Url | None = Field(None, description="Address of the published site.")
    repository: Url | None = Field(None, description="Address of the source, for edit and history links.")
    contact: Text | None = Field(None, description="Shared mailbox or address.")
    languages: tuple[Language, ...] = Field(
        ("nb",), min_length=1, description="BCP 47 tags, the region's own first."
    )
    licence: LicenceId = Field("CC-BY-4.0", description="SPDX identifier for content that names no other.")
    timezone: Zone = Field("Europe/Oslo", description="IANA name of the zone of session times.")
    accessibility_statement: Url | None = Field(None, description="Address of the accessibility statement.")
    privacy_statement: Url | None = Field(None, description="Address of the privacy statement.")
    municipalities: tuple[MunicipalityKeys, ...] = Field((), description="Municipalities of the region.")
    colours: ColourKeys = Field(
        default_factory=ColourKeys, description="Colours of the theme; contrast is seen to."
    )
    issuer: IssuerKeys = Field(
        default_factory=IssuerKeys, description="Who issues certificates; `kompetanse issuer` writes it."
    )
    sources: tuple[SourceKeys, ...] = Field((), description="Other regions.")
    withdrawn: tuple[WithdrawnKeys, ...] = Field((), description="Courses that the region takes back.")
    federation: tuple[FederatedKeys, ...] = Field(
        (), description="Other regions whose open catalogues are read."
    )


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
    """Return the JSON Schema (draft 2020-12) of the front matter of `kind`, or of `region`."""
    model = RegionKeys if kind == "region" else KEYS[kind]
    schema = model.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
