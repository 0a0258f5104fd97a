"""The parts of a site as they were last made: of a later state only those are made anew that read something else in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kompetanse.model.facts import Fact, Log, Reads, Tables, changed
from kompetanse.model.item import ItemId
from kompetanse.model.sums import named
from kompetanse.model.version import Version
from kompetanse.pages.file import StagedFile
from kompetanse.pages.parts import Name, Part, parts
from kompetanse.pages.view import Site
from kompetanse.pages.watching import Watching


@dataclass(frozen=True, slots=True)
class Made:
    """A part as it was made.

    Attributes:
        files: What it consists of.
        reads: The rows that were read for it, or these as `named` tells them.
    """

    files: tuple[StagedFile, ...]
    reads: Reads


@dataclass
class Renewal:
    """A site, part by part."""

    _log: Log = field(default_factory=Log)
    _watching: Watching | None = None
    _site: Site | None = None
    _tables: Tables = field(default_factory=dict)
    _order: tuple[Part, ...] = ()
    _made: dict[Name, Made] = field(default_factory=dict)
    _stale: set[Name] = field(default_factory=set)

    def take(self, site: Site) -> tuple[Part, ...]:
        """Take in a later state; return the parts that are to be made anew, in order. Those that are gone are forgotten."""
        self._watching = self._watching or Watching(self._log)
        self._site, tables = self._watching.of(site)
        other, self._tables = changed(self._tables, tables), tables
        self._order = tuple(parts(site))
        there = {part.name for part in self._order}
        self._made = {name: made for name, made in self._made.items() if name in there}
        self._stale = (self._stale & there) | (there - self._made.keys()) | self._readers(other)
        return self.stale()

    def take_texts(self, texts: Mapping[ItemId, str], versions: Mapping[ItemId, Version]) -> tuple[Part, ...]:
        """Likewise, of the last state with some other texts and with `versions`, others only where nobody offers anything.

        What differs is known then, and need not be looked for among all rows.
        """
        assert self._watching  # noqa: S101 (there was a last one)
        self._site, tables = self._watching.with_texts(texts, versions)
        other = changed({"versions": self._tables["versions"]}, {"versions": tables["versions"]})
        other |= {("texts", id_) for id_ in texts}
        self._tables = tables
        self._stale |= self._readers(other)
        return self.stale()

    def _readers(self, other: set[Fact]) -> set[Name]:
        """Return the parts for which one of the rows `other` was read."""
        if not self._made:
            return set()
        other = other.union(named(other))  # as those who made a part in another process tell them
        return {name for name, made in self._made.items() if not made.reads.isdisjoint(other)}

    def stale(self) -> tuple[Part, ...]:
        """Return the parts that wait to be made anew, in order."""
        return tuple(part for part in self._order if part.name in self._stale) if self._stale else ()

    def make(self, part: Part) -> tuple[StagedFile, ...]:
        """Make a part of the state that was last taken in; return its files."""
        made = self._made[part.name] = self.once(part)
        self._stale.discard(part.name)
        return made.files

    def once(self, part: Part) -> Made:
        """Make a part as `make` does, and remember nothing of it."""
        assert self._site  # noqa: S101 (its parts came from `take`)
        self._log.begin()
        files = tuple(part.make(self._site))
        return Made(files, self._log.reads())

    def adopt(self, name: Name, made: Made) -> None:
        """Take a part as it was made in another process of the state that was last taken in."""
        self._made[name] = made
        self._stale.discard(name)

    @property
    def parts(self) -> tuple[Part, ...]:
        """All parts of the state that was last taken in, in order."""
        return self._order

    def renewed(self, part: Part) -> tuple[StagedFile, ...]:
        """Return the files of a part, made anew when they are to be."""
        made = self._made.get(part.name)
        return self.make(part) if made is None or part.name in self._stale else made.files

    @property
    def tables(self) -> Tables:
        """The tables of the state that was last taken in."""
        return self._tables

    def files(self) -> Iterator[StagedFile]:
        """Yield the files of all parts as they were last made, in order."""
        for part in self._order:
            made = self._made.get(part.name)
            yield from made.files if made else ()

    def files_of(self, names: Iterable[Name]) -> Iterator[StagedFile]:
        """Yield the files of some parts as they were last made."""
        for name in names:
            made = self._made.get(name)
            yield from made.files if made else ()
