"""How new files fit a region that has content already: which can be written, and which must stand back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from kompetanse.content.checks import identity, references, writing
from kompetanse.content.document import Document
from kompetanse.content.frontmatter import Source, split
from kompetanse.content.library import Library
from kompetanse.content.validate import validate
from kompetanse.errors import Problem, Severity
from kompetanse.importers.items import NewItem


@dataclass(frozen=True, slots=True)
class Kept:
    """A file or item of the region that is not overwritten, and why."""

    path: PurePosixPath
    reason: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """What is to be written, and what stands in the way of the rest."""

    items: tuple[NewItem, ...]
    kept: tuple[Kept, ...]


def arrive(
    library: Library, items: Iterable[NewItem], present: frozenset[PurePosixPath], replace: bool
) -> Arrival:
    """Return which of `items` can be written to the region of `library`.

    Args:
        library: The region's content.
        items: New files.
        present: Those of their paths where a file lies already, also one that could not be read.
        replace: Whether a file that holds the same item may be replaced.
    """
    found = [(item, _in_the_way(library, item, item.path in present, replace)) for item in items]
    return Arrival(
        tuple(item for item, kept in found if kept is None), tuple(kept for _, kept in found if kept)
    )


def _in_the_way(library: Library, item: NewItem, present: bool, replace: bool) -> Kept | None:
    holder = library.by_id.get(item.id)
    if holder is not None and holder.path != item.path:
        return Kept(item.path, f"the id {item.id} is that of {holder.path}; that file was not changed")
    if not present:
        return None
    if not replace:
        return Kept(item.path, "it is there already; --replace writes it anew")
    if holder is None:
        return Kept(item.path, f"it holds something else than {item.id}; move it, or choose another folder")
    return None


def problems(library: Library, items: Sequence[NewItem]) -> list[Problem]:
    """Return every error that `check` would find in `items` once they are written."""
    new = [_read(library, item) for item in items]
    found = [problem for _, own in new for problem in own]
    paths = {item.path for item in items}
    documents = [one for one in library.documents if one.path not in paths]
    whole = Library(
        library.region,
        [*documents, *(document for document, _ in new if document)],
        library.assets,
        library.unreadable,
    )
    found += [one for one in (*identity.check(whole), *references.check(whole)) if one.path in paths]
    return [one for one in found if one.severity is Severity.ERROR]


def _read(library: Library, item: NewItem) -> tuple[Document | None, list[Problem]]:
    source = split(item.path, item.text)
    if not isinstance(source, Source):
        return None, [source]
    keys, told = validate(source)
    return Document(source, keys, library.region), [*told, *_written(source)]


def _written(source: Source) -> Iterator[Problem]:
    yield from writing.check(source)
