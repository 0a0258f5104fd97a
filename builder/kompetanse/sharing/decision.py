"""What an update does with one file: the table of decisions, by the blob ids of the base, ours and the source's version."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from kompetanse.model.origin import Base
from kompetanse.sharing.merge import Review


class Step(StrEnum):
    """What happens to one file."""

    KEEP = "keep"
    TAKE = "take"
    ADD = "add"
    DELETE = "delete"
    MERGE = "merge"
    ASK = "ask"
    FORGET = "forget"


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that the source gives, under the path that it would have in our folder.

    Attributes:
        oid: Its blob's id in git.
        source: Its path from the root of the source's repository.
        licence: SPDX identifier, when it differs from the course's.
        authors: When they differ from the course's.
    """

    oid: str
    source: PurePosixPath
    licence: str | None = None
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What happens to one file, and why.

    Attributes:
        path: Where it lies in our folder after the update.
        step: What happens to it.
        why: Stable name of the reason: of a question, or of something the reader should know.
        was: Where it lay in our folder, when that is another path.
        base: The version that it was last merged from; None when it is new to us.
        ours: Blob id of our version; None when we have none.
        theirs: What the source gives now; None when the source has it no more.
        places: How many places wait for an answer.
        reviews: Places that the merge settled and both sides had touched.
    """

    path: PurePosixPath
    step: Step
    why: str = ""
    was: PurePosixPath | None = None
    base: Base | None = None
    ours: str | None = None
    theirs: Incoming | None = None
    places: int = 0
    reviews: tuple[Review, ...] = ()


def decide(base: str | None, ours: str | None, theirs: str | None) -> tuple[Step, str]:
    """Return what happens to a file with these three blob ids, and the reason of a question; None is no such file."""
    if base is not None and ours is None and theirs is None:
        return Step.FORGET, ""
    if theirs in (base, ours):
        return Step.KEEP, ""
    if base is None:
        return (Step.ADD, "") if ours is None else (Step.ASK, "both-added")
    if ours == base:
        return (Step.DELETE, "") if theirs is None else (Step.TAKE, "")
    if ours is None:
        return Step.ASK, "deleted-here"
    return (Step.ASK, "deleted-there") if theirs is None else (Step.MERGE, "")
