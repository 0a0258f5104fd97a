"""Ask a source what is new, and what it offers now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from kompetanse.model.offer import Offer
from kompetanse.model.region import Region, Source
from kompetanse.model.slug import slug
from kompetanse.sharing.limits import LIMITS, Limits
from kompetanse.sharing.offers import Offering
from kompetanse.sharing.past import News
from kompetanse.sharing.sources import open_source


@dataclass(frozen=True, slots=True)
class Visit:
    """What a source said when it was asked.

    Attributes:
        source: Its record; what the source says of itself is filled in where the record says nothing.
        news: What became of the commit that was the newest before.
        commit: The newest commit now.
        moment: When that was made.
        offers: The courses it offers, sorted by id.
    """

    source: Source
    news: News
    commit: str
    moment: datetime
    offers: tuple[Offer, ...]


def visit(
    root: Path,
    region: Region,
    source: Source,
    now: datetime,
    *,
    accept: bool = False,
    kept: tuple[Offer, ...] = (),
    limits: Limits = LIMITS,
) -> Visit:
    """Ask the source for its newest commit and read what it offers.

    Args:
        root: Our region's root.
        region: Our region.
        source: The record; `name` may be empty, and then the source's own id, or its address, gives one.
        now: Remembered as when the source was last seen.
        accept: Take also an older version, or another history, than was there before.
        kept: What it offered when it was asked last; stands when there is no newer commit.
        limits: What is too much.

    Raises:
        KompetanseError: When the source does not answer, is stopped, has gone back or become another, or has too much.
    """
    store = open_source(root, source, limits)
    commit = store.refresh(now, accept=accept)
    if kept and store.news is News.NONE and all(one.commit == commit for one in kept):
        return Visit(source, store.news, commit, store.moment(commit), kept)
    offering = Offering(store.snapshot(commit))
    known = _filled(source, offering.region)
    return Visit(known, store.news, commit, store.moment(commit), offering.offers(known, region.languages))


def _filled(source: Source, own: Region | None) -> Source:
    """Fill in what the source's own `region.yml` says of it."""
    if own:
        return replace(
            source, name=source.name or own.id, region=source.region or own.id, site=source.site or own.url
        )
    last = source.repository.rstrip("/").removesuffix(".git").replace(":", "/").rpartition("/")[2]
    return replace(source, name=source.name or slug(last)[:64].strip("-") or "kilde")
