"""References of an adopted course, whose files are the source's own, made to find what they mean here.

The files are verbatim: where their id means something else in this region, the record says which of ours is meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from kompetanse.content.document import Document
from kompetanse.content.edit import with_text
from kompetanse.content.frontmatter import Source
from kompetanse.content.validate import validate
from kompetanse.model.origin import Adoption

_REFERRING = frozenset(
    {"teaches", "prerequisites", "modules", "audience", "broader", "translation_of", "includes"}
)
"""Keys that hold ids, alone, in lists, or as `competence:` of entries."""


def with_our_ids(documents: Sequence[Document], adopted: Mapping[PurePosixPath, Adoption]) -> list[Document]:
    """Return the documents, those of adopted courses with references to ids of ours."""
    maps = {folder: one.origin.ids for folder, one in adopted.items() if one.origin.ids}
    return [_resolved(one, maps) for one in documents] if maps else list(documents)


def _resolved(document: Document, maps: Mapping[PurePosixPath, Mapping[str, str]]) -> Document:
    ids = next((maps[folder] for folder in document.path.parents if folder in maps), None)
    if not ids:
        return document
    source = resolved(document.source, ids)
    return replace(document, source=source, keys=validate(source)[0])


def resolved(source: Source, ids: Mapping[str, str]) -> Source:
    """Return a file with the ids that it refers to exchanged; its own id stays."""
    meta = {key: _value(value, ids) if key in _REFERRING else value for key, value in source.meta.items()}
    return replace(source, meta=meta, body=with_text(source.body, dict(_edits(source, ids))))


def _value(value: Any, ids: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [_value(one, ids) for one in value]
    if isinstance(value, dict):
        return {key: _value(one, ids) if key == "competence" else one for key, one in value.items()}
    return ids.get(value, value) if isinstance(value, str) else value


def _edits(source: Source, ids: Mapping[str, str]) -> Iterator[tuple[tuple[int, int], str]]:
    for reuse in source.outline.reuses:
        if reuse.id in ids:
            yield (reuse.start, reuse.start + len(reuse.id)), ids[reuse.id]
    for link in source.outline.links:
        id_ = link.target.removeprefix("id:").partition("#")[0]
        if link.target.startswith("id:") and id_ in ids:
            yield (link.start + 3, link.start + 3 + len(id_)), ids[id_]
