"""The words of a link that leads to nothing here, without the link."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from kompetanse.content.body import Link

_USE = re.compile(r"(?<![\\\]])(!?)\[((?:[^\[\]\\]|\\.)*)\](?:\[((?:[^\[\]\\]|\\.)*)\])?(?![\[(:])")
"""A use of a definition: `[words][label]`, `[label][]` or `[label]`, of a picture with a mark before it."""


def without_link(visible: str, link: Link) -> Iterator[tuple[int, int, str]]:
    """Yield the edits that leave only the words of a link, each as start, end and what comes in its place.

    Args:
        visible: The body with code and comments blanked out.
        link: One that is no picture.
    """
    if link.around:
        opening, closing, end = link.around
        yield opening, opening + 1, ""
        yield closing, end, ""
    else:
        yield from _uses(visible, link.text or "")


def is_shown(visible: str, link: Link) -> bool:
    """Tell whether a picture is taken from where a definition leads."""
    return link.around is None and any(match[1] for match in _every(visible)[_label(link.text or "")])


def _uses(visible: str, label: str) -> Iterator[tuple[int, int, str]]:
    for match in _every(visible)[_label(label)]:
        if not match[1]:
            yield match.start(2) - 1, match.start(2), ""
            yield match.end(2), match.end(), ""


@lru_cache(maxsize=1)
def _every(visible: str) -> Mapping[str, list[re.Match[str]]]:
    """Return the uses of all definitions of a body, by label; a body of others may have very many."""
    found: dict[str, list[re.Match[str]]] = defaultdict(list)
    for match in _USE.finditer(visible) if "]:" in visible else ():
        found[_label(match[3] or match[2])].append(match)
    return found


def _label(written: str) -> str:
    return " ".join(written.lower().split())
