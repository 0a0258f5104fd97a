"""What a course of a source is made of: its folder and all that it reaches, at one commit.

    whole = closure(snapshot, PurePosixPath("content/kurs/brann"))
    whole.taken          # each file, and where it will lie in the folder of the course
    whole.missing        # ids that lead nowhere at the source either

It is pure over a `Snapshot`, and reads little: the texts of the course, then those that are called like an id it refers to;
all texts of the source only when that is not enough.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal, cast

from kompetanse.content.address import is_index
from kompetanse.content.document import Document
from kompetanse.content.library import TEXT_SUFFIXES, Library
from kompetanse.content.region import PATH
from kompetanse.content.schema import CompetenceKeys, CourseKeys, PageKeys
from kompetanse.content.versions import files_of
from kompetanse.errors import KompetanseError
from kompetanse.model.region import Region
from kompetanse.model.version import is_taken
from kompetanse.sharing.leads import Lead, leads
from kompetanse.sharing.listing import names_of
from kompetanse.sharing.snapshot import Entry, Snapshot
from kompetanse.sharing.texts import Texts
from kompetanse.sharing.vet import MOST_FILES, Finding, Verdict, left_out, refused, vet_paths

SHARED = PurePosixPath("shared")
"""Below it lie, in the course's folder here, the files that lay outside of it there."""

_NEVER = {"session": "a session", "programme": "a programme", "role": "a role"}

Why = Literal["own", "module", "asset", "competence"]


@dataclass(frozen=True, slots=True)
class Taken:
    """One file that a fork takes.

    Attributes:
        source: Its path in the source's repository.
        target: Its path in the folder of the course here.
        oid: Its blob id.
        why: What it is for.
        name: Its path as `content_hash` names it; None for what the hash leaves out.
    """

    source: PurePosixPath
    target: PurePosixPath
    oid: str
    why: Why
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Closure:
    """A course and all that it reaches.

    Attributes:
        region: The source as a region; None when it is no region of ours.
        folder: Its folder at the source, or that of the file that it is.
        course: Its first page.
        library: Every text that was read to find it all; paths are the source's.
        taken: The files, the course's own first.
        left_out: Files that stay behind, and why.
        missing: Ids of modules and sections that lead nowhere at the source.
        leads: Links of its texts to items of the source, such as come along and such as do not.
    """

    region: Region | None
    folder: PurePosixPath
    course: Document | None
    library: Library
    taken: tuple[Taken, ...]
    left_out: tuple[Finding, ...]
    missing: tuple[str, ...] = ()
    leads: tuple[Lead, ...] = ()


class TooMuchRefusedError(KompetanseError):
    """A course has files that may not be written; the text lists them."""


def refuse(findings: Iterable[Finding]) -> None:
    """Stop when a file may not be taken.

    Raises:
        TooMuchRefusedError: With every finding that refuses.
    """
    said = refused(findings)
    if said:
        rows = "".join(f"\n  {one}" for one in said[:20])
        more = f"\n  and {len(said) - 20} more" if len(said) > 20 else ""
        raise TooMuchRefusedError(
            f"Nothing was written, since the course has files that are not taken:{rows}{more}"
        )


def is_region(snapshot: Snapshot) -> bool:
    """Tell whether the source is a region of ours."""
    return PATH in snapshot.entries and any(
        name.startswith("content/") for name in names_of(snapshot.entries)
    )


def closure(snapshot: Snapshot, place: PurePosixPath, linked: Collection[str] = ()) -> Closure:
    """Return the course at `place`, its folder or its file, of a source that is a region of ours.

    Args:
        snapshot: The source's commit.
        place: The course.
        linked: Ids of items whose pages are looked for too, since its texts with us may link to them.

    Raises:
        KompetanseError: When there is none, or a file may not be taken.
    """
    reader = Texts(snapshot)
    folder = place.parent if place.suffix in TEXT_SUFFIXES else place
    own = reader.below(folder) if folder == place else [snapshot.entries[place]]
    findings = vet_paths(own)
    refuse(findings)
    reader.read(one.path for one in own if one.path not in left_out(findings))
    course = _course(reader, folder, place)
    _follow(reader, course)
    library = reader.library()
    course = library.by_path[course.path]
    stay = (*findings, *_staying(library, own))
    taken = tuple(_taken(reader, library, course, folder, left_out(stay)))
    refuse(vet_paths([snapshot.entries[one.source] for one in taken]))
    texts = (*_parts(library, course), *competences(library, course))
    return Closure(
        reader.region,
        folder,
        course,
        library,
        taken,
        stay,
        tuple(_missing(library, course)),
        tuple(leads(reader, course, texts, linked)),
    )


def _course(reader: Texts, folder: PurePosixPath, place: PurePosixPath) -> Document:
    library = reader.library()
    found = [one for one, _ in library.of_kind("course") if place in {one.path, one.path.parent}]
    first = [one for one in found if library.original(one) not in library.by_id]
    if not first:
        raise KompetanseError(
            f"The source has no course at {folder} at this commit. See: kompetanse catalogue"
        )
    return first[0]


def _follow(reader: Texts, course: Document) -> None:
    """Read on until everything that the course is made of has been found, or is nowhere."""
    tried: set[str] = set()
    while True:
        library = reader.library()
        missing = {*_missing(library, course), *_missing_competences(library, course)} - tried
        if not missing:
            break
        tried |= missing
        reader.read_named(missing)
    library = reader.library()
    if any(_missing(library, course)) or any(_missing_competences(library, course)):
        reader.read_all()


def _parts(library: Library, course: Document) -> Iterator[Document]:
    """Yield the documents that a fork takes but for competences."""
    course = library.by_path[course.path]
    yield from (
        library.by_path[path] for path in files_of(library, course).values() if path in library.by_path
    )


def _missing(library: Library, course: Document) -> Iterator[str]:
    """Yield the ids of modules and sections that none of the texts read so far has."""
    seen = set()
    for one in _parts(library, course):
        wanted = [reuse.id for reuse in one.outline.reuses]
        if one.keys and one.kind == "course":
            modules = cast(CourseKeys, one.keys).modules or ()
            wanted += [name for name in modules if PurePosixPath(name).suffix not in TEXT_SUFFIXES]
        for id_ in wanted:
            if id_ not in library.by_id and id_ not in seen:
                seen.add(id_)
                yield id_


def competence_ids(keys: PageKeys | None) -> Iterator[str]:
    """Yield the ids of the competences that a course, or a competence, refers to."""
    if isinstance(keys, CourseKeys):
        yield from (one.competence for one in keys.teaches)
        yield from (one.competence for one in keys.prerequisites if not isinstance(one, str))
    if isinstance(keys, CompetenceKeys) and keys.broader:
        yield keys.broader


def competences(library: Library, course: Document) -> Iterator[Document]:
    """Yield the competences of the source that a course refers to, and those that they are part of, each once."""
    waiting = [one for part in _parts(library, course) for one in competence_ids(part.keys)]
    seen: set[str] = set()
    while waiting:
        id_ = waiting.pop(0)
        found = library.by_id.get(id_)
        if found and found.kind == "competence" and id_ not in seen:
            seen.add(id_)
            waiting += competence_ids(found.keys)
            yield found


def _missing_competences(library: Library, course: Document) -> Iterator[str]:
    known = list(competences(library, course))
    wanted = [one for part in (*_parts(library, course), *known) for one in competence_ids(part.keys)]
    yield from (id_ for id_ in dict.fromkeys(wanted) if id_ not in library.by_id)


def _staying(library: Library, own: Iterable[Entry]) -> Iterator[Finding]:
    """Yield the files of the folder that are the source's own facts, or say where the source has them from."""
    for entry in own:
        document = library.by_path.get(entry.path)
        if document and document.kind in _NEVER:
            yield Finding(
                Verdict.LEFT_OUT, entry.path, f"{_NEVER[document.kind]} is the source's own, and is not taken"
            )
        elif not is_taken(entry.path):
            yield Finding(
                Verdict.LEFT_OUT, entry.path, "is the source's own record or overlay, and is not taken"
            )


def _taken(
    reader: Texts, library: Library, course: Document, folder: PurePosixPath, stay: frozenset[PurePosixPath]
) -> Iterator[Taken]:
    names = files_of(library, course)
    for name, path in names.items():
        if path in stay:
            continue
        own = not name.startswith("/")
        target = _target(course, path.relative_to(folder)) if own else _shared(path)
        document = library.by_path.get(path)
        why: Why = "own" if own else "module" if document else "asset"
        yield Taken(path, target, reader.oid(path), why, name)
    for one in competences(library, course):
        if one.path not in names.values():
            yield Taken(one.path, _shared(one.path), reader.oid(one.path), "competence")


def _target(course: Document, path: PurePosixPath) -> PurePosixPath:
    """Return where a file of the course's own folder lies here: the same place, but a course of one file becomes a folder's index."""
    alone = path.name == course.path.name and not is_index(course.path)
    return path.with_name("index.md") if alone else path


def _shared(path: PurePosixPath) -> PurePosixPath:
    return SHARED.joinpath(*path.parts[1:])


def hashed(whole: Closure, contents: Mapping[PurePosixPath, bytes]) -> dict[str, bytes]:
    """Return the contents that the catalogue's hash covers, by their name in it."""
    return {one.name: contents[one.source] for one in whole.taken if one.name and one.source in contents}


__all__ = [
    "MOST_FILES",
    "SHARED",
    "Closure",
    "Taken",
    "closure",
    "competence_ids",
    "competences",
    "hashed",
    "refuse",
]
