"""Where what an edition's HTML names lies in one package."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from markupsafe import Markup, escape

_ADDRESS = re.compile(r'(\b(?:href|src|poster)=")(lesson|media):([^"#]*)(#[^"]*)?(?=")')
_TAG = re.compile(r'<[a-z](?:"[^"]*"|[^">])*>')
"""A tag; what shows how a tag is written has no `<` in cleaned HTML."""
_TASK = re.compile(r'<div data-task="([A-Za-z0-9_-]+)"></div>')
_MEDIA = re.compile(r'\b(?:href|src|poster)="media:([^"#]*)')


def placed(html: str, lesson: Callable[[str], str], media: Callable[[str], str]) -> str:
    """Return `html` with the addresses of one package.

    Args:
        html: HTML of an edition.
        lesson: Returns the address of a lesson by its id, without anchor; an empty one is the page itself.
        media: Returns the address of a file by its name.
    """

    def one(match: re.Match[str]) -> str:
        start, kind, name, anchor = match[1], match[2], match[3], match[4] or ""
        found = lesson(name) if kind == "lesson" else media(name)
        return f"{start}{escape(found)}{anchor}"

    return _TAG.sub(lambda tag: _ADDRESS.sub(one, tag[0]), html)


def media_in(html: str) -> Sequence[str]:
    """Return the names of the files that `html` shows or links to, each once; what its text says of a tag is no file."""
    tags = (tag[0] for tag in _TAG.finditer(html))
    return list(dict.fromkeys(name for tag in tags for name in _MEDIA.findall(tag)))


def with_tasks(html: str, write: Callable[[str], str]) -> str:
    """Return `html` with every question's place filled.

    Args:
        html: HTML of a lesson.
        write: Returns the HTML of a question by its id; may be empty.
    """
    return _TASK.sub(lambda match: write(match[1]), html)


def text_of(html: str) -> str:
    """Return what `html` says, without markup, on one line."""
    return Markup(html).striptags()  # noqa: S704 (nothing is shown as HTML)
