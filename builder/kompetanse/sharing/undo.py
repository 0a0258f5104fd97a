"""Find the last thing that was done with a course that has a source, and take it back so that the files are as they were before.

What was done is known by the trailer of its commit (`sharing.deed`), by a branch of its own, or by the journal of what was
staged. A new commit takes back a commit; no history is rewritten.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Literal, get_args

from kompetanse.errors import KompetanseError
from kompetanse.git import journal
from kompetanse.git.own import Held, Own, find
from kompetanse.git.write import Change
from kompetanse.sharing.deed import MARK, UNDOES, Deed, Did

_FORMAT = f"--format=%H%x00%(trailers:key={MARK},valueonly,separator=%x20)%x00%(trailers:key={UNDOES},valueonly,separator=%x20)"
_BRANCHES = "refs/heads/kompetanse/"
_DONE = frozenset(get_args(Did))


@dataclass(frozen=True, slots=True)
class Last:
    """The last thing that was done.

    Attributes:
        deed: What, and with which course.
        where: `here`: it is a commit of the branch that is checked out; `branch`: a commit on a branch of its own; `staged`.
        commit: The commit; None when it is staged.
        branch: Name of the branch of its own; empty when it has none.
        before, after: Each file that it changed, from the top of the work tree, as it was and as it became; None for none.
    """

    deed: Deed
    where: Literal["here", "branch", "staged"]
    commit: str | None
    branch: str
    before: Mapping[PurePosixPath, Held | None]
    after: Mapping[PurePosixPath, Held | None]


def last(root: Path, course: str | None = None) -> Last:
    """Return the last thing that was done, with `course` or with any.

    What is staged comes first, then what lies on a branch of its own, then what is committed.

    Raises:
        KompetanseError: When nothing is found.
    """
    own = find(root)
    for one in (*_staged(own), *_on_branches(own), *_committed(own)):
        if course in {None, one.deed.course}:
            return one
    what = f"with {course}" if course else "here"
    raise KompetanseError(
        f"Nothing was done {what} that can be taken back, or it has been taken back already: no other commit says `{MARK}:` in "
        "its message. What was squashed or edited can be taken back with git revert"
    )


def _staged(own: Own) -> Iterator[Last]:
    found = journal.staged(own)
    head = own.commit_of("HEAD")
    if found is None or head is None:
        return
    before = {one.path: one.old for one in found.moves}
    after = {one.path: one.new for one in found.moves}
    tree = own.tree(head)
    if all(tree.get(path) == held for path, held in before.items()):  # else it was committed by hand
        mark = next((row for row in found.message.split("\n") if row.startswith(f"{MARK}: ")), "").split()
        if len(mark) == 3 and mark[1] in _DONE:
            yield Last(Deed(_did(mark[1]), mark[2]), "staged", None, "", before, after)


def _did(word: str) -> Did:
    found: dict[str, Did] = {one: one for one in get_args(Did)}
    return found.get(word, "update")


def _on_branches(own: Own) -> Iterator[Last]:
    listed = own.line("for-each-ref", "--sort=-committerdate", "--format=%(refname)", _BRANCHES)
    here = own.commit_of("HEAD")
    for name in listed.split():
        commit = own.commit_of(name)
        if commit and here and name != own.branch() and not _is_in(own, commit, here):
            yield from _read(own, commit, "branch", name.removeprefix("refs/heads/"))


def _is_in(own: Own, commit: str, later: str) -> bool:
    return own.line("merge-base", commit, later, fails=True) == commit


def _committed(own: Own) -> Iterator[Last]:
    """Yield what was done, newest first, without what was taken back."""
    log = own.run("log", _FORMAT, "-z", "--grep", f"^{MARK}: ", "HEAD", "--").decode(errors="replace")
    undone: set[str] = set()
    parts = log.split("\0")
    for commit, mark, undoes in zip(parts[::3], parts[1::3], parts[2::3], strict=False):
        undone.update(undoes.split())
        if mark.partition(" ")[0] != "undo" and commit.strip() not in undone:
            yield from _read(own, commit.strip(), "here", "")


def _read(own: Own, commit: str, where: Literal["here", "branch"], branch: str) -> Iterator[Last]:
    mark = own.line("log", "-1", f"--format=%(trailers:key={MARK},valueonly)", commit, "--").split()
    if len(mark) != 2 or mark[0] not in _DONE:
        return
    before, after = _changed(own, commit)
    yield Last(Deed(_did(mark[0]), mark[1]), where, commit, branch, before, after)


def _changed(
    own: Own, commit: str
) -> tuple[dict[PurePosixPath, Held | None], dict[PurePosixPath, Held | None]]:
    then, now = own.tree(f"{commit}^"), own.tree(commit)
    paths = sorted(path for path in then.keys() | now.keys() if then.get(path) != now.get(path))
    return {path: then.get(path) for path in paths}, {path: now.get(path) for path in paths}


def change(own: Own, done: Last) -> Change:
    """Return what takes it back, from the region's root.

    Raises:
        KompetanseError: With the list of files that were changed since.
    """
    head = own.commit_of("HEAD")
    tree = own.tree(head) if head else {}
    since = sorted(path for path, held in done.after.items() if tree.get(path) != held)
    if since:
        listed = "".join(f"\n  {path}" for path in since)
        raise KompetanseError(
            f"These files were changed after the {done.deed.did} of {done.deed.course}:{listed}\n"
            "Nothing was taken back. Take those changes back first, or use git revert and see to each"
        )
    contents = own.contents(held.oid for held in done.before.values() if held)
    write = {path.relative_to(own.prefix): contents[held.oid] for path, held in done.before.items() if held}
    gone = frozenset(path.relative_to(own.prefix) for path, held in done.before.items() if held is None)
    return Change(write, gone)


def message(done: Last) -> str:
    """Return the message of the commit that takes a commit back."""
    deed = Deed("undo", done.deed.course)
    return deed.message(f"Undo the {done.deed.did} of {done.deed.course}", undoes=done.commit)


__all__ = ["Last", "change", "last", "message"]
