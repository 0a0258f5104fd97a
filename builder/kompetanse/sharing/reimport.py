"""A newer version of a file that was imported, taken into the course that was made of it.

It is the update of a fork whose source is a file: what the earlier import made is the base, what the new one would make is
theirs, and what lies in the region is ours. Front matter merges by key and text by sentence, as between regions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from kompetanse.sharing.merge import Question, Refusal, merge

_LONGEST_SHOWN = 70


@dataclass(frozen=True, slots=True)
class Versions:
    """Three versions of the texts of a course, by their path in its folder.

    Attributes:
        base: What the earlier import made.
        ours: What lies in the region now.
        theirs: What the new import makes.
    """

    base: Mapping[PurePosixPath, bytes]
    ours: Mapping[PurePosixPath, bytes]
    theirs: Mapping[PurePosixPath, bytes]


@dataclass
class Taken:
    """What taking a newer version comes to; paths are those in the course's folder.

    Attributes:
        write: New contents of files.
        delete: Files that the new version has no more, and that nobody has changed.
        base: The next merge's base: theirs, but for files with an open question, whose base stays.
        changed, added, kept: Files that were taken over or merged, that are new, and that stay as they are.
        questions: Places that both have changed, in words; our text stands there.
    """

    write: dict[PurePosixPath, bytes] = field(default_factory=dict)
    delete: set[PurePosixPath] = field(default_factory=set)
    base: dict[PurePosixPath, bytes] = field(default_factory=dict)
    changed: list[PurePosixPath] = field(default_factory=list)
    added: list[PurePosixPath] = field(default_factory=list)
    kept: list[PurePosixPath] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)


def taken(versions: Versions) -> Taken:
    """Return what becomes of each file."""
    found = Taken()
    for path in sorted({*versions.base, *versions.theirs}):
        _one(versions, path, found)
    return found


def _one(versions: Versions, path: PurePosixPath, found: Taken) -> None:
    base, ours, theirs = versions.base.get(path), versions.ours.get(path), versions.theirs.get(path)
    if theirs is not None:
        found.base[path] = theirs
    if theirs is None:
        _gone(path, base, ours, found)
    elif ours is None and base is None:
        found.write[path] = theirs
        found.added.append(path)
    elif ours is None:
        if theirs != base:
            found.kept.append(path)
            found.questions.append(
                f"{path}: you have deleted it, and the new version has changed it; it stays deleted"
            )
    elif base is None and theirs != ours:
        found.kept.append(path)
        found.questions.append(
            f"{path}: the new version has a file of this name, and so have you; yours stands"
        )
        del found.base[path]
    elif base is not None and theirs not in (base, ours):
        _merged(path, base, ours, theirs, found)


def _gone(path: PurePosixPath, base: bytes | None, ours: bytes | None, found: Taken) -> None:
    if ours is None:
        return
    if ours == base:
        found.delete.add(path)
        return
    found.kept.append(path)
    found.questions.append(f"{path}: the new version has it no more, and you have changed it; it stays")


def _merged(path: PurePosixPath, base: bytes, ours: bytes, theirs: bytes, found: Taken) -> None:
    result = merge(base, ours, theirs)
    if isinstance(result, Refusal):
        _open(path, base, found)
        found.questions.append(f"{path}: it cannot be merged as text ({result.why.value}); it stays as it is")
        found.kept.append(path)
        return
    answers = {number: one.ours for number, one in enumerate(result.questions)}
    text = result.answered(answers).encode()
    if result.questions:
        _open(path, base, found)
        found.questions += [_asked(path, one) for one in result.questions]
    found.questions += [
        f"{path}: {one.key}: the new version says {_few(one.theirs)}; yours stands" for one in result.notices
    ]
    if text != ours:
        found.write[path] = text
        found.changed.append(path)
    elif result.questions:
        found.kept.append(path)


def _open(path: PurePosixPath, base: bytes, found: Taken) -> None:
    """Keep the base of a file with an open question, so that the next merge asks again."""
    found.base[path] = base


def _asked(path: PurePosixPath, one: Question) -> str:
    what = f"{one.key}: " if one.key else ""
    return f"{path}: {what}yours: {_few(one.ours)} · the new version: {_few(one.theirs)}"


def _few(text: str) -> str:
    row = " ".join(text.split())
    return f"«{row[:_LONGEST_SHOWN]}{'…' if len(row) > _LONGEST_SHOWN else ''}»" if row else "nothing"
