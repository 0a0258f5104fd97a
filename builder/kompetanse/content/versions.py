"""Which files a fork of each course takes, and which version they make up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from kompetanse.content.address import is_index
from kompetanse.content.document import Document
from kompetanse.content.library import Library
from kompetanse.content.target import find
from kompetanse.model.history import Change, History
from kompetanse.model.item import ItemId
from kompetanse.model.version import Version, content_hash, digest, is_taken

Below = Mapping[PurePosixPath, list[PurePosixPath]]
"""Folder of a course → every file in and below it."""

Taken = Mapping[PurePosixPath, Mapping[str, PurePosixPath]]
"""Course → the files that a fork of it takes, by their path as `content_hash` names it."""

Digests = dict[PurePosixPath, str]

LOCAL_KINDS = frozenset({"session", "programme", "role"})
"""Kinds of item that are each region's own, and that no fork takes though they lie in a course's folder."""


def versions(
    library: Library, root: Path, history: History, taken: Taken | None = None, known: Digests | None = None
) -> Mapping[ItemId, Version]:
    """Return the version of each course of `library`, whose files lie under `root`; one that cannot be read has none.

    Args:
        library: The documents.
        root: The region's root.
        history: What git knows of it.
        taken: What `files_by_course` says, when it is known.
        known: Digests of files that are as before; those of others are added.
    """
    taken = files_by_course(library) if taken is None else taken
    changes = _last_changes(taken, history)
    digests = {} if known is None else known

    def read(path: PurePosixPath) -> str:
        if path not in digests:
            digests[path] = digest((root / path).read_bytes())
        return digests[path]

    found = {}
    for path, files in taken.items():
        try:
            hashed = content_hash({name: read(file) for name, file in files.items()})
        except OSError:  # it was there when the folder was read
            continue
        document, change = library.by_path[path], changes.get(path)
        found[ItemId(library.id_of(document))] = Version(
            history.folder / _place(document),
            hashed,
            change.commit if change else None,
            change.moment if change else None,
        )
    return found


def files_by_course(library: Library) -> Taken:
    """Return for each course the files that a fork of it takes, as `files_of` does."""
    below = below_folders(library)
    return {document.path: taken_by(library, document, below) for document, _ in library.of_kind("course")}


def files_of(library: Library, course: Document) -> dict[str, PurePosixPath]:
    """Return the files that a fork of `course` takes, by their path as `content_hash` names it."""
    return taken_by(library, course, {course.path.parent: _below(library, course.path.parent)})


def _place(document: Document) -> PurePosixPath:
    return document.path.parent if is_index(document.path) else document.path


def taken_by(library: Library, course: Document, below: Below) -> dict[str, PurePosixPath]:
    """Return the files that a fork of `course` takes, by their path as `content_hash` names it."""
    folder = course.path.parent
    inside = below[folder] if is_index(course.path) else [course.path]
    own = [
        path
        for path in inside
        if path not in library.by_path or library.by_path[path].kind not in LOCAL_KINDS
    ]
    found = {str(path.relative_to(folder)): path for path in own if is_taken(path.relative_to(folder))}
    reached = _reached(library, [course, *(library.by_path[path] for path in own if path in library.by_path)])
    return found | {f"/{path}": path for path in reached if path not in set(inside)}


def _below(library: Library, folder: PurePosixPath) -> list[PurePosixPath]:
    """Return every file below one folder; as text, since paths are slow and a region has tens of thousands."""
    start = f"{folder}/"
    every = (*library.by_path, *library.unreadable, *library.assets)
    return [path for path in every if str(path).startswith(start)]


def below_folders(library: Library) -> Below:
    """Return every file below the folder of each course."""
    folders = {document.path.parent for document, _ in library.of_kind("course") if is_index(document.path)}
    found: dict[PurePosixPath, list[PurePosixPath]] = defaultdict(list)
    for path in (*library.by_path, *library.unreadable, *library.assets):
        for folder in path.parents:
            if folder in folders:
                found[folder].append(path)
    return found


def _reached(library: Library, start: list[Document]) -> Iterator[PurePosixPath]:
    """Yield the modules and files outside that the documents of `start` are made of, and what those are made of in turn."""
    own = {one.path for one in start}
    waiting, seen = list(start), set(own)
    while waiting:
        document = library.text(waiting.pop())
        for path in _parts(library, document):
            if path not in seen:
                seen.add(path)
                waiting += [library.by_path[path]] if path in library.by_path else []
    yield from sorted(seen - own)


def _parts(library: Library, document: Document) -> Iterator[PurePosixPath]:
    if document.kind == "course" and document.keys:
        yield from (one.path for _, one in library.modules_of(document) if one and one.kind == "module")
    for reuse in document.outline.reuses:
        brought_in = library.by_id.get(reuse.id)
        if brought_in:
            yield brought_in.path
    for link in document.outline.links:
        target = find(library, document, link.target)
        if target.asset:
            yield target.asset


def _last_changes(taken: Taken, history: History) -> Mapping[PurePosixPath, Change]:
    """Return the newest change of anything that each course takes; what was deleted from its folder is a change of it too."""
    users: dict[PurePosixPath, list[PurePosixPath]] = defaultdict(list)
    for course, files in taken.items():
        for file in files.values():
            users[file].append(course)
        if is_index(course):
            users[course.parent].append(course)
    found: dict[PurePosixPath, Change] = {}
    for path, change in history.changes.items():  # newest first
        for place in (path, *path.parents):
            for course in users.get(place, ()):
                if place == path or is_taken(path.relative_to(place)):
                    found.setdefault(course, change)
    return found
