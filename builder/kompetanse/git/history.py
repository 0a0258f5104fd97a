"""When and in which version each file last changed, from one pass over the log."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath

from kompetanse.git.quiet import in_repository, is_none, said
from kompetanse.git.run import GitError, NoGitError
from kompetanse.model.history import Change, History, State
from kompetanse.timing import timed

_COMMIT, _FORMAT = "\x1e", "%as %ct %H"
_LATEST = 253_370_764_800
"""1 January 9999, in seconds since 1970."""


@timed("git")
def read_history(root: Path) -> History:
    """Return the history of `root`, which may lie anywhere in a repository, or in none."""
    if not in_repository(root):
        return History("none")
    try:
        head = said(root, "log", "-1", f"--format={_FORMAT}")
    except NoGitError:
        return History("no-git")
    except GitError as error:
        return History(_lacking(error))
    log = said(
        root,
        "log",
        f"--format=%x1e{_FORMAT}",
        "--name-only",
        "--no-renames",
        "-z",
        "--relative",
        "--diff-merges=first-parent",
        "--",
        ".",
    )
    shallow, _, folder = said(root, "rev-parse", "--is-shallow-repository", "--show-prefix").partition("\n")
    state: State = "shallow" if shallow == "true" else "full"
    return History(state, _change(head), _last_changes(log), PurePosixPath(folder))


def _lacking(error: GitError) -> State:
    """Return what keeps git from telling a history."""
    if is_none(error):
        return "none"
    return "refused" if "dubious ownership" in error.said else "empty"


def _change(line: str) -> Change:
    day, seconds, commit = line.split(" ")
    return Change(date.fromisoformat(day), commit, _moment(int(seconds)))


def _moment(seconds: int) -> datetime:
    """Return a committer's clock as a moment; clocks can be set to anything."""
    return datetime.fromtimestamp(min(max(seconds, 0), _LATEST), UTC)


def _last_changes(log: str) -> dict[PurePosixPath, Change]:
    """Read the log, newest first: the first commit that names a file is its last change.

    An older commit may bear a later time, where clocks differ or commits were moved.
    """
    found: dict[PurePosixPath, Change] = {}
    for entry in log.split(_COMMIT)[1:]:
        head, *names = entry.replace("\0\n", "\0").split("\0")
        change = _change(head.strip())
        for name in names:
            if name.strip("\n"):
                last = found.setdefault(PurePosixPath(name.strip("\n")), change)
                if last.moment < change.moment:
                    found[PurePosixPath(name.strip("\n"))] = replace(last, moment=change.moment)
    return found
