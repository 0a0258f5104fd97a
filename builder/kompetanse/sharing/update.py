"""Take what the source has made of an adopted course into ours: plan, merge, and the one change that holds it all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from kompetanse.content.library import TEXT_SUFFIXES
from kompetanse.content.region import read_region
from kompetanse.errors import KompetanseError
from kompetanse.git.write import Change
from kompetanse.model.origin import Event, Origin, Pending
from kompetanse.sharing import questions
from kompetanse.sharing.adopted import Adopted, Region
from kompetanse.sharing.asking import stored
from kompetanse.sharing.closest import closest
from kompetanse.sharing.course_plan import Around, course_plan
from kompetanse.sharing.fault import SourceError
from kompetanse.sharing.fitting import Fit, fitted
from kompetanse.sharing.followed import At
from kompetanse.sharing.given import Given, given, licensed
from kompetanse.sharing.licence import Answer, kept
from kompetanse.sharing.origin import NAME, base_path, text, then
from kompetanse.sharing.plan import Plan, Step
from kompetanse.sharing.recording import onward_of
from kompetanse.sharing.refit import INDEX
from kompetanse.sharing.signing import refuse_change


class LicenceChangedError(KompetanseError):
    """The source gives the course under another licence now: a person decides."""


class WithdrawnError(KompetanseError):
    """The source has taken the course back, and says why."""


class RollbackError(KompetanseError):
    """The source offers an older version than the one that we follow."""


class UnrelatedError(KompetanseError):
    """The source has another course under the id of ours."""


_HARDLY = 0.2
"""Share of the lines of the first page that one course keeps at least."""


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
    origin, ours = course.record, Around(region, course, content)
    if not insist:
        _refuse_withdrawn(origin, source)
    found = given(origin, source.snapshot, source.tree, source.offers, source.moment, ours.has)
    if not insist:
        _refuse_rollback(origin, source)
        _refuse_unrelated(region, course, source, found)
    refuse_change(source.source.record, origin, source.commit, source.signature, insist=insist)
    _refuse_licence(region, origin, found, licence)
    found = licensed(origin, source.snapshot, found)
    made = _marked(region, course, found, course_plan(region, course, source, found, ours))
    source.source.store.fetch_commit(found.commit)  # it is the next update's base: kept for good
    after = replace(_after(source, origin, found, made, now), signature=source.signature)
    return Update(
        course,
        found,
        made,
        after,
        _change(region, course, origin, after, made),
        tuple(_notices(source, found)),
    )


def _refuse_withdrawn(origin: Origin, source: At) -> None:
    offer = source.offers.get(origin.id)
    if offer and offer.withdrawn:
        raise WithdrawnError(
            f"{origin.source} has withdrawn {origin.id}: {offer.withdrawn}. Nothing was changed. "
            "Read what it says, and decide whether your course can stand: `status: retired` takes it out of lists"
        )


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


def _refuse_unrelated(region: Region, course: Adopted, source: At, found: Given) -> None:
    """Stop when what bears the course's id shares no file with it and hardly a line: it is another course."""
    origin = course.record
    first = origin.files.get(INDEX)
    theirs = found.files.get(INDEX)
    same = {base.oid for base in origin.files.values()} & {one.oid for one in found.files.values()}
    if same or first is None or theirs is None:
        return
    old = region.bases(course, [first.oid]).get(first.oid)
    likeness = closest(old, [source.snapshot.read([theirs.oid])[theirs.oid]]) if old else None
    if likeness and likeness.shared < _HARDLY:
        raise UnrelatedError(
            f"What {origin.source} calls {origin.id} now shares no file and hardly a line with the course that you took. "
            "Nothing was changed. Ask the source what happened; to take it all the same: "
            f"kompetanse update {course.id} --to {source.commit}"
        )


def _refuse_licence(region: Region, origin: Origin, found: Given, accepted: str | None) -> None:
    before, now = origin.credit.licence, found.credit.licence
    if before == now:
        return
    if now != accepted:
        raise LicenceChangedError(
            f"{origin.source} gives {origin.id} under another licence now: {before} before, {now or 'none'} from now on. "
            "Nothing was changed; what you have may be used as before. Is the new one all right for you? Then: "
            f"kompetanse update {origin.id} --accept-licence {now}"
        )
    verdict = kept(now, read_region(region.root)[0].licence)
    if verdict.answer is Answer.REFUSE:
        raise LicenceChangedError(f"{now} does not let you: {verdict.words('en')}. Nothing was changed")


def _marked(region: Region, course: Adopted, found: Given, made: Plan) -> Plan:
    """Return the plan with the new licence in every text, when it is another one than the course had and than our region has."""
    licence = found.credit.licence
    if licence in {course.record.credit.licence, read_region(region.root)[0].licence}:
        return made
    kept_here = {path: oid for path, oid in course.files.items() if path not in made.delete}
    read = region.read(kept_here.values())
    texts = {path: read[oid] for path, oid in kept_here.items()} | dict(made.write)
    fit = Fit(put={"licence": licence})
    marked = {path: fitted(path, data, fit) for path, data in texts.items() if path.suffix in TEXT_SUFFIXES}
    return replace(made, write={**made.write, **marked})


def _after(source: At, origin: Origin, found: Given, made: Plan, now: datetime) -> Origin:
    event = Event(
        now,
        "update",
        found.commit,
        origin.commit,
        merged=len(made.of(Step.MERGE)),
        questions=len(made.questions),
    )
    asked = tuple(one.path for one in made.questions)
    taken = (base.source or found.path / path for path, base in made.files.items())
    further = onward_of(source.snapshot, found.whole, taken, source.source.record.site)
    return then(
        origin,
        event,
        path=found.path,
        id=found.id,
        commit=found.commit,
        tree=found.tree,
        credit=found.credit,
        files=made.files,
        links=further.links,
        paths={**origin.paths, **further.paths},
        pending=Pending(found.commit, asked) if asked else None,
    )


def _change(region: Region, course: Adopted, before: Origin, after: Origin, made: Plan) -> Change:
    """Return the change that holds course, record, bases and questions together; nothing when there is no news."""
    write = {course.folder / path: data for path, data in made.write.items()}
    delete = {course.folder / path for path in made.delete}
    write |= {base_path(course.id, path): data for path, data in made.bases.items()}
    delete |= {base_path(course.id, path) for path in before.files.keys() - after.files.keys()}
    waits = questions.of_plan(course.id, after.commit, after.path, made)
    asked, stale = stored(region, waits, after.files)
    write |= asked
    delete |= stale
    if not write and not delete and _followed(before) == _followed(after):
        return Change({})
    write[course.folder / NAME] = text(after)
    return Change(write, frozenset(path for path in delete if path in region.files))


def _followed(origin: Origin) -> tuple[object, ...]:
    """Return what of a record tells that there is something new."""
    further = (dict(origin.links), dict(origin.paths))
    return origin.files, origin.pending and origin.pending.files, origin.path, origin.id, further


def _notices(source: At, found: Given) -> Iterable[str]:
    if source.source.fault:
        yield f"The source does not answer; what was kept on {source.source.store.last_seen:%Y-%m-%d} is used: {source.source.fault}"
    if found.left_out:
        yield f"Left out: {'; '.join(found.left_out)}"
    if found.matched:
        yield f"Not copied, since you have it already: {', '.join(found.matched)}"
