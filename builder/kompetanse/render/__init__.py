"""The one configuration of Markdown → HTML, and of which HTML may stand on a page: whatever shows text reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from html import unescape
from typing import Any

import nh3
from markdown.extensions.toc import nest_toc_tokens, slugify

from kompetanse.render.blocks import written
from kompetanse.render.chunks import Chunk, InseparableError, Kind, chunks
from kompetanse.render.direct import NO_ID

EXTENSIONS: Mapping[str, Mapping[str, Any]] = {
    "abbr": {},
    "admonition": {},
    "attr_list": {},
    "def_list": {},
    "footnotes": {},
    "md_in_html": {},
    "tables": {},
    "toc": {"permalink": False},
    "pymdownx.details": {},
    "pymdownx.superfences": {},
    "pymdownx.highlight": {"use_pygments": True, "guess_lang": False},
    "pymdownx.betterem": {},
    "sane_lists": {},
}
"""Names and options of Python-Markdown's extensions, in the order they are registered."""

_TAGS = frozenset(
    [
        "a",
        "abbr",
        "address",
        "article",
        "aside",
        "audio",
        "b",
        "bdi",
        "bdo",
        "blockquote",
        "br",
        "button",
        "caption",
        "cite",
        "code",
        "col",
        "colgroup",
        "dd",
        "del",
        "details",
        "dfn",
        "div",
        "dl",
        "dt",
        "em",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "i",
        "img",
        "input",
        "ins",
        "kbd",
        "label",
        "legend",
        "li",
        "main",
        "mark",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "picture",
        "pre",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "section",
        "select",
        "small",
        "source",
        "span",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "time",
        "tr",
        "track",
        "u",
        "ul",
        "var",
        "video",
        "wbr",
    ]
)
_ATTRIBUTES: Mapping[str, frozenset[str]] = {
    tag: frozenset(names.split())
    for tag, names in {
        "*": "id class lang dir title role tabindex hidden style",
        "a": "href hreflang rel target name type download",
        "audio": "src controls preload loop muted",
        "blockquote": "cite",
        "button": "type name value disabled",
        "col": "span",
        "colgroup": "span",
        "del": "cite datetime",
        "details": "open name",
        "form": "autocomplete",
        "img": "src alt width height loading align",
        "input": "type name value autocomplete checked disabled placeholder readonly min max",
        "ins": "cite datetime",
        "label": "for",
        "li": "value",
        "ol": "start type reversed",
        "optgroup": "label disabled",
        "option": "value selected disabled label",
        "q": "cite",
        "select": "name autocomplete disabled",
        "source": "src type",
        "td": "colspan rowspan headers align",
        "th": "colspan rowspan headers scope abbr align",
        "time": "datetime",
        "track": "src kind srclang label default",
        "video": "src controls preload loop muted poster width height",
    }.items()
}
_CLEANER = nh3.Cleaner(
    tags=set(_TAGS),
    attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
    generic_attribute_prefixes={"data-", "aria-"},
    url_schemes={"http", "https", "mailto", "tel"},
    filter_style_properties={"text-align"},
    link_rel=None,
)


def clean(html: str) -> str:
    """Return `html` with nothing left that runs, sends or restyles.

    A list of what may stand on a page, not of what may not: `kompetanse check` tells the author, this holds when it
    was not asked.
    """
    return _CLEANER.clean(html)


def html(text: str) -> str:
    """Return finished Markdown as HTML. It is not cleaned, and stands alone: no page is around it."""
    return convert(text)[0]


Headings = Sequence[Mapping[str, Any]]
"""Headings as a tree: each with `level`, `id`, `name` and `children`."""


def convert(text: str) -> tuple[str, Headings]:
    """Return finished Markdown as HTML that is not cleaned, and its headings.

    The same as `convert_whole`, which is asked wherever it is not certain, in a part of its time: a text is taken apart,
    and a part that stands in several texts is converted once.
    """
    if NO_ID in text:
        return convert_whole(text)
    try:
        found = [_converted(chunk) for chunk in chunks(text)]
        return _named("\n".join(html for html, _ in found), [dict(one) for _, own in found for one in own])
    except InseparableError:
        return convert_whole(text)


def _named(html: str, headings: Any) -> tuple[str, Headings]:
    """Give each heading that has no id the one that the engine would make of its words.

    Raises:
        InseparableError: When that is taken, or is none, so that it depends on the order of all.
    """
    for one in headings:
        if one["id"] == NO_ID:
            name = slugify(unescape(one["name"]), "-")
            if not name or one["data-toc-label"] or f'id="{name}"' in html:
                raise InseparableError
            html = html.replace(f'id="{NO_ID}"', f'id="{name}"', 1)
            one["id"] = name
    return html, nest_toc_tokens(headings)


def convert_whole(text: str) -> tuple[str, Headings]:
    """Return what Python-Markdown makes of `text` in one go."""
    engine = _engine().reset()
    return str(engine.convert(text)), engine.toc_tokens


def _converted(chunk: Chunk) -> tuple[str, Headings]:
    return (chunk.text, []) if chunk.kind is Kind.HTML else _text(chunk.text)


@lru_cache(maxsize=4096)
def _text(text: str) -> tuple[str, Headings]:
    found = written(text)
    if found is not None:
        return found
    engine = _engine(_no_id).reset()
    html = str(engine.convert(text))
    headings = list(_flat(engine.toc_tokens))
    if any(heading["id"].startswith(f"{NO_ID}_") for heading in headings):  # the second in one chunk
        raise InseparableError
    return html, headings


def _no_id(name: str, separator: str) -> str:
    """Give a heading that has no id of its own one that is known again: in its text it would depend on the others."""
    return NO_ID


def _flat(headings: Headings) -> Iterator[Mapping[str, Any]]:
    for heading in headings:
        yield {key: value for key, value in heading.items() if key != "children"}
        yield from _flat(heading["children"])


@lru_cache
def _engine(slugify: Callable[[str, str], str] | None = None) -> Any:
    from markdown import Markdown

    options = {name: dict(values) for name, values in EXTENSIONS.items()}
    if slugify:
        options["toc"]["slugify"] = slugify
    return Markdown(extensions=list(EXTENSIONS), extension_configs=options)
