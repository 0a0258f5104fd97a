"""Markdown → HTML, and which HTML may stand on a page: whatever shows text reads it."""

from __future__ import annotations

from collections.abc import Sequence
from html import unescape
from typing import NamedTuple

from kompetanse.render.blocks import written
from kompetanse.render.chunks import Chunk, Kind, chunks
from kompetanse.render.cleaning import CLEANED, clean
from kompetanse.render.direct import NO_ID, Heading
from kompetanse.render.memo import Memo
from kompetanse.render.seams import InseparableError
from kompetanse.render.whole import EXTENSIONS, unnamed, whole

__all__ = ["EXTENSIONS", "Part", "clean", "convert", "convert_clean", "html"]


class Part(NamedTuple):
    """HTML of a text or a part of it.

    Attributes:
        html: As text.
        headings: In order; each with `level`, `id`, `name` and more that Python-Markdown tells of it.
    """

    html: str
    headings: Sequence[Heading] = ()


def html(text: str) -> str:
    """Return finished Markdown as HTML. It is not cleaned, and stands alone: no page is around it."""
    return convert(text).html


def convert(text: str) -> Part:
    """Return finished Markdown as HTML that is not cleaned, and its headings.

    The same as `whole`, which is asked wherever it is not certain, in a part of its time: a text is taken apart, and a
    part that stands in several texts is converted once.
    """
    parts = _parts(text)
    return Part(_joined(parts), _headings(parts))


def convert_clean(text: str) -> Part:
    """Return finished Markdown as HTML that may stand on a page, and its headings: what `convert` returns, cleaned."""
    parts = _parts(text)
    cleaned = [one for part in parts if (one := CLEANED[part.html]) is not None]
    html = "\n".join(cleaned) if len(cleaned) == len(parts) else clean(_joined(parts))
    return Part(html, _headings(parts))


def _joined(parts: Sequence[Part]) -> str:
    return "\n".join([part.html for part in parts])


def _headings(parts: Sequence[Part]) -> Sequence[Heading]:
    return [one for part in parts if part.headings for one in part.headings]


def _parts(text: str) -> Sequence[Part]:
    """Return the HTML of `text` in parts, with a row end between each two."""
    try:
        return _named([_CONVERTED[chunk] for chunk in chunks(text)])
    except InseparableError:
        return [Part(*whole(text))]


def _converted(chunk: Chunk) -> Part:
    if chunk.kind is Kind.HTML:
        return Part(chunk.text)
    if NO_ID in chunk.text:
        raise InseparableError
    html, headings = written(chunk.text) or unnamed(chunk.text)
    if any(one["id"].startswith(f"{NO_ID}_") for one in headings):  # the second in one chunk
        raise InseparableError
    return Part(html, tuple(headings))


_CONVERTED: Memo[Chunk, Part] = Memo(_converted, lambda chunk: len(chunk.text))


def _named(parts: list[Part]) -> Sequence[Part]:
    """Give each heading that has no id the one that the engine would make of its words.

    Raises:
        InseparableError: When that is taken, or is none, so that it depends on the order of all.
    """
    for place, part in enumerate(parts):
        for heading in part.headings:
            if heading["id"] == NO_ID:
                parts[place] = _renamed(part, _name(heading, parts))
    return parts


def _name(heading: Heading, parts: Sequence[Part]) -> str:
    from markdown.extensions.toc import slugify

    name = slugify(unescape(heading["name"]), "-")
    if not name or heading["data-toc-label"] or any(f'id="{name}"' in part.html for part in parts):
        raise InseparableError
    return name


def _renamed(part: Part, name: str) -> Part:
    """Return `part` with `name` for its only heading that has none."""
    headings = [{**one, "id": name} if one["id"] == NO_ID else one for one in part.headings]
    return Part(part.html.replace(f'id="{NO_ID}"', f'id="{name}"', 1), headings)
