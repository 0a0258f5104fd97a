"""What a preview says of what it did."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from kompetanse.errors import Problem


class Kind(Enum):
    """What was done: the parts of the site that read what changed, the rest of these, all of it, and so on."""

    PARTS = "parts"
    REST = "rest"
    WHOLE = "whole"
    CHECKED = "checked"
    MISSED = "missed"
    FAILED = "failed"
    BUG = "bug"


@dataclass(frozen=True, slots=True)
class Report:
    """What happened, for whoever looks at the terminal.

    Attributes:
        kind: What was done.
        changed: Paths in the site that are other than they were.
        seconds: How long it took.
        new: Problems that were not there before.
        mended: How many are gone.
        said: Why it failed.
        more: How many parts of the site follow.
    """

    kind: Kind
    changed: tuple[str, ...] = ()
    seconds: float = 0.0
    new: tuple[Problem, ...] = ()
    mended: int = 0
    said: str = ""
    more: int = 0


def described(paths: Iterable[str], most: int = 3) -> str:
    """Return a few of `paths`, and how many more there are."""
    every = list(paths)
    more = f" and {len(every) - most} more" if len(every) > most else ""
    return ", ".join(every[:most]) + more
