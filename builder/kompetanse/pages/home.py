"""The first page: find your role, the five steps, the next sessions, the newest courses, what is due for review."""

from __future__ import annotations

from datetime import date

from kompetanse.learning.calendar import upcoming
from kompetanse.model.item import KINDS, Course, Item, Page, Role, Session
from kompetanse.model.own_address import INDEX, MAPPING, REVIEW
from kompetanse.pages import data
from kompetanse.pages.filling import BODY
from kompetanse.pages.lists import SOON, Listing, due_for_review
from kompetanse.pages.markdown import ready
from kompetanse.pages.view import View

_SESSIONS, _COURSES, _REVIEWS = 5, 3, 3
"""So many of each are shown."""

_STEPS = (INDEX["role"], INDEX["competence"], MAPPING, INDEX["course"], INDEX["course"])
"""Where each of the five steps of the method begins."""


def home(view: View, own: Page | None) -> Listing:
    """Write the first page; `own` is the region's page at that address, whose text comes after the steps."""
    catalogue = view.catalogue
    title = own.title if own else catalogue.region.name
    counts = [(kind, len(catalogue.originals(KINDS[kind]))) for kind in INDEX]
    text = view.render(
        "home.html",
        ready(view, catalogue.text_of(own)) if own else "",
        item=own,
        title=title,
        body=BODY,
        counts=[(kind, view.place(INDEX[kind]), number) for kind, number in counts if number],
        steps=[(number, view.place(address)) for number, address in enumerate(_steps(view), 1)],
        mapping=view.place(MAPPING),
        mapping_courses=f"{MAPPING}{data.COURSES}",
        roles=[view.mine(one) for one in catalogue.originals(Role)],
        meetings=upcoming(catalogue.originals(Session), view.site.today)[:_SESSIONS],
        calendar=view.place(INDEX["session"]),
        newest=_newest(view),
        due=_due(view),
        review=view.place(REVIEW),
    )
    shown = tuple((view.words(f"index.{kind}"), view.place(INDEX[kind])) for kind, number in counts if number)
    return Listing(title, own.summary if own else None, text, shown, ("filter", "progress"), type="WebPage")


def _steps(view: View) -> list[str]:
    """Return where the steps begin; a list without items is not there, and its step begins at the courses."""
    there = {INDEX[kind] for kind, cls in KINDS.items() if kind in INDEX and view.catalogue.published(cls)}
    return [one if one == MAPPING or one in there else "" for one in _STEPS]


def _newest(view: View) -> list[tuple[Course, date]]:
    """Return the courses that changed last, with the day."""
    changed = [
        (found.day, str(one.path), one)
        for one in view.catalogue.originals(Course)
        if (found := view.site.changed(one))
    ]
    latest = sorted(changed, key=lambda one: (-one[0].toordinal(), one[1]))[:_COURSES]
    return [(view.mine(one), day) for day, _, one in latest]


def _due(view: View) -> list[tuple[Item, date, bool]]:
    """Return what falls due for review first, the day, and whether that has passed."""
    today = view.site.today
    planned = [(one, one.review_due) for one in due_for_review(view) if one.review_due]
    return [(one, day, day < today) for one, day in planned if day <= today + SOON][:_REVIEWS]
