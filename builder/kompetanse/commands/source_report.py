"""What `kompetanse source` says of sources, for people and as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kompetanse.commands.counting import counted
from kompetanse.commands.visible import visible

if TYPE_CHECKING:
    from kompetanse.commands.place import Place
    from kompetanse.model.region import Source
    from kompetanse.sharing.store import Store
    from kompetanse.sharing.visit import Visit

_NEWS = {
    "first": "is new",
    "none": "has nothing new",
    "ahead": "has news",
    "back": "is back at an older version",
    "rewritten": "has written its history anew",
    "unrelated": "has another history",
}


def kept_of(place: Place, source: Source, offers: int) -> dict[str, Any]:
    """Return what is kept of a source, as data."""
    from kompetanse.sharing.sources import open_source

    store = None if source.trust == "stopped" else open_source(place.root, source)
    seen = store.last_seen if store else None
    return {
        "name": source.name,
        "repository": source.repository,
        "region": source.region,
        "trust": source.trust,
        "commit": store.head if store else None,
        "signature": _signature(store, source),
        "seen": seen.isoformat() if seen else None,
        "offers": offers,
    }


def line(row: dict[str, Any]) -> str:
    """Return what is kept of a source, in a line."""
    signed = f"{row['signature']['says']}, " if row["signature"] else ""
    seen = f"seen {row['seen'][:10]}" if row["seen"] else "not read on this machine yet"
    return f"{row['name']}: {counted(row['offers'], 'course')}, {row['trust']}, {seen}, {signed}{visible(row['repository'])}"


def _signature(store: Store | None, source: Source) -> dict[str, Any] | None:
    """Return how the newest commit that is kept is signed."""
    if store is None or store.head is None:
        return None
    found = store.signature(store.head, source.keys)
    return {"status": found.status, "key": found.key, "says": str(found)}


def sentence(found: Visit, *, added: bool = False) -> str:
    """Return what a source said when it was asked; one that is added is new, also when another region on this machine has read it."""
    return (
        f"{found.source.name} {'is new' if added and found.news == 'none' else _NEWS[found.news]}: {counted(len(found.offers), 'course')}, "
        f"version {found.commit[:12]} of {found.moment:%Y-%m-%d}"
    )


def row(found: Visit) -> dict[str, Any]:
    """Return the same as data."""
    return {
        "name": found.source.name,
        "repository": found.source.repository,
        "region": found.source.region,
        "news": str(found.news),
        "commit": found.commit,
        "date": f"{found.moment:%Y-%m-%d}",
        "offers": len(found.offers),
    }
