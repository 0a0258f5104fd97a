"""What other regions offer, seen from this one: what it has already, who uses its own courses, and what was taken back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kompetanse.model.catalogue import Catalogue, alphabetical
from kompetanse.model.item import Course, ItemId
from kompetanse.model.offer import Offer
from kompetanse.model.own_address import OFFERS
from kompetanse.model.version import Version

ON_ONE_PAGE = 500
"""So many offers stand on one page; with more of them each region gets a page of its own."""


@dataclass(frozen=True, slots=True)
class Offered:
    """The offers of other regions.

    Attributes:
        regions: Offers of each region by title, with its name, regions in the order of the Norwegian alphabet.
        had: Our course for each offer that we have, by the offer's name.
        ours: Our course that an offer was adapted from, by the offer's name.
        users: Names of the regions that have adapted each course of ours.
        withdrawn: Our courses whose source has taken them back, each with the offer that says so.
    """

    regions: tuple[tuple[str, tuple[Offer, ...]], ...]
    had: Mapping[str, Course]
    ours: Mapping[str, Course]
    users: Mapping[ItemId, tuple[str, ...]]
    withdrawn: tuple[tuple[Course, Offer], ...]

    @property
    def places(self) -> tuple[tuple[str, Offer], ...]:
        """Each offer with the address, and the anchor, at which it stands in the region's own language."""
        return tuple(
            (f"{self.page_of(one)}#{anchor_of(one)}", one) for _, offers in self.regions for one in offers
        )

    def page_of(self, offer: Offer) -> str:
        """Return the address of the page that an offer stands on, in the region's own language."""
        return f"{OFFERS}{offer.source}/" if self.is_split else OFFERS

    @property
    def is_split(self) -> bool:
        """Whether there are so many that each region has a page of its own."""
        return self.total > ON_ONE_PAGE

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(len(offers) for _, offers in self.regions)


def anchor_of(offer: Offer) -> str:
    """Return where on its page an offer stands."""
    return f"kmp-{offer.source}-{offer.id}"


def offered(catalogue: Catalogue, offers: Iterable[Offer], versions: Mapping[ItemId, Version]) -> Offered:
    """Return what `offers` are to the region of `catalogue`; its own courses, and what stands twice, are left out."""
    found = _distinct(catalogue, offers)
    known = _Known(catalogue.originals(Course), versions)
    had = {one.name: course for one in found if (course := known.find(one))}
    ours = {one.name: course for one in found if (course := _based_on(one, catalogue))}
    return Offered(
        _by_region(found),
        had,
        ours,
        _users(found, ours),
        tuple((had[one.name], one) for one in found if one.withdrawn and one.name in had),
    )


def _distinct(catalogue: Catalogue, offers: Iterable[Offer]) -> list[Offer]:
    """Return each course once: of a region that is a source too, as its repository says."""
    sources = {one.name for one in catalogue.region.sources}
    first: dict[str, Offer] = {}
    for one in sorted(offers, key=lambda one: (one.source not in sources, one.source, one.id)):
        if one.region != catalogue.region.id:
            first.setdefault(one.identity or one.name, one)
    return list(first.values())


def _by_region(offers: Sequence[Offer]) -> tuple[tuple[str, tuple[Offer, ...]], ...]:
    found: dict[tuple[str, str], list[Offer]] = defaultdict(list)
    for one in offers:
        found[one.region_name, one.source].append(one)
    return tuple(
        (name, tuple(sorted(found[name, source], key=_place)))
        for name, source in sorted(found, key=lambda key: (alphabetical(key[0]), key[1]))
    )


def _place(offer: Offer) -> tuple[bool, tuple[str, ...], str]:
    """Sort by this: what stands, then what was taken back, each by title."""
    return bool(offer.withdrawn), alphabetical(offer.title), offer.id


class _Known:
    """Our courses by what an offer may know them by."""

    def __init__(self, courses: Iterable[Course], versions: Mapping[ItemId, Version]) -> None:
        self._by_name: dict[str, Course] = {}
        self._by_version: dict[str, Course] = {}
        for course in courses:
            if course.id in versions:
                self._by_version[versions[course.id].hash] = course
            if course.adopted:
                origin = course.adopted.origin
                for place in filter(None, (origin.source, origin.region)):
                    self._by_name[f"{place}/{origin.id}"] = course

    def find(self, offer: Offer) -> Course | None:
        """Return our course that came from what is offered, or that has the same files."""
        named = self._by_name.get(offer.identity or offer.name) or self._by_name.get(offer.name)
        return named or self._by_version.get(offer.version or "")


def _based_on(offer: Offer, catalogue: Catalogue) -> Course | None:
    start = f"{catalogue.region.id}/"
    for one in offer.based_on:
        found = catalogue.items.get(ItemId(one.removeprefix(start))) if one.startswith(start) else None
        if isinstance(found, Course) and catalogue.shows(found):
            return found
    return None


def _users(offers: Iterable[Offer], ours: Mapping[str, Course]) -> dict[ItemId, tuple[str, ...]]:
    found: dict[ItemId, set[str]] = defaultdict(set)
    for one in offers:
        if one.name in ours and not one.withdrawn:
            found[ours[one.name].id].add(one.region_name)
    return {id_: tuple(sorted(names, key=alphabetical)) for id_, names in found.items()}
