"""Take what the source has made of an adopted course into ours: plan, merge, and the one change that holds it all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import PurePosixPath

from kompetanse.content.adoption import is_adapted
from kompetanse.content.reading import read_library_at
from kompetanse.errors import KompetanseError
from kompetanse.git.write import Change
from kompetanse.model.origin import Event, Origin, Pending
from kompetanse.sharing import questions
from kompetanse.sharing.adopted import Adopted, Region
from kompetanse.sharing.fault import SourceError
from kompetanse.sharing.followed import At
from kompetanse.sharing.given import Given, check_contents, given, licensed
from kompetanse.sharing.merge import Refusal, merge
from kompetanse.sharing.origin import NAME, base_path, text, then
from kompetanse.sharing.plan import Outcome, Plan, Step, plan
from kompetanse.sharing.questions import Questions

_TEXT, _DATA = frozenset({".md", ".markdown"}), frozenset({".yml", ".yaml"})


class LicenceChangedError(KompetanseError):
    """The source gives the course under another licence now: a person decides."""


class RollbackError(KompetanseError):
    """The source offers an older version than the one that we follow."""


@dataclass(frozen=True, slots=True)
class Update:
    """An update of one course that is worked out and not yet made.

    Attributes:
        course: The course as it is.
        given: What the source gives.
        plan: What happens to each file.
        origin: The record afterwards.
        change: All that is to be different in the region, from its root.
        notices: What should be known, each as a sentence.
    """

    course: Adopted
    given: Given
    plan: Plan
    origin: Origin
    change: Change
    notices: tuple[str, ...] = ()

    @property
    def is_news(self) -> bool:
        """Whether anything is to be done at all."""
        return bool(self.change.write or self.change.delete)


def prepare(
    region: Region,
    course: Adopted,
    source: At,
    now: datetime,
    *,
    content: str = "content",
    insist: bool = False,
    licence: str | None = None,
) -> Update:
    """Work out an update.

    Args:
        region: Our repository.
        course: The adopted course.
        source: Its source at the commit to update to.
        now: Written into the record.
        content: Name of our content folder.
        insist: Take an older version too.
        licence: The new licence that a person has accepted.

    Raises:
        KompetanseError: When it must not be made: another licence, an older version, or files that may not be written.
    """
    origin = course.record
    found = given(
        origin, source.snapshot, source.tree, source.offers, source.moment, _Here(region, course, content)
    )
    if not insist:
        _refuse_rollback(origin, source)
    _refuse_licence(origin, found, licence)
    found = licensed(origin, source.snapshot, found)
    made = _plan(region, course, source, found)
    after = _after(origin, found, made, now)
    return Update(
        course,
        found,
        made,
        after,
        _change(region, course, origin, after, made),
        tuple(_notices(source, found)),
    )


class _Here:
    """Knows the ids of our region; reads it only when it is asked."""

    def __init__(self, region: Region, course: Adopted, content: str) -> None:
        self._region = region
        self._course = course
        self._content = content

    @cached_property
    def _ids(self) -> frozenset[str]:
        library = read_library_at(self._region.root, self._content)
        folder = self._course.folder
        return frozenset(id_ for path, id_ in library.ids.items() if not path.is_relative_to(folder))

    def __call__(self, id_: str) -> bool:
        """Tell whether something of ours has this id."""
        return id_ in self._ids


def _refuse_rollback(origin: Origin, source: At) -> None:
    """Stop when the source's newest commit is older than ours, and its history does not lead from ours to it."""
    if source.commit == origin.commit:
        return
    try:
        ours = source.source.store.moment(source.source.store.fetch_commit(origin.commit))
    except SourceError:  # the commit is gone: the base copies serve, and there is nothing to compare with
        return
    if source.moment < ours:
        raise RollbackError(
            f"{origin.source} offers an older version, {source.commit[:12]} of {source.moment:%Y-%m-%d}, than the one that "
            f"{origin.id} follows, {origin.commit[:12]} of {ours:%Y-%m-%d}. Nothing was changed. "
            f"To take it all the same: kompetanse update {origin.id} --to {source.commit}"
        )


def _refuse_licence(origin: Origin, found: Given, accepted: str | None) -> None:
    before, now = origin.credit.licence, found.credit.licence
    if before != now and now != accepted:
        raise LicenceChangedError(
            f"{origin.source} gives {origin.id} under another licence now: {before} before, {now or 'none'} from now on. "
            "Nothing was changed; what you have may be used as before. Is the new one all right for you? Then: "
            f"kompetanse update {origin.id} --accept-licence {now}"
        )


def _plan(region: Region, course: Adopted, source: At, found: Given) -> Plan:
    origin = course.record
    wanted = {one.oid for one in found.files.values()}
    lacking: set[PurePosixPath] = set()

    def read(oids: Iterable[str]) -> Mapping[str, bytes]:
        every = set(oids)
        theirs = source.snapshot.read(sorted(every & wanted))
        lacking.update(check_contents({p: theirs[f.oid] for p, f in found.files.items() if f.oid in theirs}))
        return {**theirs, **_bases(region, course, source, every - wanted)}

    def merged(path: PurePosixPath, base: bytes, ours: bytes, theirs: bytes) -> Outcome:
        return Outcome(None, "not-here", 1) if path in lacking else merge_file(path, base, ours, theirs)

    contents = region.read(course.files.values())
    ours = {path: contents[oid] for path, oid in course.files.items()}
    return plan(origin.files, ours, found.files, (origin.path, found.path), read, merged, _alike)


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
        return Outcome(None, ", ".join(whys), len(found.questions), found.reviews)
    return Outcome(found.text.encode(), reviews=found.reviews)


def _after(origin: Origin, found: Given, made: Plan, now: datetime) -> Origin:
    event = Event(
        now,
        "update",
        found.commit,
        origin.commit,
        merged=len(made.of(Step.MERGE)),
        questions=len(made.questions),
    )
    asked = tuple(one.path for one in made.questions)
    return then(
        origin,
        event,
        path=found.path,
        id=found.id,
        commit=found.commit,
        tree=found.tree,
        credit=found.credit,
        files=made.files,
        pending=Pending(found.commit, asked) if asked else None,
    )


def _change(region: Region, course: Adopted, before: Origin, after: Origin, made: Plan) -> Change:
    """Return the change that holds course, record, bases and questions together; nothing when there is no news."""
    write = {course.folder / path: data for path, data in made.write.items()}
    delete = {course.folder / path for path in made.delete}
    write |= {base_path(course.id, path): data for path, data in made.bases.items()}
    delete |= {base_path(course.id, path) for path in before.files.keys() - after.files.keys()}
    asked, stale = _questions(region, course, after, made)
    write |= asked
    delete |= stale
    if not write and not delete and _followed(before) == _followed(after):
        return Change({})
    write[course.folder / NAME] = text(after)
    return Change(write, frozenset(path for path in delete if path in region.files))


def _followed(origin: Origin) -> tuple[object, ...]:
    """Return what of a record tells that there is something new."""
    return origin.files, origin.pending and origin.pending.files, origin.path, origin.id


def _questions(
    region: Region, course: Adopted, after: Origin, made: Plan
) -> tuple[dict[PurePosixPath, bytes], frozenset[PurePosixPath]]:
    """Return the file of questions to write or to delete; nothing when it asks what it asked before.

    What was settled before and nobody has looked over stays in it.
    """
    path = questions.path_of(course.id)
    old = _old_questions(region, course, path)
    new = questions.of_plan(course.id, after.commit, after.path, made)
    kept = {one: each for one, each in (old.reviews if old else {}).items() if one in after.files}
    new = replace(new, reviews={**kept, **new.reviews})
    if new.is_empty:
        return {}, frozenset({path} if path in region.files else ())
    if old and (old.files, old.reviews) == (new.files, new.reviews):
        return {}, frozenset()
    return {path: questions.text(new)}, frozenset()


def _old_questions(region: Region, course: Adopted, path: PurePosixPath) -> Questions | None:
    if path not in region.files:
        return None
    with suppress(KompetanseError):  # a damaged file is asked anew
        return questions.read(course.id, region.read([region.files[path]])[region.files[path]])
    return None


def _notices(source: At, found: Given) -> Iterable[str]:
    if source.source.fault:
        yield f"The source does not answer; what was kept on {source.source.store.last_seen:%Y-%m-%d} is used: {source.source.fault}"
    if found.left_out:
        yield f"Left out: {'; '.join(found.left_out)}"
    if found.matched:
        yield f"Not copied, since you have it already: {', '.join(found.matched)}"
