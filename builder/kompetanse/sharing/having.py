"""Which offers a region has taken already, and how far behind each is; from what is kept, nobody is asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from kompetanse.errors import KompetanseError
from kompetanse.model.offer import Offer
from kompetanse.model.region import Region
from kompetanse.model.signature import Signature
from kompetanse.sharing.adopted import Region as Adopting
from kompetanse.sharing.sources import is_kept, named, open_source
from kompetanse.sharing.status import Seen, Standing, found, standing
from kompetanse.sharing.tree import Tree

Key = tuple[str, str]
"""Name of a source and id of a course there."""


def having(root: Path, region: Region, offers: Iterable[Offer]) -> Mapping[Key, Standing]:
    """Return how each course that was adopted from one of `offers` stands, by that offer's source and id."""
    by_source: dict[str, dict[str, Offer]] = defaultdict(dict)
    for one in offers:
        by_source[one.source][one.id] = one
    result: dict[Key, Standing] = {}
    with suppress(KompetanseError):  # no repository, or no commit in it: nothing was adopted
        for course in Adopting(root).courses:
            origin = course.origin
            theirs = (
                found(origin, by_source[origin.source]) if origin and origin.source in by_source else None
            )
            if origin and theirs:
                seen = _seen(root, region, theirs, by_source[theirs.source])
                result[theirs.source, theirs.id] = standing(course.id, origin, course.files, seen)
    return result


def signatures(root: Path, region: Region, offers: Iterable[Offer]) -> Mapping[str, Signature]:
    """Return how the commit that a source's offers are of is signed, by the source's name, where this machine has read it."""
    commits = {one.source: one.commit for one in offers}
    found = {}
    for name, commit in commits.items():
        with suppress(KompetanseError):
            source = named(region, name)
            store = open_source(root, source) if commit and is_kept(root, source) else None
            if store and commit and store.head == commit:
                found[name] = store.signature(commit, source.keys)
    return found


def _seen(root: Path, region: Region, offer: Offer, offers: Mapping[str, Offer]) -> Seen:
    """Return what is kept of a source; its files only when this machine has read the commit that the offer is of."""
    files = None
    with suppress(KompetanseError):
        store = open_source(root, named(region, offer.source))
        if offer.commit and store.head == offer.commit:
            files = Tree(store.listing(offer.commit).names)
    return Seen(offer.commit, offers, files)
