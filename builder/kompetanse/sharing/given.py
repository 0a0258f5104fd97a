"""What a source gives for an adopted course now: where the course lies, its files, and the terms they come with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath

from kompetanse.errors import KompetanseError
from kompetanse.model.offer import Offer
from kompetanse.model.origin import Base, Credit, Origin
from kompetanse.sharing.licence import canonical
from kompetanse.sharing.plan import Incoming
from kompetanse.sharing.snapshot import Entry
from kompetanse.sharing.store import StoredSnapshot
from kompetanse.sharing.tree import Tree
from kompetanse.sharing.vet import left_out, refused, vet_contents, vet_paths


class CourseGoneError(KompetanseError):
    """The course is not where it was; nothing is deleted here because of that."""


@dataclass(frozen=True, slots=True)
class Given:
    """A course as the source gives it at one commit.

    Attributes:
        commit: The commit.
        path: Its folder there.
        tree: Id of that folder's tree.
        id: Its id there.
        files: Its files, by the path that they have in our folder.
        credit: Whom it is credited to now.
        left_out: Files that stay behind, such as dot files.
    """

    commit: str
    path: PurePosixPath
    tree: str
    id: str
    files: Mapping[PurePosixPath, Incoming]
    credit: Credit
    left_out: tuple[PurePosixPath, ...] = ()


def given(
    origin: Origin, snapshot: StoredSnapshot, tree: Tree, offers: Mapping[str, Offer], moment: datetime
) -> Given:
    """Return what the source gives of the course that `origin` tells of.

    Args:
        origin: The record of the course.
        snapshot: The source at a commit.
        tree: All its files.
        offers: Its courses at that commit, by id.
        moment: Time of the commit.

    Raises:
        KompetanseError: When the course is gone, or holds what may not be written here.
    """
    offer = found(origin, offers)
    path = PurePosixPath(offer.path) if offer and offer.path else origin.path
    entries = dict(_entries(origin, path, tree))
    folder = snapshot.tree_of(path)
    if folder is None or not any(one.path.is_relative_to(path) for one in entries.values()):
        raise CourseGoneError(
            f"{origin.source} has the course {origin.id} no more. Everything here stays as it is; see: kompetanse status --json"
        )
    findings = vet_paths(entries.values())
    stop = refused(findings)
    if stop:
        rows = "".join(f"\n  {one}" for one in stop)
        raise KompetanseError(
            f"{origin.source} gives files that may not be written here; nothing was changed:{rows}"
        )
    behind = left_out(findings)
    files = {
        ours: _incoming(entry, origin.files.get(ours))
        for ours, entry in entries.items()
        if entry.path not in behind
    }
    return Given(
        commit=snapshot.commit,
        path=path,
        tree=folder,
        id=offer.id if offer else origin.id,
        files=files,
        credit=_credit(origin.credit, offer, moment),
        left_out=tuple(sorted(behind)),
    )


def found(origin: Origin, offers: Mapping[str, Offer]) -> Offer | None:
    """Return the offer of a course: by its id, or, when that was changed there, by its folder."""
    by_path = (one for one in offers.values() if one.path == str(origin.path))
    return offers.get(origin.id) or next(by_path, None)


def _entries(origin: Origin, path: PurePosixPath, tree: Tree) -> Iterator[tuple[PurePosixPath, Entry]]:
    """Yield the files of the course's folder, and those from elsewhere that we have taken, by their path in our folder."""
    for entry in tree.below(path):
        yield entry.path.relative_to(path), entry
    for ours, base in origin.files.items():
        if base.source and not base.source.is_relative_to(origin.path):
            elsewhere = tree.get(base.source)
            if elsewhere is not None:
                yield ours, elsewhere


def _incoming(entry: Entry, base: Base | None) -> Incoming:
    """Return a file with the marks that its last version had: its own licence and authors."""
    return Incoming(entry.oid, entry.path, base.licence if base else None, base.authors if base else ())


def _credit(before: Credit, offer: Offer | None, moment: datetime) -> Credit:
    if offer is None:
        return replace(before, date=moment.date())
    return Credit(
        title=offer.title,
        authors=offer.authors or before.authors,
        licence=canonical(offer.licence) or offer.licence or "",
        date=moment.date(),
        url=offer.url or before.url,
    )


def check_contents(source: str, contents: Mapping[PurePosixPath, bytes]) -> tuple[PurePosixPath, ...]:
    """Return the files whose contents are not here, such as pointers to large files, which a person must see to.

    Raises:
        KompetanseError: When one holds what may not be written here.
    """
    findings = vet_contents(contents)
    stop = refused(findings)
    if stop:
        rows = "".join(f"\n  {one}" for one in stop)
        raise KompetanseError(
            f"{source} gives files that may not be written here; nothing was changed:{rows}"
        )
    return tuple(one.path for one in findings)
