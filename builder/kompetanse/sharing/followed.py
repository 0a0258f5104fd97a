"""The sources that a command follows: each is asked once, and what was kept of it serves where it does not answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from kompetanse.content.offers import read_offers_of
from kompetanse.errors import KompetanseError
from kompetanse.model.offer import Offer
from kompetanse.model.region import Region
from kompetanse.model.region import Source as Record
from kompetanse.model.signature import Signature
from kompetanse.sharing.fault import SourceError
from kompetanse.sharing.offers import offers_of
from kompetanse.sharing.sources import named, open_source
from kompetanse.sharing.status import Seen
from kompetanse.sharing.store import Store, StoredSnapshot
from kompetanse.sharing.tree import Tree


class Followed:
    """One source: what it has at its newest commit, or at one that was asked for."""

    def __init__(
        self,
        record: Record,
        store: Store,
        kept: Mapping[str, Offer],
        languages: tuple[str, ...],
        fault: str = "",
    ) -> None:
        """Take a store that was refreshed, or why that could not be done.

        Args:
            record: The source in `region.yml`.
            store: What is kept of it.
            kept: Its offers as they are committed in the region, by id.
            languages: Those of our region.
            fault: Why it does not answer.
        """
        self.record = record
        self.store = store
        self.fault = fault
        self._kept = kept
        self._languages = languages
        self._trees: dict[str, Tree | None] = {}
        self._known: dict[str, At] = {}

    def newest(self) -> str:
        """Return the newest commit that is known.

        Raises:
            SourceError: When there is none, since the source never answered.
        """
        found = self.store.head
        if found is None:
            raise SourceError(
                self.fault or f"Nothing is kept of {self.record.name}. Try again with a network"
            )
        return found

    def at(self, commit: str) -> At:
        """Return what the source has at a commit, which is fetched when it is not here."""
        if commit not in self._known:
            if commit != self.store.head:
                self.store.fetch_commit(commit)
            self._known[commit] = At(self, commit, self.store.snapshot(commit), self._kept, self._languages)
        return self._known[commit]

    @cached_property
    def seen(self) -> Seen:
        """What is known of the source for its courses' status."""
        head = self.store.head
        if head is None:
            return Seen(offers=self._kept or None, at=self.store.last_seen, fault=self.fault)
        now = self.at(head)
        return Seen(now.commit, now.offers, now.tree, self.store.last_seen, self.fault, self._before)

    def _before(self, commit: str) -> Tree | None:
        """Return all files of a commit that is kept here; nobody is asked."""
        if commit not in self._trees:
            try:
                self._trees[commit] = Tree(self.store.listing(commit).names)
            except KompetanseError:
                self._trees[commit] = None
        return self._trees[commit]


@dataclass(frozen=True)
class At:
    """A source at one commit."""

    source: Followed
    commit: str
    snapshot: StoredSnapshot
    kept: Mapping[str, Offer]
    languages: tuple[str, ...]

    @cached_property
    def offers(self) -> Mapping[str, Offer]:
        """Its courses by id; those committed in our region when they were read at this commit."""
        if self.kept and all(one.commit == self.commit for one in self.kept.values()):
            return self.kept
        return {one.id: one for one in offers_of(self.snapshot, self.source.record, self.languages)}

    @cached_property
    def tree(self) -> Tree:
        """All its files."""
        return Tree(self.snapshot.entries.names)

    @cached_property
    def signature(self) -> Signature:
        """How the commit is signed."""
        return self.source.store.signature(self.commit, self.source.record.keys)

    @cached_property
    def moment(self) -> datetime:
        """Time of the commit."""
        return self.source.store.moment(self.commit)


class Sources:
    """The sources of a region, each asked when it is first wanted."""

    def __init__(self, root: Path, region: Region, now: datetime, *, offline: bool = False) -> None:
        """Look at the sources of the region at `root`; with `offline` none is asked."""
        self._root = root
        self._region = region
        self._now = now
        self._offline = offline
        self._known: dict[str, Followed] = {}

    def of(self, name: str) -> Followed:
        """Return a source by its name in `region.yml`.

        Raises:
            KompetanseError: When it is not there, or is stopped.
        """
        if name not in self._known:
            self._known[name] = self._asked(named(self._region, name))
        return self._known[name]

    def _asked(self, record: Record) -> Followed:
        store = open_source(self._root, record)
        kept = {one.id: one for one in read_offers_of(self._root, record.name)[0]}
        return Followed(record, store, kept, self._region.languages, self._fault(store))

    def _fault(self, store: Store) -> str:
        if self._offline:
            return ""
        try:
            store.refresh(self._now)
        except SourceError as error:
            return str(error)
        return ""

    def seen(self, name: str) -> Seen:
        """Return what is known of a source; of one that cannot be read, why."""
        try:
            return self.of(name).seen
        except KompetanseError as error:
            kept = {one.id: one for one in read_offers_of(self._root, name)[0]}
            return Seen(offers=kept or None, fault=str(error))
