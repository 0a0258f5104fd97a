"""What an open catalogue may hold: one definition for reading others' and for the JSON Schema of our own.

Everything but what a reader cannot do without may be missing, and more may stand there: a catalogue is read leniently, each
course by itself.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from kompetanse.content.offer_keys import Commit, Line, Paragraph, Spdx
from kompetanse.content.values import Day, Id, Language, LevelNumber, Whole


class Open(BaseModel):
    """Keys of a mapping; any other key is passed by."""

    model_config = ConfigDict(extra="ignore", frozen=True, populate_by_name=True)


class Named(Open):
    """Something with an address, a name, or both."""

    id: Paragraph | None = Field(None, description="Its address.")
    name: Line | None = Field(None, description="Its name.")
    identifier: Line | None = Field(None, description="World-wide id, region/id, of a course of ours.")


class Concept(Open):
    """A competence or a role."""

    id: Paragraph = Field(description="Address of its page.")
    labels: dict[Language, Line] = Field({}, alias="prefLabel", description="Its title, by language.")


class LicenceKeys(Open):
    """A licence as AMB names it."""

    id: Paragraph = Field(description="Its address.")


class CourseRecord(Open):
    """A course: a record of AMB, and what a fork needs to know."""

    identifier: Line = Field(description="World-wide id, region/id.")
    name: Line = Field(description="Title.")
    address: Paragraph = Field(
        alias="id", description="Its page; relative to the catalogue without a site of its own."
    )
    description: Paragraph | None = Field(None, description="What it is about.")
    language: Language | None = Field(None, description="BCP 47 tag of the original.")
    in_language: Annotated[list[Language], Field(min_length=1)] | None = Field(
        None, alias="inLanguage", description="ISO 639-1 codes of all languages it is in."
    )
    license: LicenceKeys | None = Field(None, description="Licence, where AMB's schema knows it.")
    licence: Spdx | None = Field(None, description="SPDX identifier of the licence.")
    creator: list[Named] = Field([], description="Names as they wish to be credited.")
    modified: Day | None = Field(None, alias="dateModified", description="Day of its last change.")
    minutes: Whole | None = Field(None, description="How long it takes.")
    levels: list[LevelNumber] = Field([], description="Levels, 1–4, that it leads to.")
    teaches: list[Concept] = Field([], description="Competences it teaches.")
    audience: list[Concept] = Field([], description="Roles it is for.")
    based_on: list[Named] = Field(
        [], alias="isBasedOn", description="What it was adapted from, nearest first."
    )
    repository: Line | None = Field(None, description="Address of the git repository.")
    path: Line | None = Field(None, description="Its folder there.")
    commit: Commit | None = Field(None, description="Newest commit that changed what a fork takes.")
    content_hash: Line | None = Field(
        None, alias="contentHash", description="sha256: and the hash of what a fork takes."
    )
    requires: list[Id] = Field([], description="Ids that it refers to and that a fork does not take along.")


class WithdrawnRecord(Open):
    """A course that the region takes back."""

    id: Id = Field(description="Its id.")
    reason: Literal["error", "licence", "outdated", "personal-data"] = Field(description="Why.")
    date: Day = Field(description="Since when.")


class CatalogueHead(Open):
    """A catalogue as a whole; its courses are read one by one."""

    version: Whole = Field(description="Version of the form: 1.")
    region: Id = Field(description="World-wide id of the region.")
    name: Line = Field(description="What the region calls itself.")
    site: Paragraph | None = Field(None, description="Address of its site.")
    repository: Line | None = Field(None, description="Address of its git repository.")
    courses: list[Any] = Field(alias="dataFeedElement", description="The courses, by id.")
    withdrawn: list[Any] = Field([], description="What is taken back, by id.")


class CatalogueFile(CatalogueHead):
    """The open catalogue of a region: what it offers others, and what it has taken back."""

    courses: list[CourseRecord] = Field(alias="dataFeedElement", description="The courses, by id.")
    withdrawn: list[WithdrawnRecord] = Field([], description="What is taken back, by id.")


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of `catalogue.json`."""
    schema = CatalogueFile.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
