"""Pages and words on disk: what is shown of a page, and all that a query is understood by.

One SQLite file. It is written aside, once, and never changed after that.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from kompetanse_search.basis import Basis, Lengths
from kompetanse_search.cognates import cognate_key
from kompetanse_search.compound import Elements, Splitter, class_of
from kompetanse_search.document import Counts, Document, Heading, Words
from kompetanse_search.keys import fold_key, without_one
from kompetanse_search.lexicon import LEAST_NEAR
from kompetanse_search.page import Page
from kompetanse_search.relations import Relations
from kompetanse_search.stem import stem
from kompetanse_search.word_lists import SEEDS

_TABLES = """
create table about(name text primary key, value text) without rowid;
create table page(id integer primary key, address text unique, digest text, length integer, title_length integer, title text, facets text, document text, headings text);
create index page_row on page(id, address, length, title_length, facets);
create table value(id integer primary key, facet text, value text, unique(facet, value));
create table word(word text primary key, count integer, key text, cognate text, back text, size integer) without rowid;
create index word_key on word(key);
create index word_cognate on word(cognate) where cognate <> '';
create index word_back on word(back) where back <> '';
create table element(word text primary key, class integer) without rowid;
create table element_stem(stem text primary key, class integer) without rowid;
create table part(part text primary key, times integer, stem text) without rowid;
create index part_stem on part(stem);
"""
_AFTER_ALL = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Entry:
    """A page as it is kept."""

    digest: str
    document: Document
    headings: tuple[Heading, ...]

    @property
    def counts(self) -> Counts:
        """How often each word occurs in it."""
        return Words.of(self.document).counted()


@dataclass(frozen=True, slots=True)
class Facets(Mapping[str, tuple[str, ...]]):
    """Facet → values of a page, by numbers until somebody asks.

    Attributes:
        numbers: Numbers of its values, in text.
        known: Number → facet and value, of all pages.
    """

    numbers: tuple[str, ...]
    known: Mapping[str, tuple[str, str]]

    def __getitem__(self, facet: str) -> tuple[str, ...]:
        found = tuple(value for own, value in self._pairs() if own == facet)
        if not found:
            raise KeyError(facet)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(facet for facet, _ in self._pairs()))

    def __len__(self) -> int:
        return len({facet for facet, _ in self._pairs()})

    def _pairs(self) -> Iterator[tuple[str, str]]:
        return (self.known[number] for number in self.numbers)


class Register:
    """The register in a file; a `Vocabulary` but for terms, which stand in the postings beside it."""

    def __init__(self, base: sqlite3.Connection, elements: Elements | None = None) -> None:
        self._base = base
        self._elements = elements or Elements(_Column(base, _ELEMENT), _Column(base, _STEM))
        self._known_parts = Splitter(self._elements)
        self._other_parts = Splitter(Elements(_Column(base, _COMMON), _Column(base, _COMMON_STEM)))

    @classmethod
    def create(cls, path: Path, basis: Basis) -> Self:
        """Make a register in a new file."""
        base = _connect(path)
        base.executescript(_TABLES)
        base.executemany("insert into element values (?, ?)", basis.elements.words.items())
        base.executemany("insert into element_stem values (?, ?)", basis.elements.stems.items())
        parts = ((one, 2, stem(one)) for one in sorted(SEEDS))
        base.executemany("insert into part values (?, ?, ?)", parts)
        found = cls(base, basis.elements)
        found._say("means", asdict(basis.means))
        return found

    @classmethod
    def change(cls, path: Path) -> Self:
        """Open the register in a file that nobody else reads, to change it."""
        return cls(_connect(path))

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the register in a file that nobody changes, to read it."""
        address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        return cls(sqlite3.connect(address, uri=True, check_same_thread=False))

    def close(self) -> None:
        """Write what was changed, and let go of the file."""
        self._base.commit()
        self._base.close()

    # Pages

    def add(self, entry: Entry, page: Page) -> int:
        """Add a page, and return its number."""
        document = {one.name: getattr(entry.document, one.name) for one in fields(entry.document)}
        facets = " ".join(str(self._value(*one)) for one in _pairs(document.pop("facets")))
        written = json.dumps(document, ensure_ascii=False)
        headings = json.dumps([(one.text, one.anchor) for one in entry.headings], ensure_ascii=False)
        one = entry.document
        values = (
            one.address,
            entry.digest,
            page.length,
            page.title_length,
            one.title,
            facets,
            written,
            headings,
        )
        columns = "address, digest, length, title_length, title, facets, document, headings"
        asked = f"insert into page({columns}) values (?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 (names of ours)
        return int(self._base.execute(asked, values).lastrowid or 0)

    def _value(self, facet: str, value: str) -> int:
        self._base.execute("insert or ignore into value(facet, value) values (?, ?)", (facet, value))
        return int(self._one("select id from value where facet = ? and value = ?", facet, value))

    def remove(self, addresses: Iterable[str]) -> list[int]:
        """Remove pages, and return the numbers that they had."""
        given = [(address,) for address in addresses]
        found = [self._one("select id from page where address = ?", *one) for one in given]
        self._base.executemany("delete from page where address = ?", given)
        return [int(number) for number in found if number is not None]

    def entry(self, address: str) -> Entry:
        """Return the page at `address`. Raises `KeyError`."""
        asked = "select facets, digest, document, headings from page where address = ?"
        found = self._base.execute(asked, (address,)).fetchone()
        if found is None:
            raise KeyError(address)
        values, digest, written, headings = found
        facets = dict(Facets(tuple(values.split()), self.values))
        document = Document(**_tuples(json.loads(written)), facets=facets)
        return Entry(digest, document, tuple(Heading(*one) for one in json.loads(headings)))

    def digests(self) -> dict[str, str]:
        """Return the digest of every page by address."""
        return dict(self._base.execute("select address, digest from page"))

    def titles(self) -> list[str]:
        """Return the titles of all pages, each once, sorted."""
        return sorted(self._column("select distinct title from page where title <> ''"))

    def rows(self) -> dict[int, tuple[str, int, int, str]]:
        """Return number → address, words, words in its title, and numbers of its values, of every page.

        They stand in an index of their own, so that the texts of the pages are not read past.
        """
        asked = "select id, address, length, title_length, facets from page"
        return {row[0]: row[1:] for row in self._base.execute(asked)}

    @cached_property
    def values(self) -> Mapping[str, tuple[str, str]]:
        """Number in text → facet and value, of all pages that there have been."""
        rows = self._base.execute("select id, facet, value from value")
        return {str(number): (facet, value) for number, facet, value in rows}

    # What holds for all

    def relate(self, relations: Relations) -> None:
        """Keep what words are looked for by as well."""
        phrases = [(list(phrase), dict(others)) for phrase, others in relations.phrases.items()]
        self._say("words", {word: dict(others) for word, others in relations.words.items()})
        self._say("phrases", phrases)

    def relations(self) -> Relations:
        """Return what words are looked for by as well."""
        return Relations(
            self._said("words"), {tuple(phrase): others for phrase, others in self._said("phrases")}
        )

    def basis(self) -> Basis:
        """Return the basis that it was made on. Its elements are looked up one by one."""
        return Basis(self._elements, Lengths(**self._said("means")))

    def _say(self, name: str, value: Any) -> None:
        self._base.execute("insert or replace into about values (?, ?)", (name, json.dumps(value)))

    def _said(self, name: str) -> Any:
        return json.loads(self._one("select value from about where name = ?", name))

    # Words

    def recount(self, counts: Mapping[str, int]) -> None:
        """Add to the count of each word, or take from it; what is left nowhere is forgotten."""
        parts: Counter[str] = Counter()
        rows = []
        for word, change in counts.items():
            before = self.count(word)
            now = before + change
            if (now > 0) != (before > 0) and (cut := self._known_parts.best(word)):
                for part in (cut.left, cut.right):
                    parts[part] += 1 if now > 0 else -1
            rows.append((word, now, *_keys(word)))
        self._base.executemany("insert or replace into word values (?, ?, ?, ?, ?, ?)", rows)
        self._base.execute("delete from word where count <= 0")
        self._base.executemany(
            "insert into part values (?, ?, ?) on conflict(part) do update set times = times + excluded.times",
            [(part, times, stem(part)) for part, times in parts.items()],
        )

    def count(self, word: str) -> int:
        """Return how often `word` occurs; 0 when it does not."""
        return int(self._one("select count from word where word = ?", word) or 0)

    def class_of(self, word: str) -> int:
        """See `Vocabulary`."""
        return class_of(self.count(word))

    def parts(self, word: str) -> Mapping[str, int]:
        """See `Vocabulary`."""
        return (self._known_parts if self.count(word) else self._other_parts).parts(word)

    def folded(self, key: str) -> Collection[str]:
        """See `Vocabulary`."""
        return self._column("select word from word where key = ?", key)

    def cognates(self, key: str) -> Collection[str]:
        """See `Vocabulary`."""
        return self._column("select word from word where cognate = ? and cognate <> ''", key)

    def near(self, key: str) -> Collection[str]:
        """See `Vocabulary`. One letter more leaves either how a word begins or how it ends as it is."""
        half = len(key) // 2
        begin, end = key[:half], key[half:][::-1]
        same = "select word from word where back <> '' and size between ? and ? and"
        sizes = len(key), len(key) + 1
        words = self._column(f"{same} key >= ? and key < ?", *sizes, begin, begin + _AFTER_ALL)
        words += self._column(f"{same} back >= ? and back < ?", *sizes, end, end + _AFTER_ALL)
        return {word for word in words if key in without_one(fold_key(word))}

    def begun(self, key: str) -> Collection[str]:
        """See `Vocabulary`."""
        return self._column("select word from word where key >= ? and key < ?", key, key + _AFTER_ALL)

    def _column(self, asked: str, *values: Any) -> list[str]:
        return [found for (found,) in self._base.execute(asked, values)]

    def _one(self, asked: str, *values: Any) -> Any:
        found = self._base.execute(asked, values).fetchone()
        return found[0] if found else None


_ELEMENT = "select class from element where word = ?"
_STEM = "select class from element_stem where stem = ?"
_COMMON = "select class from element join part on part = word where word = ? and times > 1"
_COMMON_STEM = (
    "select class from element_stem where stem = ?"
    " and exists (select 1 from part where part.stem = element_stem.stem and times > 1)"
)


class _Column(Mapping[str, int]):
    """A column of the register, looked up by key."""

    def __init__(self, base: sqlite3.Connection, asked: str) -> None:
        self._base, self._asked = base, asked
        self._known: dict[str, int | None] = {}

    def __getitem__(self, key: str) -> int:
        if key not in self._known:
            found = self._base.execute(self._asked, (key,)).fetchone()
            self._known[key] = found[0] if found else None
        value = self._known[key]
        if value is None:
            raise KeyError(key)
        return value

    def __iter__(self) -> Iterator[str]:
        raise TypeError("a column is asked, key by key")

    def __len__(self) -> int:
        raise TypeError("a column is asked, key by key")


def _connect(path: Path) -> sqlite3.Connection:
    base = sqlite3.connect(path)
    base.execute("pragma journal_mode = off")
    base.execute("pragma synchronous = off")
    return base


def _keys(word: str) -> tuple[str, str, str, int]:
    """Return what `word` is found by: fold key, cognate key, and the fold key backwards where it may be meant by an error."""
    key = fold_key(word)
    may = len(word) >= LEAST_NEAR and word.isalpha()
    return key, cognate_key(key), key[::-1] if may else "", len(key)


def _tuples(read: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in read.items()}


def _pairs(facets: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    return ((facet, value) for facet, values in facets.items() for value in values)
