"""Does every link, anchor, picture and reuse in a body lead somewhere, and does it say where?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from kompetanse.content.body import Link, line_at, plain
from kompetanse.content.document import Document
from kompetanse.content.library import Library
from kompetanse.content.nearest import nearest, quoted
from kompetanse.content.target import Target, find
from kompetanse.errors import Problem, Severity

MAX_PICTURE = 1_000_000
"""A larger picture, in bytes, is slow on a phone."""

_SAYS_NOTHING = frozenset(
    ("her", "klikk her", "trykk her", "les mer", "les meir", "mer", "meir", "lenke", "lenkje", "denne", "dette")
    + ("here", "click here", "read more", "more", "link", "this", "this page")
)
_Problem = Callable[..., Problem]
_WORDS = re.compile(r"[^\w ]+")


def check(library: Library, root: Path) -> Iterator[Problem]:
    """Yield every link that leads nowhere or says nothing, and every picture that is missing, mute or heavy."""
    for document in library.documents:
        body = document.source.body
        if "](" in body or "]:" in body or "<" in body:
            for link in document.outline.links:
                yield from _link(library, root, document, link)
        if "8<" in body:
            yield from _reuses(library, document)


def _link(library: Library, root: Path, document: Document, link: Link) -> Iterator[Problem]:
    line = line_at(document.source.body, link.start)
    problem = partial(document.source.body_problem, line)
    target = find(library, document, link.target)
    if link.picture:
        yield from _picture(root, link, target, problem)
    elif target.kind == "nowhere":
        yield problem("broken-link", target=link.target, nearest=_suggest(library, link.target))
    if target.kind == "unsafe":
        yield problem("unsafe-link", target=link.target)
    if target.document:
        yield from _anchor(target.document, target.anchor, problem)
        yield from _to_unpublished(library, document, target.document, problem)
    if not link.picture and link.text and _says_nothing(link.text):
        yield problem("empty-link-text", Severity.WARNING, text=plain(link.text))


def _says_nothing(text: str) -> bool:
    return _WORDS.sub("", plain(text)).strip().lower() in _SAYS_NOTHING


def _picture(root: Path, link: Link, target: Target, problem: _Problem) -> Iterator[Problem]:
    if target.kind != "asset" and target.kind != "outside":
        yield problem("missing-image", target=link.target)
    if target.kind == "outside":
        yield problem("outside-image", Severity.WARNING, target=link.target)
    if not link.text or not link.text.strip():
        yield problem("missing-alt-text", target=link.target)
    if target.asset and (size := (root / target.asset).stat().st_size) > MAX_PICTURE:
        yield problem("heavy-image", Severity.WARNING, target=link.target, size=f"{size / 1_000_000:.1f}")


def _anchor(document: Document, anchor: str, problem: _Problem) -> Iterator[Problem]:
    if anchor and anchor not in document.outline.anchors:
        near = nearest(anchor, document.outline.anchors)
        yield problem("broken-anchor", anchor=anchor, path=str(document.path), nearest=quoted(near))


def _to_unpublished(library: Library, document: Document, found: Document, problem: _Problem) -> Iterator[Problem]:
    status = found.keys.status if found.keys else "published"
    if status == "draft" and document.keys and document.keys.status == "published":
        yield problem("link-to-draft", id=library.id_of(found))


def _reuses(library: Library, document: Document) -> Iterator[Problem]:
    for reuse in document.outline.reuses:
        problem = partial(document.source.body_problem, line_at(document.source.body, reuse.start))
        found = library.by_id.get(reuse.id)
        if found is None:
            near = nearest(reuse.id, library.ids_of_kind(("module", "page")))
            yield problem("unknown-reuse", id=reuse.id, nearest=quoted(near))
            continue
        if reuse.anchor and all(heading.anchor != reuse.anchor for heading in found.outline.headings):
            near = nearest(reuse.anchor, [heading.anchor for heading in found.outline.headings])
            yield problem("broken-anchor", anchor=reuse.anchor, path=str(found.path), nearest=quoted(near))
        yield from _to_unpublished(library, document, found, problem)


def _suggest(library: Library, target: str) -> str:
    if target.startswith("id:"):
        return quoted(f"id:{id_}" for id_ in nearest(target[3:].partition("#")[0], library.by_id))
    name = target.partition("#")[0].rstrip("/").rpartition("/")[2]
    names = {path.name for path in (*library.by_path, *library.assets)}
    return quoted(nearest(name, names)) if name else ""
