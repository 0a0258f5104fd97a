"""Does every link, anchor, picture and reuse in a body lead somewhere, and does it say where?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kompetanse.content.body import Link, Reuse, plain
from kompetanse.content.document import Document
from kompetanse.content.elsewhere import folder_of
from kompetanse.content.extent import DEEPEST, LARGEST
from kompetanse.content.library import Library
from kompetanse.content.nearest import nearest, quoted
from kompetanse.content.target import Target, find
from kompetanse.errors import Problem, Severity

Fault = tuple[str, Severity, dict[str, str]]
"""What is wrong with a link: the rule, how much it matters, and what its words are filled with."""

MAX_PICTURE = 1_000_000
"""A larger picture, in bytes, is slow on a phone."""

_SAYS_NOTHING = frozenset(
    {
        "her",
        "klikk her",
        "trykk her",
        "les mer",
        "les meir",
        "mer",
        "meir",
        "lenke",
        "lenkje",
        "denne",
        "dette",
    }
    | {"here", "click here", "read more", "more", "link", "this", "this page"}
)
_LONGEST_EMPTY = 20
_WORDS = re.compile(r"[^\w ]+")


def check(library: Library, root: Path) -> Iterator[Problem]:
    """Yield every link that leads nowhere or says nothing, and every picture that is missing, mute or heavy."""
    for document in library.documents:
        body = document.source.body
        if "](" in body or "]:" in body or "<" in body:
            for link in document.outline.links:
                yield from _told(document, link.start, _link(library, root, document, link))
        if "8<" in body:
            for reuse in document.outline.reuses:
                yield from _told(document, reuse.start, _reuse(library, document, reuse))


def _told(document: Document, start: int, faults: Iterator[Fault]) -> Iterator[Problem]:
    for code, severity, values in faults:
        line = document.outline.line_at(start)
        yield document.source.body_problem(line, code, severity, **values)


def _link(library: Library, root: Path, document: Document, link: Link) -> Iterator[Fault]:
    target = find(library, document, link.target)
    if link.picture:
        yield from _picture(root, link, target)
    elif target.kind == "nowhere":
        near = _suggest(library, link.target)
        yield "broken-link", Severity.ERROR, {"target": link.target, "nearest": near}
    elif target.kind == "stayed":
        near = _suggest(library, link.target)
        yield "adopted-link", Severity.WARNING, {"target": link.target, "nearest": near}
    if target.kind == "unsafe":
        yield "unsafe-link", Severity.ERROR, {"target": link.target}
    if target.document:
        for fault in _anchor(library, target.document, target.anchor):
            yield _as_adopted(fault) if _leaves(library, document, target.document) else fault
        yield from _to_unpublished(library, document, target.document)
    if not link.picture and link.text and len(link.text) < _LONGEST_EMPTY and _says_nothing(link.text):
        yield "empty-link-text", Severity.WARNING, {"text": plain(link.text)}


def _says_nothing(text: str) -> bool:
    return _WORDS.sub("", plain(text)).strip().lower() in _SAYS_NOTHING


def _picture(root: Path, link: Link, target: Target) -> Iterator[Fault]:
    if target.kind not in {"asset", "outside", "unsafe"} or target.address:
        yield "missing-image", Severity.ERROR, {"target": link.target}
    elif target.kind == "outside":
        yield "outside-image", Severity.WARNING, {"target": link.target}
    if not link.text or not link.text.strip():
        yield "missing-alt-text", Severity.ERROR, {"target": link.target}
    if target.asset and (size := (root / target.asset).stat().st_size) > MAX_PICTURE:
        yield "heavy-image", Severity.WARNING, {"target": link.target, "size": f"{size / 1_000_000:.1f}"}


def _anchor(library: Library, document: Document, anchor: str) -> Iterator[Fault]:
    if not anchor or anchor in document.outline.anchors:
        return
    anchors = document.outline.anchors | _brought_in(library, document)
    if anchor not in anchors:
        near = quoted(nearest(anchor, anchors))
        yield "broken-anchor", Severity.ERROR, {"anchor": anchor, "path": str(document.path), "nearest": near}


def _leaves(library: Library, document: Document, found: Document) -> bool:
    """Tell whether a link of an adopted course leads to an item of ours, which need not say all that the source's does."""
    folder = folder_of(library, document) if library.adopted else None
    return folder is not None and not found.path.is_relative_to(folder)


def _as_adopted(fault: Fault) -> Fault:
    return "adopted-anchor", Severity.WARNING, fault[2]


def _brought_in(library: Library, document: Document) -> set[str]:
    """Return the anchors that come to the page of `document` with the texts that it reuses."""
    anchors: set[str] = set()
    seen, waiting = {document.path}, [document]
    while waiting:
        for reuse in waiting.pop().outline.reuses:
            found = library.by_id.get(reuse.id)
            if found and found.path not in seen:
                seen.add(found.path)
                waiting.append(found)
                anchors |= found.outline.anchors
    return anchors


def _to_unpublished(library: Library, document: Document, found: Document) -> Iterator[Fault]:
    status = found.keys.status if found.keys else "published"
    if status == "draft" and document.keys and document.keys.status == "published":
        yield "link-to-draft", Severity.ERROR, {"id": library.id_of(found)}


def _reuse(library: Library, document: Document, reuse: Reuse) -> Iterator[Fault]:
    found = library.by_id.get(reuse.id)
    if found is None:
        near = nearest(reuse.id, library.ids_of_kind(("module", "page")))
        yield "unknown-reuse", Severity.ERROR, {"id": reuse.id, "nearest": quoted(near)}
        return
    if (library.id_of(document), reuse.id) in library.too_large:
        values = {"id": reuse.id, "deepest": str(DEEPEST), "largest": str(LARGEST // 1_000_000)}
        yield "reuse-too-large", Severity.ERROR, values
    anchors = [heading.anchor for heading in found.outline.headings]
    if reuse.anchor and reuse.anchor not in anchors:
        near = nearest(reuse.anchor, anchors)
        yield (
            "broken-anchor",
            Severity.ERROR,
            {"anchor": reuse.anchor, "path": str(found.path), "nearest": quoted(near)},
        )
    yield from _to_unpublished(library, document, found)


def _suggest(library: Library, target: str) -> str:
    if target.startswith("id:"):
        return quoted(f"id:{id_}" for id_ in nearest(target[3:].partition("#")[0], library.by_id))
    name = target.partition("#")[0].rstrip("/").rpartition("/")[2]
    names = {path.name for path in (*library.by_path, *library.assets)}
    return quoted(nearest(name, names)) if name else ""
