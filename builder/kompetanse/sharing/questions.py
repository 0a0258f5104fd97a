"""The questions that wait for an answer after an update: one file a course, `.kompetanse/questions/<course id>.json`.

    of_plan(course, commit, folder, plan)   # what an update leaves open, to be stored in its commit
    read(course, data), text(questions)     # the file

It holds the source's new contents of each file that is asked about, so that the three versions can be merged again with what
we have by then, without the source. What was settled where both had been stands there too, until somebody has looked it over.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from kompetanse.content.origin import Inside, Oid
from kompetanse.errors import KompetanseError
from kompetanse.model.blob import blob_id
from kompetanse.model.origin import Base
from kompetanse.sharing.merge import Review, Where
from kompetanse.sharing.plan import Decision, Plan

FOLDER = PurePosixPath(".kompetanse/questions")
VERSION = 1


@dataclass(frozen=True, slots=True)
class Asked:
    """A file that a person must answer for.

    Attributes:
        why: Stable names of the reasons, parted by comma; the message catalogue has words for each under `why.`.
        theirs: What the source has now; None when it has taken the file away.
        base: The file's base once it is answered; None when the source has the file no more.
    """

    why: str
    theirs: bytes | None
    base: Base | None


@dataclass(frozen=True, slots=True)
class Questions:
    """All that waits in one course; paths are those in its folder.

    Attributes:
        course: The course's id with us.
        commit: The source's commit that they came with.
        files: The files that are asked about.
        reviews: What the merge settled in other files where both had been, until somebody has looked it over.
    """

    course: str
    commit: str
    files: Mapping[PurePosixPath, Asked]
    reviews: Mapping[PurePosixPath, tuple[Review, ...]] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits."""
        return not self.files and not self.reviews


def path_of(course: str) -> PurePosixPath:
    """Return where the questions of a course lie, from the region's root."""
    return FOLDER / f"{course}.json"


def of_plan(course: str, commit: str, folder: PurePosixPath, plan: Plan) -> Questions:
    """Return what an update leaves open.

    Args:
        course: The course's id with us.
        commit: The source's commit.
        folder: The course's folder in the source at that commit.
        plan: The update.
    """
    files = {one.path: Asked(one.why, plan.asked.get(one.path), _base(one, folder)) for one in plan.questions}
    return Questions(course, commit, files, {one.path: one.reviews for one in plan.reviews})


def _base(one: Decision, folder: PurePosixPath) -> Base | None:
    if one.theirs is None:
        return None
    lies = None if folder / one.path == one.theirs.source else one.theirs.source
    return Base(one.theirs.oid, lies, one.theirs.licence, one.theirs.authors)


# --- the file -----------------------------------------------------------------------------------------------------


def text(questions: Questions) -> bytes:
    """Return the file; the same questions are the same bytes."""
    data = {
        "version": VERSION,
        "course": questions.course,
        "commit": questions.commit,
        "files": {str(path): _asked_row(one) for path, one in sorted(questions.files.items())},
        "reviews": {
            str(path): [_review_row(one) for one in each] for path, each in sorted(questions.reviews.items())
        },
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _asked_row(one: Asked) -> dict[str, Any]:
    row: dict[str, Any] = {"why": one.why}
    if one.theirs is not None:
        try:
            row["text"] = one.theirs.decode()
        except UnicodeDecodeError:
            row["base64"] = b64encode(one.theirs).decode()
    if one.base:
        row["oid"] = one.base.oid
        row |= {"from": str(one.base.source)} if one.base.source else {}
        row |= {"licence": one.base.licence} if one.base.licence else {}
        row |= {"authors": list(one.base.authors)} if one.base.authors else {}
    return row


def _review_row(one: Review) -> dict[str, str]:
    return {
        "where": one.where.value,
        "key": one.key,
        "how": one.how,
        "base": one.base,
        "ours": one.ours,
        "theirs": one.theirs,
        "merged": one.merged,
    }


def _bytes(value: Any) -> bytes:
    if not isinstance(value, str):
        raise ValueError("must be text")
    return b64decode(value, validate=True)


class _Row(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _AskedKeys(_Row):
    why: str
    text: str | None = None
    base64: Annotated[bytes | None, BeforeValidator(_bytes)] = None
    oid: Oid | None = None
    source: Inside | None = None
    licence: str | None = None
    authors: Annotated[tuple[str, ...], BeforeValidator(tuple)] = ()


class _ReviewKeys(_Row):
    where: Annotated[Where, BeforeValidator(Where)]
    key: str
    how: Literal["value", "line", "sentence", "word", "space", "contained"]
    base: str
    ours: str
    theirs: str
    merged: str


class _Keys(_Row):
    version: Literal[1]
    course: str
    commit: Oid
    files: dict[Inside, _AskedKeys]
    reviews: dict[Inside, list[_ReviewKeys]]


def read(course: str, data: bytes) -> Questions:
    """Return the questions that a file holds.

    Args:
        course: The course's id with us.
        data: The file.

    Raises:
        KompetanseError: When it is damaged or newer; it is never guessed at.
    """
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise _damaged(course, "it is no JSON") from error
    version = found.get("version") if isinstance(found, dict) else None
    if isinstance(version, int) and version > VERSION:
        raise KompetanseError(
            f"{path_of(course)} was written by a newer kompetanse (version {version}; this one knows {VERSION}). "
            "Install the newest: pip install --upgrade kompetanse"
        )
    try:
        return _understood(course, _Keys.model_validate(_renamed(found)))
    except (ValidationError, ValueError, TypeError, AttributeError) as error:
        raise _damaged(course, _first(error)) from error


def _renamed(found: Any) -> Any:
    """Return the rows with `from`, a word of Python's, under the name it has here."""
    files = (
        {
            path: {("source" if key == "from" else key): value for key, value in row.items()}
            for path, row in found["files"].items()
        }
        if isinstance(found, dict) and isinstance(found.get("files"), dict)
        else None
    )
    return found if files is None else {**found, "files": files}


def _understood(course: str, keys: _Keys) -> Questions:
    if keys.course != course:
        raise ValueError(f"it is about another course, {keys.course}")
    return Questions(
        keys.course,
        keys.commit,
        {path: _asked(path, one) for path, one in keys.files.items()},
        {
            path: tuple(Review(r.where, r.key, r.how, r.base, r.ours, r.theirs, r.merged) for r in each)
            for path, each in keys.reviews.items()
        },
    )


def _asked(path: PurePosixPath, keys: _AskedKeys) -> Asked:
    theirs = keys.text.encode() if keys.text is not None else keys.base64
    if (theirs is None) != (keys.oid is None) or (theirs is not None and blob_id(theirs) != keys.oid):
        raise ValueError(f"{path}: its contents and its id do not belong together")
    base = Base(keys.oid, keys.source, keys.licence, keys.authors) if keys.oid else None
    return Asked(keys.why, theirs, base)


def _first(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    return str(error)


def _damaged(course: str, why: str) -> KompetanseError:
    return KompetanseError(
        f"{path_of(course)} is damaged: {why}. Your texts are as they were. Take the file back from git, or ask again: "
        f"kompetanse update {course}, or kompetanse import --merge where the source is a file"
    )
