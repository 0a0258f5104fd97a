"""The index as static files for a browser, which fetches only what a query needs. `docs/search-shards.md` describes them.

Each file is a script in plain text that hands its data to one function, `kompetanseShard`: scripts load from anywhere,
also where nothing can be fetched. The name of a file ends in a hash of what it holds, so an old manifest never meets new data.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Self

from kompetanse_search import VERSION
from kompetanse_search.basis import Basis
from kompetanse_search.cognates import RULES
from kompetanse_search.compound import Elements, class_of
from kompetanse_search.file import HASH, File, literal
from kompetanse_search.keys import mirrored
from kompetanse_search.packing import after, digits, numbers, words
from kompetanse_search.page import Page
from kompetanse_search.relations import Relations
from kompetanse_search.shown import Shown
from kompetanse_search.stock import KINDS, Keyed, Stock
from kompetanse_search.weights import WEIGHTS
from kompetanse_search.whole import text_of
from kompetanse_search.word_lists import NOT_ELEMENTS, STOP_WORDS

FORM = 2
"""Of the files. A reader reads no other; every change of what is written here raises it."""

MANIFEST = "manifest.js"
"""The one file whose name stays; it names the others."""

BLOCK = 8
"""Pages of which what is shown stands in one file."""

LETTERS, PAGES_A_LETTER = 1_200, 5
"""In a shard of a small site, about, and pages for which it has one more: few, since a query fetches a shard for each of its terms,
and more where there are many pages, since the manifest names every shard."""

LENGTHS = 512
"""Pages whose lengths stand in one file."""

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
    "question",
    "presence",
    "question_bonus",
]
"""The weights that a reader uses."""

BEGIN = 4
"""Letters of a key within which no shard ends where it need not, so that a word more in one seldom moves the ends of the next."""


class Line(NamedTuple):
    """What stands in the shards of a page, but for its terms.

    Attributes:
        length: Words in all its fields.
        facets: Facet → values.
        shown: What is shown of it, as written.
        text: Name of the text with all that it says; empty where what is shown says it all.
    """

    length: int
    facets: Mapping[str, tuple[str, ...]]
    shown: str
    text: str

    @classmethod
    def of(cls, length: int, facets: Mapping[str, tuple[str, ...]], shown: Shown, text: File | None) -> Self:
        """Return the line of a page."""
        headings = [text for one in shown.headings if one.anchor for text in (one.anchor, one.text)]
        name = text.name if text else ""
        row = [shown.address, shown.title, shown.kind, shown.language, shown.beginning, headings, name]
        return cls(length, facets, literal(row), name)


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
    texts = {page.address: text_of(shown[page.address]) for page in ordered}
    lines = [Line.of(page.length, page.facets, shown[page.address], texts[page.address]) for page in ordered]
    found = text_files({file.name: file.text for file in texts.values() if file})
    return found | written(Stock.of(ordered, basis), lines, basis.elements, relations or Relations(), region)


def text_files(texts: Mapping[str, str]) -> dict[str, str]:
    """Return path → text, by path, of name → text."""
    return {f"{name}.js": text for name, text in sorted(texts.items())}


def written(
    stock: Stock, lines: Sequence[Line], elements: Elements, relations: Relations, region: str
) -> dict[str, str]:
    """Return path → text of the files for a `stock` and the lines of its pages, in the order of their numbers; without texts."""
    stock.settle()
    size = LETTERS + len(lines) // PAGES_A_LETTER
    many = {
        **{kind: _cut(stock, kind, size) for kind in KINDS},
        "lengths": _by_page("l", LENGTHS, lines, lambda some: literal(numbers(line.length for line in some))),
        "blocks": _by_page("p", BLOCK, lines, lambda some: f"[{','.join(line.shown for line in some)}]"),
    }
    common = File.of("e", _data(_elements(elements.common(stock.halves.values()))))
    facets = {
        name: File.of(f"f{at}", _data(_facet(name, lines)))
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
    return {**found, MANIFEST: f'kompetanseShard("manifest",{literal(manifest)})\n'}


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
    kind: str, size: int, lines: Sequence[Line], data: Callable[[Sequence[Line]], str]
) -> list[File]:
    """Return a file for each `size` pages."""
    return [File.of(f"{kind}{at // size}", data(lines[at : at + size])) for at in range(0, len(lines), size)]


def _data(columns: Iterable[Any]) -> str:
    return ",".join(map(literal, columns))


def _listed(group: Sequence[File]) -> list[str]:
    """Return the hashes of files that are numbered from 0, and the least keys in them, which are sorted."""
    return ["".join(one.name[-HASH:] for one in group), words([one.first for one in group])]


def _cut(stock: Stock, kind: str, size: int) -> list[File]:
    """Return the files of a kind. One in which nothing was touched is not made again."""
    letters, columns = _KINDS[kind]
    had, touched, files_ = stock.made[kind], sorted(stock.touched[kind]), list[File]()
    made = stock.made[kind] = {}
    for first, some in _groups(stock.order[kind], letters(stock, stock.order[kind]), size):
        ends = some[0], some[-1]
        same = bisect_left(touched, ends[0]) == bisect_right(touched, ends[1])
        data = had[ends] if same and ends in had else _data(columns(stock, some))
        made[ends] = data
        files_.append(File.of(f"{kind[0]}{len(files_)}", data, first))
    return files_


def _groups(order: Sequence[Keyed], letters: Iterable[int], size: int) -> Iterator[tuple[str, list[Keyed]]]:
    """Yield the least key of each shard and what it holds. What has one key stays together."""
    first, last, taken, group = "", "", 0, list[Keyed]()
    for one, more in zip(order, letters, strict=True):
        key = one[0]
        if taken >= size and key != last and (taken >= 2 * size or key[:BEGIN] != last[:BEGIN]):
            yield first, group
            first, taken, group = _least_between(last, key), 0, []
        group.append(one)
        last, taken = key, taken + more
    if group:
        yield first, group


def _least_between(last: str, key: str) -> str:
    """Return the shortest beginning of `key` that comes after `last`."""
    return next(key[:end] for end in range(1, len(key) + 1) if key[:end] > last)


def _word_columns(stock: Stock, some: Sequence[Keyed]) -> tuple[str, ...]:
    """Return words with their classes and where they are cut."""
    every = [word for _, word in some]
    cuts = "".join(stock.cuts.get(word, "") for word in every)
    return words(every), digits(class_of(stock.counts[word]) for word in every), cuts


def _term_columns(stock: Stock, some: Sequence[Keyed]) -> tuple[str, ...]:
    terms = [term for _, _, term in some]
    many = numbers(2 * len(stock.impacts[term]) + bool(stock.titles[term]) for term in terms)
    postings = (
        "".join([column[term] for term in terms]) for column in (stock.gaps, stock.impacts, stock.titles)
    )
    return words([written for _, written, _ in some]), many, *postings


def _near_columns(stock: Stock, some: Sequence[Keyed]) -> tuple[str, ...]:
    """Return the words that may be meant by one with an error near its beginning: the first letter, and the others from behind."""
    every = [word for _, word in some]
    return words(list(map(mirrored, every))), digits(class_of(stock.counts[word]) for word in every)


def _cognate_columns(_: Stock, some: Sequence[Keyed]) -> tuple[str, ...]:
    """Return cognate keys, and the stems of the words that have them."""
    return words([key for key, _ in some]), "".join(after(key, base) for key, base in some)


def _by_word(_: Stock, order: Sequence[Keyed]) -> list[int]:
    return [4 + len(one[1]) // 3 for one in order]


def _by_postings(stock: Stock, order: Sequence[Keyed]) -> list[int]:
    return [4 + 3 * len(stock.impacts[one[2]]) for one in order]


def _by_key(_: Stock, order: Sequence[Keyed]) -> list[int]:
    return [4 + len(one[0]) // 3 for one in order]


_Letters = Callable[[Stock, Sequence[Keyed]], list[int]]
_Columns = Callable[[Stock, Sequence[Keyed]], tuple[str, ...]]

_KINDS: Mapping[str, tuple[_Letters, _Columns]] = {
    "words": (_by_word, _word_columns),
    "terms": (_by_postings, _term_columns),
    "near": (_by_word, _near_columns),
    "cognates": (_by_key, _cognate_columns),
}
"""Kind of shard → letters that something takes there, about, and the columns of what a shard holds."""


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
