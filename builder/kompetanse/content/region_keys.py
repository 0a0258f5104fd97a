"""What `region.yml` may hold."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from kompetanse.content.values import (
    Branch,
    Colour,
    Day,
    Did,
    Id,
    KeyName,
    Keys,
    Language,
    LicenceId,
    PublicKey,
    SourceAddress,
    Text,
    Url,
    Zone,
)


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
