"""Pages that the site makes itself: the list of each kind, the calendar, the review list, the licence."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby
from typing import Any

from kompetanse.learning.calendar import Occurrence, upcoming
from kompetanse.model.catalogue import alphabetical
from kompetanse.model.item import (
    KINDS,
    LEVELS,
    Competence,
    Course,
    Item,
    ItemId,
    Module,
    Page,
    Programme,
    Role,
    Session,
)
from kompetanse.model.licence import LICENCES, NOASSERTION
from kompetanse.model.own_address import CATALOGUE, CATALOGUE_FEED, INDEX, LICENCE, OFFERS, REVIEW
from kompetanse.model.slug import slug
from kompetanse.pages.feeds import feeds
from kompetanse.pages.filling import BODY
from kompetanse.pages.markdown import ready
from kompetanse.pages.view import View

SOON = timedelta(days=90)
"""A review that falls due within this is shown as soon."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list.

    Attributes:
        item: What it leads to.
        notes: A few words about it.
        filters: Values by which the list can be narrowed, such as `{"area": ["helse-og-omsorg"]}`.
        modules: Ids of its modules, by which progress is told, with spaces between them.
    """

    item: Item
    notes: Sequence[str]
    filters: Mapping[str, Sequence[str]]
    modules: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A page that the site makes itself.

    Attributes:
        title: Its heading.
        lead: What it is, in a sentence; None when there is none.
        text: Its finished Markdown.
        shown: Name and address of what it lists, in its order; the address is absolute or relative to the site.
        scripts: The theme's scripts that it needs, by name.
        script: Address of a script of the site that it needs, which is no module.
        styles: The theme's style sheets that it needs beside the common one, by name.
        type: What schema.org calls such a page.
        hidden: Whether no search should find it.
    """

    title: str
    lead: str | None
    text: str
    shown: tuple[tuple[str, str], ...] = ()
    scripts: tuple[str, ...] = ()
    script: str | None = None
    styles: tuple[str, ...] = ()
    type: str = "CollectionPage"
    hidden: bool = False


Choice = tuple[str, str, str]
"""A value of a filter, its words, and their language when it is not the page's."""

Choices = list[tuple[str, list[Choice]]]


def index(view: View, kind: str, own: Page | None) -> Listing:
    """Write the list of all items of `kind`; `own` is the region's page at that address, whose text comes first."""
    if kind == "session":
        return _calendar(view, own)
    items = view.catalogue.originals(KINDS[kind])
    entries = [_ENTRY[kind](view, view.mine(item)) for item in items]
    title = own.title if own else view.words(f"index.{kind}")
    lead = (own.summary if own else None) or view.words(f"intro.{kind}")
    groups = _groups(entries)
    text = view.render(
        "index.html",
        ready(view, view.catalogue.text_of(own)) if own else "",
        title=title,
        lead=lead,
        own=own,
        address=INDEX[kind],
        body=BODY,
        total=len(entries),
        filters=_choices(view, kind, entries),
        groups=groups,
        learning=kind == "course",
        elsewhere=view.site.offered.total if kind == "course" else 0,
        offers=OFFERS,
    )
    scripts = ("filter", "progress") if kind == "course" else ("filter",)
    return Listing(title, lead, text, _shown(entry.item for _, found in groups for entry in found), scripts)


def _shown(items: Iterable[Item]) -> tuple[tuple[str, str], ...]:
    """Return title and address of each of `items`, once."""
    return tuple({item.address: (item.title, item.address) for item in items}.values())


def _groups(entries: Iterable[Entry]) -> list[tuple[str, list[Entry]]]:
    """Group by area, in the order of the alphabet; what has none comes last, without a heading if it is all."""
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        found[getattr(entry.item, "area", None) or ""].append(entry)
    areas = sorted(filter(None, found), key=alphabetical)
    return [*((area, found[area]) for area in areas), *([("", found[""])] if "" in found else [])]


def _choices(view: View, kind: str, entries: Sequence[Entry]) -> Choices:
    """Return the filters that make a difference: those with two or more values."""
    names = _FILTERS.get(kind, ())
    found: Choices = []
    for name in names:
        values = {value for entry in entries for value in entry.filters.get(name, ())}
        if len(values) > 1:
            found.append(
                (name, sorted(_labels(view, name, entries, values), key=lambda one: alphabetical(one[1])))
            )
    return found


def _labels(view: View, name: str, entries: Sequence[Entry], values: set[str]) -> Iterator[Choice]:
    if name == "area":
        areas = {getattr(entry.item, "area", None) for entry in entries}
        yield from ((slug(area), area, "") for area in areas if area)
    elif name == "role":
        yield from ((value, one.title, view.lang(one)) for value in values if (one := view.item(value)))
    else:
        yield from ((value, _LABEL[name](view, value), "") for value in values)


_LABEL: Mapping[str, Callable[[View, str], str]] = {
    "kind": lambda view, value: view.words(f"competence_kind.{value}"),
    "level": lambda view, value: str(view.level(int(value))),
    "delivery": lambda view, value: view.words(f"delivery.{value}"),
    "language": lambda view, value: str(view.language_name(value)),
}
_FILTERS = {
    "role": ("area", "language"),
    "competence": ("area", "kind", "language"),
    "course": ("level", "delivery", "role", "language"),
    "module": ("language",),
    "programme": ("role", "language"),
}


def _role(view: View, item: Role) -> Entry:
    notes = [view.count("role.count", len(view.catalogue.requirements(item)))]
    return Entry(item, notes, {"area": _area(item.area), "language": [item.language]})


def _competence(view: View, item: Competence) -> Entry:
    notes = [view.words(f"competence_kind.{item.kind}")] if item.kind else []
    filters: dict[str, list[str]] = {
        "area": _area(item.area),
        "kind": [item.kind] if item.kind else [],
        "language": [item.language],
    }
    return Entry(item, notes, filters)


def _area(area: str | None) -> list[str]:
    return [slug(area)] if area else []


def _course(view: View, item: Course) -> Entry:
    duration, level = view.catalogue.duration_of(item), view.course_level(item)
    notes = [view.length(duration)] if duration else []
    notes += [view.level(level)] if level else []
    notes += [view.words(f"delivery.{item.delivery}")]
    filters: dict[str, list[str]] = {
        "level": [str(one) for one in LEVELS if one == level],
        "delivery": [item.delivery],
        "role": list(item.audience),
        "language": [item.language],
    }
    return Entry(item, notes, filters, view.module_ids(item))


def _module(view: View, item: Module) -> Entry:
    notes = [view.length(item.duration)] if item.duration else []
    return Entry(item, notes, {"language": [item.language]})


def _programme(view: View, item: Programme) -> Entry:
    return Entry(item, [], {"role": list(item.audience), "language": [item.language]})


_ENTRY: Mapping[str, Callable[[View, Any], Entry]] = {
    "role": _role,
    "competence": _competence,
    "course": _course,
    "module": _module,
    "programme": _programme,
}


def _calendar(view: View, own: Page | None) -> Listing:
    """Write the coming sessions by month; past ones keep their pages."""
    meetings = upcoming(view.catalogue.originals(Session), view.site.today)
    months = groupby(meetings, key=lambda one: view.month(one.starts))
    title = own.title if own else view.words("session.upcoming")
    lead = (own.summary if own else None) or view.words("intro.session")
    text = view.render(
        "calendar.html",
        ready(view, view.catalogue.text_of(own)) if own else "",
        title=title,
        lead=lead,
        own=own,
        address=INDEX["session"],
        body=BODY,
        months=[(month, list(found)) for month, found in months],
        filters=_calendar_filters(view, meetings),
        feeds=[(kind, list(found)) for kind, found in groupby(feeds(view), key=lambda one: one.kind)],
    )
    return Listing(title, lead, text, _shown(view.mine(one.session) for one in meetings), ("filter",))


def _calendar_filters(view: View, meetings: Sequence[Occurrence]) -> Choices:
    """Return the municipalities, courses and roles that sessions can be narrowed to, where there are two or more."""
    numbers = {one.session.municipality for one in meetings}
    places = [
        (place.number, place.name, "")
        for place in view.catalogue.region.municipalities
        if place.number in numbers
    ]
    held = {course.id: course for one in meetings if (course := view.catalogue.course_of(one.session))}
    roles = {role for course in held.values() for role in view.roles_served_by(course)}
    found = (("municipality", places), ("course", _titled(view, held)), ("role", _titled(view, roles)))
    return [(name, choices) for name, choices in found if len(choices) > 1]


def _titled(view: View, ids: Iterable[ItemId]) -> list[Choice]:
    """Return originals to choose from, under their titles in the page's language."""
    titles = [(str(id_), one.title, view.lang(one)) for id_ in ids if (one := view.item(id_))]
    return sorted(titles, key=lambda choice: (alphabetical(choice[1]), choice[0]))


def due_for_review(view: View) -> list[Item]:
    """Return what has a plan for review, what falls due first, first."""
    items = view.catalogue.published(Item)
    planned = [(item.review_due, str(item.path), item) for item in items if item.review_due]
    return [item for _, _, item in sorted(planned, key=lambda one: one[:2])]


def review(view: View) -> Listing:
    """Write what is overdue for review and what falls due soon, the oldest first."""
    today = view.site.today
    items = view.catalogue.published(Item)
    due = due_for_review(view)
    overdue = [item for item in due if item.review_due and item.review_due < today]
    soon = [item for item in due if item.review_due and today <= item.review_due <= today + SOON]
    title, lead = view.words("review.title"), view.words("review.intro", date=view.day(today))
    text = view.render(
        "review.html",
        title=title,
        lead=lead,
        address=REVIEW,
        overdue=overdue,
        soon=soon,
        unplanned=len(items) - len(due),
        withdrawn=[(view.mine(course), offer) for course, offer in view.site.offered.withdrawn],
    )
    return Listing(title, lead, text, _shown((*overdue, *soon)))


def licence(view: View) -> Listing:
    """Write under which licences the content may be used, and how to credit it."""
    items = view.catalogue.visible(Item)
    numbers = Counter(item.licence for item in items if item.licence != NOASSERTION)
    used = [(LICENCES[id_], number) for id_, number in sorted(numbers.items())]
    courses = view.catalogue.published(Course)
    example = courses[0].title if courses else view.catalogue.region.name
    title, lead = view.words("licence.title"), view.words("licence.intro")
    text = view.render(
        "licence.html",
        title=title,
        lead=lead,
        address=LICENCE,
        used=used,
        example=example,
        catalogue=CATALOGUE,
        feed=CATALOGUE_FEED,
    )
    return Listing(title, lead, text, tuple((one.name, one.url) for one, _ in used))
