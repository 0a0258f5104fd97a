"""Everything that points to an item: keys, modules, links, reuse."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from kompetanse.content.body import line_at
from kompetanse.content.checks.references import references
from kompetanse.content.document import Document
from kompetanse.content.library import Library
from kompetanse.content.target import find

How = Literal["key", "module", "link", "reuse", "name"]


@dataclass(frozen=True, slots=True)
class Use:
    """One place that points to an item.

    Attributes:
        path: The file it stands in.
        line: Its line, from 1; 0 when it is the file's name that points.
        how: A key, an entry of a course's modules, a link, a reuse line, or the name of a translation's file.
        key: The key, such as `requires[0].competence`; empty in the body.
        written: What stands there.
        start, end: Where that is in the body; both 0 in front matter.
    """

    path: PurePosixPath
    line: int
    how: How
    key: str
    written: str
    start: int = 0
    end: int = 0


def uses(library: Library, target: Document) -> Iterator[Use]:
    """Yield every place that points to `target`, in the order of the files."""
    for document in library.documents:
        yield from _in_front_matter(library, document, target)
        yield from _in_body(library, document, target)


def _in_front_matter(library: Library, document: Document, target: Document) -> Iterator[Use]:
    id_ = library.id_of(target)
    for reference in references(document):
        if reference.id == id_:
            line = document.source.line_of(reference.key)
            yield Use(document.path, line, "key", reference.key, id_)
    if document.kind == "course" and document.keys:
        for place, (name, found) in enumerate(library.modules_of(document)):
            if found is target:
                key = f"modules[{place}]"
                yield Use(document.path, document.source.line_of(key), "module", key, name)
    named = not (document.keys and document.keys.translation_of)
    if named and document is not target and library.original(document) == id_:
        yield Use(document.path, 0, "name", "", document.path.name)


def _in_body(library: Library, document: Document, target: Document) -> Iterator[Use]:
    body = document.source.body
    for link in document.outline.links:
        if document is not target and find(library, document, link.target).document is target:
            line = document.source.body_line + line_at(body, link.start)
            yield Use(document.path, line, "link", "", link.target, link.start, link.end)
    for reuse in document.outline.reuses:
        if reuse.id == library.id_of(target):
            line = document.source.body_line + line_at(body, reuse.start)
            yield Use(document.path, line, "reuse", "", reuse.id, reuse.start, reuse.start + len(reuse.id))
