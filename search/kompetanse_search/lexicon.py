"""The words of one index, and what each word of a query is looked for by: its group of terms."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from kompetanse_search.basis import Basis
from kompetanse_search.cognates import cognate_key
from kompetanse_search.compound import LEAST_WORD, Splitter, class_of
from kompetanse_search.keys import fold_key, one_apart, without_one
from kompetanse_search.page import Page
from kompetanse_search.query import Query
from kompetanse_search.relations import Relations
from kompetanse_search.stem import english_term, stem
from kompetanse_search.weights import WEIGHTS, Weights

Group = dict[str, int]
"""Term → weight in percent. A page counts for a group by the best of its terms."""

LEAST_NEAR = 4
"""Letters in a word that may have an error, and in one that it may have been meant for."""

LEAST_BEGUN = 3
"""Letters of an unfinished word that longer words are looked for by."""

JOINTS = ("", "s", "e")


class Lexicon:
    """The words of one index."""

    def __init__(
        self,
        pages: Sequence[Page],
        basis: Basis,
        relations: Relations | None = None,
        weights: Weights = WEIGHTS,
    ) -> None:
        self._weights, self._relations = weights, relations or Relations()
        self._counts: Counter[str] = Counter()
        for page in pages:
            self._counts.update(page.words)
        self._terms = frozenset(term for page in pages for term in page.postings)
        self._same: dict[str, list[str]] = defaultdict(list)
        self._near: dict[str, list[str]] = defaultdict(list)
        self._cognates: dict[str, list[str]] = defaultdict(list)
        self._words = sorted(self._counts)
        self._known_parts = Splitter(basis.elements)
        self._other_parts = Splitter(basis.elements.common(self._words))
        for word in self._words:
            self._cognates[cognate_key(fold_key(word))].append(word)
            self._same[fold_key(word)].append(word)
            if len(word) >= LEAST_NEAR and word.isalpha():
                for key in without_one(fold_key(word)):
                    self._near[key].append(word)

    def groups(self, query: Query, *, typing: bool = False) -> tuple[tuple[Group, ...], tuple[Group, ...]]:
        """Return one group for each word of `query`, empty when nothing is like it, and those of words that stand together.

        With `typing`, a last word that may go on is also looked for by the words it begins.
        """
        groups = [self.group(word) for word in query.words]
        if typing and query.unfinished and query.all and query.all[-1] == query.words[-1]:
            groups[-1] = _best(groups[-1].items(), self._begun(query.words[-1]))
        return tuple(groups), tuple(filter(None, (*self._joined(query), *self._phrases(query))))

    def group(self, word: str) -> Group:
        """Return what `word` is looked for by: what the index has, or else its cognates and what is one error apart."""
        known = word in self._counts
        found = self._known(word, known)
        if not found and not known:
            found = _best(self._cognate(word), self._mistyped(word).items())
        english = english_term(word)
        return {**found, english: self._weights.english} if english in self._terms else found

    def _known(self, word: str, known: bool) -> Group:
        wanted = [(stem(word), 100)]
        wanted += self._parts(word, known)
        wanted += self._relations.words.get(stem(word), {}).items()
        wanted += self._folded(word, known)
        if not known and len(word) > LEAST_NEAR and word[-1] in "se":
            wanted += [(stem(word[:-1]), self._weights.joint)]
        return _best((term, weight) for term, weight in wanted if term in self._terms)

    def _parts(self, word: str, known: bool) -> Iterator[tuple[str, int]]:
        parts = (self._known_parts if known else self._other_parts).parts(word)
        return ((stem(part), self._weights.part_in_query[depth]) for part, depth in parts.items())

    def _folded(self, word: str, known: bool) -> Iterator[tuple[str, int]]:
        """Yield other ways to type `word`: all for one that is not known, else those that are two classes more frequent."""
        weight = self._weights.folded_known if known else self._weights.folded_unknown
        least = self._class(word) + 2 if known else 1
        others = (other for other in self._same.get(fold_key(word), ()) if other != word)
        return ((stem(other), weight) for other in others if self._class(other) >= least)

    def _cognate(self, word: str) -> Iterator[tuple[str, int]]:
        key = cognate_key(fold_key(word))
        return ((stem(other), self._weights.cognate) for other in (self._cognates[key] if key else ()))

    def _mistyped(self, word: str) -> Group:
        nearest = zip(self._nearest(word), self._weights.near, strict=False)
        return _best(
            (term, part * weight // 100)
            for other, weight in nearest
            for term, part in self._known(other, True).items()
        )

    def _nearest(self, word: str) -> list[str]:
        """Return the words one error apart, the most frequent class first."""
        if len(word) < LEAST_NEAR or not word.isalpha():
            return []
        key = fold_key(word)
        others = {other for shorter in without_one(key) for other in self._near.get(shorter, ())}
        apart = [other for other in others if one_apart(key, fold_key(other))]
        return sorted(apart, key=lambda other: (-self._class(other), other))

    def _class(self, word: str) -> int:
        return class_of(self._counts[word])

    def _begun(self, word: str) -> Iterator[tuple[str, int]]:
        if len(word) >= LEAST_BEGUN:
            key = fold_key(word)
            begun = [one for one in self._words if len(one) > len(word) and fold_key(one).startswith(key)]
            begun.sort(key=lambda one: (-self._class(one), one))
            yield from ((stem(one), self._weights.begun) for one in begun[: self._weights.begun_count])

    def _joined(self, query: Query) -> Iterator[Group]:
        """Yield what two neighbours are as one word, as Norwegian would have written them."""
        for one, other in zip(query.all, query.all[1:], strict=False):
            whole = [one + joint + other for joint in JOINTS]
            yield {
                stem(word): self._weights.joined
                for word in whole
                if len(word) >= LEAST_WORD and stem(word) in self._terms
            }

    def _phrases(self, query: Query) -> Iterator[Group]:
        stems = tuple(map(stem, query.words))
        for phrase, others in self._relations.phrases.items():
            if any(stems[at : at + len(phrase)] == phrase for at in range(len(stems))):
                yield {term: weight for term, weight in others.items() if term in self._terms}


def _best(*wanted: Iterable[tuple[str, int]]) -> Group:
    found: Group = {}
    for one in wanted:
        for term, weight in one:
            found[term] = max(found.get(term, 0), weight)
    return found
