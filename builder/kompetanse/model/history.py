"""When and in which version the files of a region last changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import Literal

State = Literal["full", "shallow", "empty", "none", "refused", "no-git"]


@dataclass(frozen=True, slots=True)
class Change:
    """The last change of a file.

    Attributes:
        day: The author's day.
        commit: The commit.
        moment: Latest time, in UTC, at which a commit that names the file was made; it never falls.
    """

    day: date
    commit: str
    moment: datetime


@dataclass(frozen=True, slots=True)
class History:
    """What git knows of a folder.

    Attributes:
        state: `full`; `shallow` when old commits are missing; `empty` without commits; `none` without a
            repository; `refused` when git will not read it; `no-git` when there is no git on the machine.
        head: The commit that is checked out, and its day.
        changes: Last change of each file, by path relative to the folder.
        folder: Where the folder lies in its repository; `.` when it is the whole of it.
    """

    state: State
    head: Change | None = None
    changes: Mapping[PurePosixPath, Change] = field(default_factory=dict)
    folder: PurePosixPath = field(default_factory=PurePosixPath)
