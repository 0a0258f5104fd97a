"""Where a compound is cut: into a first and a last element that the site, or the seed words, use.

After Koehn and Knight (2003), the best cut is the one whose elements are the most frequent. Frequencies are classes, and
scores whole numbers, so that every reader gets the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kompetanse_search.stem import stem
from kompetanse_search.word_lists import NOT_ELEMENTS, SEEDS

LEAST_LEFT, LEAST_RIGHT, LEAST_WORD = 3, 4, 7
"""Letters in a first element, a last element, and a word that is cut at all."""

LONGEST_WORD = 60
"""Letters in a word that is cut; longer ones are no words."""

ENOUGH = 1600
"""The score of a cut that is made."""

SHORT = {3: -1600, 4: -500}
"""Letters in the shorter element → what that adds to the score."""

SEED = 4
"""Times that a seed word counts where the site uses it less."""

VOWELS = frozenset("aeiouyæøå")


def class_of(count: int) -> int:
    """Return the class of a word that occurs `count` times: 0, 1, 2–3, 4–7, 8–15 … are 0, 1, 2, 3, 4 …"""
    return count.bit_length()


@dataclass(frozen=True, slots=True, order=True)
class Cut:
    """One way to cut a word.

    Attributes:
        score: The higher, the likelier; made from `ENOUGH` on.
        left: First element, without joint.
        right: Last element, as written.
    """

    score: int
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Elements:
    """What words are cut into.

    Attributes:
        words: Word → class.
        stems: Stem (Norwegian) → class, for last elements in another form than the site has used.
    """

    words: Mapping[str, int]
    stems: Mapping[str, int]

    @classmethod
    def of(cls, counts: Mapping[str, int], seeds: Iterable[str] = ()) -> Elements:
        """Return the elements of a vocabulary (word → occurrences), our own seeds and more `seeds` in plain form."""
        every = {**counts, **{seed: often(counts.get(seed, 0), True) for seed in SEEDS.union(seeds)}}
        stems: Counter[str] = Counter()
        for word, count in every.items():
            stems[stem(word)] += count
        return cls(_classes(every), _classes(stems))

    def common(self, halves: Iterable[tuple[str, str]]) -> Elements:
        """Return the seeds, and those elements that two or more cuts have: enough for a word that is not known.

        The browser has these; the parts of a word that is known stand beside it in the index. `halves` are the first and last
        elements of all known words that are cut.
        """
        times = Counter(part for both in halves for part in both)
        kept = SEEDS.union(part for part, count in times.items() if count > 1)
        stems = {base for base in map(stem, kept) if base in self.stems}
        return Elements(
            {word: self.words[word] for word in kept if word in self.words},
            {one: self.stems[one] for one in stems},
        )


def often(count: int, seed: bool) -> int:
    """Return how often an element counts that the site uses `count` times."""
    return max(count, SEED) if seed else count


def _classes(counts: Mapping[str, int]) -> dict[str, int]:
    return {text: class_of(count) for text, count in counts.items()}


class Splitter:
    """Cuts words with the elements of one site. The same elements give the same cuts."""

    def __init__(self, elements: Elements) -> None:
        self._elements = elements
        self._best: dict[tuple[str, int], Cut | None] = {}

    def halves(self, words: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Yield the first and the last element of each of `words` that is cut."""
        return ((cut.left, cut.right) for word in words if (cut := self.best(word)))

    def parts(self, word: str) -> dict[str, int]:
        """Return part → depth: 0 for both elements of the first cut, 1 for theirs, 2 for theirs; empty for a simple word."""
        found: dict[str, int] = {}
        for part, depth in self._walk(word, 0):
            found[part] = min(depth, found.get(part, depth))
        return found

    def _walk(self, word: str, depth: int) -> Iterator[tuple[str, int]]:
        cut = self.best(word, depth)
        for part in (cut.left, cut.right) if cut else ():
            yield part, depth
            yield from self._walk(part, depth + 1)

    def best(self, word: str, depth: int = 0) -> Cut | None:
        """Return the cut with the highest score, the first of equal ones; None when none is good enough."""
        if depth > 2 or not LEAST_WORD <= len(word) <= LONGEST_WORD or not word.isalpha():
            return None
        known = (word, depth)
        if known not in self._best:
            best = max(self.cuts(word, depth), key=lambda one: one.score, default=None)
            self._best[known] = best if best and best.score >= ENOUGH else None
        return self._best[known]

    def cuts(self, word: str, depth: int = 0) -> tuple[Cut, ...]:
        """Return every cut that has a score, from the left."""
        places = range(LEAST_LEFT, len(word) - LEAST_RIGHT + 1)
        return tuple(cut for at in places if (cut := self._cut(word, at, depth)))

    def _cut(self, word: str, at: int, depth: int) -> Cut | None:
        right = self._right(word[at:])
        if not right:
            return None
        number, left = self._left(word[:at])
        if not number and not (left := self._compound(word[:at], depth)):
            return None
        frequency = 693 * (number + right) // 2 if number else 277 * right
        long = 120 * min(len(word) - at, 8)
        return Cut(frequency + long + SHORT.get(min(len(left), len(word) - at), 0), left, word[at:])

    def _compound(self, text: str, depth: int) -> str:
        """Return a first element that is a compound itself, bare; empty when it is none."""
        bare = (text, text[:-1]) if text[-1] in "se" else (text,)
        return next((one for one in bare if len(text) >= LEAST_WORD and self.best(one, depth + 1)), "")

    def _left(self, text: str) -> tuple[int, str]:
        """Class and bare form of a first element; 0 when it is none. A joint is an s, or an e, which counts a class less."""
        if not VOWELS & set(text):
            return 0, text
        words, bare = self._elements.words, text[:-1]
        found = [(0 if text in NOT_ELEMENTS else words.get(text, 0), text)]
        if len(text) > 4 and text[-1] in "se":
            found.append((max(0, words.get(bare, 0) - (text[-1] == "e")), bare))
        return max(found)

    def _right(self, text: str) -> int:
        """Class of a last element: as written, or one less than that of its stem; 0 when it is none."""
        if text in NOT_ELEMENTS or not VOWELS & set(text):
            return 0
        base = stem(text)
        by_stem = self._elements.stems.get(base, 0) - 1 if len(base) >= LEAST_RIGHT else 0
        return self._elements.words.get(text, 0) or max(0, by_stem)
