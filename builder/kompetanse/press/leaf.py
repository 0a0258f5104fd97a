"""A page of the stage, taken apart: what its templates read, and the Markdown that is converted."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kompetanse.pages.file import StagedFile

_PAGE = "index.md"
_FENCE = "---\n"


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page before it is converted.

    Attributes:
        address: Where it lies in the site, such as `kurs/brann/`; empty for the first page.
        head: Front matter of the staged page; what templates read.
        text: Finished Markdown.
        changed: Day of its last change, ISO 8601; empty when nobody knows.
    """

    address: str
    head: Mapping[str, Any]
    text: str
    changed: str

    @property
    def path(self) -> str:
        """Its file in the site."""
        return f"{self.address}index.html"


def leaf(file: StagedFile) -> Leaf | None:
    """Return the page that `file` is; None when it is data, which is published as it is."""
    if not file.path.endswith(_PAGE):
        return None
    head, text = _divide(file.text)
    return Leaf(file.path.removesuffix(_PAGE), head, text, str(file.changed or ""))


def _divide(text: str) -> tuple[Mapping[str, Any], str]:
    """Split a staged page at its fences; the stage writes each value as JSON on one row."""
    _, rows, body = text.split(_FENCE, 2)
    return dict(_rows(rows)), body.strip()


def _rows(rows: str) -> Iterator[tuple[str, Any]]:
    for row in rows.splitlines():
        key, _, value = row.partition(": ")
        yield key, json.loads(value)
