"""The contents of a source's files: kept by id, fetched in one request when they are not."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kompetanse.git import foreign
from kompetanse.git.run import GitError, Terms
from kompetanse.sharing.address import Address, RefusedError
from kompetanse.sharing.blobs import Blobs
from kompetanse.sharing.fault import SourceError, explained, is_refused_by_id
from kompetanse.sharing.limits import Limits

ALL = "+refs/heads/*:refs/source/all/*"
"""Every branch, where a server gives nothing less."""


@dataclass(frozen=True, slots=True)
class Contents:
    """Files of a source.

    Attributes:
        folder: Where they are kept, and fetched to.
        git: The repository that holds the source's commits; an old server's files come there.
        address: Where the source is.
        terms: Says how git may reach it, when that is to be done.
        limits: What is too much.
    """

    folder: Path
    git: Path
    address: Address
    terms: Callable[[], Terms]
    limits: Limits

    def read(self, oids: Sequence[str]) -> Mapping[str, bytes]:
        """Return contents by blob id, in the order of `oids`.

        Git is never asked whether it has an object: in a partial clone each miss costs a walk of the whole pack.

        Raises:
            SourceError: When the source does not answer.
            RefusedError: When one is larger than the limit, or is no file.
        """
        found = self._blobs.read(oids)
        missing = [oid for oid in oids if oid not in found]
        if missing:
            with explained(self.address.text):
                found |= self._fetched(missing)
        return {oid: found[oid] for oid in oids}

    @property
    def _blobs(self) -> Blobs:
        return Blobs(self.folder / "blobs.sqlite")

    def _fetched(self, oids: list[str]) -> dict[str, bytes]:
        """Fetch files into a repository of their own, which is thrown away: what is kept of them are our own blobs."""
        with tempfile.TemporaryDirectory(
            dir=self.folder, prefix="files-", ignore_cleanup_errors=True
        ) as name:
            aside = Path(name)
            try:
                foreign.fetch_files(aside, self.address.url, oids, self.terms())
            except GitError as error:
                if not is_refused_by_id(error):
                    raise
                self._fetch_with_contents(oids)
                aside = self.git
            self._check_sizes(oids, foreign.sizes(aside, oids))
            read = dict(foreign.contents(aside, oids))
        self._blobs.keep(read)
        return read

    def _fetch_with_contents(self, oids: list[str]) -> None:
        """Fetch all contents from an old server, which gives no file by its id, unless they came with the commit."""
        try:
            foreign.sizes(self.git, oids)
        except GitError:  # git ends at the first that is missing
            terms, depth = self.terms(), ("--refetch", *unshallow(self.git))
            foreign.fetch(self.git, ALL, terms, filtered=None, depth=depth)

    def _check_sizes(self, oids: Sequence[str], sizes: Mapping[str, int]) -> None:
        lacking = [oid for oid in oids if oid not in sizes]
        if lacking:
            raise SourceError(
                f"{self.address.text} did not give {len(lacking)} of {len(oids)} files. Try again later"
            )
        large = [oid for oid, size in sizes.items() if size > self.limits.blob]
        if large:
            raise RefusedError(
                f"A file of {sizes[large[0]]} bytes is above the limit of {self.limits.blob}: {large[0]}"
            )
        if sum(sizes.values()) > self.limits.read:
            raise RefusedError(
                f"{len(oids)} files of {sum(sizes.values())} bytes are above the limit of {self.limits.read}"
            )


def unshallow(folder: Path) -> tuple[str, ...]:
    """Return what makes the history that was cut off whole; nothing when it is whole."""
    return ("--unshallow",) if foreign.is_shallow(folder) else ()
