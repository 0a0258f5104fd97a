"""What `region.yml` may hold."""

from __future__ import annotations

from typing import Literal

from kompetanse.content.keys import EMPTY, Keys, key
from kompetanse.content.values import (
    Branch,
    Colour,
    Day,
    Did,
    Id,
    KeyName,
    Language,
    LicenceId,
    PublicKey,
    SourceAddress,
    Text,
    Url,
    YesNo,
    Zone,
)


class MunicipalityKeys(Keys):
    """A municipality of the region."""

    number: Text = key(description="Its number; text, since it may start with zero.")
    name: Text = key(description="Its name.")


class SourceKeys(Keys):
    """Another region, or any repository of courses, whose content may be adopted."""

    name: Id = key(description="Short name; commands say NAME/COURSE.")
    repository: SourceAddress = key(
        description="Address that its repository is read from: https, ssh or a folder; without a password."
    )
    region: Id | None = key(None, description="World-wide id of the region.")
    site: Url | None = key(None, description="Where it publishes.")
    branch: Branch | None = key(None, description="Branch that is followed; the source's own if absent.")
    trust: Literal["unknown", "seen", "approved", "stopped"] = key(
        "seen", description="What this region has decided; from stopped nothing is read."
    )
    approved_by: Text | None = key(None, description="Unit that approved it; never a person.")
    approved: Day | None = key(None, description="The day it did.")
    keys: tuple[Text, ...] = key((), description="Fingerprints of the keys it signs with, SHA256:….")
    internal: YesNo = key(
        False,
        description="Whether its host lies in your own network; else a name that leads there is refused.",
    )


class WithdrawnKeys(Keys):
    """A course that the region takes back, from those who have forked it too."""

    id: Id = key(description="Id of the course, which may be deleted.")
    reason: Literal["error", "licence", "outdated", "personal-data"] = key(description="Why.")
    date: Day = key(description="Since when.")


class FederatedKeys(Keys):
    """Another region whose open catalogue is read."""

    name: Id = key(description="Short name.")
    catalogue: Url = key(description="Address of its catalogue.json.")


class ColourKeys(Keys):
    """Colours of the theme."""

    accent: Colour | None = key(None, description="Links, buttons and what is chosen, #rrggbb.")
    neutral: Colour | None = key(None, description="Text, lines and grounds, #rrggbb.")
    brand: Colour | None = key(None, description="The mark, #rrggbb; the accent if absent.")


class IssuerKeyKeys(Keys):
    """A key that signs certificates, or has signed some."""

    id: KeyName = key(description="Name of the key, such as 2026-1.")
    public: PublicKey = key(description="The public half, z6Mk…")
    since: Day = key(description="Day from which it signs.")


class TrustedIssuerKeys(Keys):
    """Another region whose certificates are known here."""

    name: Text = key(description="Its name, as readers know it.")
    did: Did = key(description="Its identifier, did:web:…")
    keys: tuple[IssuerKeyKeys, ...] = key(least=1, description="Its public keys.")


class IssuerKeys(Keys):
    """Who issues certificates."""

    did: Did | None = key(None, description="Identifier of the issuer, did:web:…")
    name: Text | None = key(None, description="Who issues; the publisher if absent.")
    keys: tuple[IssuerKeyKeys, ...] = key((), description="Keys, the one that signs last.")
    trusts: tuple[TrustedIssuerKeys, ...] = key((), description="Other issuers whose certificates are known.")


class RegionKeys(Keys):
    """What `region.yml` may hold."""

    id: Id = key(description="World-wide unique first half of every item's identity.")
    name: Text = key(description="Name of the region, shown on every page.")
    publisher: Text | None = key(None, description="Who publishes; the name if absent.")
    url: Url | None = key(None, description="Address of the published site.")
    repository: Url | None = key(None, description="Address of the source, for edit and history links.")
    contact: Text | None = key(None, description="Shared mailbox or address.")
    languages: tuple[Language, ...] = key(
        ("nb",), least=1, description="BCP 47 tags, the region's own first."
    )
    licence: LicenceId = key("CC-BY-4.0", description="SPDX identifier for content that names no other.")
    timezone: Zone = key("Europe/Oslo", description="IANA name of the zone of session times.")
    accessibility_statement: Url | None = key(None, description="Address of the accessibility statement.")
    privacy_statement: Url | None = key(None, description="Address of the privacy statement.")
    municipalities: tuple[MunicipalityKeys, ...] = key((), description="Municipalities of the region.")
    colours: ColourKeys = key(EMPTY, description="Colours of the theme; contrast is seen to.")
    issuer: IssuerKeys = key(EMPTY, description="Who issues certificates; `kompetanse issuer` writes it.")
    sources: tuple[SourceKeys, ...] = key((), description="Other regions.")
    withdrawn: tuple[WithdrawnKeys, ...] = key((), description="Courses that the region takes back.")
    federation: tuple[FederatedKeys, ...] = key(
        (), description="Other regions whose open catalogues are read."
    )
