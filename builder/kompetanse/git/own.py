"""The region's own repository by plumbing: no hook runs, nothing is asked, and only the user's name is taken from settings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from kompetanse.errors import KompetanseError
from kompetanse.git.run import GitError, Terms, run

_SETTINGS = {"i18n.commitEncoding": "utf-8", "user.useConfigOnly": "true"}
_NOBODY = "0" * 40
_STOPS = {
    "dubious ownership": "The repository belongs to somebody else, so git does not read it. Clone it anew as yourself",
    "not a git repository": "This folder is in no git repository. Begin one: git init && git add -A && git commit",
    "index.lock": "Git's index is locked: another program is at work, or was ended there. Wait, or delete .git/index.lock",
    "must be run in a work tree": "This repository is bare: it has no files to write. Clone it, and work in the clone",
    "No space left": "The disk is full. Nothing was changed. Make room and try again",
    "Permission denied": "The repository cannot be written to. Nothing was changed. Ask for access, then try again",
}
"""What git says, and what a person can do about it."""


@dataclass(frozen=True, slots=True)
class Held:
    """A file in a tree.

    Attributes:
        oid: Id of its blob.
        mode: As in git's tree, such as `100644`.
    """

    oid: str
    mode: str


@dataclass(frozen=True, slots=True)
class Own:
    """The repository that the region lies in.

    Attributes:
        top: Its work tree.
        git_dir: Its git directory; in a linked work tree, the one of that work tree.
        prefix: The region's folder in the work tree; `.` for the work tree itself.
    """

    top: Path
    git_dir: Path
    prefix: PurePosixPath

    @property
    def private(self) -> Path:
        """The folder that lock, journal and stage lie in."""
        return self.git_dir / "kompetanse"

    def run(
        self,
        verb: str,
        *arguments: str,
        feed: bytes = b"",
        more: Mapping[str, str] | None = None,
        fails: bool = False,
    ) -> bytes:
        """Run one verb of git and return what it says; with `fails`, nothing when it fails.

        Raises:
            KompetanseError: When it fails, with what to do where that is known.
        """
        place = {"GIT_DIR": str(self.git_dir), "GIT_WORK_TREE": str(self.top)}
        try:
            return run(self.top, verb, *arguments, feed=feed, terms=_terms({**place, **(more or {})}))
        except GitError as error:
            if fails:
                return b""
            raise _clear(error) from error

    def line(self, verb: str, *arguments: str, fails: bool = False) -> str:
        """Run one verb of git and return the line that it says."""
        return self.run(verb, *arguments, fails=fails).decode().rstrip("\n")

    def commit_of(self, name: str) -> str | None:
        """Return the id of the commit that `name` means; None when there is none."""
        return (
            self.line(
                "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}", fails=True
            )
            or None
        )

    def branch(self) -> str | None:
        """Return the whole name of the branch that is checked out; None when a commit is."""
        return self.line("symbolic-ref", "--quiet", "HEAD", fails=True) or None

    def tree(self, commit: str) -> dict[PurePosixPath, Held]:
        """Return every file of a commit by its path from the top."""
        found = {}
        for row in _rows(self.run("ls-tree", "-r", "-z", "--full-tree", commit)):
            about, _, name = row.partition("\t")
            mode, _, oid = about.split(" ")
            found[PurePosixPath(name)] = Held(oid, mode)
        return found

    def contents(self, oids: Iterable[str]) -> dict[str, bytes]:
        """Return blobs by their id.

        Raises:
            KompetanseError: When one is missing.
        """
        wanted = list(dict.fromkeys(oids))
        feed = "".join(f"{oid}\n" for oid in wanted).encode()
        return dict(_blobs(self.run("cat-file", "--batch", feed=feed), len(wanted)))

    def uncommitted(self) -> frozenset[PurePosixPath]:
        """Return the tracked files, from the top, that differ from the last commit."""
        listed = self.run("diff", "--name-only", "-z", "--no-ext-diff", "--no-renames", "HEAD", "--")
        return frozenset(PurePosixPath(name) for name in _rows(listed))

    def hashes(self, files: Iterable[Path]) -> list[str]:
        """Write files to the object store as they are, without any filter, and return the ids of their blobs."""
        feed = "".join(f"{file}\n" for file in files).encode()
        if not feed:
            return []
        return self.run("hash-object", "-w", "--no-filters", "--stdin-paths", feed=feed).decode().split()

    def put_in_index(self, held: Mapping[PurePosixPath, Held | None], index: Path | None = None) -> None:
        """Write entries, from the top, to the index, or to one of our own; None takes an entry out."""
        rows = (_entry(path, one) for path, one in sorted(held.items()))
        more = {"GIT_INDEX_FILE": str(index)} if index else {}
        self.run("update-index", "-z", "--index-info", feed="".join(rows).encode(), more=more)

    def who(self) -> None:
        """Make sure that git knows who commits.

        Raises:
            KompetanseError: When it does not.
        """
        if not self.run("var", "GIT_COMMITTER_IDENT", fails=True):
            raise KompetanseError(
                "Git does not know who commits. Tell it, then try again: "
                'git config user.name "Your name" && git config user.email you@example.org'
            )

    def commit(self, tree: str, parent: str, message: str, moment: datetime) -> str:
        """Write a commit and return its id; no branch knows it yet."""
        when = f"{int(moment.timestamp())} {moment.strftime('%z') or '+0000'}"
        dates = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
        said = self.run("commit-tree", tree, "-p", parent, "-F", "-", feed=message.encode(), more=dates)
        return said.decode().strip()

    def move(self, reference: str, new: str | None, old: str | None, why: str) -> None:
        """Let a branch point at `new`, if it points at `old` now; None is no branch.

        Raises:
            KompetanseError: When it points elsewhere.
        """
        change = ("-d", reference, old or _NOBODY) if new is None else (reference, new, old or _NOBODY)
        self.run("update-ref", "-m", why, *change)


def find(root: Path) -> Own:
    """Return the repository that `root` lies in.

    Raises:
        KompetanseError: When there is none, it has no work tree, or git is missing.
    """
    wanted = ("--absolute-git-dir", "--show-toplevel", "--show-prefix")
    try:
        git_dir, top, prefix = run(root, "rev-parse", *wanted, terms=_terms({})).decode().split("\n")[:3]
    except GitError as error:
        raise _clear(error) from error
    return Own(Path(top), Path(git_dir), PurePosixPath(prefix))


def _terms(more: Mapping[str, str]) -> Terms:
    """Return the bounds of a run in the region's own repository: its user's name holds, none of its programs runs."""
    return Terms(trusted=True, settings=_SETTINGS, environment={"GIT_NO_LAZY_FETCH": "1", **more})


def _clear(error: GitError) -> KompetanseError:
    known = next((remedy for sign, remedy in _STOPS.items() if sign in error.said), None)
    return KompetanseError(known) if known else error


def _rows(listed: bytes) -> Iterator[str]:
    return (row.decode(errors="surrogateescape") for row in listed.split(b"\0") if row)


def _entry(path: PurePosixPath, held: Held | None) -> str:
    return f"{held.mode} {held.oid}\t{path}\0" if held else f"0 {_NOBODY}\t{path}\0"


def _blobs(said: bytes, count: int) -> Iterator[tuple[str, bytes]]:
    start = 0
    for _ in range(count):
        end = said.index(b"\n", start)
        about = said[start:end].decode().split(" ")
        if about[-1] == "missing":
            raise KompetanseError(
                f"The repository lacks the object {about[0]}. Fetch all of it: git fetch --refetch"
            )
        size = int(about[2])
        yield about[0], said[end + 1 : end + 1 + size]
        start = end + size + 2
