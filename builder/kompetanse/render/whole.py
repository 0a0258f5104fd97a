"""The one configuration of Python-Markdown, and what it makes of a text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from kompetanse.render.direct import NO_ID, Heading

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


def whole(text: str) -> tuple[str, list[Heading]]:
    """Return what Python-Markdown makes of `text` in one go: HTML that is not cleaned, and its headings in order."""
    return _made(_engine(), text)


def unnamed(text: str) -> tuple[str, list[Heading]]:
    """Return the same, but a heading that has no id of its own has `NO_ID`: in its text it would depend on the others."""
    return _made(_engine(_no_id), text)


def _made(engine: Any, text: str) -> tuple[str, list[Heading]]:
    html = str(engine.reset().convert(text))
    return html, list(_flat(engine.toc_tokens))


def _no_id(name: str, separator: str) -> str:
    return NO_ID


def _flat(headings: Sequence[Mapping[str, Any]]) -> Iterator[Heading]:
    for heading in headings:
        yield {key: value for key, value in heading.items() if key != "children"}
        yield from _flat(heading["children"])


@lru_cache
def _engine(slugify: Callable[[str, str], str] | None = None) -> Any:
    """Return an engine; it takes its time to load, and many a site has no text that needs it."""
    from markdown import Markdown

    options = {name: dict(values) for name, values in EXTENSIONS.items()}
    if slugify:
        options["toc"]["slugify"] = slugify
    return Markdown(extensions=list(EXTENSIONS), extension_configs=options)
