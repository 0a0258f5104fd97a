"""Which courses a source offers at a commit: a region of ours says so itself, any other repository by how it is laid out.

    offers = offers_of(store.snapshot(commit), source, region.languages)

Little is read: of a source with many files only those that can be the first page of a course, since each file is a download.
"""

from __future__ import annotations

from collections.abc import Sequence

from kompetanse.content.region import PATH
from kompetanse.model.offer import Offer
from kompetanse.model.region import Source
from kompetanse.sharing import offers_of_markdown, offers_of_region
from kompetanse.sharing.store import StoredSnapshot


def offers_of(
    snapshot: StoredSnapshot, source: Source, languages: Sequence[str] = ("nb",)
) -> tuple[Offer, ...]:
    """Return what the source offers at the snapshot's commit, sorted by id; drafts and retired courses are no offers.

    Args:
        snapshot: A commit of the source.
        source: Its record in `region.yml`.
        languages: Those of our region, the preferred first: of a course in several, the offer is that of the first.

    Raises:
        KompetanseError: When a file that must be read cannot be fetched.
    """
    if is_region(snapshot):
        found = offers_of_region.offers(snapshot, source)
    else:
        found = offers_of_markdown.offers(snapshot, source, languages)
    return tuple(sorted({one.id: one for one in reversed(tuple(found))}.values(), key=lambda one: one.id))


def is_region(snapshot: StoredSnapshot) -> bool:
    """Tell whether the source is a region of ours: it has a `region.yml`."""
    return PATH in snapshot.entries
