"""Finished text: reuse brought in, headings given their anchors, links turned into `id:` and `asset:`.

Pages, search and packages read only this, so that they never see a path or an unresolved line.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from kompetanse.content.body import REUSE, Heading, Link, mask, outline, section
from kompetanse.content.document import Document
from kompetanse.content.library import Library
from kompetanse.content.target import Target, find
from kompetanse.content.unlinked import is_shown, without_link

Edit = tuple[int, int, str]
"""Where a piece of text starts and ends, and what comes in its place."""

Known = dict[tuple[str, str, int], str]
"""What was brought in, by the id of who did so, its name as written, and the level it stands at."""

_DEEPEST = 6


def finish(library: Library, document: Document) -> str:
    """Return the finished body of `document`: its title left out, its sections from `##` down."""
    body = _without_title(document, _anchored(library, document))
    whole = _expand(library, body, (library.id_of(document),), {})
    return (_distinct(whole) if "8<" in body else whole).strip("\n") + "\n"


def _without_title(document: Document, body: str) -> str:
    """Take away a first heading that says the title; the page shows it already."""
    headings = outline(body).headings
    first = headings[0] if headings else None
    if first and first.level == 1 and first.text == document.title and not body[: first.start].strip():
        body = body[first.end :]
        headings = outline(body).headings
    top = min((heading.level for heading in headings), default=2)
    return shift(body, 2 - top) if top < 2 else body


def _anchored(library: Library, document: Document) -> str:
    """Return the body of `document` with explicit anchors and with links that no longer depend on where it lies."""
    body, found = document.source.body, document.outline
    edits = [edit for heading in found.headings for edit in _heading(body, heading)]
    edits += [edit for link in found.links for edit in _link(library, document, link)]
    return _apply(body, edits)


def _heading(body: str, heading: Heading) -> Iterator[Edit]:
    """Give a heading its anchor, and an underlined one its number signs."""
    if not body.startswith("#", heading.start):
        yield heading.start, heading.start, "#" * heading.level + " "
    yield heading.text_end, heading.end, f" {{#{heading.anchor}}}"


def _link(library: Library, document: Document, link: Link) -> Iterator[Edit]:
    """Turn a link to what it leads to; of one to what stayed with the source and has no page there only the words are left."""
    target = find(library, document, link.target)
    if target.address and not link.picture and not is_shown(document.outline.visible, link):
        yield link.start, link.end, target.address
    elif target.kind == "stayed" and not link.picture:
        yield from without_link(document.outline.visible, link)
    else:
        yield link.start, link.end, _canonical(library, document, target, link.target)


def _canonical(library: Library, document: Document, target: Target, written: str) -> str:
    if target.kind == "item" and target.document:
        anchor = f"#{target.anchor}" if target.anchor else ""
        return (
            f"#{target.anchor}"
            if target.document is document and anchor
            else f"id:{library.id_of(target.document)}{anchor}"
        )
    if target.kind == "asset" and target.asset:
        return "asset:" + "/".join(target.asset.parts[1:]).replace(" ", "%20")
    return "#" if target.kind == "unsafe" else written


def _apply(body: str, edits: list[Edit]) -> str:
    parts: list[str] = []
    reached = 0
    for start, end, new in sorted(edits):
        parts += (body[reached:start], new)
        reached = end
    return "".join((*parts, body[reached:]))


def _expand(library: Library, body: str, trail: tuple[str, ...], known: Known) -> str:
    if "8<" not in body:
        return body
    visible = mask(body)
    level, edits = 1, []
    headings = iter((*outline(body).headings, None))
    following = next(headings)
    for match in REUSE.finditer(visible):
        while following and following.start < match.start():
            level, following = following.level, next(headings)
        place = (trail[-1], match[2], level)
        if place not in known:
            known[place] = _brought_in(library, match[2], level, trail, known)
        edits.append((match.start(), match.end(), _indented(known[place], match[1])))
    return _apply(body, edits)


def _is_draft(document: Document) -> bool:
    return document.keys is not None and document.keys.status == "draft"


def _indented(text: str, indent: str) -> str:
    return "\n".join(indent + row if row else row for row in text.split("\n")) if indent else text


def _brought_in(library: Library, name: str, level: int, trail: tuple[str, ...], known: Known) -> str:
    id_, _, anchor = name.partition("#")
    found = library.by_id.get(id_)
    if found is None or id_ in trail or (trail[-1], id_) in library.too_large:
        return ""
    if _is_draft(found) and not _is_draft(library.by_id[trail[0]]):
        return ""
    found = library.text(found)
    body = _without_title(found, _anchored(library, found))
    part = section(body, outline(body), anchor) if anchor else body
    if part is None:
        return ""
    top = min((heading.level for heading in outline(part).headings), default=level + 1)
    fitted = _expand(library, shift(_grounded(part, id_), level + 1 - top), (*trail, id_), known)
    return fitted.strip("\n")


def _grounded(part: str, id_: str) -> str:
    """Return a section of `id_` whose links to places outside of it lead to the page of `id_`."""
    found = outline(part)
    away = [one for one in found.links if one.target.startswith("#") and one.target[1:] not in found.anchors]
    return _apply(part, [(one.start, one.start, f"id:{id_}") for one in away])


def _distinct(body: str) -> str:
    """Return `body` with every heading's anchor there once; what was brought in may repeat one."""
    seen: set[str] = set()
    edits: list[Edit] = []
    for heading in outline(body).headings:
        anchor = next(one for one in _numbered(heading.anchor) if one not in seen)
        seen.add(anchor)
        if anchor != heading.anchor:
            edits.append((heading.text_end, heading.end, f" {{#{anchor}}}"))
    return _apply(body, edits)


def _numbered(anchor: str) -> Iterator[str]:
    yield anchor
    yield from (f"{anchor}-{number}" for number in count(2))


def shift(body: str, steps: int) -> str:
    """Return `body` with every heading `steps` levels further down, none deeper than six."""
    if not steps:
        return body
    edits = [
        (one.start, one.start + one.level, "#" * max(1, min(one.level + steps, _DEEPEST)))
        for one in outline(body).headings
    ]
    return _apply(body, edits)
