"""What other regions offer, as it is searched: by what the offer says, and found at its place in our own list of them."""

from __future__ import annotations

from collections.abc import Iterable

from kompetanse.model.offer import Offer
from kompetanse_search.entry import MINUTES, Entry


def offered_entries(offers: Iterable[tuple[str, Offer]]) -> tuple[Entry, ...]:
    """Return an entry for each offer that stands, by the address that it is given with; its title names its region."""
    made = [_entry(address, offer) for address, offer in offers if not offer.withdrawn]
    return tuple(sorted(made, key=lambda one: one.address))


def _entry(address: str, offer: Offer) -> Entry:
    return Entry(
        address,
        offer.language,
        f"{offer.title} ({offer.region_name})",
        offer.summary,
        (),
        "",  # none of it is markup: it is not ours
        (),
        tuple(dict.fromkeys((offer.region_name, *offer.authors))),
        (*offer.teaches, *offer.audience),
        _facets(offer),
    )


def _facets(offer: Offer) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {
        "kind": ("course",),
        "level": (str(max(offer.levels)),) if offer.levels else (),
        "language": (offer.language,),
        "region": (offer.region or offer.source,),
        "minutes": _minutes(offer.minutes),
        "licence": (offer.licence,) if offer.licence else (),
    }
    return {facet: values for facet, values in found.items() if values}


def _minutes(length: int | None) -> tuple[str, ...]:
    if not length:
        return ()
    return (next((str(end) for end in MINUTES if length <= end), "more"),)
