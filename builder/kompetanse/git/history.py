"""When and in which version each file last changed, from one pass over the log."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath

import git

from kompetanse.git.quiet import reader
from kompetanse.model.history import Change, History, State
from kompetanse.timing import timed

_COMMIT, _FORMAT = "\x1e", "%as %ct %H"
_LATEST = 253_370_764_800
"""1 January 9999, in seconds since 1970."""


@timed("git")
def read_history(root: Path) -> History:
    """Return the history of `root`, which may lie anywhere in a repository, or in none."""
    try:
        repository = git.Repo(root, search_parent_directories=True)
    except (git.InvalidGitRepositoryError, git.NoSuchPathError):
        return History("none")
    with repository:
        return _read(repository, root)


def _read(repository: git.Repo, root: Path) -> History:
    runner = reader(root)
    try:
        head = runner.log("-1", f"--format={_FORMAT}")
    except git.GitCommandNotFound:
        return History("no-git")
    except git.GitCommandError as error:
        return History("refused" if "dubious ownership" in str(error.stderr) else "empty")
    log = runner.log(
        f"--format=%x1e{_FORMAT}",
        "--name-only",
        "--no-renames",
        "-z",
        "--relative",
        "--diff-merges=first-parent",
        "--",
        ".",
    )
    shallow, _, folder = str(runner.rev_parse("--is-shallow-repository", "--show-prefix")).partition("\n")
    state: State = "shallow" if shallow == "true" else "full"
    return History(state, _change(head), _last_changes(log), PurePosixPath(folder))


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
