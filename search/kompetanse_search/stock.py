"""What shards are made of: every word and term as it is written there. One changed page changes its own words and terms only.

All of it is plain dictionaries, text and numbers, so that it can be kept from one time to the next.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, NamedTuple, Self

from kompetanse_search.basis import Basis
from kompetanse_search.cognates import cognate_key
from kompetanse_search.compound import LEAST_WORD, Elements, Splitter, class_of, often
from kompetanse_search.keys import fold_key, mirrored
from kompetanse_search.lexicon import LEAST_NEAR
from kompetanse_search.packing import DIGITS, gaps, number
from kompetanse_search.page import Page, Posting
from kompetanse_search.rank import title_impact
from kompetanse_search.stem import stem

PLACE = "I"
"""How the number of a page is kept, in an `array`."""


Form = tuple[str, str, str, str]
"""What follows from how a word is spelt: fold key, that mirrored where it may be meant by an error, cognate key, stem."""


def form_of(word: str) -> Form:
    """Return the form of `word`."""
    key = fold_key(word)
    near = mirrored(key) if len(word) >= LEAST_NEAR and word.isalpha() else ""
    return key, near, cognate_key(key), stem(word)


class Change(NamedTuple):
    """What a term becomes on a page: its posting, or None where it is gone, and the words in the page's title."""

    place: int
    posting: Posting | None
    title_length: int


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

    @classmethod
    def of(cls, pages: Sequence[Page], basis: Basis) -> Self:
        """Return the stock of `pages`, numbered as they come, on `basis`."""
        made = cls()
        counts: Counter[str] = Counter()
        for page in pages:
            counts.update(page.words)
        made.count(counts)
        made.cut(counts, Splitter(basis.elements))
        changes: dict[str, list[Change]] = defaultdict(list)
        for place, page in enumerate(pages):
            for term, posting in page.postings.items():
                changes[term].append(Change(place, posting, page.title_length))
        made.post(changes, basis.means.title)
        return made

    def columns(self) -> list[Any]:
        """Return all of it as values that `marshal` can write; `Stock(*columns)` is it again."""
        return [getattr(self, one.name) for one in fields(self)]

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
                self.forms[word] = form_of(word)
            had, has = often(before, word in seeds), often(now, word in seeds)
            base = self.forms[word][3]
            if self._add(base, has - had):
                other.add(base)
            if class_of(had) != class_of(has):
                other.add(word)
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

    def _forget(self, word: str) -> None:
        for column in (self.counts, self.forms, self.cuts, self.halves):
            column.pop(word, None)

    def cut(self, words: Iterable[str], splitter: Splitter) -> set[str]:
        """Cut those of `words` that are known, and return which are cut where they were not before."""
        other = set()
        for word in words:
            if len(word) < LEAST_WORD or word not in self.counts:
                continue
            written = _cuts(splitter, word)
            if self.cuts.get(word) != written:
                other.add(word)
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

    def post(self, changes: Mapping[str, Iterable[Change]], mean_title: int) -> None:
        """Make of each term what it becomes on some pages; one that no page has is forgotten."""
        for term, some in changes.items():
            self._post(term, some, mean_title)

    def _post(self, term: str, changes: Iterable[Change], mean_title: int) -> None:
        had = self.pages_of(term)
        impacts = dict(zip(had, self.impacts.get(term, ""), strict=True))
        titled = self.titled.pop(term, {})
        for place, posting, length in changes:
            titled.pop(place, None)
            if posting is None:
                impacts.pop(place, None)
                continue
            impacts[place] = DIGITS[posting.impact]
            if posting.title:
                titled[place] = DIGITS[title_impact(posting.title, length, mean_title)]
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
        self.titles[term] = _titles(had, titled)

    def renumber(self, moved: Mapping[int, int]) -> None:
        """Give pages other numbers, in the same order: old → new, of every page that has a term."""
        for term in self.places:
            now = [moved[place] for place in self.pages_of(term)]
            self.places[term], self.gaps[term] = array(PLACE, now).tobytes(), gaps(now)
        for term, titled in self.titled.items():
            self.titled[term] = {moved[place]: code for place, code in titled.items()}


def _titles(places: Sequence[int], titled: Mapping[int, str]) -> str:
    """Return the titles that have a term: how many, where among its pages, and their impacts; nothing for none."""
    if not titled:
        return ""
    flagged = [(at, titled[place]) for at, place in enumerate(places) if place in titled]
    return number(len(flagged)) + gaps([at for at, _ in flagged]) + "".join(code for _, code in flagged)


def _cuts(splitter: Splitter, word: str, depth: int = 0) -> str:
    """Return where `word` is cut, and then its elements: twice the letters of the first, and 1 more when a joint follows; 0 is no cut.

    Nothing stands there for a word that is too short to be cut.
    """
    return "".join(_cut_signs(splitter, word, depth))


def _cut_signs(splitter: Splitter, word: str, depth: int) -> Iterator[str]:
    if depth > 2 or len(word) < LEAST_WORD:
        return
    cut = splitter.best(word, depth)
    if not cut:
        yield "0"
        return
    joint = len(word) - len(cut.left) - len(cut.right)
    yield number(2 * len(cut.left) + joint)
    yield from _cut_signs(splitter, cut.left, depth + 1)
    yield from _cut_signs(splitter, cut.right, depth + 1)
