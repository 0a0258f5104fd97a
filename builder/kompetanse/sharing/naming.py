"""What the ids of a source mean here: the same thing, a copy, one of ours by another name, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from kompetanse.content.document import Document
from kompetanse.content.library import Library
from kompetanse.content.schema import CompetenceKeys
from kompetanse.errors import KompetanseError
from kompetanse.model.region import Source
from kompetanse.sharing.closure import Closure, Taken, competences

COPY, LINK = "copy", "link"
"""What may be done with a competence of the source that a course teaches, besides naming one of ours."""


@dataclass(frozen=True, slots=True)
class Naming:
    """What becomes of the source's ids.

    Attributes:
        ids: Their id → ours, where they differ.
        own: Files that get another id here, by their path at the source.
        here: Files that are not taken, since we have them from this source already.
        matched: Competences that exist here under the same id, or are mapped to one.
        copied: Competences that come along.
        linked: Competences that stay with the source; references to them go.
        unlike: Matched competences that say something else here.
    """

    ids: Mapping[str, str] = field(default_factory=dict)
    own: Mapping[PurePosixPath, str] = field(default_factory=dict)
    here: frozenset[PurePosixPath] = frozenset()
    matched: tuple[str, ...] = ()
    copied: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()


def undecided(whole: Closure, ours: Library) -> tuple[tuple[Document, str], ...]:
    """Return the competences that a person may want to decide on, and why: `absent` here, or `unlike` ours."""
    return tuple(_undecided(whole, ours)) if whole.course else ()


def _undecided(whole: Closure, ours: Library) -> Iterator[tuple[Document, str]]:
    for one in competences(whole.library, _course(whole)):
        known = ours.by_id.get(whole.library.id_of(one))
        if known is None or known.kind != "competence":
            yield one, "absent"
        elif not _alike(one, known):
            yield one, "unlike"


def _course(whole: Closure) -> Document:
    assert whole.course is not None  # noqa: S101 (a region's course has a first page)
    return whole.course


def _alike(one: Document, other: Document) -> bool:
    first, second = one.keys, other.keys
    if not isinstance(first, CompetenceKeys) or not isinstance(second, CompetenceKeys):
        return False
    return (first.title, first.levels) == (second.title, second.levels)


def naming(
    whole: Closure,
    ours: Library,
    source: Source,
    course_id: str,
    choices: Mapping[str, str],
    default: str = COPY,
) -> Naming:
    """Return what the ids of a course mean here.

    Args:
        whole: The course and all that it reaches.
        ours: Our region.
        source: Where it comes from.
        course_id: The course's id here.
        choices: What is to become of competences, by their id there: `copy`, `link`, or an id of ours.
        default: What becomes of those that do not exist here and that nobody chose for.

    Raises:
        KompetanseError: When a choice names what does not exist.
    """
    _refuse_unknown(whole, ours, choices)
    fates = {one: _fate(one, ours, choices, default) for one in _wanted(whole)}
    ids, own, here = _ids(whole, ours, source, course_id, fates)
    mapped = {one: fate for one, fate in fates.items() if fate not in {COPY, LINK} and fate != one}
    unlike = {whole.library.id_of(one) for one, why in undecided(whole, ours) if why == "unlike"}
    matched = tuple(one for one, fate in fates.items() if fate not in {COPY, LINK})
    return Naming(
        ids={**ids, **mapped},
        own=own,
        here=here,
        matched=matched,
        copied=tuple(one for one, fate in fates.items() if fate == COPY),
        linked=tuple(one for one, fate in fates.items() if fate == LINK),
        unlike=tuple(one for one in matched if one in unlike and one not in mapped),
    )


def _wanted(whole: Closure) -> list[str]:
    return (
        [whole.library.id_of(one) for one in competences(whole.library, _course(whole))]
        if whole.course
        else []
    )


def _refuse_unknown(whole: Closure, ours: Library, choices: Mapping[str, str]) -> None:
    wanted = _wanted(whole)
    for theirs, fate in choices.items():
        if theirs not in wanted:
            raise KompetanseError(
                f"The course has no competence {theirs}. It has: {', '.join(wanted) or 'none'}"
            )
        known = ours.by_id.get(fate)
        if fate not in {COPY, LINK} and (known is None or known.kind != "competence"):
            raise KompetanseError(
                f"There is no competence {fate} here to map {theirs} to. See: kompetanse search {fate}"
            )


def _fate(id_: str, ours: Library, choices: Mapping[str, str], default: str) -> str:
    if id_ in choices:
        return choices[id_]
    known = ours.by_id.get(id_)
    return id_ if known and known.kind == "competence" else default


def _ids(
    whole: Closure, ours: Library, source: Source, course_id: str, fates: Mapping[str, str]
) -> tuple[dict[str, str], dict[PurePosixPath, str], frozenset[PurePosixPath]]:
    """Give another id to every file whose own one is taken here by something else."""
    ids: dict[str, str] = {}
    own: dict[PurePosixPath, str] = {}
    here: set[PurePosixPath] = set()
    taken = {*ours.by_id, course_id}
    for one, document in _documents(whole):
        their = whole.library.id_of(document)
        if document is whole.course:
            new = course_id
        elif document.kind == "competence" and fates.get(their, COPY) != COPY:
            continue
        elif _is_here(ours, source, one, their):
            here.add(one.source)
            continue
        else:
            new = _free(their, source.name, taken)
        taken.add(new)
        if new != their:
            ids[their], own[one.source] = new, new
    return ids, own, frozenset(here)


def _documents(whole: Closure) -> Iterable[tuple[Taken, Document]]:
    found = [
        (one, whole.library.by_path[one.source]) for one in whole.taken if one.source in whole.library.by_path
    ]
    return sorted(found, key=lambda pair: pair[1] is not whole.course)


def _free(id_: str, source: str, taken: set[str]) -> str:
    if id_ not in taken:
        return id_
    names = (f"{id_}-{source}", *(f"{id_}-{source}-{number}" for number in range(2, 1000)))
    return next(one for one in names if one not in taken)


def _is_here(ours: Library, source: Source, taken: Taken, their: str) -> bool:
    """Tell whether a shared module came from this source before, with another course."""
    known = ours.by_id.get(their)
    if taken.why == "own" or known is None:
        return False
    for folder, one in ours.adopted.items():
        if known.path.is_relative_to(folder) and one.origin.repository == source.repository:
            base = one.origin.files.get(known.path.relative_to(folder))
            return (
                base is not None
                and (base.source or one.origin.path / known.path.relative_to(folder)) == taken.source
            )
    return False
