"""A file of the stage, and the front matter of one that is a page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Any

DENSE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""Writes JSON without spaces, for scripts."""

_SPACED = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class StagedFile:
    """A text file of the staged site.

    Attributes:
        path: Where it lies in the staged folder, such as `kurs/brann/index.md`.
        text: What stands in it.
        source: The author's file that it was made from; None for what the site makes itself.
        changed: Day of its last change, for the sitemap; None when nobody knows.
        mapped: Whether it is a page that the map of the site names: one that searches may find, at the address it is known by.
    """

    path: str
    text: str
    source: PurePosixPath | None = None
    changed: date | None = None
    mapped: bool = False


def front_matter(head: Mapping[str, Any]) -> str:
    """Return front matter that YAML 1.1 and 1.2 read alike: JSON strings."""
    rows = [f"{key}: {_SPACED(value)}" for key, value in head.items() if value is not None]
    return "\n".join(("---", *rows, "---", "", ""))


def in_script(data: Mapping[str, Any]) -> str:
    """Return JSON that cannot end the script element it stands in."""
    return DENSE(data).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def scripts(text: str, others: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return the scripts that a page needs: `others`, and that of the questions where there are any."""
    quiz = ("quiz",) if 'data-kmp="quiz"' in text else ()
    return (*others, *quiz) or None
