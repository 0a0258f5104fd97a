"""What shards are made of: every word and term as it is written there. One changed page changes its own words and terms only.

All of it is plain dictionaries, text and numbers, so that it can be kept from one time to the next.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import Any, Self, TypeAlias

from kompetanse_search.basis import Basis
from kompetanse_search.cognates import cognate_key
from kompetanse_search.compound import LEAST_WORD, Elements, Splitter, class_of, often
from kompetanse_search.keys import fold_key, mirrored
from kompetanse_search.lexicon import LEAST_NEAR
from kompetanse_search.packing import DIGITS, gaps
from kompetanse_search.page import HOW, Page
from kompetanse_search.signs import InTitle, cuts_of, titles_of
from kompetanse_search.stem import ENGLISH_TERM, stem

PLACE = "I"
"""How the number of a page is kept, in an `array`."""


ENGLISH_MARK = "!"
"""What an English term ends with, as written."""

KINDS = ("words", "terms", "near", "cognates")
"""Of shards that are cut by key."""

Keyed = tuple[str, ...]
"""What a shard holds: the key it is found by, and the word; of a cognate its stem, of a term how it is written and the term."""

Form = tuple[str, str, str, str]
"""What follows from how a word is spelt: fold key, that mirrored where it may be meant by an error, cognate key, stem."""


def form_of(word: str) -> Form:
    """Return the form of `word`."""
    key = fold_key(word)
    near = mirrored(key) if len(word) >= LEAST_NEAR and word.isalpha() else ""
    return key, near, cognate_key(key), stem(word)


Changes: TypeAlias = "dict[str, array[int]]"  # quoted for Python 3.11
"""Term → what it becomes on some pages, a number for each: the page's, times `ON_PAGE`, and the code of its posting, 0 where it is gone."""

ON_PAGE = 64 * HOW
"""One more than the highest code."""


def no_changes() -> Changes:
    """Return a table of changes to add to."""
    return defaultdict(lambda: array("Q"))


@dataclass(slots=True)
class Stock:
    """The words and terms of one index.

    Attributes:
        counts: Word → occurrences on all pages.
        forms: Word → form.
        sums: Stem → how often the elements with that stem count.
        cuts: Word of `LEAST_WORD` letters or more → where it is cut, as written.
        halves: Word that is cut → its first and last element.
        places, gaps: Term → numbers of its pages, for us and as written.
        impacts: Term → its impacts there, as written.
        titled: Term → page → impact in its title, as written; nothing for a term that no title has.
        titles: Term → all of that, as written.
        order: `KINDS` → what shards of that kind hold, each with the key it is found by first, sorted.
        shared: Cognate key and stem → words that have both.
        made: `KINDS` → first and last of what a shard holds → the shard, as it was made last.
        touched: `KINDS` → what is new, gone or another one since shards were made.
    """

    counts: dict[str, int] = field(default_factory=dict)
    forms: dict[str, Form] = field(default_factory=dict)
    sums: dict[str, int] = field(default_factory=dict)
    cuts: dict[str, str] = field(default_factory=dict)
    halves: dict[str, tuple[str, str]] = field(default_factory=dict)
    places: dict[str, bytes] = field(default_factory=dict)
    gaps: dict[str, str] = field(default_factory=dict)
    impacts: dict[str, str] = field(default_factory=dict)
    titled: dict[str, dict[int, str]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    order: dict[str, list[Keyed]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    shared: dict[Keyed, int] = field(default_factory=dict)
    made: dict[str, dict[tuple[Keyed, Keyed], str]] = field(
        default_factory=lambda: {kind: {} for kind in KINDS}
    )
    touched: dict[str, set[Keyed]] = field(default_factory=lambda: {kind: set() for kind in KINDS})

    @classmethod
    def of(cls, pages: Sequence[Page], basis: Basis) -> Self:
        """Return the stock of `pages`, numbered as they come, on `basis`."""
        made = cls()
        counts: Counter[str] = Counter()
        for page in pages:
            counts.update(page.words.counted())
        made.count(counts)
        made.cut(counts, Splitter(basis.elements))
        changes = no_changes()
        for place, page in enumerate(pages):
            for term, code in page.codes.items():
                changes[term].append(place * ON_PAGE + code)
        made.post(changes, [page.title_length for page in pages], basis.means.title)
        return made

    def columns(self) -> list[Any]:
        """Return all of it as values that `marshal` can write; `Stock(*columns)` is it again."""
        return [getattr(self, one.name) for one in fields(self) if one.name != "touched"]

    # Words

    def count(self, changes: Mapping[str, int], seeds: Collection[str] = ()) -> set[str]:
        """Add to the count of each word, or take from it, and return the words and stems whose class changed.

        What is left nowhere is forgotten.
        """
        other = set()
        for word, change in changes.items():
            before = self.counts.get(word, 0)
            now = before + change
            if word not in self.forms:
                self._learn(word)
            had, has = often(before, word in seeds), often(now, word in seeds)
            base = self.forms[word][3]
            if self._add(base, has - had):
                other.add(base)
            if class_of(had) != class_of(has):
                other.add(word)
            if class_of(before) != class_of(max(now, 0)):
                self._touch(word)
            self.counts[word] = now
            if now <= 0:
                self._forget(word)
        return other

    def seed(self, seeds: Iterable[str]) -> None:
        """Let `seeds` count before any page has been counted."""
        for word in seeds:
            self._add(stem(word), often(0, True))

    def _add(self, base: str, change: int) -> bool:
        """Add to how often the elements with a stem count, and tell whether their class is another one."""
        before = self.sums.get(base, 0)
        self.sums[base] = before + change
        if not self.sums[base]:
            del self.sums[base]
        return class_of(before) != class_of(before + change)

    def _learn(self, word: str) -> None:
        form = self.forms[word] = form_of(word)
        self.shared[form[2:]] = self.shared.get(form[2:], 0) + 1
        self.touched["cognates"].add(form[2:])

    def _forget(self, word: str) -> None:
        both = self.forms[word][2:]
        self.touched["cognates"].add(both)
        self.shared[both] -= 1
        if not self.shared[both]:
            del self.shared[both]
        for column in (self.counts, self.forms, self.cuts, self.halves):
            column.pop(word, None)

    def _touch(self, word: str) -> None:
        key, near, *_ = self.forms[word]
        self.touched["words"].add((key, word))
        if near:
            self.touched["near"].add((near, word))

    def cut(self, words: Iterable[str], splitter: Splitter) -> set[str]:
        """Cut those of `words` that are known, and return which are cut where they were not before."""
        other = set()
        for word in words:
            if len(word) < LEAST_WORD or word not in self.counts:
                continue
            written = cuts_of(splitter, word)
            if self.cuts.get(word) != written:
                other.add(word)
                self._touch(word)
                self.cuts[word] = written
                self.halves.pop(word, None)
                if best := splitter.best(word):
                    self.halves[word] = best.left, best.right
        return other

    def elements(self, seeds: Collection[str]) -> Elements:
        """Return what words are cut into; `seeds` have been counted, our own among them."""
        words = {word: class_of(count) for word, count in self.counts.items()}
        words |= {word: class_of(often(self.counts.get(word, 0), True)) for word in seeds}
        return Elements(words, {base: class_of(total) for base, total in self.sums.items()})

    # Terms

    def pages_of(self, term: str) -> Sequence[int]:
        """Return the numbers of the pages that have `term`."""
        return array(PLACE, self.places.get(term, b""))

    def post(self, changes: Changes, lengths: Sequence[int], mean_title: int) -> None:
        """Make of each term what it becomes on some pages; one that no page has is forgotten.

        Args:
            changes: What changes.
            lengths: Number of a page → words in its title.
            mean_title: Mean of all titles.
        """
        worth = InTitle(mean_title)
        for term, some in changes.items():
            self._post(term, some, lengths, worth)

    def _post(self, term: str, changes: Sequence[int], lengths: Sequence[int], worth: InTitle) -> None:
        self.touched["terms"].add(placed(term))
        had = self.pages_of(term)
        impacts = dict(zip(had, self.impacts.get(term, ""), strict=True))
        titled = self.titled.pop(term, {})
        if had:
            for change in changes:
                impacts.pop(change // ON_PAGE, None)
                titled.pop(change // ON_PAGE, None)
        impacts |= {one // ON_PAGE: DIGITS[one % ON_PAGE // HOW] for one in changes if one % ON_PAGE}
        titled |= {one // ON_PAGE: worth[one % HOW, lengths[one // ON_PAGE]] for one in changes if one % HOW}
        self._write(term, had, impacts, titled)

    def _write(
        self, term: str, had: Sequence[int], impacts: Mapping[int, str], titled: dict[int, str]
    ) -> None:
        if not impacts:
            for column in (self.places, self.gaps, self.impacts, self.titles):
                column.pop(term, None)
            return
        if len(had) != len(impacts) or any(place not in impacts for place in had):
            had = sorted(impacts)
            self.places[term], self.gaps[term] = array(PLACE, had).tobytes(), gaps(had)
        self.impacts[term] = "".join([impacts[place] for place in had])
        if titled:
            self.titled[term] = titled
        self.titles[term] = titles_of(had, titled)

    def renumber(self, moved: Mapping[int, int]) -> None:
        """Give pages other numbers, in the same order: old → new, of every page that has a term."""
        self.touched["terms"].update(map(placed, self.places))
        for term in self.places:
            now = [moved[place] for place in self.pages_of(term)]
            self.places[term], self.gaps[term] = array(PLACE, now).tobytes(), gaps(now)
        for term, titled in self.titled.items():
            self.titled[term] = {moved[place]: code for place, code in titled.items()}

    # Order

    def settle(self) -> None:
        """Bring the order up to date with what was touched."""
        for kind, touched in self.touched.items():
            gone = {one for one in touched if not self._has(kind, one)}
            had = self.order[kind]
            new = [one for one in touched - gone if not _is_in(had, one)]
            if gone or new:
                self.order[kind] = sorted([*(one for one in had if one not in gone), *new])

    def _has(self, kind: str, one: Keyed) -> bool:
        if kind == "cognates":
            return bool(one[0]) and one in self.shared
        return one[-1] in (self.places if kind == "terms" else self.counts)


def _is_in(order: Sequence[Keyed], one: Keyed) -> bool:
    at = bisect_left(order, one)
    return at < len(order) and order[at] == one


@lru_cache(maxsize=200_000)
def placed(term: str) -> Keyed:
    """Return what a term is found by, how it is written, and the term: an English one stands where it would without its mark."""
    bare = term.removeprefix(ENGLISH_TERM)
    return fold_key(bare), bare + ENGLISH_MARK if bare != term else bare, term
