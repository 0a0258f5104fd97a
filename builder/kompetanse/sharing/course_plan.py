"""The plan of one adopted course: its contents brought together, each file merged, and the rows that files need here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from pathlib import PurePosixPath

from kompetanse.content.adoption import is_adapted
from kompetanse.content.library import TEXT_SUFFIXES, Library
from kompetanse.content.reading import read_library_at
from kompetanse.model.origin import Origin
from kompetanse.sharing.adopted import Adopted, Region
from kompetanse.sharing.fault import SourceError
from kompetanse.sharing.followed import At
from kompetanse.sharing.given import Given, check_contents
from kompetanse.sharing.matching import module_id
from kompetanse.sharing.merge import Refusal, merge
from kompetanse.sharing.plan import Outcome, Plan, Step, plan
from kompetanse.sharing.refit import INDEX, Refit, refit

_TEXT, _DATA = frozenset({".md", ".markdown"}), frozenset({".yml", ".yaml"})


class Around:
    """Our region around the course; it is read only when it is asked about."""

    def __init__(self, region: Region, course: Adopted, content: str) -> None:
        self._region = region
        self._course = course
        self._content = content

    @cached_property
    def library(self) -> Library:
        """All texts of our region."""
        return read_library_at(self._region.root, self._content)

    @cached_property
    def _ids(self) -> frozenset[str]:
        folder = self._course.folder
        return frozenset(id_ for path, id_ in self.library.ids.items() if not path.is_relative_to(folder))

    def has(self, id_: str) -> bool:
        """Tell whether something of ours, outside of the course, has this id."""
        return self._is_called(id_) or id_ in self._ids

    def _is_called(self, id_: str) -> bool:
        """Tell whether a file of ours is called like `id_` and does not say that it is something else: most are, and are quickly found."""
        path = self._names.get(id_)
        if path is None:
            return False
        oid = self._region.files[path]
        return module_id(self._region.read([oid])[oid]) in {id_, None}

    @cached_property
    def _names(self) -> Mapping[str, PurePosixPath]:
        top, own = PurePosixPath(self._content), self._course.folder
        texts = (path for path in self._region.files if path.suffix in TEXT_SUFFIXES)
        ours = (path for path in texts if path.is_relative_to(top) and not path.is_relative_to(own))
        return {path.parent.name if path.stem == "index" else path.stem: path for path in ours}

    def refit(self, source: At, found: Given) -> Refit:
        """Return what the source's files need here."""
        course = self._course
        offer = source.offers.get(found.id)
        return refit(self.library, course.folder, course.id, course.record, source.source.store, found, offer)


def course_plan(region: Region, course: Adopted, source: At, found: Given, around: Around) -> Plan:
    """Return the plan of one course.

    Args:
        region: Our repository.
        course: The adopted course.
        source: Its source at a commit.
        found: What it gives there.
        around: Our region around the course.
    """
    origin = course.record
    wanted = {one.oid for one in found.files.values()}
    lacking: set[PurePosixPath] = set()
    fits = around.refit(source, found) if _is_to_be_fitted(origin, found) else None

    def read(oids: Iterable[str]) -> Mapping[str, bytes]:
        every = set(oids)
        theirs = source.snapshot.read(sorted(every & wanted))
        lacking.update(check_contents({p: theirs[f.oid] for p, f in found.files.items() if f.oid in theirs}))
        return {**theirs, **_bases(region, course, source, every - wanted)}

    def merged(path: PurePosixPath, base: bytes, ours: bytes, theirs: bytes) -> Outcome:
        if path in lacking:
            return Outcome(None, "not-here", 1)
        if fits and path in origin.files and path in found.files:
            base = fits.base(origin.files[path].source or origin.path / path, base)
            theirs = fits.newest(found.files[path].source, theirs)
        return merge_file(path, base, ours, theirs)

    contents = region.read(course.files.values())
    ours = {path: contents[oid] for path, oid in course.files.items()}
    made = plan(origin.files, ours, found.files, (origin.path, found.path), read, merged, _alike)
    if fits is None:
        return made
    return _fitted(made, ours, found, fits, lambda oid: source.snapshot.read([oid])[oid])


def _is_to_be_fitted(origin: Origin, found: Given) -> bool:
    """Tell whether files need rows of ours: always from another system, and where a file of a region is new to us."""
    if found.tree == origin.tree:
        return False
    known = {base.source or origin.path / ours for ours, base in origin.files.items()}
    return found.markdown is not None or any(one.source not in known for one in found.files.values())


def _fitted(
    made: Plan,
    ours: Mapping[PurePosixPath, bytes],
    found: Given,
    fits: Refit,
    verbatim: Callable[[str], bytes],
) -> Plan:
    """Return the plan with what new files need, and with the list of modules as it is now."""
    write = dict(made.write)
    for one in made.of(Step.ADD):
        if one.theirs:
            write[one.path] = fits.added(one.path, one.theirs.source, write[one.path])
    index = _index(made, ours, found, fits, verbatim)
    if index is not None:
        write[INDEX] = index
    return replace(made, write=write)


def _index(
    made: Plan,
    ours: Mapping[PurePosixPath, bytes],
    found: Given,
    fits: Refit,
    verbatim: Callable[[str], bytes],
) -> bytes | None:
    """Return the first page with the modules of now, when the source's own text of it did not change; None for no change."""
    if INDEX not in ours or INDEX in made.write or any(one.path == INDEX for one in made.questions):
        return None
    if fits.first:
        before, now = fits.first
    elif fits.foreign and INDEX in found.files:
        source = found.files[INDEX].source
        data = verbatim(found.files[INDEX].oid)
        before, now = fits.base(source, data), fits.newest(source, data)
    else:
        return None
    outcome = merge_file(INDEX, before, ours[INDEX], now)
    return outcome.data if outcome.data != ours[INDEX] else None


def _alike(path: PurePosixPath, base: bytes, ours: bytes) -> bool:
    return not is_adapted(path, base, ours)


def _bases(region: Region, course: Adopted, source: At, oids: Iterable[str]) -> dict[str, bytes]:
    """Return bases: from the copies kept with the course, else from what is kept of the source or from the source itself."""
    wanted = set(oids)
    found = region.bases(course, wanted)
    missing = sorted(wanted - found.keys())
    if missing:
        with suppress(SourceError):  # a base that is gone is a question, and no reason to stop
            found |= source.snapshot.read(missing)
    return found


def merge_file(path: PurePosixPath, base: bytes, ours: bytes, theirs: bytes) -> Outcome:
    """Merge one file that both have changed; a picture and the like is always a question."""
    kind = path.suffix.lower()
    if kind not in _TEXT | _DATA:
        return Outcome(None, "binary", 1)
    found = merge(base, ours, theirs, data=kind in _DATA)
    if isinstance(found, Refusal):
        return Outcome(None, found.why, 1)
    if found.text is None:
        whys = dict.fromkeys(one.why.value for one in found.questions)
        return Outcome(None, ", ".join(whys), len(found.questions), found.reviews, found.notices)
    return Outcome(found.text.encode(), reviews=found.reviews, notices=found.notices)
