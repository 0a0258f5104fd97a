"""Which courses a source offers at a commit: a region of ours says so itself, any other repository by how it is laid out.

    offers = offers_of(store.snapshot(commit), source, region.languages)

Little is read: of a source with many files only those that can be the first page of a course, since each file is a download.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from kompetanse.content.region import PATH
from kompetanse.model.offer import Offer
from kompetanse.model.region import Region, Source
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
    return Offering(snapshot).offers(source, languages)


def offer_again(
    snapshot: StoredSnapshot, source: Source, kept: Offer | None, languages: Sequence[str] = ("nb",)
) -> Offer | None:
    """Return the course `kept` as the source has it at the snapshot's commit, reading no more than its folder.

    What competences are called is not read: they stand by their ids. None when it was kept at another commit, or does not
    lie where it is said to; then `offers_of` knows.
    """
    if kept is None or kept.commit != snapshot.commit or not kept.path:
        return None
    found = Offering(snapshot, kept.path).offers(source, languages)
    return next((one for one in found if one.id == kept.id), None)


class Offering:
    """What a source says of itself and its courses at one commit, read once."""

    def __init__(self, snapshot: StoredSnapshot, place: str | None = None) -> None:
        """Take a commit of the source, or one folder or file of it; nothing is read yet."""
        self._snapshot = snapshot
        self._place = place

    @property
    def region(self) -> Region | None:
        """What it says of itself in its `region.yml`; None when it is no region of ours."""
        return self._read.library.region if self._read else None

    def offers(self, source: Source, languages: Sequence[str]) -> tuple[Offer, ...]:
        """Return its courses; see `offers_of`."""
        if self._read:
            found = offers_of_region.offers(self._snapshot, source, self._read)
        else:
            found = offers_of_markdown.offers(self._snapshot, source, languages, self._place)
        once = {one.id: one for one in reversed(tuple(found))}
        return tuple(sorted(once.values(), key=lambda one: one.id))

    @cached_property
    def _read(self) -> offers_of_region.Read | None:
        return offers_of_region.read(self._snapshot, self._place) if is_region(self._snapshot) else None


def is_region(snapshot: StoredSnapshot) -> bool:
    """Tell whether the source is a region of ours: it has a `region.yml`."""
    return PATH in snapshot.entries
