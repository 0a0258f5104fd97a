"""Which roles a course serves, and which sessions are for a role."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kompetanse.model.catalogue import Catalogue
from kompetanse.model.item import Competence, Course, ItemId, Role, Session, Target


@dataclass(frozen=True, slots=True)
class Audience:
    """Who is served by what; ids are those of originals.

    Attributes:
        roles: Roles that each course serves, in the order of the alphabet.
        sessions: Sessions of the courses that serve each role, by start.
    """

    roles: Mapping[ItemId, tuple[ItemId, ...]]
    sessions: Mapping[ItemId, tuple[Session, ...]]


def audience(catalogue: Catalogue) -> Audience:
    """Work out the audience of every course: it names the role, or reaches a level that the role asks for."""
    roles: dict[ItemId, list[ItemId]] = defaultdict(list)
    sessions: dict[ItemId, tuple[Session, ...]] = {}
    naming = _naming(catalogue)
    for role in catalogue.originals(Role):
        courses = {one.id: one for one in (*naming.get(role.id, ()), *_closing(catalogue, role))}
        for course in courses:
            roles[course].append(role.id)
        held = (session for one in courses.values() for session in catalogue.sessions_of(one))
        sessions[role.id] = tuple(sorted(held, key=lambda one: (one.starts, one.id)))
    return Audience({course: tuple(found) for course, found in roles.items()}, sessions)


def _naming(catalogue: Catalogue) -> Mapping[ItemId, list[Course]]:
    """Return the courses that name each role as their audience."""
    found: dict[ItemId, list[Course]] = defaultdict(list)
    for course in catalogue.published(Course):
        for id_ in course.audience:
            role = catalogue.items.get(id_)
            found[catalogue.original(role).id if role else id_].append(catalogue.original(course))
    return found


def _closing(catalogue: Catalogue, role: Role) -> Iterator[Course]:
    """Yield the courses that reach the level of a requirement of `role`, also of one it takes over."""
    for asked in (inherited.requirement for inherited in catalogue.requirements(role)):
        competence = catalogue.items.get(asked.competence)
        for course in catalogue.courses_teaching(competence) if isinstance(competence, Competence) else ():
            if Target(asked.competence, asked.level).is_reached_by(course.teaches):
                yield catalogue.original(course)
