"""The history of a source, fetched when it is asked for: what became of a commit, versions of a file, commits of a course."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path, PurePosixPath

from kompetanse.git import foreign
from kompetanse.git.foreign import Logged
from kompetanse.git.run import GitError, Terms
from kompetanse.sharing.fault import explained

_HEAD, _OLD = "refs/source/head", "refs/source/old"
_LATEST = 253_370_764_800
"""1 January 9999, in seconds since 1970."""


class News(StrEnum):
    """What became of the commit that was the newest before."""

    FIRST = "first"
    NONE = "none"
    AHEAD = "ahead"
    BACK = "back"
    REWRITTEN = "rewritten"
    UNRELATED = "unrelated"


@dataclass(frozen=True, slots=True)
class Version:
    """A version that a file had: the commit that brought it, the file's blob id, and when."""

    commit: str
    oid: str
    moment: datetime


@dataclass(frozen=True, slots=True)
class Past:
    """A source's history, in two repositories of ours: one of commits alone, one with their trees.

    Attributes:
        folder: Where they lie.
        name: Of the source, for messages.
        followed: `HEAD`, or a branch as `refs/heads/…`.
        terms: How git may reach the source.
        prepare: Makes a folder a repository that is filled from the source.
    """

    folder: Path
    name: str
    followed: str
    terms: Terms
    prepare: Callable[[Path], None]

    def became(self, old: str, moment: datetime, new: str) -> News:
        """Tell how the commit `new` comes from `old`, of `moment`; `UNRELATED` when they have no commit in common.

        Raises:
            SourceError: When the source does not answer.
        """
        folder = self.folder / "commits"
        with suppress(
            GitError
        ):  # the usual case: a few commits since; else nothing is as new as that, or it is cut off
            self._fetch(folder, "tree:0", moment)
            if foreign.holds(folder, old) and foreign.common(folder, old, new) == old:
                return News.AHEAD
        with explained(self.name):
            self._fetch(folder, "tree:0")
            self._find(folder, old)
            common = foreign.common(folder, old, new) if foreign.holds(folder, old) else None
        if common is None:
            return News.UNRELATED
        return {old: News.AHEAD, new: News.BACK}.get(common, News.REWRITTEN)

    def _find(self, folder: Path, oid: str) -> None:
        """Fetch the history of a commit that the branch no longer has, as long as the source has it."""
        if not foreign.holds(folder, oid):
            with suppress(GitError):
                foreign.fetch(folder, f"+{oid}:{_OLD}", self.terms, filtered="tree:0")

    def versions(self, path: PurePosixPath | str) -> tuple[Version, ...]:
        """Return the versions that a file had, oldest first, each once; for `adopt`.

        Fetches commits and trees of the whole history, once: for 50 000 commits about half a minute.

        Raises:
            SourceError: When the source does not answer.
        """
        folder = self.folder / "trees"
        with explained(self.name):
            self._fetch(folder, "blob:none")
        return tuple(_versions(reversed(list(foreign.log(folder, [_HEAD], str(path)))), str(path)))

    def commits(self, since: str, moment: datetime, path: PurePosixPath | str) -> tuple[Logged, ...]:
        """Return the commits after `since`, of `moment`, that changed something in the folder `path`, newest first.

        Raises:
            SourceError: When the source does not answer.
        """
        folder = self.folder / "trees"
        with explained(self.name):
            self._fetch(folder, "blob:none", moment)
        left_out = [f"^{since}"] if foreign.holds(folder, since) else []
        return tuple(foreign.log(folder, [_HEAD, *left_out], str(path)))

    def _fetch(self, folder: Path, filtered: str, since: datetime | None = None) -> None:
        """Fetch all of the followed branch, or what came after `since`; never less than there is already."""
        self.prepare(folder)
        cut = foreign.is_shallow(folder)
        depth: tuple[str, ...] = ()
        if since and (cut or foreign.kept(folder, _HEAD) is None):
            depth = (f"--shallow-since={int(since.timestamp()) - 1}",)
        elif cut:
            depth = ("--unshallow",)
        foreign.fetch(folder, f"+{self.followed}:{_HEAD}", self.terms, filtered=filtered, depth=depth)


def moment_of(seconds: int) -> datetime:
    """Return a committer's clock as a moment; clocks can be set to anything."""
    return datetime.fromtimestamp(min(max(seconds, 0), _LATEST), UTC)


def _versions(oldest_first: Iterable[Logged], path: str) -> Iterable[Version]:
    seen: set[str] = set()
    for row in oldest_first:
        for name, oid in row.files:
            if name == path and oid not in seen and set(oid) != {"0"}:
                seen.add(oid)
                yield Version(row.commit, oid, moment_of(row.seconds))
