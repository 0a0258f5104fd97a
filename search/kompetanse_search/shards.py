"""The index as static files for a browser, which fetches only what a query needs. `docs/search-shards.md` describes them.

Each file is a script in plain text that hands its data to one function, `kompetanseShard`: scripts load from anywhere,
also where nothing can be fetched. The name of a file ends in a hash of what it holds, so an old manifest never meets new data.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from kompetanse_search import VERSION
from kompetanse_search.basis import Basis
from kompetanse_search.cognates import RULES, cognate_key
from kompetanse_search.compound import LEAST_WORD, Elements, Splitter, class_of
from kompetanse_search.keys import fold_key
from kompetanse_search.lexicon import LEAST_NEAR
from kompetanse_search.packing import DIGITS, after, digits, gaps, number, numbers, words
from kompetanse_search.page import Page, Posting
from kompetanse_search.rank import title_impact
from kompetanse_search.relations import Relations
from kompetanse_search.stem import ENGLISH_TERM, stem
from kompetanse_search.weights import WEIGHTS
from kompetanse_search.word_lists import NOT_ELEMENTS, STOP_WORDS

FORM = 2
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

MOST_EXTRACT = 200
"""Letters of an extract."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a page.

    Attributes:
        id: Its anchor.
        title: Its text.
    """

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What a result shows of a page, in plain text.

    Attributes:
        title: Its title.
        kind: What it is, such as `course`.
        language: Tag of its language.
        extract: What it is about; `MOST_EXTRACT` letters are kept.
        headings: Its headings, in order.
        text: Name of the file with all that it says; empty where the extract says it.
    """

    title: str
    kind: str
    language: str
    extract: str
    headings: tuple[Heading, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """One file: the least key of what is in it, its name without the ending, and its text."""

    first: str
    name: str
    text: str

    @classmethod
    def of(cls, place: str, first: str, columns: Iterable[Any], letters: int = HASH) -> File:
        """Return the file at `place` that hands over `columns`; its name goes on with a hash of them, of so many letters."""
        data = ",".join(map(_literal, columns))
        hashed = sha256(data.encode("utf-8")).digest()[:letters]
        name = f"{place}-{''.join(DIGITS[byte & 31] for byte in hashed)}"  # capitals only: some disks ignore case
        return cls(first, name, f'kompetanseShard("{name}",{data})\n')


def files(
    pages: Sequence[Page],
    basis: Basis,
    shown: Mapping[str, Shown],
    relations: Relations | None = None,
    region: str = "",
    splitter: Splitter | None = None,
) -> dict[str, str]:
    """Return path → text of the files for `pages`, the same for the same input; `shown` is by address.

    A `splitter` with the elements of `basis`, kept from one time to the next, makes the next quicker.

    Raises `KeyError` for a page of which nothing is shown.
    """
    ordered = sorted(pages, key=lambda page: page.address)
    counts, postings, cutter = _counts(ordered), _postings(ordered), splitter or Splitter(basis.elements)
    size = LETTERS + 2 * len(pages) // 5
    many = {
        "words": _cut("w", size, _words(counts, cutter), _word_columns),
        "terms": _cut("t", size, sorted(_terms(postings)), lambda rows: _term_columns(rows, ordered, basis)),
        "near": _cut("n", size, _near(counts), _near_columns),
        "cognates": _cut("c", size, _cognates(counts), _cognate_columns),
        "lengths": _by_page("l", LENGTHS, ordered, lambda some: numbers(page.length for page in some)),
        "blocks": _by_page("p", BLOCK, ordered, lambda some: _block(some, shown)),
    }
    elements = File.of("e", "", _elements(basis.elements.common(sorted(counts), cutter)))
    facets = {
        name: File.of(f"f{at}", "", _facet(name, ordered))
        for at, name in enumerate(sorted({facet for page in ordered for facet in page.facets}))
    }
    manifest = {
        **_constants(),
        "region": region,
        "pages": len(ordered),
        "relations": _relations(relations or Relations(), postings.keys()),
        "many": {kind: _listed(group) for kind, group in many.items()},
        "elements": elements.name,
        "facets": {facet: one.name for facet, one in facets.items()},
    }
    every = [*(one for group in many.values() for one in group), elements, *facets.values()]
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
    kind: str, size: int, pages: Sequence[Page], column: Callable[[Sequence[Page]], Any]
) -> list[File]:
    """Return a file for each `size` pages."""
    return [
        File.of(f"{kind}{at // size}", "", [column(pages[at : at + size])])
        for at in range(0, len(pages), size)
    ]


def _counts(pages: Iterable[Page]) -> dict[str, int]:
    """Return word → occurrences on all pages; a plain dictionary is several times quicker here than a counter."""
    counts: dict[str, int] = {}
    for page in pages:
        for word, count in page.words.items():
            counts[word] = counts.get(word, 0) + count
    return counts


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
        if taken >= size and key != last:
            yield first, group
            first, taken, group = _least_between(last, key), 0, []
        group.append(row)
        last, taken = key, taken + letters
    if group:
        yield first, group


def _least_between(last: str, key: str) -> str:
    """Return the shortest beginning of `key` that comes after `last`."""
    return next(key[:end] for end in range(1, len(key) + 1) if key[:end] > last)


def _words(counts: Mapping[str, int], splitter: Splitter) -> Iterator[Keyed]:
    """Yield each word with its class and where it is cut, by fold key."""
    for key, word in sorted((fold_key(word), word) for word in counts):
        yield key, 4 + len(word) // 3, (word, class_of(counts[word]), _cuts(splitter, word))


def _word_columns(rows: Sequence[tuple[str, int, str]]) -> tuple[str, ...]:
    every, classes, cuts = zip(*rows, strict=True)
    return words(every), digits(classes), "".join(cuts)


def _cuts(splitter: Splitter, word: str, depth: int = 0) -> str:
    """Return where `word` is cut, and then its elements: twice the letters of the first, and 1 more when a joint follows; 0 is no cut.

    Nothing stands there for a word that is too short to be cut.
    """
    if depth > 2 or len(word) < LEAST_WORD:
        return ""
    cut = splitter.best(word, depth)
    if not cut:
        return "0"
    joint = len(word) - len(cut.left) - len(cut.right)
    return number(2 * len(cut.left) + joint) + "".join(
        _cuts(splitter, part, depth + 1) for part in (cut.left, cut.right)
    )


Postings = Mapping[str, Sequence[tuple[int, Posting]]]
"""Term → number of a page and posting, by number."""


def _postings(pages: Sequence[Page]) -> Postings:
    found: dict[str, list[tuple[int, Posting]]] = defaultdict(list)
    for place, page in enumerate(pages):
        for term, posting in page.postings.items():
            found[term].append((place, posting))
    return found


def _terms(postings: Postings) -> Iterator[Keyed]:
    """Yield each term with its postings. An English one stands where it would without what it begins with."""
    for term, found in postings.items():
        bare = term.removeprefix(ENGLISH_TERM)
        written = bare + ENGLISH_MARK if bare != term else bare
        yield fold_key(bare), 4 + 3 * len(found), (written, found)


def _term_columns(
    rows: Sequence[tuple[str, Sequence[tuple[int, Posting]]]], pages: Sequence[Page], basis: Basis
) -> tuple[str, ...]:
    many, places, impacts, titles = [], [], [], []
    for _, found in rows:
        flagged = [at for at, (_, posting) in enumerate(found) if posting.title]
        many.append(2 * len(found) + bool(flagged))
        places.append(gaps([place for place, _ in found]))
        impacts.append(digits(posting.impact for _, posting in found))
        if flagged:
            worth = (
                title_impact(found[at][1].title, pages[found[at][0]].title_length, basis.means.title)
                for at in flagged
            )
            titles.append(number(len(flagged)) + gaps(flagged) + digits(worth))
    return words([term for term, _ in rows]), numbers(many), *map("".join, (places, impacts, titles))


def _near(counts: Mapping[str, int]) -> Iterator[Keyed]:
    """Yield the words that may be meant by one with an error near its beginning: by first letter, and the others from behind."""
    words_ = [word for word in counts if len(word) >= LEAST_NEAR and word.isalpha()]
    for key, word in sorted((_mirrored(fold_key(word)), word) for word in words_):
        yield key, 4 + len(word) // 3, (_mirrored(word), class_of(counts[word]))


def _mirrored(word: str) -> str:
    return word[:1] + word[:0:-1]


def _near_columns(rows: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    return words([word for word, _ in rows]), digits(number for _, number in rows)


def _cognates(counts: Mapping[str, int]) -> Iterator[Keyed]:
    """Yield each stem of words that have a cognate key, by that key."""
    found = {(key, stem(word)) for word in counts if (key := cognate_key(fold_key(word)))}
    for key, base in sorted(found):
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


def _facet(name: str, pages: Sequence[Page]) -> tuple[Any, ...]:
    """Return the values, the combinations of them that pages have, the most frequent first, and each page's combination."""
    having = [tuple(sorted(set(page.facets.get(name, ())))) for page in pages]
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


def _block(pages: Iterable[Page], shown: Mapping[str, Shown]) -> list[Any]:
    return [_row(page.address, shown[page.address]) for page in pages]


def _row(address: str, one: Shown) -> list[Any]:
    headings = [text for heading in one.headings for text in (heading.id, heading.title)]
    return [address, one.title, one.kind, one.language, one.extract[:MOST_EXTRACT], headings, one.text]


def _relations(relations: Relations, terms: Container[str]) -> dict[str, dict[str, int]]:
    """Return stems, with spaces between those of a phrase → stem → weight, where the index has it."""
    every = {(one,): others for one, others in relations.words.items()} | dict(relations.phrases)
    kept = {
        " ".join(source): {term: weight for term, weight in sorted(others.items()) if term in terms}
        for source, others in sorted(every.items())
    }
    return {source: others for source, others in kept.items() if others}
