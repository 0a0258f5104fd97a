"""Plan a fork: everything that it would write, and why, before anything is written.

    found = plan(ours, snapshot, source, offer, wish, dated)
    apply(root, found.change(moment), message=found.message(moment), …)

The files are the source's own. What differs is a local change to the verbatim base, so that later merges work by key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import PurePosixPath

from kompetanse.content.checks.assets import is_active
from kompetanse.content.document import Document
from kompetanse.content.library import TEXT_SUFFIXES, Library
from kompetanse.errors import KompetanseError
from kompetanse.git.write import Change
from kompetanse.model.offer import Offer
from kompetanse.model.origin import Event, Origin
from kompetanse.model.region import Source
from kompetanse.model.version import content_hash, digest
from kompetanse.sharing import gate
from kompetanse.sharing.closure import Closure, Taken, closure, hashed, is_region, refuse
from kompetanse.sharing.closure_of_markdown import Markdown, closure_of_markdown, document_of
from kompetanse.sharing.deed import Deed
from kompetanse.sharing.fits import first_page, markdown_fits, region_fits, staying
from kompetanse.sharing.fitting import Fit, fitted, without_faults
from kompetanse.sharing.gate import Judged, judged, stated
from kompetanse.sharing.naming import COPY, Naming, naming, undecided
from kompetanse.sharing.origin import NAME, base_path, text
from kompetanse.sharing.recording import outward, recorded
from kompetanse.sharing.snapshot import Snapshot
from kompetanse.sharing.vet import Finding, Verdict, vet_contents

_PLACE = PurePosixPath("content/kurs")
_FIRST = PurePosixPath("index.md")


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person asked for.

    Attributes:
        id: The course's id here; that of the source when None.
        into: Folder that it is to lie in; when None, beside the other courses.
        choices: What becomes of competences, by their id there: `copy`, `link`, or an id of ours.
        default: What becomes of those that do not exist here and that nobody chose for.
    """

    id: str | None = None
    into: PurePosixPath | None = None
    choices: Mapping[str, str] = field(default_factory=dict)
    default: str = COPY


@dataclass(frozen=True, slots=True)
class Plan:
    """What a fork would do.

    Attributes:
        id: The course's id here.
        folder: Its folder, from the region's root.
        origin: Its record, without history.
        written: Files by their path in the folder.
        bases: The source's versions, likewise.
        judged: Licence and verdict of each file.
        names: What ids mean here.
        left_out: Files that stay behind, and why.
        staying: References that stay with the source, as `key: id`.
        outward: Ids that links lead to, which do not exist here: where the source has their page, or None.
        missing: Ids that lead nowhere at the source either.
        local: Files that got rows of ours, and which keys were taken out of them.
        hash: `contentHash` of what is taken, as catalogues state it; None for what is no region of ours.
    """

    id: str
    folder: PurePosixPath
    origin: Origin
    written: Mapping[PurePosixPath, bytes]
    bases: Mapping[PurePosixPath, bytes]
    judged: tuple[Judged, ...]
    names: Naming
    left_out: tuple[Finding, ...]
    staying: tuple[str, ...]
    outward: Mapping[str, str | None]
    missing: tuple[str, ...]
    local: Mapping[PurePosixPath, tuple[str, ...]]
    hash: str | None

    @property
    def deed(self) -> Deed:
        """What is done."""
        return Deed("fork", self.id)

    def record(self, moment: datetime) -> Origin:
        """Return the record after the fork."""
        return replace(self.origin, history=(Event(moment, "fork", self.origin.commit),))

    def change(self, moment: datetime) -> Change:
        """Return what is to be written, from the region's root: course, record and base together."""
        write = {self.folder / path: data for path, data in self.written.items()}
        write |= {base_path(self.id, path): data for path, data in self.bases.items()}
        write[self.folder / NAME] = text(self.record(moment))
        return Change(write)

    def message(self) -> str:
        """Return the message of the commit."""
        return self.deed.message(f"Fork {self.id} from {self.origin.source}", origin=self.origin)


def plan(
    ours: Library, snapshot: Snapshot, source: Source, offer: Offer, wish: Wish, dated: date | None = None
) -> Plan:
    """Plan the fork of a course.

    Args:
        ours: Our region.
        snapshot: The source's commit.
        source: Its record.
        offer: The course, as it was found at that commit.
        wish: What the person asked for.
        dated: Day of the commit.

    Raises:
        KompetanseError: When it cannot be forked; with the reason and what to do.
    """
    id_ = wish.id or offer.id
    folder = _free_folder(ours, source, offer, id_, wish)
    place = PurePosixPath(offer.path or ".")
    course = None if is_region(snapshot) else closure_of_markdown(snapshot, place, offer.language)
    whole = closure(snapshot, place) if course is None else course.closure
    names = naming(whole, ours, source, id_, wish.choices, wish.default)
    whole = replace(whole, taken=tuple(one for one in whole.taken if _comes(whole, names, one)))
    contents, aside = _contents(snapshot, whole)
    hash_ = (
        content_hash({name: digest(data) for name, data in hashed(whole, contents).items()})
        if offer.region
        else None
    )
    stay = {one.path for one in aside}
    whole = replace(whole, taken=tuple(one for one in whole.taken if one.source not in stay))
    found = _judged(whole, course, contents, offer, ours)
    path = {one.source: folder / one.target for one in whole.taken}
    fits = (
        region_fits(whole, ours, names, id_, path)
        if course is None
        else markdown_fits(course, ours, offer, id_, path)
    )
    written, local = _written(whole, contents, fits, folder, ours)
    made = first_page(course, ours, offer, id_) if course else None
    origin = recorded(snapshot, whole, source, offer, names, found, dated)
    return Plan(
        id=id_,
        folder=folder,
        origin=origin,
        written=written | ({_FIRST: made} if made else {}),
        bases={one.target: contents[one.source] for one in whole.taken},
        judged=found,
        names=names,
        left_out=(*whole.left_out, *aside),
        staying=staying(whole, ours, names) if course is None else (),
        outward=outward(whole, origin, ours),
        missing=whole.missing,
        local=local,
        hash=hash_,
    )


def open_choices(ours: Library, snapshot: Snapshot, offer: Offer) -> tuple[tuple[str, str, str], ...]:
    """Return the competences that a person may decide on: id, title, and `absent` or `unlike`."""
    if not is_region(snapshot):
        return ()
    whole = closure(snapshot, PurePosixPath(offer.path or "."))
    return tuple((whole.library.id_of(one), one.title, why) for one, why in undecided(whole, ours))


def _free_folder(ours: Library, source: Source, offer: Offer, id_: str, wish: Wish) -> PurePosixPath:
    for place, one in ours.adopted.items():
        if (one.origin.repository, one.origin.id) == (source.repository, offer.id):
            raise KompetanseError(
                f"{offer.name} was forked before, to {place}. To get what is new there: kompetanse update {ours.id_of(_index(ours, place))}"
            )
    if id_ in ours.by_id:
        raise KompetanseError(
            f"There is an item with the id {id_} here already: {ours.by_id[id_].path}. Give the fork another one: --as ID"
        )
    folder = wish.into or _beside(ours) / id_
    if ".." in folder.parts or folder.is_absolute() or folder.parts[:1] != ("content",):
        raise KompetanseError(
            f"{folder} does not lie in the content folder. Name one such as content/kurs/{id_}"
        )
    there = sorted(
        path for path in (*ours.by_path, *ours.assets, *ours.unreadable) if path.is_relative_to(folder)
    )
    if there:
        raise KompetanseError(f"{folder} is not empty: {there[0]}. Name another folder: --into FOLDER")
    return folder


def _index(ours: Library, folder: PurePosixPath) -> Document:
    return next(one for one, _ in ours.of_kind("course") if one.path.parent == folder)


def _beside(ours: Library) -> PurePosixPath:
    """Return the folder that most courses of ours lie in."""
    places = [one.path.parent.parent for one, _ in ours.of_kind("course") if len(one.path.parts) > 2]
    return max(sorted(set(places)), key=places.count, default=_PLACE)


def _comes(whole: Closure, names: Naming, one: Taken) -> bool:
    if one.why != "competence":
        return one.source not in names.here
    return whole.library.id_of(whole.library.by_path[one.source]) in names.copied


def _contents(snapshot: Snapshot, whole: Closure) -> tuple[dict[PurePosixPath, bytes], tuple[Finding, ...]]:
    """Read all files in one request, and judge them.

    Raises:
        KompetanseError: When one may not be taken.
    """
    read = snapshot.read(one.oid for one in whole.taken)
    contents = {one.source: read[one.oid] for one in whole.taken}
    findings = (*vet_contents(contents), *_active(contents))
    refuse(findings)
    return contents, tuple(one for one in findings if one.verdict is not Verdict.REFUSE)


def _active(contents: Mapping[PurePosixPath, bytes]) -> Iterator[Finding]:
    for path, data in contents.items():
        if path.suffix.lower() == ".svg" and is_active(data):
            yield Finding(
                Verdict.LEFT_OUT, path, "can run or fetch something; ask the source for a plain picture"
            )


def _judged(
    whole: Closure,
    course: Markdown | None,
    contents: Mapping[PurePosixPath, bytes],
    offer: Offer,
    ours: Library,
) -> tuple[Judged, ...]:
    find = _finder(whole, course)
    own = stated(whole.course) if course is None else None
    found = judged(whole, contents, own or offer.licence, ours.region.licence, find)
    gate.refuse(found, () if course else _mixed(whole, found))
    return found


def _finder(whole: Closure, course: Markdown | None) -> Callable[[PurePosixPath], Document | None]:
    return whole.library.by_path.get if course is None else lambda path: document_of(whole, path)


def _mixed(whole: Closure, found: tuple[Judged, ...]) -> Iterator[tuple[Judged, Judged]]:
    by_path = {one.taken.source: one for one in found}
    for host in found:
        document = whole.library.by_path.get(host.taken.source)
        for reuse in document.outline.reuses if document else ():
            guest = whole.library.by_id.get(reuse.id)
            if guest and guest.path in by_path:
                yield host, by_path[guest.path]


def _written(
    whole: Closure,
    contents: Mapping[PurePosixPath, bytes],
    fits: Mapping[PurePosixPath, Fit],
    folder: PurePosixPath,
    ours: Library,
) -> tuple[dict[PurePosixPath, bytes], dict[PurePosixPath, tuple[str, ...]]]:
    written: dict[PurePosixPath, bytes] = {}
    local: dict[PurePosixPath, tuple[str, ...]] = {}
    for one in whole.taken:
        data = fitted(one.source, contents[one.source], fits.get(one.source, Fit()))
        gone: tuple[str, ...] = ()
        if one.source.suffix.lower() in TEXT_SUFFIXES:
            data, gone = without_faults(folder / one.target, data, ours.region)
        written[one.target] = data
        if data != contents[one.source]:
            local[one.target] = gone
    return written, local


__all__ = ["Plan", "Wish", "open_choices", "plan"]
