"""From what is known of an index, and what its pages are made of now, to what is known of it now.

Only pages that changed are read. A page that did not is made again only when a compound in it is cut otherwise, or when the
mean lengths changed. The result is the same as if all pages had been read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from kompetanse_search.basis import Basis, Lengths, seed_words
from kompetanse_search.compound import LEAST_LEFT, LEAST_WORD, Splitter
from kompetanse_search.document import Counts, Words
from kompetanse_search.kept import Known, Packed, State, packed_codes, packed_words, read_codes, read_words
from kompetanse_search.page import HOW, LONGEST_TITLE, Pages
from kompetanse_search.pages_file import PagesFile
from kompetanse_search.shards import Line
from kompetanse_search.shown import Shown
from kompetanse_search.source import Html, Source
from kompetanse_search.stem import stem
from kompetanse_search.stock import ON_PAGE, Changes, no_changes
from kompetanse_search.whole import text_of
from kompetanse_search.word_lists import SEEDS


class _New(NamedTuple):
    """A page that was read: its words as bytes, since all pages are read before one is made."""

    words: bytes
    lengths: Lengths
    line: Line


_NOTHING = Packed(b"", packed_codes({}))


class Renewal:
    """Makes a state what it is now.

    Attributes:
        state: What is known.
        gone: Addresses of the pages that are no more.
        changed: Whether anything is another than it was.
        texts: Name → text of the pages that were read.
        basis: What the index stands on now.
    """

    def __init__(self, state: State, kept: PagesFile, sources: Iterable[Source], html: Html) -> None:
        self.state, self._kept = state, kept
        self._sources = {one.address: one for one in sorted(sources, key=lambda one: one.address)}
        self._before = list(state.pages)
        self.gone = [address for address in self._before if address not in self._sources]
        self.texts: dict[str, str] = {}
        self._counts: Counts = {}
        new = [one for one in self._sources.values() if not self._is_known(one)]
        self._new = {one.address: self._read(one, html) for one in new}
        self.changed = bool(self._new or self.gone)
        self._old = {
            address: self._packed(address) for address in (*self.gone, *self._new) if address in state.pages
        }
        self.basis = self._make()

    def _is_known(self, source: Source) -> bool:
        known = self.state.pages.get(source.address)
        return known is not None and known.digest == source.digest

    def _read(self, source: Source, html: Html) -> _New:
        """Read a page, and count its words."""
        document, headings = source.read(html)
        words, shown = Words.of(document), Shown.of(document, headings)
        words.add_to(self._counts)
        text = text_of(shown)
        if text:
            self.texts[text.name] = text.text
            self._kept.put_text(text.name, text.text)
        line = Line.of(words.length, document.facets, shown, text)
        return _New(packed_words(words), Lengths.of(words), line)

    def _packed(self, address: str) -> Packed:
        return self._kept.page(address, self.state.pages[address].summed)

    def _make(self) -> Basis:
        seeds = SEEDS | seed_words(self.state.seeds)
        stock, first = self.state.stock, self.state.means is None
        if first:
            stock.seed(seeds)
        counts = self._counted()
        moved = stock.count(counts, seeds)
        lengths = {address: one.lengths for address, one in self.state.pages.items()}
        lengths |= {address: one.lengths for address, one in self._new.items()}
        means = Lengths.mean([lengths[address] for address in self._sources])
        basis = Basis(stock.elements(seeds), means)
        splitter = Splitter(basis.elements)
        cut = stock.cut({*counts, *(() if first else _having(stock.counts, moved))}, splitter)
        again = self._again(cut, means)
        self._post_gone(means)
        self._post(Pages(basis, splitter=splitter), again, lengths, means)
        self.state.means = means
        self.state.pages = {address: self.state.pages[address] for address in self._sources}
        return basis

    def _counted(self) -> Mapping[str, int]:
        """Return what each word occurs more or less often than before."""
        for old in self._old.values():
            read_words(old.words).add_to(self._counts, -1)
        return {word: change for word, change in self._counts.items() if change}

    def _again(self, cut: Iterable[str], means: Lengths) -> list[str]:
        """Return the addresses of the pages that are made, or made again, by address."""
        if means != self.state.means:
            return list(self._sources)
        places = {place for word in cut for place in self.state.stock.pages_of(stem(word))}
        others = {self._before[place] for place in places} - set(self.gone)
        return sorted({*self._new, *others})

    def _post_gone(self, means: Lengths) -> None:
        """Take the pages that are no more out of all terms, and number the others by address, those that are new too."""
        number = {address: place for place, address in enumerate(self._before)}
        gone = no_changes()
        for address in self.gone:
            del self.state.pages[address]
            for term in read_codes(self._old[address].codes):
                gone[term].append(number[address] * ON_PAGE)
        self.state.stock.post(gone, (), means.title)
        now = {address: place for place, address in enumerate(self._sources)}
        moved = {place: now[address] for address, place in number.items() if address in now}
        if any(old != new for old, new in moved.items()):
            self.state.stock.renumber(moved)

    def _post(
        self, make: Pages, again: Iterable[str], lengths: Mapping[str, Lengths], means: Lengths
    ) -> None:
        """Make the pages `again`, and bring all terms up to date with them."""
        titles = [min(LONGEST_TITLE, lengths[address].title) for address in self._sources]
        number = {address: place for place, address in enumerate(self._sources)}
        changes = no_changes()
        for address in again:
            self._made(make, address, number[address], means != self.state.means, changes)
        self.state.stock.post(changes, titles, means.title)

    def _made(self, make: Pages, address: str, place: int, all_: bool, changes: Changes) -> None:
        """Make a page, keep it, and tell what its terms become."""
        known, old = self.state.pages.get(address), self._had(address)
        now = self._new.pop(address, None) or self._as_it_was(address, old.words)
        codes, had = make.codes(read_words(now.words)), read_codes(old.codes)
        retitled = all_ or not known or known.lengths.title != now.lengths.title
        first = place * ON_PAGE
        for term, code in _another(codes, had, retitled).items():
            changes[term].append(first + code)
        packed = Packed(now.words, packed_codes(codes))
        self._kept.put(address, packed)
        digest = self._sources[address].digest
        self.state.pages[address] = Known(digest, packed.summed, now.lengths, now.line)

    def _had(self, address: str) -> Packed:
        """Return what is kept of a page; nothing of a new one."""
        if address not in self.state.pages:
            return _NOTHING
        return self._old.get(address) or self._packed(address)

    def _as_it_was(self, address: str, words: bytes) -> _New:
        known = self.state.pages[address]
        return _New(words, known.lengths, known.line)


def _another(codes: dict[str, int], had: Mapping[str, int], retitled: bool) -> dict[str, int]:
    """Return the codes of a page's terms that are another than it `had`, 0 for one that it has no more; all in a new title."""
    if not had:
        return codes
    other = {term: code for term, code in codes.items() if had.get(term) != code or (retitled and code % HOW)}
    return other | dict.fromkeys(had.keys() - codes.keys(), 0)


def _having(words: Iterable[str], elements: Iterable[str]) -> Iterator[str]:
    """Yield the words that may be cut otherwise now that the class of `elements` is another one: all that have one in them."""
    parts = [one for one in elements if len(one) >= LEAST_LEFT]
    return (word for word in words if len(word) >= LEAST_WORD and any(part in word for part in parts))
