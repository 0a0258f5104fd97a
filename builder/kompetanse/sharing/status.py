"""How an adopted course stands to its source: from ids of trees and files alone, without contents and without history."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import PurePosixPath

from kompetanse.model.offer import Offer
from kompetanse.model.origin import Base, Origin
from kompetanse.model.version import is_taken
from kompetanse.sharing.licence import canonical
from kompetanse.sharing.tree import Tree

Files = Mapping[PurePosixPath, str]
"""Blob ids by path."""

_TEXT = (".md", ".markdown")


class State(StrEnum):
    """One thing to know about an adopted course; several may hold at once."""

    UNCHANGED = "unchanged"
    CHANGED = "changed-here"
    BEHIND = "behind"
    MOVED = "moved"
    RENAMED = "renamed"
    UNOFFERED = "not-offered"
    SPLIT = "split"
    DELETED = "deleted"
    WITHDRAWN = "withdrawn"
    LICENCE = "licence-changed"
    WAITING = "waiting"
    SILENT = "silent"


TO_DO = frozenset(State) - {State.UNCHANGED, State.CHANGED, State.SILENT}
"""The states that ask somebody to do something."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of a source.

    Attributes:
        commit: Its newest commit that is known; None when there is none.
        offers: Its courses by id; None when nobody knows them.
        files: All its files at that commit; None when only its offers are known.
        at: When it last answered; None when nobody knows.
        fault: Why it does not answer now; empty when it does, or was not asked.
        before: Finds its files at an earlier commit; None when that is not kept here.
    """

    commit: str | None = None
    offers: Mapping[str, Offer] | None = None
    files: Tree | None = None
    at: datetime | None = None
    fault: str = ""
    before: Callable[[str], Tree | None] = lambda commit: None


@dataclass(frozen=True, slots=True)
class Standing:
    """How one adopted course stands to its source.

    Attributes:
        course: Its id with us.
        origin: Where it came from.
        states: What holds, in the order of `State`.
        changed: Files that we have changed, by their path in our folder.
        behind: Files that the source has changed since; None when it has news and nobody knows how much.
        path: Its folder in the source now; None when it is there no more.
        parts: Where its files stand in the source when it was split.
        licence: What the source gives it under now, when that is another one; None is no licence.
        withdrawn: Why the source took it back.
        seen: What is known of the source.
    """

    course: str
    origin: Origin
    states: tuple[State, ...]
    changed: tuple[PurePosixPath, ...] = ()
    behind: tuple[PurePosixPath, ...] | None = ()
    path: PurePosixPath | None = None
    parts: tuple[PurePosixPath, ...] = ()
    licence: str | None = None
    withdrawn: str | None = None
    seen: Seen = field(default_factory=Seen)

    @property
    def to_do(self) -> bool:
        """Whether somebody should do something."""
        return bool(TO_DO & set(self.states))


Alike = Callable[[PurePosixPath, str, str], bool]
"""Path, blob id of the base and of our file → whether they differ in nothing but keys that are about us."""


def standing(
    course: str, origin: Origin, ours: Files, seen: Seen, alike: Alike = lambda *_: False
) -> Standing:
    """Return how a course stands.

    Args:
        course: Its id with us.
        origin: Where it came from.
        ours: The files of its folder with us, by their path in it.
        seen: What is known of the source.
        alike: Asked about files that are not the same to the byte.
    """
    offer = found(origin, seen.offers or {})
    path = _folder(origin, offer, seen)
    changed = tuple(changed_here(origin.files, ours, alike))
    behind = _behind(origin, offer, path, seen)
    licence = _new_licence(origin, offer)
    parts = _parts(origin, seen.files) if path is None and seen.files else ()
    states = {
        State.CHANGED: bool(changed),
        State.BEHIND: behind is None or bool(behind),
        State.MOVED: path not in {None, origin.path},
        State.RENAMED: offer is not None and offer.id != origin.id,
        State.UNOFFERED: seen.offers is not None and offer is None and path is not None,
        State.SPLIT: bool(parts),
        State.DELETED: path is None and not parts and not (offer and offer.withdrawn),
        State.WITHDRAWN: bool(offer and offer.withdrawn),
        State.LICENCE: licence != origin.credit.licence,
        State.WAITING: origin.pending is not None,
        State.SILENT: bool(seen.fault),
    }
    held = tuple(state for state in State if states.get(state))
    return Standing(
        course,
        origin,
        held if set(held) - {State.SILENT} else (State.UNCHANGED, *held),
        changed,
        behind,
        path,
        parts,
        licence,
        offer.withdrawn if offer else None,
        seen,
    )


def found(origin: Origin, offers: Mapping[str, Offer]) -> Offer | None:
    """Return the offer of a course: by its id, or, when that was changed there, by its folder."""
    by_path = (one for one in offers.values() if one.path == str(origin.path))
    return offers.get(origin.id) or next(by_path, None)


def changed_here(adopted: Mapping[PurePosixPath, Base], ours: Files, alike: Alike) -> Iterator[PurePosixPath]:
    """Yield the adopted files that we have changed or taken away; keys that are about us aside."""
    for path, base in sorted(adopted.items()):
        mine = ours.get(path)
        if mine is None or (mine != base.oid and not alike(path, base.oid, mine)):
            yield path


def _folder(origin: Origin, offer: Offer | None, seen: Seen) -> PurePosixPath | None:
    """Return where the course lies in the source now: where its id does, else where it lay, if anything lies there."""
    if offer and offer.path is not None:
        path = PurePosixPath(offer.path)
        return path.parent if _is_one_file(offer) else path
    if seen.files is None:
        return origin.path if offer or not seen.offers else None
    return origin.path if any(seen.files.below(origin.path)) else None


def _is_one_file(offer: Offer | None) -> bool:
    """Tell whether a course is a file, not a folder."""
    return bool(offer and offer.path and offer.path.endswith(_TEXT))


def _behind(
    origin: Origin, offer: Offer | None, path: PurePosixPath | None, seen: Seen
) -> tuple[PurePosixPath, ...] | None:
    """Return the files that the source has changed, by their path in our folder; None when that cannot be told.

    Files that wait for an answer are left out: the source's text of them is known.
    """
    if path is None or seen.commit == origin.commit or (offer and offer.version == origin.tree):
        return ()
    if seen.files is None:
        return None if offer and offer.version and offer.commit != origin.commit else ()
    waiting = set(origin.pending.files) if origin.pending else set()
    news = set(_news(origin, path, seen.files, seen.before, whole=not _is_one_file(offer)))
    return tuple(sorted(news - waiting))


def _news(
    origin: Origin, path: PurePosixPath, files: Tree, before: Callable[[str], Tree | None], *, whole: bool
) -> Iterator[PurePosixPath]:
    """Yield what differs between the bases and the source; a file that only moved within the folder counts once.

    With `whole` the folder is the course's own, and what is new in it is news.
    """
    now = {one.path.relative_to(path): one.oid for one in files.below(path)}
    left = {one: oid for one, oid in now.items() if is_taken(one)}
    gone: dict[PurePosixPath, str] = {}
    for ours, base in origin.files.items():
        there, oid = _there(ours, base, origin.path, now, files)
        left.pop(there, None)
        if oid is None:
            gone[ours] = base.oid
        elif oid != base.oid:
            yield ours
    moved = set(gone.values()) & set(left.values())
    yield from gone
    new = [one for one, oid in left.items() if oid not in moved] if whole else []
    then = before(origin.commit) if new else None
    yield from (one for one in new if then is None or then.get(origin.path / one) is None)


def _there(
    ours: PurePosixPath, base: Base, folder: PurePosixPath, now: Files, files: Tree
) -> tuple[PurePosixPath, str | None]:
    """Return where a file of ours lies in the course's folder now, and its id there; None when it does not."""
    if base.source and not _was_inside(base, folder):
        found = files.get(base.source)
        return ours, found.oid if found else None
    there = base.source.relative_to(folder) if base.source else ours
    return there, now.get(there)


def _parts(origin: Origin, files: Tree) -> tuple[PurePosixPath, ...]:
    """Return the folders in which files of a course that is gone stand now, unchanged; what it had elsewhere stands there as before."""
    oids = {base.oid for base in origin.files.values() if _was_inside(base, origin.path)}
    return tuple(sorted({path.parent for oid in oids for path in files.holding(oid)}))


def _was_inside(base: Base, folder: PurePosixPath) -> bool:
    return base.source is None or base.source.is_relative_to(folder)


def _new_licence(origin: Origin, offer: Offer | None) -> str | None:
    """Return the licence that the source gives the course now; that of ours when nobody knows."""
    if offer is None or offer.withdrawn:
        return origin.credit.licence
    return canonical(offer.licence) or offer.licence
