"""What another region offers, as its catalogue or its repository says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

FOLDER = PurePosixPath(".kompetanse/offers")
"""Where the offers of each source are kept, relative to the region's root."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One course that another region offers.

    Attributes:
        source: Name of the source or of the federated region here.
        region: World-wide id of the region; None when the source is no region of ours.
        region_name: As it calls itself.
        id: The course's id there; `source/id` is how commands name it.
        title: Plain text, not to be trusted as markup.
        summary: Plain text.
        language: BCP 47.
        licence: SPDX identifier; None when it has none.
        minutes: How long it takes; None when it does not say.
        levels: Levels (1–4) that it leads to, lowest first.
        teaches: Ids or titles of the competences it teaches.
        audience: Titles of the roles it is for.
        authors: As they wish to be credited.
        url: Its page; None when the source has no site.
        repository: Address of the repository that it can be forked from; None when it cannot be.
        path: Its folder in that repository.
        commit: The commit that the offer was read at.
        version: Hash of all that a fork takes: a tree's id from git, or the catalogue's `contentHash`.
        modified: Day it last changed.
        based_on: `region/id` or address of what it was adapted from.
        withdrawn: Why the region took it back; None when it stands.
        withdrawn_on: The day it did; None when it stands, or nobody says.
    """

    source: str
    region: str | None
    region_name: str
    id: str
    title: str
    language: str
    summary: str = ""
    licence: str | None = None
    minutes: int | None = None
    levels: tuple[int, ...] = ()
    teaches: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    url: str | None = None
    repository: str | None = None
    path: str | None = None
    commit: str | None = None
    version: str | None = None
    modified: date | None = None
    based_on: tuple[str, ...] = ()
    withdrawn: str | None = None
    withdrawn_on: date | None = None

    @property
    def name(self) -> str:
        """How commands name it."""
        return f"{self.source}/{self.id}"

    @property
    def identity(self) -> str | None:
        """Its world-wide id, `region/id`; None when the source is no region of ours."""
        return f"{self.region}/{self.id}" if self.region else None
