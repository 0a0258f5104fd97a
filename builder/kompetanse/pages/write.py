"""One function for each kind of item: its finished Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, Protocol

from kompetanse.learning.calendar import dates, upcoming
from kompetanse.learning.path import Need, leading_to, path
from kompetanse.model.catalogue import Inherited
from kompetanse.model.duration import Duration
from kompetanse.model.item import (
    Competence,
    Course,
    Item,
    Module,
    Page,
    Programme,
    Requirement,
    Role,
    Session,
    Target,
    kind_of,
)
from kompetanse.model.own_address import INDEX, MAPPING, OFFLINE, OFFLINE_PAGE, file_of
from kompetanse.pages.course_views import forms
from kompetanse.pages.feeds import feed_address
from kompetanse.pages.filling import BODY
from kompetanse.pages.markdown import ready
from kompetanse.pages.packages import offered
from kompetanse.pages.view import View

_ROLE_MEETINGS = 5
"""So many meetings to come stand on the page of a role; the calendar has all."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a role's requirements: what, how well, who asks, and the courses that close it.

    A course that only leads towards the level comes with the level it reaches.
    """

    requirement: Requirement
    competence: Competence
    source: Role | None
    courses: tuple[tuple[Course, int | None], ...]


class Write(Protocol):
    """Writes the page of one kind of item."""

    def __call__(self, view: View, item: Any, /) -> str:
        """Return finished Markdown."""


def write(view: View, item: Item) -> str:
    """Return the Markdown of the page of `item`."""
    return _WRITERS[kind_of(item)](view, item)


def _render(view: View, item: Item, /, **values: Any) -> str:
    kind = kind_of(item)
    body = ready(view, view.catalogue.text_of(item))
    return view.render(f"{kind}.html", body, item=item, body=BODY, index=INDEX.get(kind, ""), **values)


def page(view: View, item: Page) -> str:
    """Write ordinary text."""
    return _render(view, item)


def role(view: View, item: Role) -> str:
    """Write a role: what it does and what it requires."""
    rows = [row for one in view.catalogue.requirements(item) if (row := _row(view, item, one))]
    programmes = [view.mine(one) for one in view.catalogue.programmes_for(view.catalogue.original(item))]
    own = any(
        item.id in one.audience or view.catalogue.original(item).id in one.audience for one in programmes
    )
    steps = [] if own else _path(view, item)
    sessions = view.site.audience.sessions.get(view.catalogue.original(item).id, ())
    return _render(
        view,
        item,
        rows=rows,
        programmes=programmes,
        mapping=view.own_href(MAPPING),
        original=view.catalogue.original(item),
        steps=steps,
        total=_sum([length for course, _ in steps if (length := view.catalogue.duration_of(course))]),
        meetings=upcoming(sessions, view.site.today)[:_ROLE_MEETINGS],
        feed=feed_address(view, item),
        calendar=view.place(INDEX["session"]),
    )


def _path(view: View, item: Role) -> list[tuple[Course, bool]]:
    """Return the courses that close all that `item` requires, in order, and whether others build on each."""
    requirements = [
        one.requirement for one in view.catalogue.requirements(item) if view.item(one.requirement.competence)
    ]
    needs = [Need(one.competence, one.level, kind=one.kind) for one in requirements]
    courses = {one.id: one for one in leading_to(view.catalogue, [one.competence for one in needs])}
    lengths = {
        id_: length.study_minutes
        for id_, one in courses.items()
        if (length := view.catalogue.duration_of(one))
    }
    steps = path(needs, courses.values(), lengths).steps
    return [(view.mine(courses[step.course]), step.only_before) for step in steps]


def _sum(lengths: Sequence[Duration]) -> Duration | None:
    return reduce(Duration.__add__, lengths) if lengths else None


def _row(view: View, role: Role, inherited: Inherited) -> Row | None:
    competence = view.item(inherited.requirement.competence)
    if not isinstance(competence, Competence):
        return None
    own = inherited.role.id == role.id
    courses = _closing(view, inherited.requirement)
    source = view.mine(inherited.role)
    return Row(
        inherited.requirement, competence, None if own or not isinstance(source, Role) else source, courses
    )


def _closing(view: View, requirement: Requirement) -> tuple[tuple[Course, int | None], ...]:
    """Return the courses that reach the level asked for, else those that lead towards it and how far."""
    competence = view.catalogue.items[requirement.competence]
    courses = view.catalogue.courses_teaching(competence) if isinstance(competence, Competence) else ()
    found = [(one, _taught(one, requirement.competence) or 0) for one in _one_a_language(view, courses)]
    enough = tuple((one, None) for one, level in found if level >= requirement.level)
    return enough or tuple(found)


def _one_a_language(view: View, items: tuple[Course, ...]) -> list[Course]:
    """Return each course once, in the page's language where it is translated."""
    found = (view.mine(view.catalogue.original(item)) for item in items)
    return list({one.id: one for one in found}.values())


def _taught(course: Course, competence: str) -> int | None:
    return max((target.level for target in course.teaches if target.competence == competence), default=None)


def competence(view: View, item: Competence) -> str:
    """Write a competence: its four levels, who needs it and how it is learnt."""
    original = view.catalogue.original(item)
    courses = [
        (one, _taught(one, original.id))
        for one in _one_a_language(view, view.catalogue.courses_teaching(original))
    ]
    parts = [view.mine(one) for one in view.catalogue.parts_of(original)]
    broader = view.item(item.broader) if item.broader else None
    return _render(
        view, item, courses=courses, roles=list(_asking(view, original)), parts=parts, broader=broader
    )


def _asking(view: View, competence: Competence) -> Iterator[tuple[Item, int]]:
    for one in view.catalogue.roles_requiring(competence):
        if view.catalogue.original(one) is one:
            levels = {i.requirement.competence: i.requirement.level for i in view.catalogue.requirements(one)}
            yield view.mine(one), levels[competence.id]


def course(view: View, item: Course) -> str:
    """Write a course: its header card, its modules and its sessions."""
    sessions = view.catalogue.sessions_of(view.catalogue.original(item))
    return _render(
        view,
        item,
        duration=view.catalogue.duration_of(item),
        level=view.course_level(item),
        prerequisites=list(_prerequisites(view, item)),
        modules=_read_in(view, item),
        teaches=[(found, target.level) for target in item.teaches if (found := view.item(target.competence))],
        meetings=upcoming(sessions, view.site.today),
        feed=feed_address(view, item),
        calendar=view.place(INDEX["session"]),
        forms=forms(view, item),
        packages=offered(view, item),
        users=view.site.offered.users.get(view.catalogue.original(item).id, ()),
        worker=OFFLINE,
        offline_page=OFFLINE_PAGE,
    )


def _prerequisites(view: View, item: Course) -> Iterator[tuple[Item, int | None]]:
    for one in item.prerequisites:
        id_, level = (one.competence, one.level) if isinstance(one, Target) else (one, None)
        found = view.item(id_)
        if found:
            yield found, level


def _read_in(view: View, item: Course) -> list[tuple[Module, str]]:
    """Return the modules of a course with the address at which each is read in it."""
    return [(module, view.module_address(item, module)) for module in view.catalogue.modules_of(item)]


def module(view: View, item: Module) -> str:
    """Write a module on its own page: within its own course, or with the courses that use it."""
    users = view.catalogue.courses_with(item)
    own = next((one for one in users if view.module_address(one, item) == item.address), None)
    if own:
        return module_in(view, item, own)
    read_at = [(one, view.module_address(one, item)) for one in users]
    return _render(
        view,
        item,
        course=None,
        users=read_at,
        steps=[(view.place(INDEX["module"]), view.words("index.module"))],
    )


def module_in(view: View, item: Module, course: Course) -> str:
    """Write a module as it is read in `course`, with that course's trail."""
    modules = _read_in(view, course)
    place = next(i for i, (one, _) in enumerate(modules) if one.id == item.id)
    others = [one for one in view.catalogue.courses_with(item) if one.id != course.id]
    return _render(
        view,
        item,
        course=course,
        modules=modules,
        number=place + 1,
        previous=modules[place - 1] if place else None,
        following=modules[place + 1] if place + 1 < len(modules) else None,
        users=[(one, view.module_address(one, item)) for one in others],
        steps=[
            (view.place(INDEX["course"]), view.words("index.course")),
            (course.address, course.title, view.lang(course)),
        ],
    )


def session(view: View, item: Session) -> str:
    """Write when and where a course is held."""
    return _render(
        view,
        item,
        course=view.item(item.course),
        municipality=view.catalogue.region.municipality(item.municipality),
        calendar_file=file_of(item.address),
        dates=dates(item, view.site.today),
        upcoming=upcoming([item], view.site.today),
    )


def programme(view: View, item: Programme) -> str:
    """Write a path through courses."""
    found = [(one, step.within) for step in item.steps if (one := view.item(step.item))]
    lengths = [
        length for one, _ in found if isinstance(one, Course) and (length := view.catalogue.duration_of(one))
    ]
    steps = [(one, within, kind_of(one)) for one, within in found]
    return _render(view, item, steps=steps, duration=_sum(lengths))


_WRITERS: Mapping[str, Write] = {
    "page": page,
    "role": role,
    "competence": competence,
    "course": course,
    "module": module,
    "session": session,
    "programme": programme,
}
