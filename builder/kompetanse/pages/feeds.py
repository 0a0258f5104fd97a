"""The calendars that one can subscribe to: all sessions, and those of a municipality, a course or a role."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import PurePosixPath

from kompetanse.learning.calendar import occurrences
from kompetanse.model.item import Course, Item, ItemId, Role, Session
from kompetanse.model.own_address import ALL_SESSIONS, feed_of, file_of
from kompetanse.pages.view import Site, View

_KEPT = timedelta(days=90)
"""So long a session stays after its last meeting, so that it does not vanish from the calendars of those who came."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A calendar that has, or has had, a session.

    Attributes:
        kind: `all`, `municipality`, `course` or `role`: what its sessions have in common.
        address: Where it lies.
        label: Whose sessions they are, in its own words.
        lang: Language of `label` when it is not the site's.
        sessions: All of them, past ones too.
    """

    kind: str
    address: str
    label: str
    lang: str
    sessions: Sequence[Session]


def feeds(view: View) -> Iterator[Feed]:
    """Yield the calendars of the site; those of subjects without any session are left out."""
    catalogue = view.catalogue
    every = catalogue.originals(Session)
    if every:
        yield Feed("all", ALL_SESSIONS, view.words("feed.all"), "", every)
    for place in catalogue.region.municipalities:
        held = [one for one in every if one.municipality == place.number]
        if held:
            yield Feed("municipality", feed_of("municipality", place.number), place.name, "", held)
    for course in catalogue.originals(Course):
        yield from _of(view, "course", course, catalogue.sessions_of(course))
    for role in catalogue.originals(Role):
        yield from _of(view, "role", role, view.site.audience.sessions[role.id])


def _of(view: View, kind: str, item: Item, sessions: Sequence[Session]) -> Iterator[Feed]:
    if sessions and (address := feed_address(view, item)):
        shown = view.mine(item)
        yield Feed(kind, address, shown.title, view.lang(shown), sessions)


def feed_address(view: View, item: Item) -> str | None:
    """Return where the calendar of a course or a role lies; None when it has none."""
    own = view.catalogue.original(item)
    if isinstance(own, Course) and view.catalogue.sessions_of(own):
        return feed_of("course", own.id)
    if isinstance(own, Role) and view.site.audience.sessions.get(own.id):
        return feed_of("role", own.id)
    return None


def of_session(site: Site, id_: ItemId) -> tuple[str, str, PurePosixPath]:
    """Return address, text and source of the file of one session."""
    session = site.catalogue.items[id_]
    assert isinstance(session, Session)  # noqa: S101 (the caller has looked)
    from kompetanse.pages.ics import calendar  # dear to load, and of no use without sessions

    own = site.view(session.address, session.language)
    return file_of(session.address), calendar(own, [session]), session.path


def calendars(site: Site) -> Iterator[tuple[str, str, PurePosixPath | None]]:
    """Yield address and text of every calendar that one subscribes to; none of them has one source."""
    if not site.catalogue.visible(Session):
        return
    from kompetanse.pages.ics import Calendars  # as above

    view = site.view("", site.catalogue.region.language)
    calendars = Calendars(view)
    for feed in feeds(view):
        name = f"{view.catalogue.region.name}: {feed.label}"
        yield feed.address, calendars.written(_shown(view, feed), name), None


def _shown(view: View, feed: Feed) -> list[Session]:
    """Return what stands in `feed` today, by start, in the language of `view`."""
    kept = [one for one in feed.sessions if _is_recent(view.site, one)]
    kept.sort(key=lambda one: (one.starts, one.id))
    return [view.catalogue.in_language(one, view.language) for one in kept]


def _is_recent(site: Site, session: Session) -> bool:
    """Tell whether `session` has a meeting to come, or one that ended a short while ago; cancelled ones stand too."""
    return next(occurrences(session, since=site.today - _KEPT), None) is not None
