"""The region: who publishes, in which languages, under which licence, for which municipalities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from kompetanse.model.issuer import Issuer


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality; its number is text, since it may start with zero."""

    number: str
    name: str


Trust = Literal["unknown", "seen", "approved", "stopped"]
"""What a region has decided about a source; from one that is stopped nothing is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Another region, or any other repository of courses, whose content this one may adopt.

    Attributes:
        name: Short name here; commands say `name/course`.
        repository: Address that its repository is read from.
        region: World-wide id of the region; None when it is no region of ours.
        site: Where it publishes.
        branch: The branch that is followed; None for the source's own.
        trust: What this region has decided about it.
        approved_by: Unit that decided; never a person.
        approved: The day.
        keys: Fingerprints of the ssh keys that its commits are signed with, `SHA256:…`.
        internal: Whether its host lies in this region's own network, where a name may lead into a private net.
    """

    name: str
    repository: str
    region: str | None = None
    site: str | None = None
    branch: str | None = None
    trust: Trust = "seen"
    approved_by: str | None = None
    approved: date | None = None
    keys: tuple[str, ...] = ()
    internal: bool = False


Reason = Literal["error", "licence", "outdated", "personal-data"]


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A course that the region takes back, from those who have forked it too.

    Attributes:
        id: Of the course, which may be deleted.
        reason: Why.
        day: Since when.
    """

    id: str
    reason: Reason
    day: date


@dataclass(frozen=True, slots=True)
class Federated:
    """Another region whose open catalogue is read.

    Attributes:
        name: How we call it, in commands and file names.
        catalogue: Address of its `catalogue.json`.
    """

    name: str
    catalogue: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """What `region.yml` says.

    Attributes:
        id: World-wide unique first half of every item's identity.
        url: Where the site is published, with a slash at the end; None until it is known.
        repository: Where the source is shown to people; None until it is known.
        languages: BCP 47 tags, the region's own first.
        timezone: IANA name.
        colours: `accent`, `neutral` and `brand` of the theme, `#rrggbb`, as far as they are chosen.
        issuer: Who issues the region's certificates, and whose it trusts.
    """

    id: str = "region"
    name: str = "Kompetanse"
    publisher: str = ""
    url: str | None = None
    repository: str | None = None
    contact: str | None = None
    languages: tuple[str, ...] = ("nb",)
    licence: str = "CC-BY-4.0"
    timezone: str = "Europe/Oslo"
    accessibility_statement: str | None = None
    privacy_statement: str | None = None
    municipalities: tuple[Municipality, ...] = ()
    colours: Mapping[str, str] = field(default_factory=dict)
    issuer: Issuer = field(default_factory=Issuer)
    sources: tuple[Source, ...] = ()
    withdrawn: tuple[Withdrawal, ...] = ()
    federation: tuple[Federated, ...] = ()

    @property
    def language(self) -> str:
        """The language of the site's own words and of items that name none."""
        return self.languages[0]

    def municipality(self, number: str | None) -> str | None:
        """Return the name of the municipality with `number`, or None when it is not one of ours."""
        return next((place.name for place in self.municipalities if place.number == number), None)
