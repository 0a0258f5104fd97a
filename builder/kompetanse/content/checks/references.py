"""Does every id in front matter find what it means, and is that something one may build on?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from kompetanse.content.document import Document
from kompetanse.content.library import TEXT_SUFFIXES, Library
from kompetanse.content.nearest import nearest, quoted
from kompetanse.content.schema import (
    CompetenceKeys,
    CourseKeys,
    PageKeys,
    ProgrammeKeys,
    RoleKeys,
    SessionKeys,
)
from kompetanse.errors import Problem, Severity


@dataclass(frozen=True, slots=True)
class Reference:
    """One id in front matter.

    Attributes:
        key: Where it stands, such as `requires[0].competence`.
        id: As written.
        kinds: Kinds that it may find.
    """

    key: str
    id: str
    kinds: tuple[str, ...]


def references(document: Document) -> Iterator[Reference]:
    """Yield every id that the front matter of `document` refers to, but for a course's modules."""
    keys = document.keys
    if keys is None:
        return
    if keys.translation_of:
        yield Reference("translation_of", keys.translation_of, (document.kind,))
    if document.kind in _BY_KIND:
        yield from _BY_KIND[document.kind](keys)


def _of_role(keys: PageKeys) -> Iterator[Reference]:
    role = cast(RoleKeys, keys)
    for place, id_ in enumerate(role.includes):
        yield Reference(f"includes[{place}]", id_, ("role",))
    for place, requirement in enumerate(role.requires):
        yield Reference(f"requires[{place}].competence", requirement.competence, ("competence",))


def _of_competence(keys: PageKeys) -> Iterator[Reference]:
    competence = cast(CompetenceKeys, keys)
    if competence.broader:
        yield Reference("broader", competence.broader, ("competence",))


def _of_course(keys: PageKeys) -> Iterator[Reference]:
    course = cast(CourseKeys, keys)
    for place, target in enumerate(course.teaches):
        yield Reference(f"teaches[{place}].competence", target.competence, ("competence",))
    for place, one in enumerate(course.prerequisites):
        if isinstance(one, str):
            yield Reference(f"prerequisites[{place}]", one, ("course", "competence"))
        else:
            yield Reference(f"prerequisites[{place}].competence", one.competence, ("competence",))
    for place, role in enumerate(course.audience):
        yield Reference(f"audience[{place}]", role, ("role",))


def _of_session(keys: PageKeys) -> Iterator[Reference]:
    yield Reference("course", cast(SessionKeys, keys).course, ("course",))


def _of_programme(keys: PageKeys) -> Iterator[Reference]:
    programme = cast(ProgrammeKeys, keys)
    for place, role in enumerate(programme.audience):
        yield Reference(f"audience[{place}]", role, ("role",))
    for place, step in enumerate(programme.steps):
        if step.course:
            yield Reference(f"steps[{place}].course", step.course, ("course",))
        if step.session:
            yield Reference(f"steps[{place}].session", step.session, ("session",))


_BY_KIND = {
    "role": _of_role,
    "competence": _of_competence,
    "course": _of_course,
    "session": _of_session,
    "programme": _of_programme,
}


def check(library: Library) -> Iterator[Problem]:
    """Yield every reference that finds nothing, the wrong kind, or something unpublished."""
    for document in library.documents:
        for reference in references(document):
            yield from _follow(library, document, reference)
        if document.kind == "course" and document.keys:
            yield from _modules(library, document)


def _follow(library: Library, document: Document, reference: Reference) -> Iterator[Problem]:
    found = library.by_id.get(reference.id)
    if found is None:
        near = nearest(reference.id, library.ids_of_kind(reference.kinds))
        yield document.source.problem(
            reference.key, "unknown-reference", id=reference.id, nearest=quoted(near)
        )
    elif not _fits(reference, found):
        near = nearest(reference.id, library.ids_of_kind(reference.kinds))
        yield document.source.problem(
            reference.key,
            "reference-to-other-kind",
            id=reference.id,
            kind=found.kind,
            expected=reference.kinds[0],
            nearest=quoted(near),
        )
    else:
        yield from _status(document, found, reference.key, reference.id)


def _fits(reference: Reference, found: Document) -> bool:
    """Tell whether `found` is of a kind that is meant; translations are asked about their kind elsewhere."""
    return found.kind in reference.kinds or reference.key == "translation_of" or not found.kind_is_known


def _status(
    document: Document, found: Document, key: str, id_: str, draft: Severity = Severity.ERROR
) -> Iterator[Problem]:
    status = found.keys.status if found.keys else "published"
    published = document.keys is not None and document.keys.status == "published"
    if published and status == "draft":
        yield document.source.problem(key, "reference-to-draft", draft, id=id_)
    elif published and status == "retired":
        yield document.source.problem(key, "reference-to-retired", id=id_)


def _modules(library: Library, course: Document) -> Iterator[Problem]:
    for place, (name, found) in enumerate(library.modules_of(course)):
        key = f"modules[{place}]"
        if found is None:
            is_file = name.endswith(tuple(TEXT_SUFFIXES))
            folder = course.path.parent
            known = [path.name for path in library.by_path if path.parent == folder] if is_file else None
            near = nearest(name, known if known is not None else library.ids_of_kind(("module",)))
            if folder / name not in library.unreadable:
                yield course.source.problem(key, "unknown-module", id=name, nearest=quoted(near))
        elif found.kind != "module" and found.kind_is_known:
            yield course.source.problem(
                key, "reference-to-other-kind", id=name, kind=found.kind, expected="module", nearest=""
            )
        else:  # the course is whole without a module that is still being written
            yield from _status(course, found, key, name, Severity.NOTICE)
