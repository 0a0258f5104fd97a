"""Find where a course that was copied by hand came from, and the record that makes it a fork from now on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath

from kompetanse.errors import KompetanseError
from kompetanse.git.write import Change
from kompetanse.model.offer import Offer
from kompetanse.model.origin import Base, Credit, Event, Origin
from kompetanse.model.version import is_taken
from kompetanse.sharing.adopted import Region
from kompetanse.sharing.closest import Closest, closest
from kompetanse.sharing.closure import Closure, Taken, closure
from kompetanse.sharing.closure_of_markdown import closure_of_markdown
from kompetanse.sharing.followed import At
from kompetanse.sharing.licence import Answer, canonical, kept
from kompetanse.sharing.matching import module_id, same_files
from kompetanse.sharing.offers import is_region
from kompetanse.sharing.origin import NAME, base_path, text
from kompetanse.sharing.past import Version
from kompetanse.sharing.recording import onward_of
from kompetanse.sharing.snapshot import Entry

_TEXT = frozenset({".md", ".markdown"})
_FIRST = "index.md"
"""Every folder may have one."""

_EXACT = Closest(0, 1.0, 0.0)


@dataclass(frozen=True, slots=True)
class Trace:
    """A file of ours, and the version of the source's that it was most likely made from.

    Attributes:
        path: Its path in our folder.
        source: Path of the source's file, from the root of its repository.
        version: The version.
        likeness: How much they share.
        lines: Rows in our file; 0 for what is no text.
    """

    path: PurePosixPath
    source: PurePosixPath
    version: Version
    likeness: Closest
    lines: int


@dataclass(frozen=True, slots=True)
class Tracing:
    """What was found of a copy.

    Attributes:
        id: The course's id with us.
        folder: Its folder, from our region's root.
        offer: The course at the source.
        traces: The files whose origin is certain.
        uncertain: Files that are like one of the source's, but not enough.
        own: Files that the source does not have.
    """

    id: str
    folder: PurePosixPath
    offer: Offer
    traces: tuple[Trace, ...]
    uncertain: tuple[Trace, ...]
    own: tuple[PurePosixPath, ...]

    @property
    def shared(self) -> float:
        """Share of our lines that the source's versions have, from 0 to 1."""
        every = (*self.traces, *self.uncertain)
        lines = sum(one.lines for one in every)
        return sum(one.lines * one.likeness.shared for one in every) / lines if lines else 0.0


def trace(region: Region, folder: PurePosixPath, source: At, id_: str) -> Tracing:
    """Look for the versions that the files of a folder were made from, in the history of a course of the source.

    Raises:
        KompetanseError: When the source has no such course, or its licence does not let us.
    """
    offer = _offer(source, id_)
    ours = _files(region, folder)
    path = PurePosixPath(offer.path or "")
    entries = {one.path: one for one in source.tree.below(path) if is_taken(one.path.relative_to(path))}
    pairs = _pairs(region, ours, path, entries, source)
    contents = region.read(ours[one] for one in pairs)
    found = [
        trace
        for one, there in pairs.items()
        if (trace := _traced(one, there, contents[ours[one]], ours[one], source)) is not None
    ]
    certain = tuple(one for one in found if one.likeness.is_certain)
    own = tuple(sorted(ours.keys() - {one.path for one in found}))
    uncertain = tuple(one for one in found if not one.likeness.is_certain)
    return Tracing(_id(region, folder, ours), folder, offer, certain, uncertain, own)


def _offer(source: At, id_: str) -> Offer:
    found = source.offers.get(id_)
    if found is None or found.path is None:
        raise KompetanseError(
            f"{source.source.record.name} offers no course {id_}. See what there is: "
            f"kompetanse catalogue --source {source.source.record.name}"
        )
    return found


def _files(region: Region, folder: PurePosixPath) -> dict[PurePosixPath, str]:
    inside = {one.relative_to(folder): oid for one, oid in region.files.items() if one.is_relative_to(folder)}
    found = {path: oid for path, oid in inside.items() if is_taken(path)}
    if not found:
        raise KompetanseError(
            f"No file of {folder} is committed. Name the folder of a course, and commit it first"
        )
    return found


def _id(region: Region, folder: PurePosixPath, ours: Mapping[PurePosixPath, str]) -> str:
    index = ours.get(PurePosixPath(_FIRST))
    return (module_id(region.read([index])[index]) if index else None) or folder.name


def _pairs(
    region: Region,
    ours: Mapping[PurePosixPath, str],
    path: PurePosixPath,
    entries: Mapping[PurePosixPath, Entry],
    source: At,
) -> dict[PurePosixPath, PurePosixPath]:
    """Return which file of the source each of ours is: by its id, its path or its content."""
    theirs = {one.relative_to(path): entry.oid for one, entry in entries.items()}
    mine = set(ours.values())

    def read(oids: Collection[str]) -> dict[str, bytes]:
        here = [oid for oid in oids if oid in mine]
        return {**region.read(here), **source.snapshot.read([oid for oid in oids if oid not in mine])}

    found = same_files(ours, theirs, lambda oids: read(tuple(oids)))
    found |= _by_name(ours.keys() - found.keys(), theirs.keys() - set(found.values()))
    return {one: path / there for one, there in sorted(found.items())}


def _by_name(
    ours: Collection[PurePosixPath], theirs: Collection[PurePosixPath]
) -> dict[PurePosixPath, PurePosixPath]:
    """Return the files that are called the same in other folders, where a name stands once on each side."""
    here, there = (dict(_once(side)) for side in (ours, theirs))
    return {path: there[name] for name, path in here.items() if name in there and name != _FIRST}


def _once(paths: Collection[PurePosixPath]) -> Iterator[tuple[str, PurePosixPath]]:
    often = Counter(path.name for path in paths)
    return ((path.name, path) for path in paths if often[path.name] == 1)


def _traced(path: PurePosixPath, there: PurePosixPath, ours: bytes, oid: str, source: At) -> Trace | None:
    versions = source.source.store.versions(there)
    exact = next((one for one in versions if one.oid == oid), None)
    lines = len(ours.splitlines()) if path.suffix.lower() in _TEXT else 0
    if exact:
        return Trace(path, there, exact, _EXACT, lines)
    if not lines:
        return None
    read = source.snapshot.read([one.oid for one in versions])
    found = closest(ours, [read[one.oid] for one in versions])
    return Trace(path, there, versions[found.place], found, lines) if found else None


def adoption(
    tracing: Tracing, source: At, region_licence: str, repository: str, now: datetime
) -> tuple[Origin, Change]:
    """Return the record that makes the copy a fork, and the change that holds it with its bases.

    Raises:
        KompetanseError: When no origin is certain, or the licence does not let us.
    """
    offer = tracing.offer
    if not tracing.traces or tracing.shared < 0.5:
        raise KompetanseError(
            f"No certain origin: {tracing.folder} shares {tracing.shared:.0%} of its lines with {offer.source}/{offer.id}. "
            "Nothing was written. To take the course from there all the same: kompetanse fork "
            f"{offer.source}/{offer.id} --as {tracing.id}-2, and move your text over"
        )
    verdict = kept(offer.licence, region_licence)
    if verdict.answer is Answer.REFUSE:
        raise KompetanseError(
            f"{offer.source} gives {offer.id} under {offer.licence or 'no licence'}: {verdict.words('en')}"
        )
    newest = max((one.version for one in tracing.traces), key=lambda one: (one.moment, one.commit))
    whole = _whole(tracing, source, newest.commit)
    left = tuple(_left_behind(tracing, whole)) if whole else ()
    origin = _origin(tracing, source, newest, left, repository, now)
    if whole:
        there = (base.source or origin.path / path for path, base in origin.files.items())
        further = onward_of(source.snapshot, whole, there, source.source.record.site)
        origin = replace(origin, links=further.links, paths=further.paths)
    contents = source.snapshot.read(sorted({base.oid for base in origin.files.values()}))
    write = {base_path(tracing.id, path): contents[base.oid] for path, base in origin.files.items()}
    return origin, Change({tracing.folder / NAME: text(origin), **write})


def _whole(tracing: Tracing, source: At, commit: str) -> Closure | None:
    """Return the course at a commit; None when it was laid out in another way then: what is not known is new."""
    store, path = source.source.store, PurePosixPath(tracing.offer.path or "")
    snapshot = store.snapshot(store.fetch_commit(commit))
    try:
        return closure(snapshot, path) if is_region(snapshot) else closure_of_markdown(snapshot, path).closure
    except KompetanseError:
        return None


def _left_behind(tracing: Tracing, whole: Closure) -> Iterator[Taken]:
    """Yield the files of the course's folder that the copy does not have: they were left behind, and do not come with an update.

    What lies elsewhere at the source, such as its competences, nobody left behind who copied a folder: it comes with the next update.
    """
    folder = PurePosixPath(tracing.offer.path or "")
    ours = {*tracing.own, *(one.path for one in (*tracing.traces, *tracing.uncertain))}
    found = {one.source for one in (*tracing.traces, *tracing.uncertain)}
    inside = (one for one in whole.taken if one.source.is_relative_to(folder))
    yield from (one for one in inside if one.source not in found and one.target not in ours)


def _origin(
    tracing: Tracing,
    source: At,
    newest: Version,
    left: Sequence[Taken],
    repository: str,
    now: datetime,
) -> Origin:
    offer, store = tracing.offer, source.source.store
    path = PurePosixPath(offer.path or "")
    return Origin(
        source=offer.source,
        region=offer.region,
        repository=repository,
        path=path,
        id=offer.id,
        commit=newest.commit,
        tree=store.tree_of(newest.commit, path) or "0" * 40,
        credit=Credit(
            offer.title,
            offer.authors,
            canonical(offer.licence) or "",
            newest.moment.date(),
            offer.url,
        ),
        files=dict((*_bases(tracing.traces, path), *_bases_of(left, path))),
        history=(Event(now, "adopt", newest.commit),),
    )


def _bases(traces: Sequence[Trace], path: PurePosixPath) -> Iterator[tuple[PurePosixPath, Base]]:
    for one in traces:
        lies = None if path / one.path == one.source else one.source
        yield one.path, Base(one.version.oid, lies)


def _bases_of(left: Sequence[Taken], path: PurePosixPath) -> Iterator[tuple[PurePosixPath, Base]]:
    for one in left:
        yield one.target, Base(one.oid, None if path / one.target == one.source else one.source)
