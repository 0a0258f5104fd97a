"""The courses of a source that is a region of ours, read by the same rules as our own content, from memory."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import cast

from kompetanse.content import files, origin
from kompetanse.content.address import is_index
from kompetanse.content.document import Document
from kompetanse.content.in_memory import library_of
from kompetanse.content.library import TEXT_SUFFIXES, Library
from kompetanse.content.region import PATH, region_of
from kompetanse.content.schema import CourseKeys, ModuleKeys
from kompetanse.errors import Problem
from kompetanse.model.licence import NOASSERTION
from kompetanse.model.offer import Offer
from kompetanse.model.origin import Origin
from kompetanse.model.region import Source, Withdrawal
from kompetanse.sharing.plain import plain
from kompetanse.sharing.store import StoredSnapshot

CONTENT = "content/"

_SUFFIXES = tuple(TEXT_SUFFIXES)
_FIRST_PAGE = re.compile(r"/_?index(?:\.[a-z]{2,3})?\.\w+$")
"""As `content.address.is_index` has it, on text: a source has tens of thousands of files."""

MOST_READ_WHOLE = 1000
"""Texts of a source that is read whole; of a larger one only the first pages of folders, and what they say themselves."""


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of a region.

    Attributes:
        library: Its texts; of a large region its first pages.
        origins: Where its courses came from, those that it adopted itself, by their folder.
    """

    library: Library
    origins: Mapping[PurePosixPath, Origin]


def read(snapshot: StoredSnapshot, place: str | None = None) -> Read:
    """Return what the region says at a commit, fetched in one request; with `place`, what one folder or file of it says."""
    names = snapshot.entries.names
    plain_files = [
        name for name, (_, mode) in names.items() if mode.startswith("100") and _is_in(name, place)
    ]
    texts = [name for name in plain_files if name.startswith(CONTENT) and name.endswith(_SUFFIXES)]
    if len(texts) > MOST_READ_WHOLE:
        texts = [name for name in texts if _FIRST_PAGE.search(name)]
    records = [name for name in plain_files if name.startswith(CONTENT) and name.endswith(f"/{origin.NAME}")]
    oids = {name: names[name][0] for name in (str(PATH), *texts, *records)}
    contents = snapshot.read(oids.values())
    region, _ = region_of(contents[oids[str(PATH)]])
    return Read(
        library_of(region, {PurePosixPath(name): contents[oids[name]] for name in texts}),
        dict(_origins({PurePosixPath(name): contents[oids[name]] for name in records})),
    )


def _is_in(name: str, place: str | None) -> bool:
    return place is None or name == place or name.startswith(f"{place}/")


def _origins(records: Mapping[PurePosixPath, bytes]) -> Iterator[tuple[PurePosixPath, Origin]]:
    for path, data in records.items():
        text = files.decode(path, data)
        found = None if isinstance(text, Problem) else origin.understand(path, text)[0]
        if found:
            yield path.parent, found


def offers(snapshot: StoredSnapshot, source: Source, told: Read) -> Iterator[Offer]:
    """Yield the published courses, each once, in the language that it was written in, and what the region has withdrawn."""
    library = told.library
    gone = {one.id: one for one in library.region.withdrawn}
    for document, keys in library.of_kind("course"):
        first = library.by_id[library.id_of(document)] is document
        original = first and library.original(document) not in library.by_id
        if keys.status == "published" and original and library.id_of(document) not in gone:
            yield _offer(snapshot, source, told, document)
    for one in gone.values():
        yield _withdrawn(snapshot, source, library, one)


def _withdrawn(snapshot: StoredSnapshot, source: Source, library: Library, one: Withdrawal) -> Offer:
    region, found = library.region, library.by_id.get(one.id)
    return Offer(
        source=source.name,
        region=region.id,
        region_name=plain(region.name),
        id=one.id,
        title=plain(found.title) if found else one.id,
        language=found.language if found else "und",
        repository=source.repository,
        commit=snapshot.commit,
        withdrawn=one.reason,
        withdrawn_on=one.day,
    )


def _offer(snapshot: StoredSnapshot, source: Source, told: Read, document: Document) -> Offer:
    library, keys = told.library, cast(CourseKeys, document.keys)
    region, adopted = library.region, told.origins.get(document.path.parent)
    place = document.path.parent if is_index(document.path) else document.path
    return Offer(
        source=source.name,
        region=region.id,
        region_name=plain(region.name),
        id=library.id_of(document),
        title=plain(document.title),
        summary=plain(keys.summary or ""),
        language=document.language,
        licence=_settled(keys.licence or region.licence),
        minutes=_minutes(library, document),
        levels=tuple(sorted({one.level for one in keys.teaches})),
        teaches=tuple(_title(library, one.competence) for one in keys.teaches),
        audience=tuple(_title(library, one) for one in keys.audience),
        authors=tuple(plain(one) for one in keys.authors or (region.publisher,) if one),
        url=region.url + document.address if region.url and region.url.startswith("http") else None,
        repository=source.repository,
        path=str(place),
        commit=snapshot.commit,
        version=snapshot.entries.folders.get(str(place)) or snapshot.entries.names[str(document.path)][0],
        based_on=(f"{adopted.region}/{adopted.id}" if adopted.region else adopted.repository,)
        if adopted
        else (),
    )


def _settled(licence: str) -> str | None:
    return None if licence == NOASSERTION else licence


def _title(library: Library, id_: str) -> str:
    found = library.by_id.get(id_)
    return plain(found.title) if found else id_


def _minutes(library: Library, document: Document) -> int | None:
    """Return how long the course takes: as it says, else its modules together; None when one of them does not say."""
    keys = cast(CourseKeys, document.keys)
    if keys.duration:
        return keys.duration.study_minutes
    modules = [one.keys if one else None for _, one in library.modules_of(document)]
    lengths = [one.duration if isinstance(one, ModuleKeys) else None for one in modules]
    known = [one.study_minutes for one in lengths if one]
    return sum(known) if known and len(known) == len(lengths) else None
