"""Does it hang together: roles that ask, courses that teach, laws behind what is statutory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from kompetanse.content.document import Document
from kompetanse.content.library import Library
from kompetanse.content.nearest import nearest
from kompetanse.content.schema import CourseKeys, PageKeys, ProgrammeKeys, RoleKeys
from kompetanse.errors import Problem, Severity


def check(library: Library) -> Iterator[Problem]:
    """Yield requirements without law, courses that teach nothing, and competences nobody needs or teaches."""
    for document, keys in library.of_kind("role"):
        yield from _requirements(document, cast(RoleKeys, keys))
    for document, keys in library.of_kind("course"):
        yield from _course(library, document, cast(CourseKeys, keys))
    for document, keys in library.of_kind("programme"):
        yield from _programme(document, cast(ProgrammeKeys, keys))
    if not library.unreadable:  # nobody knows what those files ask for or teach
        yield from _competences(library)


def _competences(library: Library) -> Iterator[Problem]:
    asked = set(_named(library, "role", "requires"))
    taught = set(_named(library, "course", "teaches"))
    for document, keys in library.of_kind("competence"):
        yield from _competence(library, document, keys, asked, taught)


def _named(library: Library, kind: str, key: str) -> Iterator[str]:
    """Yield the competences that documents of `kind` name, also where a key is wrong or an id is misspelt."""
    for document in library.documents:
        for id_ in _ids(document.source.meta.get(key)) if document.kind == kind else ():
            yield from (
                (id_,) if id_ in library.by_id else nearest(id_, library.ids_of_kind(["competence"]), 1)
            )


def _ids(value: object) -> Iterator[str]:
    """Yield what may be meant as ids: `competence:` where it is there, else every text."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _ids(value["competence"] if "competence" in value else list(value.values()))
    elif isinstance(value, list):
        for part in value:
            yield from _ids(part)


def _requirements(document: Document, role: RoleKeys) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, requirement in enumerate(role.requires):
        key = f"requires[{place}]"
        if requirement.kind == "statutory" and not requirement.basis:
            yield document.source.problem(
                f"{key}.basis", "statutory-without-basis", id=requirement.competence
            )
        if requirement.competence in seen:
            yield document.source.problem(key, "requirement-twice", id=requirement.competence)
        seen.add(requirement.competence)


def _course(library: Library, document: Document, course: CourseKeys) -> Iterator[Problem]:
    if course.status != "published":
        return
    if not document.source.meta.get("teaches"):
        yield document.source.problem("teaches", "course-teaches-nothing", Severity.WARNING)
    if (
        not library.modules_of(document)
        and course.delivery != "classroom"
        and not document.source.body.strip()
    ):
        yield document.source.problem("modules", "course-without-modules", Severity.WARNING)
    modules = library.modules_of(document)
    for place, (name, found) in enumerate(modules):
        if any(name == before or (found and found is other) for before, other in modules[:place]):
            yield document.source.problem(f"modules[{place}]", "module-twice", id=name)


def _programme(document: Document, programme: ProgrammeKeys) -> Iterator[Problem]:
    for place, step in enumerate(programme.steps):
        if bool(step.course) == bool(step.session):
            yield document.source.problem(f"steps[{place}]", "step-not-one-thing")


def _competence(
    library: Library, document: Document, keys: PageKeys, asked: set[str], taught: set[str]
) -> Iterator[Problem]:
    if keys.status != "published" or library.original(document):
        return
    id_ = library.id_of(document)
    if id_ not in asked:
        yield document.source.problem("", "competence-not-required", Severity.WARNING, id=id_)
    if id_ not in taught:
        yield document.source.problem("", "competence-not-taught", Severity.NOTICE, id=id_)
