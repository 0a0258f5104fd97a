"""What the scripts of mapping and of the unit read: the names of the framework, and one file for each role.

The shapes stand in `docs/mapping.md`. Addresses are relative to the page of mapping; that of the unit lies beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kompetanse.learning.calendar import Occurrence, upcoming
from kompetanse.model.catalogue import Inherited, Kind
from kompetanse.model.item import Competence, Course, Item, ItemId, Role, Target
from kompetanse.model.own_address import file_of
from kompetanse.pages.view import View

Data = Mapping[str, Any]

INDEX = "data/rammeverk.json"
"""The names of all roles and competences, those that are retired too."""


MOST = 10
"""So many meetings of a course are told."""

COURSES = "kurs.json"
"""All courses with their modules, for those who go on where they left."""


def role(view: View, id_: str) -> Iterator[tuple[str, Data]]:
    """Yield name and content of the file of one role, in the language of `view`, which is that of the page of mapping."""
    found = view.catalogue.items.get(ItemId(id_))
    if isinstance(found, Role):
        yield f"data/{id_}.json", _role(view, found)


def courses(view: View) -> Data:
    """Return where all courses and their modules are read."""
    return {one.id: _read(view, view.mine(one)) for one in view.catalogue.originals(Course)}


def framework(view: View) -> tuple[Data, tuple[Data, ...]]:
    """Return what people are reckoned against: the names, and what each role requires."""
    return index(view), tuple(_role(view, one) for one in view.catalogue.originals(Role))


def index(view: View) -> Data:
    """Return the names of all roles and competences."""
    history = view.site.history
    return {
        "region": view.catalogue.region.id,
        "content_version": history.head.commit if history.head else None,
        "day": view.site.today.isoformat(),
        "roles": {one.id: _named(view, one) for one in _originals(view, Role)},
        "competences": {one.id: _named(view, one) for one in _originals(view, Competence)},
        "former": dict(_former(view)),
    }


def _read(view: View, course: Course) -> Data:
    """Return where a course and its modules are read; ids are those of the originals, as progress is kept."""
    return {
        **_at(view, course, course.address),
        "modules": {
            view.catalogue.original(one).id: _at(view, one, view.module_address(course, one))
            for one in view.catalogue.modules_of(course)
        },
    }


def _at(view: View, item: Item, address: str) -> Data:
    language = view.lang(item) or None
    return _without_none({"title": item.title, "language": language, "address": view.href(address)})


def _originals(view: View, kind: type[Kind]) -> list[Kind]:
    return [one for one in view.catalogue.visible(kind) if view.catalogue.original(one) is one]


def _named(view: View, item: Item) -> Data:
    found = view.mine(item)
    return _without_none(
        {
            "title": found.title,
            "language": view.lang(found) or None,
            "area": getattr(found, "area", None),
            "address": view.link(found),
            "retired": item.status == "retired" or None,
        }
    )


def _former(view: View) -> Iterator[tuple[str, ItemId]]:
    """Yield the ids that roles and competences had before they were renamed, as their former addresses end."""
    for item in (*_originals(view, Role), *_originals(view, Competence)):
        for old in item.redirect_from:
            name = old.strip("/").rpartition("/")[2]
            if name and ItemId(name) not in view.catalogue.items:
                yield name, item.id


def _role(view: View, role: Role) -> Data:
    inherited = [
        one
        for one in view.catalogue.requirements(role)
        if isinstance(view.item(one.requirement.competence), Competence)
    ]
    asked = [one.requirement.competence for one in inherited]
    courses = _courses(view, asked)
    named = [target.competence for course in courses.values() for target in course.teaches]
    return {
        "id": role.id,
        "title": view.mine(role).title,
        "requirements": [_requirement(one) for one in inherited],
        "competences": {id_: _competence(view, id_) for id_ in dict.fromkeys(asked)},
        "names": {id_: found.title for id_ in dict.fromkeys(named) if (found := view.item(id_))},
        "courses": {id_: _course(view, one) for id_, one in courses.items()},
    }


def _requirement(inherited: Inherited) -> Data:
    one = inherited.requirement
    return _without_none(
        {
            "competence": one.competence,
            "level": one.level,
            "kind": one.kind,
            "evidence": one.evidence,
            "basis": one.basis,
            "valid_for": str(one.valid_for) if one.valid_for else None,
        }
    )


def _competence(view: View, id_: ItemId) -> Data:
    found = view.item(id_)
    assert isinstance(found, Competence)  # noqa: S101 (the caller has looked)
    return {**_named(view, view.catalogue.original(found)), "levels": found.levels}


def _courses(view: View, competences: list[ItemId]) -> dict[ItemId, Course]:
    """Return the courses that teach `competences`, and those that these build on."""
    found: dict[ItemId, Course] = {}
    waiting = [course for id_ in competences for course in _teaching(view, id_)]
    while waiting:
        course = waiting.pop(0)
        if course.id not in found:
            found[course.id] = course
            waiting += _before(view, course)
    return {id_: found[id_] for id_ in sorted(found)}


def _teaching(view: View, id_: ItemId) -> list[Course]:
    competence = view.catalogue.items.get(id_)
    if not isinstance(competence, Competence):
        return []
    return [view.catalogue.original(one) for one in view.catalogue.courses_teaching(competence)]


def _before(view: View, course: Course) -> Iterator[Course]:
    for one in course.prerequisites:
        if isinstance(one, Target):
            yield from _teaching(view, one.competence)
        else:
            found = view.catalogue.items.get(one)
            if isinstance(found, Course) and found.status == "published":
                yield found


def _course(view: View, course: Course) -> Data:
    duration = view.catalogue.duration_of(course)
    shown = view.mine(course)
    return _without_none(
        {
            "title": shown.title,
            "language": view.lang(shown) or None,
            "address": view.link(shown),
            "delivery": course.delivery,
            "minutes": duration.study_minutes if duration else None,
            "modules": [one.id for one in view.catalogue.modules_of(course)],
            "teaches": {one.competence: one.level for one in course.teaches if view.item(one.competence)},
            "prerequisites": list(_prerequisites(view, course)),
            "certificate": course.certificate.evidence if course.certificate else None,
            "sessions": [_meeting(view, one) for one in _meetings(view, course)],
        }
    )


def _prerequisites(view: View, course: Course) -> Iterator[Data]:
    for one in course.prerequisites:
        if not isinstance(one, Target):
            yield from ({"course": one},) if view.item(one) else ()
        elif view.item(one.competence):
            yield {"competence": one.competence, "level": one.level}


def _meetings(view: View, course: Course) -> list[Occurrence]:
    """Return the next meetings, but for those that are called off; the browser leaves out what is over when it is read."""
    coming = upcoming(view.catalogue.sessions_of(course), view.site.today)
    return [one for one in coming if not one.session.cancelled][:MOST]


def _meeting(view: View, one: Occurrence) -> Data:
    session = view.mine(one.session)
    return _without_none(
        {
            "id": one.session.id,
            "title": session.title,
            "address": view.link(session),
            "calendar": view.href(file_of(one.session.address)),
            "starts": one.starts.isoformat(timespec="minutes"),
            "ends": one.ends.isoformat(timespec="minutes"),
            "when": view.period(one.starts, one.ends),
            "place": session.place,
            "municipality": view.catalogue.region.municipality(session.municipality),
        }
    )


def _without_none(values: dict[str, Any]) -> Data:
    return {key: value for key, value in values.items() if value is not None}
