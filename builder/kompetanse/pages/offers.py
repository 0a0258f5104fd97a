"""«Fra andre regioner»: what other regions offer, on one page, or, when it is much, on one page a region."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kompetanse.learning.offered import anchor_of
from kompetanse.model.duration import Duration
from kompetanse.model.item import LEVELS, Course
from kompetanse.model.licence import LICENCES, Licence
from kompetanse.model.offer import Offer
from kompetanse.model.own_address import OFFERS
from kompetanse.pages.lists import Choices, Listing
from kompetanse.pages.view import View

_REASONS = frozenset({"error", "licence", "outdated", "personal-data"})
_UNKNOWN_LANGUAGE = "und"


@dataclass(frozen=True, slots=True)
class Row:
    """An offer as a page shows it.

    Attributes:
        offer: What is offered.
        anchor: Where on the page it stands.
        notes: A few words about it.
        licence: Its licence, when we know it.
        have: Our course that came from it, or that has the same files.
        ours: Our course that it was adapted from.
        fork: What one types to take it in; empty when it cannot be.
        has_source: Whether its source is among ours, so that the command works as it stands.
        withdrawn: Why and when it was taken back, in words; empty when it stands.
    """

    offer: Offer
    anchor: str
    notes: tuple[str, ...]
    licence: Licence | None
    have: Course | None
    ours: Course | None
    fork: str
    has_source: bool
    withdrawn: str


def pages(view: View) -> Iterator[tuple[str, Listing]]:
    """Yield address and text of each page of what other regions offer; nothing when they offer nothing."""
    regions = view.site.offered.regions
    if not regions:
        return
    yield OFFERS, _overview(view.at(OFFERS))
    for name, offers in regions if view.site.offered.is_split else ():
        address = view.site.offered.page_of(offers[0])
        yield address, _of_region(view.at(address), name, offers, address)


def _overview(view: View) -> Listing:
    found, regions = view.site.offered, view.site.offered.regions
    title, lead = view.words("offers.title"), view.words("offers.lead")
    listed = () if found.is_split else regions
    groups = [(name, [_row(view, one) for one in offers]) for name, offers in listed]
    text = view.render(
        "offers.html",
        title=title,
        lead=lead,
        address=OFFERS,
        parents=[],
        groups=groups,
        regions=list(_links(view)) if found.is_split else [],
        filters=_choices(view, [row for _, rows in groups for row in rows]),
    )
    return Listing(title, lead, text, _listed(groups), ("filter",))


def _links(view: View) -> Iterator[tuple[str, str, int]]:
    """Yield name and page of each region, and how much it offers."""
    found = view.site.offered
    for name, offers in found.regions:
        yield name, view.place(found.page_of(offers[0])), sum(not one.withdrawn for one in offers)


def _of_region(view: View, name: str, offers: Sequence[Offer], address: str) -> Listing:
    title, lead = view.words("offers.of", region=name), view.words("offers.lead")
    rows = [_row(view, one) for one in offers]
    text = view.render(
        "offers.html",
        title=title,
        lead=lead,
        address=address,
        parents=[(view.place(OFFERS), view.words("offers.title"))],
        groups=[("", rows)],
        regions=[],
        filters=_choices(view, rows),
    )
    return Listing(title, lead, text, _listed([("", rows)]), ("filter",))


def _listed(groups: Sequence[tuple[str, Sequence[Row]]]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (row.offer.title, row.offer.url)
        for _, rows in groups
        for row in rows
        if row.offer.url and not row.offer.withdrawn
    )


def _row(view: View, offer: Offer) -> Row:
    found = view.site.offered
    have, ours = found.had.get(offer.name), found.ours.get(offer.name)
    source = next(
        (one for one in view.catalogue.region.sources if one.region and one.region == offer.region), None
    )
    name = source.name if source else offer.source
    known = {one.name for one in view.catalogue.region.sources}
    return Row(
        offer,
        anchor_of(offer),
        tuple(_notes(view, offer)),
        LICENCES.get(offer.licence or ""),
        view.mine(have) if have else None,
        view.mine(ours) if ours else None,
        f"kompetanse fork {name}/{offer.id}" if offer.repository and not offer.withdrawn and not have else "",
        name in known,
        _withdrawn(view, offer),
    )


def _notes(view: View, offer: Offer) -> Iterator[str]:
    if offer.minutes:
        yield view.length(Duration(minutes=offer.minutes))
    if offer.levels:
        yield view.level(max(offer.levels))
    if offer.language not in {view.language, _UNKNOWN_LANGUAGE}:
        yield str(view.language_name(offer.language))


def _withdrawn(view: View, offer: Offer) -> str:
    if not offer.withdrawn:
        return ""
    reason = view.words(f"offers.reason.{offer.withdrawn if offer.withdrawn in _REASONS else 'other'}")
    if offer.withdrawn_on is None:
        return view.words("offers.withdrawn_undated", reason=reason)
    return view.words("offers.withdrawn", day=view.day(offer.withdrawn_on), reason=reason)


def _choices(view: View, rows: Sequence[Row]) -> Choices:
    """Return the levels and languages that the offers can be narrowed to, where there are two or more."""
    levels = {max(row.offer.levels) for row in rows if row.offer.levels}
    languages = {row.offer.language for row in rows} - {_UNKNOWN_LANGUAGE}
    named = sorted((str(view.language_name(one)), one) for one in languages)
    found: Choices = [
        ("level", [(str(one), view.level(one), "") for one in LEVELS if one in levels]),
        ("language", [(one, name, "") for name, one in named]),
    ]
    return [(name, choices) for name, choices in found if len(choices) > 1]
