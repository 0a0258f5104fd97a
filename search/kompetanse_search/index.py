"""An index on disk: written whole, changed page by page, and read with the same scores as the ranking in memory."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from kompetanse_search.basis import Basis
from kompetanse_search.document import Document
from kompetanse_search.lexicon import Lexicon
from kompetanse_search.page import Page, Pages, Posting
from kompetanse_search.postings import FAULTS, Posted, Reader, change, create
from kompetanse_search.rank import Ranker, Row, Where
from kompetanse_search.register import Entry, Facets, Register
from kompetanse_search.relations import Relations
from kompetanse_search.shelf import Manifest, Shelf, Unusable, share, states
from kompetanse_search.shown import Shown
from kompetanse_search.source import Html, Source, Track

_REGISTER = "register"

FEW, ONE_IN = 10, 10
"""So many pages, or one in so many, may be changed on a basis; then all are written anew on a new one."""


DAMAGE = (*FAULTS, sqlite3.Error)
"""What reading an index raises when a file is not what was written."""


class Kept(Register):
    """A register and the postings beside it: a `Store` and a `Vocabulary` in one."""

    @classmethod
    def within(cls, folder: Path) -> Kept:
        """Read what is kept in `folder`."""
        kept = cls.open(folder / _REGISTER)
        try:
            kept._rows, kept.mean_title = kept.rows(), kept.basis().means.title
            kept._reader, kept.size = Reader(folder), len(kept._rows)
        except BaseException:
            Register.close(kept)
            raise
        return kept

    size: int
    mean_title: int
    _reader: Reader
    _rows: dict[int, tuple[str, int, int, str]]

    def postings(self, term: str) -> Mapping[int, Posting]:
        """See `Store`."""
        return self._reader.postings(term)

    def row(self, number: int) -> Row:
        """See `Store`."""
        address, length, title_length, values = self._rows[number]
        return Row(address, length, title_length, Facets(tuple(values.split()), self.values))

    def order(self, number: int) -> tuple[int, str]:
        """See `Store`."""
        address, length, _, _ = self._rows[number]
        return length, address

    def numbers_of(self, page: int) -> list[str]:
        """Return the numbers of the values of a page."""
        return self._rows[page][3].split()

    def has_term(self, term: str) -> bool:
        """See `Vocabulary`."""
        return bool(self.postings(term))

    def close(self) -> None:
        """Let go of the files."""
        self._reader.close()
        super().close()


class Index(Ranker):
    """An index that is read."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.manifest, self.kept = manifest, Kept.within(folder)
        super().__init__(self.kept, Lexicon(self.kept, self.kept.relations()))

    @classmethod
    def open(cls, shelf: Shelf, region: str) -> Index:
        """Open the index of `region` that holds on `shelf`. Raises `Unusable`."""
        folder = shelf.current()
        manifest = shelf.manifest(folder)
        if manifest.region != region:
            raise Unusable("the index is of another region")
        try:
            return cls(folder, manifest)
        except DAMAGE as error:
            raise Unusable("the index is damaged") from error

    def _standing(self, numbers: Iterable[int], where: Where) -> Collection[int]:
        """Return the pages that are left when they are narrowed: as the ranking does, with values by number."""
        if not where:
            return list(numbers)
        known = self.kept.values.items()
        wanted = [
            frozenset(number for number, (own, value) in known if own == facet and value in values)
            for facet, values in where.items()
        ]
        has = self.kept.numbers_of
        return [page for page in numbers if not any(one.isdisjoint(has(page)) for one in wanted)]

    def _counted(self, numbers: Iterable[int]) -> Mapping[str, Mapping[str, int]]:
        """Return facet → value → pages: as the ranking does, with values by number."""
        counts = Counter(chain.from_iterable(map(self.kept.numbers_of, numbers)))
        found: dict[str, dict[str, int]] = {}
        pairs = ((self.kept.values[number], count) for number, count in counts.items())
        for (facet, value), count in sorted(pairs):
            found.setdefault(facet, {})[value] = count
        return found

    def shown(self, address: str) -> Shown:
        """Return what is shown of the page at `address`."""
        found = self.kept.entry(address)
        return Shown.of(found.document, found.headings)

    def page(self, document: Document) -> Page:
        """Return `document` as this index would hold it."""
        return Pages(self.kept.basis()).page(document)

    def close(self) -> None:
        """Let go of its files."""
        self.kept.close()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an index is to hold.

    Attributes:
        region: Whose it is.
        stamp: What it is made from.
        entries: Its pages.
        seeds: Names that compounds may be cut into.
        relations: What words are looked for by as well.
    """

    region: str
    stamp: str
    entries: Sequence[Source]
    seeds: tuple[str, ...]
    relations: Relations


def bring(shelf: Shelf, wanted: Wanted, html: Html, track: Track = lambda entries: entries) -> int:
    """Make the index on `shelf` what is wanted, as cheaply as may be, and return how many pages were read.

    The caller holds the lock. Raises `OSError` when the disk is full, or the folder cannot be written.
    """
    try:
        old = shelf.current()
        manifest = shelf.manifest(old)
        known = _digests(old)
    except (Unusable, sqlite3.Error):
        return _anew(shelf, wanted, html, track)
    new = [one for one in wanted.entries if known.get(one.address) != one.digest]
    gone = (
        known.keys() - {one.address for one in wanted.entries} | {one.address for one in new} & known.keys()
    )
    changed = manifest.changed + len(gone | {one.address for one in new})
    same = (manifest.region, manifest.seeds) == (wanted.region, wanted.seeds)
    if not same or changed > max(FEW, len(known) // ONE_IN):
        return _anew(shelf, wanted, html, track)
    rows = [_read(one, html) for one in track(new)]
    now = replace(manifest, stamp=wanted.stamp, pages=len(wanted.entries), changed=changed)
    try:
        shelf.write(lambda folder: _changed(old, folder, rows, sorted(gone), wanted.relations, now))
    except DAMAGE as error:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            raise
        return _anew(shelf, wanted, html, track)
    return len(new)


def _digests(folder: Path) -> dict[str, str]:
    register = Register.open(folder / _REGISTER)
    try:
        return register.digests()
    finally:
        register.close()


def _read(entry: Source, html: Html) -> Entry:
    return Entry(entry.digest, *entry.read(html))


def _anew(shelf: Shelf, wanted: Wanted, html: Html, track: Track) -> int:
    rows = [_read(one, html) for one in track(wanted.entries)]
    shelf.write(lambda folder: _written(folder, rows, wanted))
    return len(rows)


def _written(folder: Path, rows: Sequence[Entry], wanted: Wanted) -> Manifest:
    basis = Basis.of((row.document for row in rows), wanted.seeds)
    register = Register.create(folder / _REGISTER, basis)
    try:
        register.relate(wanted.relations)
        create(folder, _added(register, rows, basis))
    finally:
        register.close()
    return Manifest(wanted.region, wanted.stamp, len(rows), 0, wanted.seeds, states(folder))


def _changed(
    old: Path, new: Path, rows: Sequence[Entry], gone: Sequence[str], relations: Relations, manifest: Manifest
) -> Manifest:
    shutil.copyfile(old / _REGISTER, new / _REGISTER)
    share(old, new, (name for name in manifest.files if name != _REGISTER))
    register = Register.change(new / _REGISTER)
    try:
        register.relate(relations)
        register.recount(_negative(register, gone))
        numbers = register.remove(gone)
        change(new, numbers, _added(register, rows, register.basis()))
    finally:
        register.close()
    return replace(manifest, files=states(new))


def _negative(register: Register, gone: Sequence[str]) -> Mapping[str, int]:
    counts: Counter[str] = Counter()
    for address in gone:
        counts.subtract(register.entry(address).counts)
    return counts


def _added(register: Register, rows: Iterable[Entry], basis: Basis) -> Iterator[Posted]:
    """Add pages to the register, yield what is posted of each, and count their words at last."""
    make = Pages(basis)
    counts: Counter[str] = Counter()
    for row in rows:
        page = make.page(row.document)
        counts.update(page.words.counted())
        yield Posted(register.add(row, page), page.codes)
    register.recount(counts)
