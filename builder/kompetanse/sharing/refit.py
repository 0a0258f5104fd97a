"""The rows that files of others need here, put on both versions of the source's before they are merged with ours.

A fork gives each file what it needs to be an item here (its kind, its id, the list of modules). Where the source's next version
needs other rows, such as one more module, the difference comes to us by the same merge as every other change.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from kompetanse.content.library import TEXT_SUFFIXES, Library
from kompetanse.model.offer import Offer
from kompetanse.model.origin import Origin
from kompetanse.model.region import Region
from kompetanse.sharing.closure_of_markdown import Markdown, closure_of_markdown
from kompetanse.sharing.fault import SourceError
from kompetanse.sharing.fits import first_page, markdown_fits, region_fits
from kompetanse.sharing.fitting import Fit, fitted, without_faults
from kompetanse.sharing.given import Given
from kompetanse.sharing.naming import Naming
from kompetanse.sharing.store import Store

INDEX = PurePosixPath("index.md")


@dataclass(frozen=True, slots=True)
class Refit:
    """What the source's files need here, before and now; paths are the source's.

    Attributes:
        region: Ours.
        folder: The course's folder with us.
        before: What its version that ours was made from needs.
        now: What its newest version needs.
        first: The first page that was made here since the source has none, as it was and as it would be now.
        foreign: Whether the source is no region of ours.
    """

    region: Region
    folder: PurePosixPath
    before: Mapping[PurePosixPath, Fit] = field(default_factory=dict)
    now: Mapping[PurePosixPath, Fit] = field(default_factory=dict)
    first: tuple[bytes, bytes] | None = None
    foreign: bool = False

    def base(self, source: PurePosixPath, data: bytes) -> bytes:
        """Return the old version with what it needs; of a region of ours it stays as it is."""
        return fitted(source, data, self.before.get(source, Fit())) if self.foreign else data

    def newest(self, source: PurePosixPath, data: bytes) -> bytes:
        """Return the newest version with what it needs; of a region of ours it stays as it is."""
        return fitted(source, data, self.now.get(source, Fit())) if self.foreign else data

    def added(self, path: PurePosixPath, source: PurePosixPath, data: bytes) -> bytes:
        """Return a file that is new to us, with what it needs."""
        data = fitted(source, data, self.now.get(source, Fit()))
        if self.foreign and source.suffix.lower() in TEXT_SUFFIXES:
            data, _ = without_faults(self.folder / path, data, self.region)
        return data


def refit(
    ours: Library,
    folder: PurePosixPath,
    course: str,
    origin: Origin,
    store: Store,
    found: Given,
    offer: Offer | None,
) -> Refit:
    """Return what the source's files need.

    Args:
        ours: Our region.
        folder: The course's folder with us.
        course: Its id with us.
        origin: Its record.
        store: What is kept of the source.
        found: What the source gives now.
        offer: The course as it offers it now.
    """
    rest = _without(ours, folder)
    if found.markdown is None:
        return Refit(ours.region, folder, now=_of_region(rest, folder, course, origin, found))
    terms = offer or _offer(origin)
    then = _before(origin, store, found)
    return Refit(
        ours.region,
        folder,
        before=_of_markdown(then, rest, terms, course, folder),
        now=_of_markdown(found.markdown, rest, terms, course, folder),
        first=_first(then, found.markdown, rest, terms, course),
        foreign=True,
    )


def _without(ours: Library, folder: PurePosixPath) -> Library:
    """Return our region without the course, whose own ids are free to it."""
    documents = [one for one in ours.documents if not one.path.is_relative_to(folder)]
    return Library(ours.region, documents, ours.assets, ours.unreadable, ours.adopted)


def _of_region(
    ours: Library, folder: PurePosixPath, course: str, origin: Origin, found: Given
) -> Mapping[PurePosixPath, Fit]:
    whole = found.whole
    copied = tuple(
        whole.library.id_of(whole.library.by_path[one.source])
        for one in whole.taken
        if one.why == "competence"
    )
    path = {one.source: folder / one.target for one in whole.taken}
    return region_fits(whole, ours, Naming(ids=origin.ids, copied=copied), course, path)


def _of_markdown(
    course: Markdown, ours: Library, offer: Offer, id_: str, folder: PurePosixPath
) -> Mapping[PurePosixPath, Fit]:
    path = {one.source: folder / one.target for one in course.closure.taken}
    return markdown_fits(course, ours, offer, id_, path)


def _before(origin: Origin, store: Store, found: Given) -> Markdown:
    """Return the course as it was; as it is now, when nobody has its old version any more."""
    now = found.markdown
    assert now is not None  # noqa: S101 (asked by the caller)
    with suppress(SourceError):
        return closure_of_markdown(store.snapshot(store.fetch_commit(origin.commit)), origin.path)
    return now


def _first(
    then: Markdown, now: Markdown, ours: Library, offer: Offer, id_: str
) -> tuple[bytes, bytes] | None:
    pages = (first_page(then, ours, offer, id_), first_page(now, ours, offer, id_))
    return (pages[0], pages[1]) if pages[0] is not None and pages[1] is not None else None


def _offer(origin: Origin) -> Offer:
    credit = origin.credit
    return Offer(
        source=origin.source,
        region=None,
        region_name=origin.source,
        id=origin.id,
        title=credit.title,
        language="und",
        licence=credit.licence,
        authors=credit.authors,
    )
