"""The words of a link that leads to nothing here, without the link."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kompetanse.content.body import Link

_USE = r"(?<![\\\]])(!?)\[((?:[^\[\]\\]|\\.)*)\](?:\[({label})?\])?(?![\[(:])"
"""A use of a definition: `[words][label]`, `[label][]` or `[label]`."""


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
    label = "" if link.around else link.text
    return bool(label) and any(match[1] for match in _found(visible, label or ""))


def _uses(visible: str, label: str) -> Iterator[tuple[int, int, str]]:
    for match in _found(visible, label):
        if not match[1]:
            yield match.start(2) - 1, match.start(2), ""
            yield match.end(2), match.end(), ""


def _found(visible: str, label: str) -> Iterator[re.Match[str]]:
    """Yield the uses of a definition, with a label in brackets of its own or with words that are the label."""
    if not label:
        return
    for match in re.finditer(_USE.format(label=re.escape(label)), visible, re.IGNORECASE):
        if match[3] or match[2].lower() == label.lower():
            yield match
