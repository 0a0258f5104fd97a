"""From a region's folder to its stage, in one reading."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import lru_cache, partial
from pathlib import Path, PurePosixPath
from typing import Any

from kompetanse.cache import search_folder
from kompetanse.content.collecting import no_collecting
from kompetanse.content.document import load
from kompetanse.content.link import link
from kompetanse.content.reading import Load, Reading, Track, read_region_at
from kompetanse.content.synonyms import read_synonyms
from kompetanse.content.versions import versions
from kompetanse.errors import KompetanseError, Problem, Severity
from kompetanse.evidence.published import issuer_files
from kompetanse.git.history import read_history
from kompetanse.git.mark import mark
from kompetanse.indexing import index_files
from kompetanse.model.catalogue import Catalogue
from kompetanse.model.history import History
from kompetanse.model.item import KINDS, ItemId
from kompetanse.model.package import Package
from kompetanse.model.region import Region
from kompetanse.pages.file import StagedFile
from kompetanse.pages.stage import Make, Stage, made_anew, published_files, stage
from kompetanse.pages.view import Site
from kompetanse.schemas import KINDS as SCHEMAS
from kompetanse.schemas import OTHERS, published

FileOf = Callable[[str], Path | None]
"""Returns the file that is published at an address, or None when there is none."""

Pack = Callable[[Site, FileOf], Mapping[ItemId, tuple[Package, ...]]]
"""Makes the packages of the courses of a site."""


@dataclass(frozen=True, slots=True)
class Staged:
    """A region that was read, linked and staged.

    Attributes:
        reading: What was found in it, without its documents, of which the catalogue knows all that pages need.
        catalogue: Its items.
        stage: Its site.
        site: What its pages are made from.
    """

    reading: Reading
    catalogue: Catalogue
    stage: Stage
    site: Site


def read(root: Path, content: str, today: date, track: Track = lambda paths: paths) -> Reading:
    """Read the region at `root` without linking it, for those who only ask what is wrong."""
    return read_with_history(root, content, today, track)[0]


def read_with_history(
    root: Path, content: str, today: date, track: Track = lambda paths: paths, load: Load = load
) -> tuple[Reading, History]:
    """Read the region at `root` and its history without linking it."""
    history = read_history(root)
    return with_history(read_region_at(root, content, today, track, load), history), history


def moment(root: Path, today: date) -> str | None:
    """Return what is the same as long as a region is judged by the same day and history; None when that cannot be told."""
    found = mark(root)
    return None if found is None else f"{today} {found}"


def staged(
    root: Path,
    content: str,
    today: date,
    shown: date | None = None,
    track: Track = lambda paths: paths,
    drafts: bool = False,
    load: Load = load,
    search: bool = True,
    told: Callable[[Reading], None] = lambda reading: None,
    make: Make = made_anew,
    pack: Pack | None = None,
) -> Staged:
    """Read the region at `root` and stage its site.

    Args:
        root: The region's root.
        content: Name of the content folder in it.
        today: The day that problems are judged by.
        shown: The day that pages are made for; without one, `day_of` the history, so that a commit gives one site.
        track: Shows progress.
        drafts: Whether drafts are shown, with a banner that says so.
        load: Reads each file.
        search: Whether the index that pages search in is made too.
        told: Hears of the region when it has been read.
        make: Returns what makes the files of all parts of the site.
        pack: Makes the packages of courses that their pages link to.
    """
    reading, history = read_with_history(root, content, today, track, load)
    when = shown or day_of(history) or today
    told(reading)
    with no_collecting():
        catalogue = link(reading.library, drafts)
        site = Site(catalogue, history, when, versions(reading.library, root, history), reading.offers)
    if pack:
        site = replace(site, packages=pack(site, _files(root, reading.library.assets)))
    made = stage(site, reading.library.assets, _schemas(), make)
    first = (
        (partial(_index, site, root, content),) if search else ()
    )  # it takes longest: the others are made beside it
    made = replace(made, lots=(*first, *made.lots, partial(_issued, root, catalogue.region)))
    return Staged(reading.without_documents(), catalogue, made, site)


@no_collecting()
def _index(site: Site, root: Path, content: str) -> Iterable[StagedFile]:
    """Return what the search reads."""
    return index_files(site, read_synonyms(root)[0], search_folder(root, content) / "shards")


def whole_stage(
    site: Site, root: Path, files: Iterable[StagedFile], assets: frozenset[PurePosixPath]
) -> Stage:
    """Return the stage of `site` that `files` are together with what is made of no item; without the search."""
    known = tuple(files)
    made = stage(site, assets, _schemas(), lambda site: (lambda: known,))
    return replace(made, lots=(*made.lots, partial(_issued, root, site.catalogue.region)))


@lru_cache
def _schemas() -> Mapping[str, Any]:
    return {name: published(name) for name in (*SCHEMAS, *OTHERS)}


def _issued(root: Path, region: Region) -> Iterator[StagedFile]:
    """Yield what certificates are checked by."""
    yield from (StagedFile(*found) for found in issuer_files(root, region))


def site_of(root: Path, content: str, today: date) -> Site:
    """Return what the pages of the region at `root` are made from, for those who want the data without the pages."""
    history = read_history(root)
    return Site(link(read_region_at(root, content, today).library), history, today)


def site_with_files(root: Path, content: str, today: date) -> tuple[Site, FileOf]:
    """Return what packages are made from, and what tells which file is published at an address."""
    history = read_history(root)
    library = read_region_at(root, content, today).library
    site = Site(link(library), history, day_of(history) or today, versions(library, root, history))
    return site, _files(root, library.assets)


def _files(root: Path, assets: Iterable[PurePosixPath]) -> FileOf:
    """Return what tells which file is published at an address."""
    published = published_files(assets)
    return lambda address: root / published[address] if address in published else None


def day_of(history: History) -> date | None:
    """Return the day that lists are made for when nobody says: the same for the same commit.

    `SOURCE_DATE_EPOCH` first (https://reproducible-builds.org/specs/source-date-epoch/), then the day of the commit;
    None for a folder without commits.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return _day_of_epoch(epoch)
    return history.head.day if history.head else None


def _day_of_epoch(seconds: str) -> date:
    try:
        return datetime.fromtimestamp(int(seconds), UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        raise KompetanseError(
            "SOURCE_DATE_EPOCH is no day before the year 10000. Set it to seconds since 1970, or take it away"
        ) from error


_STATES = {
    "none": "no-repository",
    "empty": "no-commits",
    "shallow": "shallow-repository",
    "refused": "repository-refused",
    "no-git": "git-missing",
}


def with_history(reading: Reading, history: History) -> Reading:
    """Return `reading` with what its repository lacks added to its problems."""
    code = _STATES.get(history.state)
    if code is None:
        return reading
    problem = Problem(PurePosixPath("."), 0, "", code, Severity.WARNING)
    problems = tuple(sorted((*reading.problems, problem), key=lambda one: one.place))
    return replace(reading, problems=problems)


def count(catalogue: Catalogue) -> Iterator[tuple[str, int]]:
    """Yield how many items of each kind have a page."""
    yield from ((kind, len(catalogue.visible(cls))) for kind, cls in KINDS.items())
