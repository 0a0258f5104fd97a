"""Postings on disk: the only module that knows Whoosh.

Whoosh stores and finds (term, page, impact); terms come from our analysis, and scores from our ranking. It pickles what it
keeps, so only a folder that this program wrote is ever opened.
"""

from __future__ import annotations

import pickle
import struct
import zlib
from array import array
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import whoosh.codec.whoosh3  # noqa: F401 (else it is imported when an index is opened, and missing it looked like damage)
from whoosh import columns, formats
from whoosh.fields import COLUMN, FieldType, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.index import IndexError as WhooshError
from whoosh.reading import TermNotFound

from kompetanse_search.page import POSTINGS, Posting

FAULTS = (
    OSError,
    EOFError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    struct.error,
    zlib.error,
    pickle.UnpicklingError,
    WhooshError,
)
"""What Whoosh raises when a file is not what it wrote. A module that cannot be imported is a fault of the program and none of these."""

_MEGABYTES = 512
"""Memory that postings may take before they are sorted on disk, which takes far longer."""


class Terms(FieldType):
    """A field whose value is term → code of its posting: a weight, which Whoosh keeps exactly."""

    indexed, stored, scorable, unique, spelling, multitoken_query = True, False, False, False, False, "or"

    def __init__(self) -> None:
        self.format, self.analyzer, self.vector, self.column_type = formats.Existence(), None, None, None

    def index(
        self, value: Mapping[str, int], **_: Any
    ) -> Generator[tuple[bytes, int, float, bytes], Any, None]:
        """Yield what Whoosh stores of each term: bytes, frequency, weight and nothing else."""
        for term, code in value.items():
            yield term.encode(), 1, float(code), b""


def _schema() -> Any:
    return Schema(page=COLUMN(columns.NumericColumn("i")), terms=Terms())


@dataclass(frozen=True, slots=True)
class Posted:
    """What is stored of a page.

    Attributes:
        page: Its number in the register.
        terms: Term → code of its posting.
    """

    page: int
    terms: Mapping[str, int]


def create(folder: Path, pages: Iterable[Posted]) -> None:
    """Write the postings of `pages` to an empty folder."""
    index = FileIndex.create(FileStorage(str(folder)), _schema(), "MAIN")
    _write(folder, index, (), pages)


def change(folder: Path, gone: Iterable[int], pages: Iterable[Posted]) -> None:
    """Take the pages `gone` out of the postings in `folder`, and add `pages`."""
    wanted = set(gone)
    with _unpickling():
        index = FileIndex(FileStorage(str(folder)), _schema(), "MAIN")
        numbers = [number for number, page in enumerate(_pages(index)) if page in wanted]
    _write(folder, index, numbers, pages)


def _write(folder: Path, index: Any, gone: Iterable[int], pages: Iterable[Posted]) -> None:
    writer = index.writer(limitmb=_MEGABYTES)
    try:
        for number in gone:
            writer.delete_document(number)
        for one in pages:
            writer.add_document(page=one.page, terms=one.terms)
    except BaseException:
        writer.cancel()
        raise
    writer.commit()
    index.close()
    with suppress(OSError):
        (folder / "MAIN_WRITELOCK").unlink()


@contextmanager
def _unpickling() -> Iterator[None]:
    """Tell of a file that names a module which is not there that it is not what Whoosh wrote."""
    try:
        yield
    except ImportError as error:
        raise pickle.UnpicklingError(str(error)) from error


def _pages(index: Any) -> list[int]:
    """Return the page of each document; -1 of one that is gone."""
    reader = index.reader()
    try:
        return [page for leaf, _ in reader.leaf_readers() for page in _of(leaf)]
    finally:
        reader.close()


def _of(leaf: Any) -> Iterator[int]:
    """Yield the page of each document of one segment; an empty index has one segment without any column."""
    if leaf.doc_count_all():
        numbers = leaf.column_reader("page", translate=False)
        every = range(leaf.doc_count_all()) if leaf.has_deletions() else ()
        gone = {at for at in every if leaf.is_deleted(at)}
        yield from (-1 if at in gone else number for at, number in enumerate(numbers))


class Reader:
    """The postings in a folder."""

    def __init__(self, folder: Path) -> None:
        with _unpickling():
            self._index = FileIndex(FileStorage(str(folder), readonly=True), _schema(), "MAIN")
            self._reader = self._index.reader()
        self._leaves = self._reader.leaf_readers()
        self._pages = array("i", (page for leaf, _ in self._leaves for page in _of(leaf)))
        self._read: dict[str, dict[int, Posting]] = {}

    def close(self) -> None:
        """Let go of the files."""
        self._reader.close()
        self._index.close()

    def postings(self, term: str) -> Mapping[int, Posting]:
        """Return page → posting of the pages that have `term`: read when it is asked for, and then kept."""
        if term not in self._read:
            self._read[term] = dict(self._having(term.encode()))
        return self._read[term]

    def _having(self, term: bytes) -> Iterator[tuple[int, Posting]]:
        for leaf, offset in self._leaves:
            try:
                matcher = leaf.postings("terms", term)
            except TermNotFound:
                continue
            while matcher.is_active():
                page = self._pages[offset + matcher.id()]
                if page >= 0:
                    yield page, POSTINGS[int(matcher.weight())]
                matcher.next()
