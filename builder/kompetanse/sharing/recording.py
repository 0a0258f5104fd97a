"""The record of a fork: whom it is credited to, and the source's version of each file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import PurePosixPath

from kompetanse.content.elsewhere import called_here
from kompetanse.content.library import Library
from kompetanse.content.origin import understand
from kompetanse.model.offer import Offer
from kompetanse.model.origin import Base, Credit, Origin
from kompetanse.model.region import Source
from kompetanse.sharing.closure import Closure
from kompetanse.sharing.gate import Judged
from kompetanse.sharing.leads import Onward, onward
from kompetanse.sharing.naming import Naming
from kompetanse.sharing.origin import NAME
from kompetanse.sharing.snapshot import Snapshot

_MOST_CHAIN = 10


def recorded(
    snapshot: Snapshot,
    whole: Closure,
    source: Source,
    offer: Offer,
    names: Naming,
    found: tuple[Judged, ...],
    dated: date | None,
) -> Origin:
    """Return the record of a course, without history.

    Args:
        snapshot: The source's commit.
        whole: What is taken.
        source: Its record.
        offer: The course as it was found.
        names: What ids mean here.
        found: Licence and verdict of each file.
        dated: Day of the commit.
    """
    licence = offer.licence or ""
    authors = offer.authors or (offer.region_name,)
    further = onward_of(snapshot, whole, (one.taken.source for one in found), source.site)
    return Origin(
        source=source.name,
        region=offer.region,
        repository=source.repository,
        path=whole.folder,
        id=offer.id,
        commit=snapshot.commit,
        tree=offer.version or "",
        credit=Credit(offer.title, authors, licence, dated, offer.url),
        chain=_chain(snapshot, whole),
        files={one.taken.target: _base(whole, one, licence) for one in found},
        ids=names.ids,
        links=further.links,
        paths=further.paths,
    )


def onward_of(
    snapshot: Snapshot, whole: Closure, taken: Iterable[PurePosixPath], site: str | None = None
) -> Onward:
    """Return where the links of a course lead that stay with its source.

    Args:
        snapshot: The source's commit.
        whole: The course.
        taken: The files that came along, by their path at the source.
        site: Where the source publishes, as our region has it; when None, as the source itself says.
    """
    own = _record(snapshot, whole)
    said = site or (whole.region.url if whole.region else None)
    return onward(whole.leads, frozenset(taken), said, own.links if own else {})


def outward(whole: Closure, origin: Origin, ours: Library) -> dict[str, str | None]:
    """Return the ids that links of a course lead to and that do not exist here, with the source's page of each, if it has one."""
    taken = {base.source or origin.path / path for path, base in origin.files.items()}
    ids = {one.id for one in whole.leads if one.by in taken and one.to not in taken}
    return {
        id_: origin.links.get(id_)
        for id_ in sorted(ids)
        if ours.by_id.keys().isdisjoint(called_here(ours, origin, id_))
    }


def _base(whole: Closure, one: Judged, licence: str) -> Base:
    there = whole.folder / one.taken.target
    keys = document.keys if (document := whole.library.by_path.get(one.taken.source)) else None
    own = keys.authors if keys and keys.type != "course" else ()
    return Base(
        one.taken.oid,
        one.taken.source if one.taken.source != there else None,
        one.licence if one.licence != licence else None,
        own,
    )


def _chain(snapshot: Snapshot, whole: Closure) -> tuple[Credit, ...]:
    """Return whom the source credits in turn, each once."""
    found = _record(snapshot, whole)
    credits = (found.credit, *found.chain) if found else ()
    once = {(one.title, one.authors): one for one in reversed(credits)}
    return tuple(one for one in credits if once[one.title, one.authors] is one)[:_MOST_CHAIN]


def _record(snapshot: Snapshot, whole: Closure) -> Origin | None:
    """Return the source's own record of the course, where it had it from elsewhere."""
    entry = snapshot.entries.get(whole.folder / NAME)
    if entry is None or not entry.mode.startswith("100"):
        return None
    return understand(entry.path, snapshot.read([entry.oid])[entry.oid].decode(errors="replace"))[0]
