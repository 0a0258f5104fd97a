"""Where an adopted course came from, and under which terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import PurePosixPath

from kompetanse.model.signature import UNSIGNED, Signature


@dataclass(frozen=True, slots=True)
class Credit:
    """Whom a text is credited to: title, author, source and licence (CC BY 4.0 section 3(a), NLOD 2.0 § 5).

    Attributes:
        title: As the source had it.
        authors: As they wish to be named.
        licence: SPDX identifier.
        date: Day of the version that was taken.
        url: Where the source shows it; None when the source has no site.
    """

    title: str
    authors: tuple[str, ...]
    licence: str
    date: date | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Base:
    """The version of one file that the next update merges from.

    Attributes:
        oid: Blob id in git of the source's file.
        source: Its path in the source's repository, when it does not lie in the course's folder there.
        licence: SPDX identifier, when it differs from the course's.
        authors: When they differ from the course's.
    """

    oid: str
    source: PurePosixPath | None = None
    licence: str | None = None
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that was done with the course: `fork`, `adopt`, `update`, `resolve` or `undo`."""

    time: datetime
    did: str
    to: str
    since: str | None = None
    merged: int = 0
    questions: int = 0


@dataclass(frozen=True, slots=True)
class Pending:
    """Questions that wait for an answer: files, by their path in the course's folder, and the commit they came with."""

    to: str
    files: tuple[PurePosixPath, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """The record in a course's `origin.yml`.

    Attributes:
        source: Name of the source in `region.yml`.
        region: World-wide id of the region it came from; None when the source is no region of ours.
        repository: Address of the source's repository.
        path: The course's folder there.
        id: The course's id there; it follows the course when it moves.
        commit: Commit of the source that we follow; never one of our own.
        tree: Id of the folder's tree at that commit.
        credit: Whom the course is credited to.
        chain: Those that the source itself adapted it from, nearest first.
        files: Base of each file, by its path in our folder.
        ids: Their id → ours, where they differ.
        links: Where the source has the pages of items that links lead to and that stayed there, by their id.
        paths: Which of those items a link by path means: path from the root of the source's repository → their id.
        history: What was done, oldest first; only ever appended.
        pending: Questions that are open.
        signature: How the source's commit is signed.
    """

    source: str
    region: str | None
    repository: str
    path: PurePosixPath
    id: str
    commit: str
    tree: str
    credit: Credit
    chain: tuple[Credit, ...] = ()
    files: Mapping[PurePosixPath, Base] = field(default_factory=dict)
    ids: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    paths: Mapping[PurePosixPath, str] = field(default_factory=dict)
    history: tuple[Event, ...] = ()
    pending: Pending | None = None
    signature: Signature = UNSIGNED


@dataclass(frozen=True, slots=True)
class Adoption:
    """A course that came from elsewhere, as it stands here.

    Attributes:
        origin: Where it came from.
        changed: Files, by their path in the course's folder, that say something else here, were added or are gone.
    """

    origin: Origin
    changed: frozenset[PurePosixPath] = frozenset()


def places_at_source(
    adopted: Mapping[PurePosixPath, Adoption],
) -> dict[PurePosixPath, dict[PurePosixPath, PurePosixPath]]:
    """Return, for the folder of each adopted course, where files lie here that lay outside of its folder, by their path there."""
    return {
        folder: {base.source: folder / path for path, base in one.origin.files.items() if base.source}
        for folder, one in adopted.items()
    }
