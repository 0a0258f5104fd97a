"""The short way: what a saved text alone changes, when all that others read of its file is as before.

Who reads what. Lists, other pages, data and the map read a document's *face*: its front matter, kind, title and id. The
*text* of a document is read by

- its own page;
- documents that bring it in with `--8<--`, and those that bring in these;
- for a module: the pages of every course that has it, in each of the course's forms;
- for a course, and any file that a fork of it takes: the version of the course, which stands in its page for machines;
- the search index and the open catalogue, which follow when nobody writes.

Whatever else changes, and whatever is not in this list, takes the long way: the region is staged as a whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from kompetanse.content.document import Document
from kompetanse.content.library import Library
from kompetanse.content.link import build
from kompetanse.content.target import find
from kompetanse.model.item import Course, Item, ItemId, Module, Page
from kompetanse.model.own_address import EXERCISES, INSTRUCTOR, WHOLE
from kompetanse.model.version import Version, content_hash, digest
from kompetanse.pages.file import StagedFile
from kompetanse.pages.item_pages import pages_of
from kompetanse.pages.view import Site

Taken = Mapping[PurePosixPath, Mapping[str, PurePosixPath]]
"""Course → the files that a fork of it takes."""


Takers = Mapping[PurePosixPath, Sequence[PurePosixPath]]
"""File → the courses that it is part of."""


@dataclass(frozen=True, slots=True)
class Known:
    """A region as it was last linked and staged.

    Attributes:
        root: Its root.
        library: Its documents.
        site: What its pages are made from.
        taken: Which files make up the version of each course.
        takers: The courses that each file is part of.
        files: What was staged, by path.
    """

    root: Path
    library: Library
    site: Site
    taken: Taken
    takers: Takers
    files: Mapping[str, StagedFile]


@dataclass(frozen=True, slots=True)
class Redone:
    """The region after a text was saved, and the pages that are other than they were."""

    known: Known
    pages: tuple[StagedFile, ...]


def redone(known: Known, document: Document) -> Redone | None:
    """Return `known` with the new text of `document`; None when more than its text may have changed."""
    old = known.library.by_path.get(document.path)
    if old is None or not _same_face(known.library, old, document):
        return None
    users = list(_users(known.library, old))
    library = known.library.with_text(document)
    items = list(_items(known, library, [document, *(library.by_path[one.path] for one in users)]))
    courses = _courses(known, document.path)
    if any(_is_shown_by_the_site(library, one) for one in items) or (courses and known.site.offers):
        return None
    site = known.site.with_texts(items, dict(_versions(known, courses)))
    pages = _pages(site, [*items, *_shown_in(site, items), *_of(site, library, courses)])
    if not _stand_where_they_stood(known, site, pages):
        return None
    changed = tuple(file for path, file in pages.items() if known.files[path] != file)
    return Redone(replace(known, library=library, site=site, files={**known.files, **pages}), changed)


def _same_face(library: Library, old: Document, new: Document) -> bool:
    adopted = any(folder in library.adopted for folder in old.path.parents)
    return (
        not adopted  # the texts of others are made plain together
        and new.keys is not None
        and old.keys == new.keys
        and old.source.meta == new.source.meta
        and old.title == new.title
        and [one.id for one in old.outline.reuses] == [one.id for one in new.outline.reuses]
        and _assets(library, old) == _assets(library, new)
    )


def _assets(library: Library, document: Document) -> set[PurePosixPath | None]:
    return {find(library, document, link.target).asset for link in document.outline.links}


def _users(library: Library, document: Document) -> Iterator[Document]:
    """Yield the documents that bring in `document`, and those that bring in these, each once."""
    using = library.reusing
    waiting, seen = [document], {document.path}
    while waiting:
        wanted = library.id_of(waiting.pop())
        for one in using:
            if one.path not in seen and any(reuse.id == wanted for reuse in one.outline.reuses):
                seen.add(one.path)
                waiting.append(one)
                yield one


def _items(known: Known, library: Library, documents: list[Document]) -> Iterator[Item]:
    """Yield the items of `documents` anew; one that is none, or is not shown, has no page to redo."""
    for document in documents:
        item = known.site.catalogue.items.get(ItemId(library.id_of(document)))
        if item and item.path == document.path and document.keys:
            yield build(library, document, document.keys)


def _is_shown_by_the_site(library: Library, item: Item) -> bool:
    """Tell whether `item` is the text of a page that the site makes itself: a list's, or the first."""
    return isinstance(item, Page) and (not item.address or item.address in library.generated)


def _courses(known: Known, path: PurePosixPath) -> list[PurePosixPath]:
    return list(known.takers.get(path, ()))


def turned_round(taken: Taken) -> Takers:
    """Return the courses that each file is part of."""
    found: dict[PurePosixPath, list[PurePosixPath]] = defaultdict(list)
    for course, files in taken.items():
        for file in dict.fromkeys(files.values()):
            found[file].append(course)
    return dict(found)


def _versions(known: Known, courses: list[PurePosixPath]) -> Iterator[tuple[ItemId, Version]]:
    for course in courses:
        id_ = ItemId(known.library.ids[course])
        version = known.site.versions.get(id_)
        if version:
            digests = {
                name: digest((known.root / file).read_bytes()) for name, file in known.taken[course].items()
            }
            yield id_, replace(version, hash=content_hash(digests))


def _shown_in(site: Site, items: list[Item]) -> Iterator[Item]:
    modules = {item.id for item in items if isinstance(item, Module)}
    if modules:
        every = (one for one in site.catalogue.items.values() if isinstance(one, Course))
        yield from (one for one in every if modules & set(one.modules))


def _of(site: Site, library: Library, courses: list[PurePosixPath]) -> Iterator[Item]:
    found = (site.catalogue.items.get(ItemId(library.ids[course])) for course in courses)
    yield from (one for one in found if one)


def _pages(site: Site, items: list[Item]) -> dict[str, StagedFile]:
    each = {item.id: item for item in items if site.catalogue.shows(item)}
    return {file.path: file for item in each.values() for file in pages_of(site, item)}


def _stand_where_they_stood(known: Known, site: Site, pages: Mapping[str, StagedFile]) -> bool:
    """Tell whether there is no new page and none is gone: a course has pages of exercises while it has exercises."""
    found = (
        known.library.by_path.get(source) for source in {file.source for file in pages.values()} if source
    )
    addresses = (one.address for one in found if one)
    forms = (f"{address}{form}index.md" for address in addresses for form in (WHOLE, INSTRUCTOR, EXERCISES))
    return pages.keys() <= known.files.keys() and all(form in pages for form in forms if form in known.files)
