"""From what is known of an index, and what its pages are made of now, to what is known of it now.

Only pages that changed are read. A page that did not is made again only when a compound in it is cut otherwise, or when the
mean lengths changed. The result is the same as if all pages had been read.
"""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice

from kompetanse_search.basis import Basis, Lengths, seed_words
from kompetanse_search.compound import LEAST_LEFT, LEAST_WORD, Splitter
from kompetanse_search.document import Document, Heading, Words
from kompetanse_search.kept import Known, Read, State
from kompetanse_search.page import Page, Pages
from kompetanse_search.shards import Line
from kompetanse_search.shown import Shown
from kompetanse_search.source import Html, Source
from kompetanse_search.stem import stem
from kompetanse_search.stock import Change
from kompetanse_search.word_lists import SEEDS

Text = tuple[Document, tuple[Heading, ...]]

_Changes = dict[str, list[Change]]
_AT_ONCE = 2000
"""Pages whose terms are in hand at a time."""


class Renewal:
    """Makes a state what it is now.

    Attributes:
        state: What is known.
        gone: Addresses of the pages that are no more.
        packed: Address → what is to be kept of each page that was made.
        basis: What the index stands on now.
    """

    def __init__(
        self, state: State, kept: Callable[[str], Read], sources: Iterable[Source], html: Html
    ) -> None:
        self.state, self._kept, self._html = state, kept, html
        self._sources = {one.address: one for one in sorted(sources, key=lambda one: one.address)}
        self._before = list(state.pages)
        self.gone = [address for address in self._before if address not in self._sources]
        self._new = [one for one in self._sources.values() if not self._is_known(one)]
        self._old = {
            address: kept(address)
            for address in (*self.gone, *(one.address for one in self._new))
            if address in state.pages
        }
        self._texts: dict[str, Text] = {one.address: one.read(html) for one in self._new}
        self.packed: dict[str, bytes] = {}
        self.basis = self._make()

    def _is_known(self, source: Source) -> bool:
        known = self.state.pages.get(source.address)
        return known is not None and known.digest == source.digest

    def _make(self) -> Basis:
        seeds = SEEDS | seed_words(self.state.seeds)
        stock, first = self.state.stock, self.state.means is None
        if first:
            stock.seed(seeds)
        counts, lengths = self._counted()
        moved = stock.count(counts, seeds)
        lengths = {address: one.lengths for address, one in self.state.pages.items()} | lengths
        means = Lengths.mean([lengths[address] for address in self._sources])
        basis = Basis(stock.elements(seeds), means)
        splitter = Splitter(basis.elements)
        cut = stock.cut({*counts, *(() if first else _having(stock.counts, moved))}, splitter)
        self._post(Pages(basis, splitter=splitter), self._again(cut, means), lengths, means)
        self.state.means = means
        self.state.pages = {address: self.state.pages[address] for address in self._sources}
        return basis

    def _counted(self) -> tuple[Mapping[str, int], dict[str, Lengths]]:
        """Return what each word occurs more or less often than before, and the lengths of the pages that are read."""
        counts: Counter[str] = Counter()
        lengths = {}
        for address, (document, _) in self._texts.items():
            words = Words.of(document)
            counts.update(words.counted())
            lengths[address] = Lengths.of(words)
        for old in self._old.values():
            counts.subtract(old.words)
        return {word: change for word, change in counts.items() if change}, lengths

    def _again(self, cut: Iterable[str], means: Lengths) -> list[str]:
        """Return the addresses of the pages that are made, or made again, by address."""
        if means != self.state.means:
            return list(self._sources)
        places = {place for word in cut for place in self.state.stock.pages_of(stem(word))}
        others = {self._before[place] for place in places} - set(self.gone)
        return sorted({*self._texts, *others})

    def _post(
        self, make: Pages, again: Iterable[str], lengths: Mapping[str, Lengths], means: Lengths
    ) -> None:
        """Make the pages `again`, and bring all terms up to date with them and without those that are gone."""
        state = self.state
        number = {address: place for place, address in enumerate(self._before)}
        gone: _Changes = defaultdict(list)
        for address in self.gone:
            del state.pages[address]
            for term in self._old[address].postings:
                gone[term].append(Change(number[address], None, 0))
        state.stock.post(gone, means.title)
        self._renumber(number)
        waiting = iter(again)
        while some := list(islice(waiting, _AT_ONCE)):
            changes: _Changes = defaultdict(list)
            for address in some:
                for term, change in self._made(make, address, lengths[address], means != state.means):
                    changes[term].append(change)
            state.stock.post(changes, means.title)

    def _renumber(self, before: Mapping[str, int]) -> None:
        """Number the pages by address, those that are new too."""
        now = self._number = {address: place for place, address in enumerate(self._sources)}
        moved = {place: now[address] for address, place in before.items() if address in now}
        if any(old != new for old, new in moved.items()):
            self.state.stock.renumber(moved)

    def _made(self, make: Pages, address: str, lengths: Lengths, all_: bool) -> Iterator[tuple[str, Change]]:
        """Make a page, keep it, and yield what its terms become."""
        known = self.state.pages.get(address)
        old = self._old.get(address) or (self._kept(address) if known else None)
        text = self._texts.pop(address) if address in self._texts or not old else (old.document, old.headings)
        page, place = make.page(text[0]), self._number[address]
        had = old.postings if old else {}
        retitled = all_ or not known or known.lengths.title != lengths.title
        for term, posting in page.postings.items():
            if had.get(term) != posting or (posting.title and retitled):
                yield term, Change(place, posting, page.title_length)
        yield from ((term, Change(place, None, 0)) for term in had.keys() - page.postings.keys())
        self._keep(address, Read(*text, page.words, page.postings), page, lengths)

    def _keep(self, address: str, read: Read, page: Page, lengths: Lengths) -> None:
        packed = read.packed()
        line = Line.of(page, Shown.of(read.document, read.headings))
        self.packed[address] = packed
        self.state.pages[address] = Known(self._sources[address].digest, zlib.crc32(packed), lengths, line)


def _having(words: Iterable[str], elements: Iterable[str]) -> Iterator[str]:
    """Yield the words that may be cut otherwise now that the class of `elements` is another one: all that have one in them."""
    parts = [one for one in elements if len(one) >= LEAST_LEFT]
    return (word for word in words if len(word) >= LEAST_WORD and any(part in word for part in parts))
