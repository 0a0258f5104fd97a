"""The region: who publishes, in which languages, under which licence, for which municipalities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kompetanse.model.issuer import Issuer


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality; its number is text, since it may start with zero."""

    number: str
    name: str


@dataclass(frozen=True, slots=True)
class Source:
    """Another region whose content this one may adopt."""

    name: str
    url: str


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

    @property
    def language(self) -> str:
        """The language of the site's own words and of items that name none."""
        return self.languages[0]

    def municipality(self, number: str | None) -> str | None:
        """Return the name of the municipality with `number`, or None when it is not one of ours."""
        return next((place.name for place in self.municipalities if place.number == number), None)
