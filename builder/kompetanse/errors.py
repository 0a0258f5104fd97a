"""Everything that can go wrong, in two kinds.

A `Problem` is a fact about content; we collect all of them and go on.
A `KompetanseError` stops the command; it is what a person can act upon.
Any other exception is a bug.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import PurePosixPath


class KompetanseError(Exception):
    """The command cannot go on; the message says what to do. Exit code 1."""


class UsageError(KompetanseError):
    """The command was called in a way that makes no sense. Exit code 2."""


class ExitCode(IntEnum):
    """What the process tells its caller."""

    DONE = 0
    PROBLEMS = 1
    USAGE = 2
    BUG = 3
    INTERRUPTED = 130


class Severity(IntEnum):
    """How much a problem matters; a lower number is worse.

    An error stops a publish, a warning does so under `--strict`, a notice never does.
    """

    ERROR = 0
    WARNING = 1
    NOTICE = 2

    @property
    def word(self) -> str:
        """`error`, `warning` or `notice`, as in JSON and annotations."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in one place of the content, in no language yet.

    Attributes:
        path: File, relative to the region's root, with forward slashes.
        line: Line in that file, counted from 1; 0 when the file as a whole is meant.
        key: Path inside the front matter, such as `requires[0].level`; empty for the body.
        code: Stable name of the rule, such as `broken-link`; the message catalogue has its words.
        severity: How much it matters.
        values: What the words of the rule are filled with.
    """

    path: PurePosixPath
    line: int
    key: str
    code: str
    severity: Severity
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def place(self) -> tuple[str, int, str, str, str]:
        """Sort by this: file, line, key, code and what was found there."""
        return str(self.path), self.line, self.key, self.code, str(sorted(self.values.items()))
