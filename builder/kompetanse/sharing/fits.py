"""Which rows each file of a fork needs here: its id, its licence and authors where only the source's region says them, its kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, count
from pathlib import PurePosixPath

from kompetanse.content.address import is_index, language_of, short_id, stem_of
from kompetanse.content.document import Document
from kompetanse.content.library import Library
from kompetanse.content.schema import CompetenceKeys, CourseKeys
from kompetanse.model.offer import Offer
from kompetanse.model.region import Region
from kompetanse.model.slug import slug
from kompetanse.sharing.closure import Closure
from kompetanse.sharing.closure_of_markdown import Markdown, document_of
from kompetanse.sharing.fitting import Fit, fitted
from kompetanse.sharing.gate import stated
from kompetanse.sharing.licence import canonical
from kompetanse.sharing.naming import Naming
from kompetanse.sharing.plain import plain


def region_fits(
    whole: Closure, ours: Library, names: Naming, course_id: str, path: Mapping[PurePosixPath, PurePosixPath]
) -> dict[PurePosixPath, Fit]:
    """Return what each file of a course of a region needs, by its path at the source.

    Args:
        whole: The course.
        ours: Our region.
        names: What ids mean here.
        course_id: The course's id here.
        path: Where each file will lie, by its path at the source, from our region's root.
    """
    found = {}
    for one in whole.taken:
        document = whole.library.by_path.get(one.source)
        if document and one.source in path:
            id_ = (
                course_id
                if document is whole.course
                else names.own.get(one.source) or whole.library.id_of(document)
            )
            found[one.source] = _region_fit(whole, ours, names, document, id_, path[one.source])
    return found


def _region_fit(
    whole: Closure, ours: Library, names: Naming, document: Document, id_: str, path: PurePosixPath
) -> Fit:
    keys = document.keys
    needs_id = id_ != (document.given_id or short_id(path, ours.region.language))
    theirs = whole.region or Region()
    add = {}
    told = stated(document)
    known = canonical(told) if told else None
    if theirs.licence != ours.region.licence:
        add["licence"] = theirs.licence
    if language_of(path) is None and document.language != ours.region.language:
        add["language"] = document.language
    authors = (theirs.publisher,) if theirs.publisher and document.kind != "page" else ()
    lists: dict[str, tuple[str, ...]] = {"authors": authors} if authors and keys and not keys.authors else {}
    if document is whole.course and isinstance(keys, CourseKeys) and keys.modules is None:
        lists["modules"] = _own_modules(whole, document)
    broader = keys.broader if isinstance(keys, CompetenceKeys) else None
    alone = broader is not None and broader not in ours.by_id and broader not in names.copied
    return Fit(
        put=({"id": id_} if needs_id else {}) | ({"licence": known} if known and known != told else {}),
        add={key: plain(value) for key, value in add.items()},
        lists={key: tuple(map(plain, values)) for key, values in lists.items()},
        drop=dict(_dropped(whole, ours, names, document)),
        without=("broader",) if alone else (),
    )


def _own_modules(whole: Closure, course: Document) -> tuple[str, ...]:
    """Return the modules of a course that names none, since copies of shared ones will lie in its folder too."""
    shared = any(one.why == "module" for one in whole.taken)
    modules = (one for _, one in whole.library.modules_of(course) if one)
    return tuple(str(one.path.relative_to(whole.folder)) for one in modules) if shared else ()


def _dropped(
    whole: Closure, ours: Library, names: Naming, document: Document
) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield the places in lists that refer to what stays with the source."""
    keys = document.keys
    if not isinstance(keys, CourseKeys):
        return
    known = {*ours.by_id, *names.ids, *names.copied}
    lists: dict[str, list[str]] = {
        "teaches": [one.competence for one in keys.teaches],
        "prerequisites": [one if isinstance(one, str) else one.competence for one in keys.prerequisites],
        "audience": list(keys.audience),
    }
    for key, ids in lists.items():
        gone = tuple(place for place, id_ in enumerate(ids) if id_ not in known)
        if gone:
            yield key, gone


def staying(whole: Closure, ours: Library, names: Naming) -> tuple[str, ...]:
    """Return what the course refers to and stays with the source, as `key: id`."""
    found = []
    for one in whole.taken:
        document = whole.library.by_path.get(one.source)
        if document and isinstance(document.keys, CourseKeys):
            keys = document.keys
            known = {*ours.by_id, *names.ids, *names.copied}
            found += [f"audience: {id_}" for id_ in keys.audience if id_ not in known]
            found += [
                f"prerequisites: {id_}"
                for id_ in keys.prerequisites
                if isinstance(id_, str) and id_ not in known
            ]
    return tuple(dict.fromkeys(found))


def markdown_fits(
    course: Markdown, ours: Library, offer: Offer, course_id: str, path: Mapping[PurePosixPath, PurePosixPath]
) -> dict[PurePosixPath, Fit]:
    """Return what each file of a course of other systems needs; see `region_fits`."""
    language = offer.language if offer.language != "und" else ours.region.language
    taken = {course_id, *ours.by_id}
    found = {}
    modules = {one for paths in course.modules.values() for one in paths}
    targets = {one.source: one.target for one in course.closure.taken}
    for source in (*course.first, *sorted(targets.keys() - set(course.first))):
        document = document_of(course.closure, source)
        if document is None or source not in path:
            continue
        kind = "course" if source in course.first else "module" if source in modules else "page"
        id_ = (
            course_id
            if source == next(iter(course.first), None)
            else _free(_id(course_id, targets[source]), taken)
        )
        taken.add(id_)
        add = _terms(offer, ours, language_of(source) or language, suffix=language_of(path[source]))
        lists = {"authors": offer.authors} if offer.authors else {}
        if kind == "course":
            lists["modules"] = _modules(course, source, targets, language)
        title = plain(str(document.source.meta.get("title") or "")) or plain(document.title)
        put = {"type": kind, "id": id_} | ({"title": title} if not document.source.meta.get("title") else {})
        found[source] = Fit(put=put, add=add, lists={key: one for key, one in lists.items() if one})
    return found


def _terms(offer: Offer, ours: Library, language: str, suffix: str | None) -> dict[str, str]:
    found = {"licence": offer.licence} if offer.licence and offer.licence != ours.region.licence else {}
    if suffix is None and language != ours.region.language:
        found["language"] = language
    return found


def _id(course_id: str, target: PurePosixPath) -> str:
    name = target.parent.name if is_index(target) and len(target.parts) > 1 else stem_of(target)
    language = language_of(target)
    stem = slug(name) or "side"
    return "-".join(
        part
        for part in (course_id, "" if is_index(target) and len(target.parts) == 1 else stem, language)
        if part
    )


def _free(id_: str, taken: set[str]) -> str:
    names = chain([id_], (f"{id_}-{number}" for number in count(2)))
    return next(one for one in names if one not in taken)


def _modules(
    course: Markdown, first: PurePosixPath, targets: Mapping[PurePosixPath, PurePosixPath], language: str
) -> tuple[str, ...]:
    """Return the modules in the language of a first page: those that end like it, else those that say no language."""
    own = language_of(first)
    found = course.modules.get(own) or course.modules.get(language if own is None else None) or ()
    return tuple(str(targets[path]) for path in found)


def first_page(course: Markdown, ours: Library, offer: Offer, course_id: str) -> bytes | None:
    """Return the first page of a course that has none at the source; None when it has one."""
    if course.first:
        return None
    targets = {one.source: one.target for one in course.closure.taken}
    language = offer.language if offer.language != "und" else ours.region.language
    modules = (
        course.modules.get(None) or course.modules.get(language) or next(iter(course.modules.values()), ())
    )
    fit = Fit(
        put={"type": "course", "id": course_id, "title": plain(offer.title)},
        add=_terms(offer, ours, language, None),
        lists={"authors": offer.authors, "modules": tuple(str(targets[path]) for path in modules)},
    )
    return fitted(PurePosixPath("index.md"), f"{plain(offer.summary)}\n".encode(), fit)
