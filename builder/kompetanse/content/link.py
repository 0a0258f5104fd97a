"""From documents that hold to the catalogue: every item built once, with finished text and what it inherits filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

from kompetanse.content.address import is_index
from kompetanse.content.document import Document
from kompetanse.content.library import Library
from kompetanse.content.reuse import finish
from kompetanse.content.schema import (
    CompetenceKeys,
    CourseKeys,
    ModuleKeys,
    PageKeys,
    ProgrammeKeys,
    RoleKeys,
    SessionKeys,
)
from kompetanse.model import item as model
from kompetanse.model.catalogue import Catalogue
from kompetanse.model.item import ItemId
from kompetanse.timing import timed

Values = dict[str, Any]


@timed("link")
def link(library: Library, drafts: bool = False) -> Catalogue:
    """Return the catalogue of `library`; with `drafts` they are shown like the published.

    Documents whose required keys do not hold, and those that came second to an id or address, are left out; what
    refers to them is left out of lists. The problems have been told.
    """
    return Catalogue(library.region, _items(library), drafts)


def _items(library: Library) -> Iterator[model.Item]:
    found = (item_of(library, document) for document in library.documents)
    yield from (item for item in found if item)


def item_of(library: Library, document: Document) -> model.Item | None:
    """Return the item that `document` is; None when it does not hold, or came second to an id or address."""
    first = library.by_id[library.id_of(document)] is document
    alone = library.by_address[document.address] is document
    return build(library, document, document.keys) if document.keys and first and alone else None


def build(library: Library, document: Document, keys: PageKeys) -> model.Item:
    """Return the item that `document` is."""
    values = _common(library, document, keys) | _OWN[keys.type](library, document, keys)
    return model.KINDS[keys.type](**values)


def _common(library: Library, document: Document, keys: PageKeys) -> Values:
    region = library.region
    original = library.original(document)
    return {
        "id": library.id_of(document),
        "path": document.path,
        "address": document.address,
        "title": document.title,
        "body": finish(library, document),
        "summary": keys.summary,
        "language": document.language,
        "translation_of": original if original in library.by_id else None,
        "status": keys.status,
        "owner": keys.owner or region.publisher,
        "authors": keys.authors or ((region.publisher,) if region.publisher else ()),
        "licence": keys.licence or region.licence,
        "reviewed": keys.reviewed,
        "review_every": keys.review_every,
        "routines": tuple(model.Routine(one.title, one.url, one.version) for one in keys.routines),
        "tags": keys.tags,
        "redirect_from": keys.redirect_from,
    }


def _page(library: Library, document: Document, keys: PageKeys) -> Values:
    return {}


def _role(library: Library, document: Document, keys: PageKeys) -> Values:
    role = cast(RoleKeys, keys)
    requires = tuple(
        model.Requirement(
            ItemId(one.competence), _level(one.level), one.kind, one.evidence, one.basis, one.valid_for
        )
        for one in role.requires
        if _is(library, one.competence, "competence")
    )
    codes = {name: value for name, value in vars(role.codes).items() if value}
    includes = tuple(ItemId(one) for one in role.includes if _is(library, one, "role"))
    return {"codes": codes, "area": role.area, "includes": includes, "requires": requires}


def _competence(library: Library, document: Document, keys: PageKeys) -> Values:
    own = cast(CompetenceKeys, keys)
    levels = own.levels
    return {
        "levels": (levels.one, levels.two, levels.three, levels.four),
        "area": own.area,
        "kind": own.kind,
        "broader": own.broader if own.broader and _is(library, own.broader, "competence") else None,
        "aligned_to": own.aligned_to,
    }


def _module(library: Library, document: Document, keys: PageKeys) -> Values:
    own = cast(ModuleKeys, keys)
    course = library.course_of(document)
    return {
        "duration": own.duration,
        "objectives": own.objectives,
        "course": library.id_of(course) if course else None,
    }


def _course(library: Library, document: Document, keys: PageKeys) -> Values:
    own = cast(CourseKeys, keys)
    found = (module for _, module in library.modules_of(document) if module and module.kind == "module")
    certificate = own.certificate
    return {
        "teaches": tuple(
            model.Target(ItemId(one.competence), _level(one.level))
            for one in own.teaches
            if _is(library, one.competence, "competence")
        ),
        "objectives": own.objectives,
        "prerequisites": tuple(_prerequisites(library, own)),
        "delivery": own.delivery,
        "modules": tuple(dict.fromkeys(ItemId(library.id_of(module)) for module in found)),
        "duration": own.duration,
        "audience": tuple(ItemId(one) for one in own.audience if _is(library, one, "role")),
        "certificate": model.Certificate(certificate.pass_mark, certificate.valid_for, certificate.evidence)
        if certificate
        else None,
        "equipment": own.equipment,
        "adopted": library.adopted.get(document.path.parent) if is_index(document.path) else None,
    }


def _prerequisites(library: Library, course: CourseKeys) -> Iterator[ItemId | model.Target]:
    for one in course.prerequisites:
        if isinstance(one, str):
            if one in library.by_id:
                yield ItemId(one)
        elif _is(library, one.competence, "competence"):
            yield model.Target(ItemId(one.competence), _level(one.level))


def _session(library: Library, document: Document, keys: PageKeys) -> Values:
    own = cast(SessionKeys, keys)
    names = ("course", "starts", "ends", "repeats", "place", "municipality", "seats", "signup", "cancelled")
    return {name: getattr(own, name) for name in names}


def _programme(library: Library, document: Document, keys: PageKeys) -> Values:
    own = cast(ProgrammeKeys, keys)
    steps = ((step.course or step.session, step.within) for step in own.steps)
    return {
        "audience": tuple(ItemId(one) for one in own.audience if _is(library, one, "role")),
        "steps": tuple(
            model.Step(ItemId(id_), within) for id_, within in steps if id_ in library.by_id and id_
        ),
    }


_OWN: Mapping[str, Callable[[Library, Document, PageKeys], Values]] = {
    "page": _page,
    "role": _role,
    "competence": _competence,
    "module": _module,
    "course": _course,
    "session": _session,
    "programme": _programme,
}


def _is(library: Library, id_: str, kind: str) -> bool:
    found = library.by_id.get(id_)
    return found is not None and found.kind == kind and found.keys is not None


def _level(number: int) -> model.Level:
    return cast(model.Level, number)
