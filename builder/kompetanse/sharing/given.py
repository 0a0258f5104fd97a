"""What a source gives for an adopted course now: where the course lies, its files, and the terms they come with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath

from kompetanse.errors import KompetanseError
from kompetanse.model.offer import Offer
from kompetanse.model.origin import Base, Credit, Origin
from kompetanse.sharing.closure import Closure, Taken, closure, refuse
from kompetanse.sharing.closure_of_markdown import Markdown, closure_of_markdown
from kompetanse.sharing.gate import MARK, judged
from kompetanse.sharing.gate import refuse as refuse_licences
from kompetanse.sharing.licence import canonical
from kompetanse.sharing.offers import is_region
from kompetanse.sharing.plain import plain
from kompetanse.sharing.plan import Incoming
from kompetanse.sharing.status import found
from kompetanse.sharing.store import StoredSnapshot
from kompetanse.sharing.tree import Tree
from kompetanse.sharing.vet import vet_contents

IsHere = Callable[[str], bool]
"""Whether an id means something in our region that came from elsewhere than this course."""


class CourseGoneError(KompetanseError):
    """The course is not where it was; nothing is deleted here because of that."""


@dataclass(frozen=True, slots=True)
class Given:
    """A course as the source gives it at one commit.

    Attributes:
        commit: The commit.
        path: Its folder there.
        tree: Id of that folder's tree, or of its file when it is but one.
        id: Its id there.
        files: Its files, by the path that they have in our folder.
        credit: Whom it is credited to now.
        whole: What it is made of.
        markdown: The same, of a source that is no region of ours.
        left_out: Files that stay behind, each with the reason.
        matched: Ids of what the course refers to and we have already, so that it is not copied.
    """

    commit: str
    path: PurePosixPath
    tree: str
    id: str
    files: Mapping[PurePosixPath, Incoming]
    credit: Credit
    whole: Closure
    markdown: Markdown | None = None
    left_out: tuple[str, ...] = ()
    matched: tuple[str, ...] = ()


def given(
    origin: Origin,
    snapshot: StoredSnapshot,
    tree: Tree,
    offers: Mapping[str, Offer],
    moment: datetime,
    is_here: IsHere = lambda id_: False,
) -> Given:
    """Return what the source gives of the course that `origin` tells of.

    Args:
        origin: The record of the course.
        snapshot: The source at a commit.
        tree: All its files.
        offers: Its courses at that commit, by id.
        moment: Time of the commit.
        is_here: Asked about modules and competences that the course refers to and that are new to it.

    Raises:
        KompetanseError: When the course is gone, or holds what may not be written here.
    """
    offer = found(origin, offers)
    place = PurePosixPath(offer.path) if offer and offer.path else origin.path
    folder = snapshot.tree_of(place)
    if folder is None:
        raise CourseGoneError(
            f"{origin.source} has the course {origin.id} no more. Everything here stays as it is. See: kompetanse status"
        )
    markdown = None if is_region(snapshot) else closure_of_markdown(snapshot, place)
    whole = markdown.closure if markdown else closure(snapshot, place, origin.links.keys())
    taken, matched = _chosen(whole, set(_known(origin)), is_here)
    return Given(
        commit=snapshot.commit,
        path=whole.folder,
        tree=folder,
        id=offer.id if offer else origin.id,
        files=_files(origin, taken, tree),
        whole=replace(whole, taken=taken),
        markdown=markdown,
        credit=_credit(origin.credit, offer, moment),
        left_out=tuple(map(str, whole.left_out)),
        matched=matched,
    )


def _chosen(
    whole: Closure, known: set[PurePosixPath], is_here: IsHere
) -> tuple[tuple[Taken, ...], tuple[str, ...]]:
    """Return what is taken, and the ids of what we have already and therefore leave."""
    taken: list[Taken] = []
    matched: list[str] = []
    for one in whole.taken:
        document = whole.library.by_path.get(one.source)
        id_ = whole.library.id_of(document) if document else ""
        if one.why in {"module", "competence"} and one.source not in known and is_here(id_):
            matched.append(id_)
        else:
            taken.append(one)
    return tuple(taken), tuple(matched)


def _files(origin: Origin, taken: Iterable[Taken], tree: Tree) -> dict[PurePosixPath, Incoming]:
    """Return the files with the marks that their last versions had.

    One that we have, that the course does not reach any more and that still lies at the source, is not gone.
    """
    known = _known(origin)
    files = {
        one.target: Incoming(one.oid, one.source, known[one.source].licence, known[one.source].authors)
        if one.source in known
        else Incoming(one.oid, one.source)
        for one in taken
    }
    reached = {one.source for one in files.values()}
    for ours, base in origin.files.items():
        there = base.source or origin.path / ours
        entry = None if there in reached or ours in files else tree.get(there)
        if entry is not None:
            files[ours] = Incoming(entry.oid, there, base.licence, base.authors)
    return files


def _known(origin: Origin) -> dict[PurePosixPath, Base]:
    """Return the bases by their path in the source's repository."""
    return {base.source or origin.path / ours: base for ours, base in origin.files.items()}


def licensed(origin: Origin, snapshot: StoredSnapshot, found: Given) -> Given:
    """Return what is given with the licence of each new or changed file, where it differs from the course's.

    Raises:
        KompetanseError: When the licence of one does not let us take it.
    """
    known = _known(origin)
    fresh = tuple(
        one for one in found.whole.taken if one.source not in known or known[one.source].oid != one.oid
    )
    whole, course = replace(found.whole, taken=fresh), found.credit.licence
    judgements = judged(whole, dict(_marks(snapshot, whole)), course, course, whole.library.by_path.get)
    refuse_licences(judgements, ())
    marks = {
        one.taken.target: None if canonical(one.licence) == canonical(course) else one.licence
        for one in judgements
    }
    files = {
        path: replace(one, licence=marks[path]) if path in marks else one for path, one in found.files.items()
    }
    return replace(found, files=files)


def _marks(snapshot: StoredSnapshot, fresh: Closure) -> Iterator[tuple[PurePosixPath, bytes]]:
    beside = {one.source.with_name(one.source.name + MARK) for one in fresh.taken}
    entries = {path: snapshot.entries[path].oid for path in sorted(beside) if path in snapshot.entries}
    read = snapshot.read(entries.values())
    return ((path, read[oid]) for path, oid in entries.items())


def _credit(before: Credit, offer: Offer | None, moment: datetime) -> Credit:
    if offer is None or offer.withdrawn:
        return replace(before, date=moment.date())
    return Credit(
        title=offer.title,
        authors=offer.authors or before.authors,
        licence=canonical(offer.licence) or plain(offer.licence or ""),
        date=moment.date(),
        url=offer.url or before.url,
    )


def check_contents(contents: Mapping[PurePosixPath, bytes]) -> tuple[PurePosixPath, ...]:
    """Return the files whose contents are not here, such as pointers to large files, which a person must see to.

    Raises:
        KompetanseError: When one holds what may not be written here.
    """
    findings = vet_contents(contents)
    refuse(findings)
    return tuple(one.path for one in findings)
