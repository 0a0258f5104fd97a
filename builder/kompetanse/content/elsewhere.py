"""Where a link of an adopted course leads when what it means stayed with the source.

The files of an adopted course are the source's own, and so are their links. The record of origin says which item a path
means there, and where the source has the page of an item that did not come along.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

from kompetanse.content.document import Document
from kompetanse.content.library import Library
from kompetanse.model.origin import Origin


def folder_of(library: Library, document: Document) -> PurePosixPath | None:
    """Return the folder of the adopted course that `document` belongs to; None when it is the region's own."""
    return next((one for one in document.path.parents if one in library.adopted), None)


def reached(file: PurePosixPath, top: str, path: str) -> PurePosixPath:
    """Return what a link by path means, from the root of the repository.

    Args:
        file: The file that the link stands in, from that root.
        top: The folder that a path with a slash before it starts in.
        path: As the link has it, without anchor.
    """
    base = top if path.startswith("/") else str(file.parent)
    return PurePosixPath(posixpath.normpath(posixpath.join(base, path.lstrip("/"))))


def reached_at_source(origin: Origin, own: PurePosixPath, path: str) -> PurePosixPath:
    """Return what a link by path in a file of an adopted course means at the source, from the root of its repository.

    Args:
        origin: The course's record.
        own: The file, by its path in the course's folder.
        path: As the link has it, without anchor.
    """
    known = origin.files.get(own)
    there = known.source if known and known.source else origin.path / own
    return reached(there, origin.path.parts[0] if origin.path.parts else str(there.parent), path)


def elsewhere(library: Library, document: Document, written: str) -> Document | str | None:
    """Return what a link of an adopted course means that finds nothing by its words alone.

    Returns:
        An item of ours; else the address of the source's page, anchor and all; None when nobody knows.
    """
    folder = folder_of(library, document)
    if folder is None:
        return None
    origin = library.adopted[folder].origin
    target, _, anchor = written.partition("#")
    id_ = _theirs(origin, document.path.relative_to(folder), target)
    if id_ is None:
        return None
    ours = next(
        (library.by_id[one] for one in called_here(library, origin, id_) if one in library.by_id), None
    )
    address = origin.links.get(id_)
    return ours or (_at(address, unquote(anchor)) if address else None)


def called_here(library: Library, origin: Origin, id_: str) -> Iterator[str]:
    """Yield what an id of the source may be called here: as this course has it, then as others from the same source have it."""
    yield origin.ids.get(id_, id_)
    for one in library.adopted.values():
        if one.origin.repository == origin.repository and id_ in one.origin.ids:
            yield one.origin.ids[id_]


def _theirs(origin: Origin, own: PurePosixPath, target: str) -> str | None:
    """Return the source's id of what is meant; a link by id says ours already, where that is another one."""
    if not target.startswith("id:"):
        return origin.paths.get(reached_at_source(origin, own, unquote(target.partition("?")[0])))
    id_ = target.removeprefix("id:")
    return next((theirs for theirs, ours in origin.ids.items() if ours == id_), id_)


def _at(address: str, anchor: str) -> str:
    return f"{address}#{quote(anchor, safe='')}" if anchor else address
