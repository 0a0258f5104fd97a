"""The index as static files for a browser, which fetches only what a query needs. `docs/search-shards.md` describes them.

Each file is a script in plain text that hands its data to one function, `kompetanseShard`: scripts load from anywhere,
also where nothing can be fetched. The name of a file ends in a hash of what it holds, so an old manifest never meets new data.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any, NamedTuple, Self

from kompetanse_search import VERSION
from kompetanse_search.basis import Basis
from kompetanse_search.cognates import RULES
from kompetanse_search.compound import Elements, class_of
from kompetanse_search.keys import fold_key, mirrored
from kompetanse_search.packing import DIGITS, after, digits, numbers, words
from kompetanse_search.page import Page
from kompetanse_search.relations import Relations
from kompetanse_search.shown import Shown
from kompetanse_search.stem import ENGLISH_TERM
from kompetanse_search.stock import Stock
from kompetanse_search.weights import WEIGHTS
from kompetanse_search.word_lists import NOT_ELEMENTS, STOP_WORDS

FORM = 1
"""Of the files. A reader reads no other; every change of what is written here raises it."""

MANIFEST = "manifest.js"
"""The one file whose name stays; it names the others."""

BLOCK = 8
"""Pages of which what is shown stands in one file."""

LETTERS = 4_000
"""In a shard of a small site, about; one that has twenty thousand pages has three times as many, so that the manifest stays short."""

LENGTHS = 512
"""Pages whose lengths stand in one file."""

HASH = 5
"""Letters of a hash in a name."""

READ = [
    "part_in_query",
    "folded_unknown",
    "folded_known",
    "english",
    "cognate",
    "joint",
    "near",
    "begun",
    "begun_count",
    "joined",
    "title_bonus",
]
"""The weights that a reader uses."""

ENGLISH_MARK = "!"
"""What an English term ends with."""

BEGIN = 4
"""Letters of a key within which no shard ends where it need not, so that a word more in one seldom moves the ends of the next."""


class Line(NamedTuple):
    """What stands in the shards of a page, but for its terms.

    Attributes:
        length: Words in all its fields.
        facets: Facet → values.
        shown: What is shown of it, as written.
    """

    length: int
    facets: Mapping[str, tuple[str, ...]]
    shown: list[Any]

    @classmethod
    def of(cls, page: Page, shown: Shown) -> Self:
        """Return the line of `page`."""
        headings = [text for one in shown.headings if one.anchor for text in (one.anchor, one.text)]
        row = [page.address, shown.title, shown.kind, shown.language, shown.beginning, headings]
        return cls(page.length, page.facets, row)


@dataclass(frozen=True, slots=True)
class File:
    """One file: the least key of what is in it, its name without the ending, and its text."""

    first: str
    name: str
    text: str

    @classmethod
    def of(cls, place: str, first: str, columns: Iterable[Any]) -> File:
        """Return the file at `place` that hands over `columns`; its name goes on with a hash of them."""
        data = ",".join(map(_literal, columns))
        hashed = sha256(data.encode("utf-8")).digest()[:HASH]
        name = f"{place}-{''.join(DIGITS[byte & 31] for byte in hashed)}"  # capitals only: some disks ignore case
        return cls(first, name, f'kompetanseShard("{name}",{data})\n')


def files(
    pages: Sequence[Page],
    basis: Basis,
    shown: Mapping[str, Shown],
    relations: Relations | None = None,
    region: str = "",
) -> dict[str, str]:
    """Return path → text of the files for `pages`, the same for the same input; `shown` is by address.

    Raises `KeyError` for a page of which nothing is shown.
    """
    ordered = sorted(pages, key=lambda page: page.address)
    lines = [Line.of(page, shown[page.address]) for page in ordered]
    return written(Stock.of(ordered, basis), lines, basis.elements, relations or Relations(), region)


def written(
    stock: Stock, lines: Sequence[Line], elements: Elements, relations: Relations, region: str
) -> dict[str, str]:
    """Return path → text of the files for a `stock` and the lines of its pages, in the order of their numbers."""
    size = LETTERS + 2 * len(lines) // 5
    many = {
        "words": _cut("w", size, _words(stock), _word_columns),
        "terms": _cut("t", size, _terms(stock), _term_columns),
        "near": _cut("n", size, _near(stock), _near_columns),
        "cognates": _cut("c", size, _cognates(stock), _cognate_columns),
        "lengths": _by_page("l", LENGTHS, lines, lambda some: numbers(line.length for line in some)),
        "blocks": _by_page("p", BLOCK, lines, lambda some: [line.shown for line in some]),
    }
    common = File.of("e", "", _elements(elements.common(stock.halves.values())))
    facets = {
        name: File.of(f"f{at}", "", _facet(name, lines))
        for at, name in enumerate(sorted({facet for line in lines for facet in line.facets}))
    }
    manifest = {
        **_constants(),
        "region": region,
        "pages": len(lines),
        "relations": _relations(relations, stock.places),
        "many": {kind: _listed(group) for kind, group in many.items()},
        "elements": common.name,
        "facets": {facet: one.name for facet, one in facets.items()},
    }
    every = [*(one for group in many.values() for one in group), common, *facets.values()]
    found = {f"{one.name}.js": one.text for one in sorted(every, key=lambda one: one.name)}
    return {**found, MANIFEST: f'kompetanseShard("manifest",{_literal(manifest)})\n'}


def _constants() -> dict[str, Any]:
    """Return what a reader must know of the rules, so that each number stands in one place."""
    return {
        "form": FORM,
        "version": VERSION,
        "pages_in": {"blocks": BLOCK, "lengths": LENGTHS},
        "weights": {name: getattr(WEIGHTS, name) for name in READ},
        "cognates": RULES,
        "stop_words": " ".join(sorted(STOP_WORDS)),
    }


def _by_page(
    kind: str, size: int, lines: Sequence[Line], column: Callable[[Sequence[Line]], Any]
) -> list[File]:
    """Return a file for each `size` pages."""
    return [
        File.of(f"{kind}{at // size}", "", [column(lines[at : at + size])])
        for at in range(0, len(lines), size)
    ]


def _literal(value: Any) -> str:
    """Return `value` as a literal of JavaScript that is plain text to HTML, too."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _listed(group: Sequence[File]) -> list[str]:
    """Return the hashes of files that are numbered from 0, and the least keys in them, which are sorted."""
    return ["".join(one.name[-HASH:] for one in group), words([one.first for one in group])]


Keyed = tuple[str, int, Any]
"""What stands in a shard: the key it is found by, letters it takes about, and what is written."""


def _cut(
    kind: str, size: int, rows: Iterable[Keyed], columns: Callable[[list[Any]], Iterable[str]]
) -> list[File]:
    """Return the files for rows that are sorted by key. Rows of one key stay together."""
    found: list[File] = []
    for first, group in _groups(rows, size):
        found.append(File.of(f"{kind}{len(found)}", first, columns(group)))
    return found


def _groups(rows: Iterable[Keyed], size: int) -> Iterator[tuple[str, list[Any]]]:
    first, last, taken, group = "", "", 0, list[Any]()
    for key, letters, row in rows:
        if taken >= size and key != last and (taken >= 2 * size or key[:BEGIN] != last[:BEGIN]):
            yield first, group
            first, taken, group = _least_between(last, key), 0, []
        group.append(row)
        last, taken = key, taken + letters
    if group:
        yield first, group


def _least_between(last: str, key: str) -> str:
    """Return the shortest beginning of `key` that comes after `last`."""
    return next(key[:end] for end in range(1, len(key) + 1) if key[:end] > last)


def _words(stock: Stock) -> Iterator[Keyed]:
    """Yield each word with its class and where it is cut, by fold key."""
    for key, word in sorted([(form[0], word) for word, form in stock.forms.items()]):
        yield key, 4 + len(word) // 3, (word, class_of(stock.counts[word]), stock.cuts.get(word, ""))


def _word_columns(rows: Sequence[tuple[str, int, str]]) -> tuple[str, ...]:
    every, classes, cuts = zip(*rows, strict=True)
    return words(every), digits(classes), "".join(cuts)


def _terms(stock: Stock) -> Iterator[Keyed]:
    """Yield each term with its postings. An English one stands where it would without what it begins with."""
    for key, written, term in sorted([_placed(term) for term in stock.places]):
        impacts = stock.impacts[term]
        row = (written, len(impacts), stock.gaps[term], impacts, stock.titles[term])
        yield key, 4 + 3 * len(impacts), row


@lru_cache(maxsize=200_000)
def _placed(term: str) -> tuple[str, str, str]:
    """Return what a term is found by, how it is written, and the term."""
    bare = term.removeprefix(ENGLISH_TERM)
    return fold_key(bare), bare + ENGLISH_MARK if bare != term else bare, term


def _term_columns(rows: Sequence[tuple[str, int, str, str, str]]) -> tuple[str, ...]:
    every, many, places, impacts, titles = zip(*rows, strict=True)
    flagged = [2 * count + bool(title) for count, title in zip(many, titles, strict=True)]
    return words(every), numbers(flagged), *map("".join, (places, impacts, titles))


def _near(stock: Stock) -> Iterator[Keyed]:
    """Yield the words that may be meant by one with an error near its beginning: by first letter, and the others from behind."""
    for key, word in sorted([(form[1], word) for word, form in stock.forms.items() if form[1]]):
        yield key, 4 + len(word) // 3, (mirrored(word), class_of(stock.counts[word]))


def _near_columns(rows: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    return words([word for word, _ in rows]), digits(number for _, number in rows)


def _cognates(stock: Stock) -> Iterator[Keyed]:
    """Yield each stem of words that have a cognate key, by that key."""
    for key, base in sorted({(cognate, base) for _, _, cognate, base in stock.forms.values() if cognate}):
        yield key, 4 + len(key) // 3, (key, base)


def _cognate_columns(rows: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    return words([key for key, _ in rows]), "".join(after(key, base) for key, base in rows)


def _elements(elements: Elements) -> tuple[str, ...]:
    """Return what a word that is not known is cut with: words, stems, their classes, and what is no element."""
    columns: list[str] = []
    for one in (elements.words, elements.stems):
        every = sorted(one)
        columns += [words(every), digits(one[word] for word in every)]
    return *columns, " ".join(sorted(NOT_ELEMENTS))


def _facet(name: str, lines: Sequence[Line]) -> tuple[Any, ...]:
    """Return the values, the combinations of them that pages have, the most frequent first, and each page's combination."""
    having = [tuple(sorted(set(line.facets.get(name, ())))) for line in lines]
    counts = Counter(having)
    combinations = sorted(counts, key=lambda one: (-counts[one], one))
    values = sorted({value for one in combinations for value in one})
    place = {value: at for at, value in enumerate(values)}
    at = {one: number for number, one in enumerate(combinations)}
    return (
        values,
        [numbers(place[value] for value in one) for one in combinations],
        numbers(at[one] for one in having),
    )


def _relations(relations: Relations, terms: Container[str]) -> dict[str, dict[str, int]]:
    """Return stems, with spaces between those of a phrase → stem → weight, where the index has it."""
    every = {(one,): others for one, others in relations.words.items()} | dict(relations.phrases)
    kept = {
        " ".join(source): {term: weight for term, weight in sorted(others.items()) if term in terms}
        for source, others in sorted(every.items())
    }
    return {source: others for source, others in kept.items() if others}
