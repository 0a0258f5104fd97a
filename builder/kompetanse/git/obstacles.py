"""What keeps us from writing to the region's repository; said before anything moves."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from kompetanse.errors import KompetanseError
from kompetanse.git.own import Held, Own

_UNDER_WAY = {
    "MERGE_HEAD": ("a merge", "git merge --continue, or git merge --abort"),
    "rebase-merge": ("a rebase", "git rebase --continue, or git rebase --abort"),
    "rebase-apply": ("a rebase", "git rebase --continue, or git rebase --abort"),
    "CHERRY_PICK_HEAD": ("a cherry-pick", "git cherry-pick --continue, or git cherry-pick --abort"),
    "REVERT_HEAD": ("a revert", "git revert --continue, or git revert --abort"),
}


def head_of(own: Own) -> str:
    """Return the commit that is checked out.

    Raises:
        KompetanseError: When there is none yet.
    """
    found = own.commit_of("HEAD")
    if found is None:
        raise KompetanseError(
            "The repository has no commit yet. Make the first one: git add -A && git commit -m 'Begin'"
        )
    return found


def refuse_under_way(own: Own) -> None:
    """Refuse while a merge or something like it is not finished.

    Raises:
        KompetanseError: When it is.
    """
    for name, (what, remedy) in _UNDER_WAY.items():
        if (own.git_dir / name).exists():
            raise KompetanseError(f"You are in the middle of {what}. End it first: {remedy}")


def branch_of(own: Own) -> str:
    """Return the whole name of the branch that is checked out.

    Raises:
        KompetanseError: When a commit is checked out and no branch.
    """
    found = own.branch()
    if found is None:
        raise KompetanseError(
            "No branch is checked out, so the commit would be lost. "
            "Go to one: git switch main; or put it on a branch of its own: --branch"
        )
    return found


def refuse_in_the_way(
    own: Own,
    tree: Mapping[PurePosixPath, Held],
    written: Iterable[PurePosixPath],
    gone: Iterable[PurePosixPath],
) -> None:
    """Refuse when a file that is to be written or deleted holds what no commit holds.

    Args:
        own: The repository.
        tree: What is committed.
        written: Files to be written, from the top.
        gone: Files to be deleted, from the top.

    Raises:
        KompetanseError: With the list.
    """
    write, delete = sorted(written), frozenset(gone)
    dirty = sorted(own.uncommitted() & (frozenset(write) | delete))
    if dirty:
        raise KompetanseError(
            f"These files have changes that are not committed:{_named(dirty)}\n"
            "Commit or stash them first, or put the result on a branch of its own: --branch"
        )
    blocked = sorted(set(_blocked(own.top, tree, write, delete)))
    if blocked:
        raise KompetanseError(
            f"These files are in the way, and git does not know them:{_named(blocked)}\nMove them elsewhere, then try again"
        )
    _refuse_unwritable(own, (*write, *delete))


def _blocked(
    top: Path,
    tree: Mapping[PurePosixPath, Held],
    write: Iterable[PurePosixPath],
    delete: frozenset[PurePosixPath],
) -> Iterator[PurePosixPath]:
    """Yield what git does not know in the places of `write`: files, links, and folders that would not be empty."""
    for path in write:
        whole = top / path
        if path not in tree and os.path.lexists(whole) and not whole.is_dir():
            yield path
        elif whole.is_dir() and not whole.is_symlink():
            inside = (
                PurePosixPath(one.relative_to(top).as_posix()) for one in whole.rglob("*") if not one.is_dir()
            )
            yield from (one for one in inside if one not in delete)
        for folder in path.parents:
            here = top / folder
            if here.is_symlink() or (here.exists() and not here.is_dir() and folder not in delete):
                yield folder


def _refuse_unwritable(own: Own, paths: Iterable[PurePosixPath]) -> None:
    folders = {_standing((own.top / path).parent) for path in paths} | {own.git_dir}
    shut = sorted(folder for folder in folders if not os.access(folder, os.W_OK))
    if shut:
        raise KompetanseError(
            f"These folders cannot be written to:{_named(shut)}\nNothing was changed. Ask for access, then try again"
        )


def _standing(folder: Path) -> Path:
    return next((one for one in (folder, *folder.parents) if one.exists()), folder)


def _named(paths: Iterable[PurePosixPath | Path]) -> str:
    return "".join(f"\n  {path}" for path in paths)
