"""What we keep of a source: its newest commit, the commits that forks were made from, and the files that were read.

    store = Store(cache_folder(address), address)
    head = store.refresh(now)                  # asks the source; the newest commit
    store.fetch_commit(base)                   # a commit that a fork was made from
    snapshot = store.snapshot(head)            # sharing.snapshot.Snapshot: paths, and contents on demand
    store.versions("kurs/x/index.md")          # history of one file, for `adopt`

Two commits without history or contents are enough to fork and to follow (docs/decisions/011-sources-are-read-and-never-checked-out.md). Everything
but `refresh`, `fetch_commit` of an unknown commit, contents never read before, `versions` and `commits` works offline.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Collection, Iterable, Mapping
from contextlib import AbstractContextManager, suppress
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path, PurePosixPath

from kompetanse.cache import cache
from kompetanse.git import foreign
from kompetanse.git.foreign import Logged
from kompetanse.git.lock import held
from kompetanse.git.run import GitError, Terms, TooMuchError
from kompetanse.git.signature import signed
from kompetanse.model.signature import Signature
from kompetanse.sharing.address import Address, RefusedError, check_branch, check_oid
from kompetanse.sharing.contents import ALL, Contents, unshallow
from kompetanse.sharing.fault import SourceError, explained, is_refused_by_id
from kompetanse.sharing.host import pinned
from kompetanse.sharing.limits import LIMITS, Limits
from kompetanse.sharing.listing import Listing
from kompetanse.sharing.past import News, Past, Version, moment_of
from kompetanse.sharing.signing import judged

_HEAD, _NEW = "refs/source/head", "refs/source/new"
_ALIKE = 0.2
"""Share of the files that two versions of one source have in common at least."""

_NO_PATH = re.compile(r"(?:^|/)\.{0,2}(?:/|$)")
"""An empty part, or one that is a way and no name."""

_LOCAL_SERVER = (
    "git -c uploadpack.allowFilter=true -c uploadpack.allowAnySHA1InWant=true "
    "-c pack.window=0 -c pack.compression=1 upload-pack"
)
"""What serves a folder on this machine, whose own settings need not know of partial fetches; on a disk little is won by packing tight."""


def cache_folder(address: Address) -> Path:
    """Return the folder in the user's cache that keeps what is read from `address`."""
    return cache() / "sources" / address.key


class Store:
    """A source's commits and files in a folder of ours; nothing of it is ever checked out."""

    def __init__(
        self, folder: Path, address: Address, *, branch: str | None = None, limits: Limits = LIMITS
    ) -> None:
        """Open the store in `folder`, which is made when it is missing; `branch` is followed instead of the source's own."""
        self.folder = folder
        self.address = address
        self._followed = f"refs/heads/{check_branch(branch)}" if branch else "HEAD"
        self._limits = limits
        self.news = News.NONE
        self._git = folder / "git"
        _prepare(self._git, address)
        self._contents = Contents(folder, self._git, address, lambda: self._terms, limits)

    @cached_property
    def _terms(self) -> Terms:
        """How git may reach the source; the name of its host is looked up once."""
        settings = (
            {"remote.origin.uploadpack": _LOCAL_SERVER} if self.address.is_local else pinned(self.address)
        )
        return Terms(
            protocols=(self.address.protocol,),
            settings=settings,
            largest=self._limits.transfer,
            seconds=self._limits.seconds,
        )

    # --- what the source has now ---------------------------------------------------------------------------------

    def refresh(self, now: datetime, *, accept: bool = False) -> str:
        """Ask the source for its newest commit, fetch it when it is new, and return its id; `news` says what came.

        Args:
            now: Remembered as when the source was last seen.
            accept: Take also an older version, or another history, than the one that was there before.

        Raises:
            SourceError: When the source does not answer, or has gone back or become another; `head` stays as it was.
        """
        with self._alone("refresh"), explained(self.address.text):
            oid = foreign.offered(self._git, self._followed, self._terms)
            if oid is None:
                raise SourceError(f"{self.address.text} has no commit, or no branch of that name")
            if check_oid(oid) != self.head:
                self._take(oid, accept)
            else:
                self.news = News.NONE
            self._tidy(now)
            _write(self.folder / "seen", now.astimezone(UTC).isoformat(timespec="seconds"))
        return self.head or oid  # it may have got a newer one between the two questions

    def _tidy(self, now: datetime) -> None:
        """Remove what a run left that was killed while it fetched files; a day later nobody fetches them any more."""
        for left in (*self.folder.glob("files-*"), *self.folder.glob("new-*")):
            with suppress(OSError):
                if now.timestamp() - left.stat().st_mtime > 24 * 3600:
                    shutil.rmtree(left, ignore_errors=True)

    def _take(self, oid: str, accept: bool) -> None:
        self._fetch(oid, f"+{self._followed}:{_NEW}")
        new = foreign.kept(self._git, _NEW) or oid
        self.news = self._became(new)
        if not accept and self.news is News.UNRELATED:
            raise SourceError(
                f"At {self.address.text} there is now another history, with other files, than before. Is it the same "
                "source? Then take it with: kompetanse source refresh NAME --accept"
            )
        if not accept and self.news is News.BACK:
            raise SourceError(
                f"{self.address.text} has gone back to an older version, {new[:12]} of {self.moment(new):%Y-%m-%d}. "
                "Do you want it? Then take it with: kompetanse source refresh NAME --accept"
            )
        foreign.keep(self._git, _HEAD, new)

    def _became(self, new: str) -> News:
        old = self.head
        if old is None or old == new:
            return News.FIRST if old is None else News.NONE
        found = self._past.became(old, self.moment(old), new)
        return News.REWRITTEN if found is News.UNRELATED and self._alike(old, new) else found

    def _alike(self, old: str, new: str) -> bool:
        """Tell whether two commits hold the same files for a good part: one source that began its history anew."""
        first, second = (self.listing(commit).oids for commit in (old, new))
        return len(first & second) >= _ALIKE * max(1, min(len(first), len(second)))

    @property
    def head(self) -> str | None:
        """The newest commit that was seen, without asking; None when there is none."""
        return foreign.kept(self._git, _HEAD)

    @property
    def last_seen(self) -> datetime | None:
        """When the source last answered; None when it never did."""
        with suppress(OSError, ValueError):
            return datetime.fromisoformat((self.folder / "seen").read_text(encoding="utf-8"))
        return None

    def fetch_commit(self, oid: str) -> str:
        """Fetch the commit `oid`, unless it is here, and keep it for good; return its id.

        Raises:
            SourceError: When the source has it no longer, or does not answer.
        """
        ref = f"refs/source/base/{check_oid(oid)}"
        if foreign.kept(self._git, ref):
            return oid
        if self.head == oid:
            foreign.keep(self._git, ref, oid)
            return oid
        with self._alone("fetch"), explained(self.address.text, oid):
            self._fetch(oid, f"+{oid}:{ref}")
        return oid

    def _alone(self, what: str) -> AbstractContextManager[None]:
        """Keep other runs from fetching into this store meanwhile; they wait, and readers do not."""
        return held(self.folder / "lock", what, self._limits.seconds)

    def _fetch(self, oid: str, refspec: str) -> None:
        """Fetch one commit; where the server has no filters git fetches with contents, and where not by id, with history."""
        try:
            foreign.fetch(self._git, refspec, self._terms, depth=("--depth=1",))
        except GitError as error:
            if not is_refused_by_id(error):
                raise
            foreign.fetch(self._git, ALL, self._terms, depth=unshallow(self._git))
            foreign.keep(self._git, refspec.partition(":")[2], oid)

    # --- one commit ----------------------------------------------------------------------------------------------

    def snapshot(self, commit: str) -> StoredSnapshot:
        """Return what the source holds at a commit that was fetched."""
        return StoredSnapshot(self, check_oid(commit))

    def read(self, oids: Iterable[str]) -> Mapping[str, bytes]:
        """Return contents by blob id; all that are not kept here come in one request; see `Contents.read`."""
        return self._contents.read([check_oid(oid) for oid in dict.fromkeys(oids)])

    def tree_of(self, commit: str, path: PurePosixPath | str) -> str | None:
        """Return the id of a folder or file at a commit that was fetched; equal ids mean that nothing in it changed."""
        return foreign.tree_of(self._git, check_oid(commit), str(path))

    def moment(self, commit: str) -> datetime:
        """Return the committer's time of a commit that was fetched."""
        return moment_of(foreign.seconds_of(self._git, check_oid(commit)))

    def signature(self, commit: str, keys: Collection[str]) -> Signature:
        """Return how a commit that was fetched is signed, to somebody who knows the source by `keys`."""
        return judged(signed(foreign.text_of(self._git, check_oid(commit))), keys)

    def listing(self, commit: str) -> Listing:
        """Return every file of a commit that was fetched, by path.

        Raises:
            RefusedError: When there are too many, or a path stands twice or is none.
        """
        rows: dict[str, tuple[str, str]] = {}
        folders = {"": self.tree_of(commit, "") or ""}
        try:
            for one in foreign.listing(self._git, commit, self._limits.paths):
                if _NO_PATH.search(one.path) or one.path in rows or one.path in folders:
                    raise RefusedError(
                        f"The source has a path that is none, or stands twice: {ascii(one.path)[:120]}"
                    )
                if one.kind == "tree":
                    folders[one.path] = one.oid
                else:
                    rows[one.path] = (one.oid, one.mode)
        except TooMuchError as error:
            raise RefusedError(f"{error}. It is left alone") from error
        return Listing(rows, folders)

    # --- history, on demand ---------------------------------------------------------------------------------------

    def versions(self, path: PurePosixPath | str) -> tuple[Version, ...]:
        """Return the versions that a file had on the followed branch, oldest first, each once; see `Past.versions`."""
        with self._alone("history"):
            return self._past.versions(path)

    def commits(self, since: str, path: PurePosixPath | str) -> tuple[Logged, ...]:
        """Return the commits after `since` that changed something in the folder `path`, newest first; see `Past.commits`."""
        moment = self.moment(self.fetch_commit(since))
        if since == self.head:
            return ()
        with self._alone("history"):
            return self._past.commits(since, moment, path)

    @property
    def _past(self) -> Past:
        return Past(
            self.folder,
            self.address.text,
            self._followed,
            self._terms,
            lambda folder: _prepare(folder, self.address),
        )


class StoredSnapshot:
    """`sharing.snapshot.Snapshot` of a commit in a store."""

    def __init__(self, store: Store, commit: str) -> None:
        self._store = store
        self.commit = commit

    @cached_property
    def entries(self) -> Listing:
        """Every file, by path, in the order of git's tree."""
        return self._store.listing(self.commit)

    def read(self, oids: Iterable[str]) -> Mapping[str, bytes]:
        """Return contents by blob id; all that are missing here are fetched in one request."""
        return self._store.read(oids)

    def tree_of(self, path: PurePosixPath | str) -> str | None:
        """Return the id of a folder's tree, or of a file."""
        return self._store.tree_of(self.commit, path)


def _prepare(folder: Path, address: Address) -> None:
    """Make the repository aside and put it in place whole."""
    if (folder / "HEAD").is_file():
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(dir=folder.parent, prefix="new-"))
    foreign.begin(aside, address.url)
    try:
        aside.rename(folder)
    except OSError:
        if not (folder / "HEAD").is_file():
            raise
        shutil.rmtree(aside, ignore_errors=True)  # another run was quicker


def _write(path: Path, text: str) -> None:
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    aside.write_text(text, encoding="utf-8")
    aside.replace(path)
