"""Put a whole change into the region's repository: one commit by plumbing, and the files with it, all or nothing.

However it ends - by an error, a full disk or the power - the repository is as before or as after, at the latest when the
next run has read the journal (`kompetanse.git.journal`). No hook and no filter runs; the bytes are the same on every machine.
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Literal

from kompetanse.errors import KompetanseError
from kompetanse.git import journal, obstacles
from kompetanse.git.journal import Journal, Move, Tell
from kompetanse.git.lock import held
from kompetanse.git.own import Held, Own, find
from kompetanse.model.blob import blob_id

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_PLAIN = "100644"


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be different.

    Attributes:
        write: New contents, by path from the region's root.
        delete: Files that are to be gone.
    """

    write: Mapping[PurePosixPath, bytes]
    delete: frozenset[PurePosixPath] = frozenset()


@dataclass(frozen=True, slots=True)
class Landing:
    """Where a change comes to lie.

    Attributes:
        where: `here`: a commit on the branch that is checked out, and the files follow. `branch`: a commit on a branch of its
            own, and no file is touched. `staged`: the files and the index, and no commit.
        branch: Name of the branch of its own, such as `kompetanse/fork/brannvern`.
        replace: Whether a branch of that name may be moved.
    """

    where: Literal["here", "branch", "staged"] = "here"
    branch: str = ""
    replace: bool = False


HERE = Landing()
STAGED = Landing("staged")
BRANCH_ONLY = Landing("branch")
"""For those that only look at what stands in the way of any change."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of it.

    Attributes:
        commit: The new commit; None when nothing was committed.
        branch: Short name of the branch that it lies on; None when nothing was committed.
        paths: The files that changed, from the region's root.
    """

    commit: str | None
    branch: str | None
    paths: tuple[PurePosixPath, ...]


def silent(step: str) -> None:
    """Say nothing of a step."""


def ready(root: Path, how: Landing = HERE, tell: Tell = silent) -> str:
    """Finish or take back what an interrupted run began, and return the commit that a change can be planned from.

    Args:
        root: The region's root.
        how: Where the change is to lie.
        tell: Told of each step.

    Raises:
        KompetanseError: When there is no repository that can be written to in this way.
    """
    own = find(root)
    with held(own.private, "tidying up"):
        journal.recover(own, tell)
    _refuse(own, how)
    return obstacles.head_of(own)


def apply(
    root: Path,
    change: Change,
    *,
    how: Landing = HERE,
    message: str,
    moment: datetime,
    since: str | None = None,
    tell: Tell = silent,
) -> Result:
    """Make a change.

    Args:
        root: The region's root.
        change: What is to be different; what is the same already is left out.
        how: Where it is to lie.
        message: Of the commit; its first line names what is done.
        moment: Time of the commit.
        since: Commit that the change was planned from; any when None.
        tell: Told of each step before it is taken.

    Raises:
        KompetanseError: When it cannot be made; then nothing is changed.
    """
    own = find(root)
    what = message.partition("\n")[0]
    with held(own.private, what), clear_errors():
        journal.recover(own, tell)
        _refuse(own, how)
        head = obstacles.head_of(own)
        if since is not None and head != since:
            raise KompetanseError(
                "Somebody has committed to this branch in the meantime. Nothing was changed; run the command again"
            )
        own.who()
        plan = _plan(own, change, head)
        with stage(own) as folder:
            return _land(_Landing(own, plan, folder, head, how, tell), message, moment)


def _refuse(own: Own, how: Landing) -> None:
    if how.where != "branch":
        obstacles.refuse_under_way(own)
    if how.where == "here":
        obstacles.branch_of(own)


@dataclass(frozen=True, slots=True)
class _Plan:
    """The change from the top of the work tree, without what is the same already."""

    tree: Mapping[PurePosixPath, Held]
    write: Mapping[PurePosixPath, bytes]
    delete: tuple[PurePosixPath, ...]


@dataclass(frozen=True, slots=True)
class _Landing:
    own: Own
    plan: _Plan
    stage: Path
    head: str
    how: Landing
    tell: Tell


def _plan(own: Own, change: Change, head: str) -> _Plan:
    tree = own.tree(head)
    write = {own.prefix / path: data for path, data in change.write.items()}
    both = sorted(path for path in change.write if path in change.delete)
    if both:
        raise ValueError(f"both written and deleted: {both}")
    links = sorted(path for path in write if path in tree and tree[path].mode in {"120000", "160000"})
    if links:
        raise KompetanseError(f"{links[0]} is a link here. Replace it with a file first, then try again")
    fresh = {path: data for path, data in sorted(write.items()) if not _is(tree.get(path), data)}
    return _Plan(
        tree, fresh, tuple(sorted(own.prefix / path for path in change.delete if own.prefix / path in tree))
    )


def _is(known: Held | None, data: bytes) -> bool:
    """Tell whether a blob holds `data`, https://git-scm.com/book/en/v2/Git-Internals-Git-Objects."""
    return known is not None and known.oid == blob_id(data)


def _land(one: _Landing, message: str, moment: datetime) -> Result:
    paths = tuple(sorted((*one.plan.write, *one.plan.delete)))
    shown = tuple(path.relative_to(one.own.prefix) for path in paths)
    if not paths:
        return Result(None, None, ())
    if one.how.where != "branch":
        obstacles.refuse_in_the_way(one.own, one.plan.tree, one.plan.write, one.plan.delete)
    moves = _staged(one)
    commit = None
    if one.how.where != "staged":
        one.tell("commit")
        commit = _commit(one, moves, message, moment)
    if one.how.where == "branch" and commit:
        return Result(commit, _on_branch(one, commit, message), shown)
    branch = obstacles.branch_of(one.own) if commit else None
    begun = Journal(message, one.stage, branch, one.head, commit, moves)
    one.tell("journal")
    carry_out(one.own, begun, one.tell)
    return Result(commit, branch and branch.removeprefix("refs/heads/"), shown)


def _staged(one: _Landing) -> tuple[Move, ...]:
    """Put every new content and a copy of every old file into the stage, and the contents into the object store."""
    fresh = {}
    for number, path in enumerate((*one.plan.write, *one.plan.delete)):
        one.tell(f"stage {path}")
        target, old = one.own.top / path, one.stage / f"old-{number}"
        if path in one.plan.write:
            fresh[path] = one.stage / f"new-{number}"
            fresh[path].write_bytes(one.plan.write[path])
        if one.how.where != "branch" and target.is_file():
            shutil.copy2(target, old)
            if path in fresh:
                shutil.copymode(target, fresh[path])
    one.tell("objects")
    oids = dict(zip(fresh, one.own.hashes(fresh.values()), strict=True))
    return tuple(
        _a_move(one, number, path, oids.get(path)) for number, path in enumerate((*fresh, *one.plan.delete))
    )


def _a_move(one: _Landing, number: int, path: PurePosixPath, oid: str | None) -> Move:
    known = one.plan.tree.get(path)
    mode = known.mode if known else _PLAIN
    was, becomes = (journal.digest(one.stage / f"{name}-{number}") for name in ("old", "new"))
    return Move(path, known, Held(oid, mode) if oid else None, was, becomes)


def _commit(one: _Landing, moves: tuple[Move, ...], message: str, moment: datetime) -> str:
    index = one.stage / "index"
    one.own.run("read-tree", one.head, more={"GIT_INDEX_FILE": str(index)})
    one.own.put_in_index({move.path: move.new for move in moves}, index)
    tree = one.own.run("write-tree", more={"GIT_INDEX_FILE": str(index)}).decode().strip()
    return one.own.commit(tree, one.head, message, moment)


def _on_branch(one: _Landing, commit: str, message: str) -> str:
    name = f"refs/heads/{one.how.branch}"
    known = one.own.commit_of(name)
    if known and (not one.how.replace or name == one.own.branch()):
        raise KompetanseError(
            f"There is a branch {one.how.branch} already. Delete it: git branch -D {one.how.branch}; or name another one"
        )
    one.tell("branch")
    one.own.move(name, commit, known, message.partition("\n")[0])
    return one.how.branch


def carry_out(own: Own, begun: Journal, tell: Tell) -> None:
    """Write the journal down and do what it says; an error takes back what was done."""
    journal.begin(own, begun)
    try:
        journal.forward(own, begun, tell)
    except (OSError, KompetanseError, KeyboardInterrupt):
        if begun.to is None or own.commit_of("HEAD") != begun.to:
            journal.back(own, begun, silent)
        raise


@contextmanager
def stage(own: Own) -> Iterator[Path]:
    """Hold an empty folder for the contents; it stays only when a journal needs it."""
    folder = journal.stage_of(own)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        if journal.interrupted(own) is None:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def clear_errors() -> Iterator[None]:
    """Turn an error of the system into one that a person can act upon."""
    try:
        yield
    except OSError as error:
        why = "the disk is full" if error.errno in _FULL else error.strerror or os.strerror(error.errno or 0)
        where = f" {error.filename}" if error.filename else ""
        raise KompetanseError(
            f"Could not write{where}: {why}. Nothing was changed; see to it, then try again"
        ) from error
