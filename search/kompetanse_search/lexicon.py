"""What each word of a query is looked for by: its group of terms. It asks a vocabulary, wherever that is kept."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Protocol

from kompetanse_search.cognates import cognate_key
from kompetanse_search.compound import LEAST_WORD
from kompetanse_search.keys import fold_key, one_apart, without_one
from kompetanse_search.query import Query
from kompetanse_search.relations import Relations
from kompetanse_search.stem import english_term, stem
from kompetanse_search.weights import WEIGHTS, Weights


class Vocabulary(Protocol):
    """The words and terms of one index. A word that is not in it has class 0. Words come in any order, once each."""

    def has_term(self, term: str) -> bool:
        """Return whether any page has a posting of `term`."""

    def class_of(self, word: str) -> int:
        """Return the class of how often `word` occurs, 0 when it is not known."""

    def parts(self, word: str) -> Mapping[str, int]:
        """Return part → depth: of a known word by all elements, of another by the common ones."""

    def folded(self, key: str) -> Collection[str]:
        """Return the words with this fold key."""

    def cognates(self, key: str) -> Collection[str]:
        """Return the words with this cognate key, which is not empty."""

    def near(self, key: str) -> Collection[str]:
        """Return words of `LEAST_NEAR` letters or more, and nothing else, whose fold key has `key` among its keys without one."""

    def begun(self, key: str) -> Collection[str]:
        """Return the words whose fold key begins with `key`."""


Group = dict[str, int]
"""Term → weight in percent. A page counts for a group by the best of its terms."""

LEAST_NEAR = 4
"""Letters in a word that may have an error, and in one that it may have been meant for."""

LEAST_BEGUN = 3
"""Letters of an unfinished word that longer words are looked for by."""

JOINTS = ("", "s", "e")


class Lexicon:
    """Makes groups of terms, for one vocabulary."""

    def __init__(
        self, vocabulary: Vocabulary, relations: Relations | None = None, weights: Weights = WEIGHTS
    ) -> None:
        self._words, self._relations, self._weights = vocabulary, relations or Relations(), weights

    def groups(
        self, query: Query, *, typing: bool = False, go_on: Callable[[], None] = lambda: None
    ) -> tuple[tuple[Group, ...], tuple[Group, ...]]:
        """Return one group for each word of `query`, empty when nothing is like it, and those of words that stand together.

        With `typing`, a last word that may go on is also looked for by the words it begins. `go_on` is asked before each word.
        """
        groups = []
        for word in query.words:
            go_on()
            groups.append(self.group(word))
        if typing and query.unfinished and query.all and query.all[-1] == query.words[-1]:
            groups[-1] = _best(groups[-1].items(), self._begun(query.words[-1]))
        return tuple(groups), tuple(filter(None, (*self._joined(query), *self._phrases(query))))

    def group(self, word: str) -> Group:
        """Return what `word` is looked for by: what the index has, or else its cognates and what is one error apart."""
        known = self._words.class_of(word) > 0
        found = self._known(word, known)
        if not found and not known:
            found = _best(self._cognate(word), self._mistyped(word).items())
        english = english_term(word)
        return {**found, english: self._weights.english} if self._words.has_term(english) else found

    def meant(self, word: str) -> str:
        """Return the word that `word` was probably meant to be; empty when the index knows it, or nothing like it."""
        if self._words.class_of(word) or self._known(word, False):
            return ""
        return next(iter(self._nearest(word)), "")

    def longer(self, word: str, limit: int = 10) -> list[str]:
        """Return words that `word` begins, the most frequent class first."""
        return sorted(self._words.begun(fold_key(word)), key=self._often)[:limit] if word else []

    def _often(self, word: str) -> tuple[int, str]:
        return -self._words.class_of(word), word

    def _known(self, word: str, known: bool) -> Group:
        wanted = [(stem(word), 100)]
        wanted += self._parts(word)
        wanted += self._relations.words.get(stem(word), {}).items()
        wanted += self._folded(word, known)
        if not known and len(word) > LEAST_NEAR and word[-1] in "se":
            wanted += [(stem(word[:-1]), self._weights.joint)]
        return _best((term, weight) for term, weight in wanted if self._words.has_term(term))

    def _parts(self, word: str) -> Iterator[tuple[str, int]]:
        parts = self._words.parts(word)
        return ((stem(part), self._weights.part_in_query[depth]) for part, depth in parts.items())

    def _folded(self, word: str, known: bool) -> Iterator[tuple[str, int]]:
        """Yield other ways to type `word`: all for one that is not known, else those that are two classes more frequent."""
        weight = self._weights.folded_known if known else self._weights.folded_unknown
        least = self._words.class_of(word) + 2 if known else 1
        others = (other for other in self._words.folded(fold_key(word)) if other != word)
        return ((stem(other), weight) for other in others if self._words.class_of(other) >= least)

    def _cognate(self, word: str) -> Iterator[tuple[str, int]]:
        key = cognate_key(fold_key(word))
        return ((stem(other), self._weights.cognate) for other in (self._words.cognates(key) if key else ()))

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
        others = {other for shorter in without_one(key) for other in self._words.near(shorter)}
        apart = [other for other in others if one_apart(key, fold_key(other))]
        return sorted(apart, key=self._often)

    def _begun(self, word: str) -> Iterator[tuple[str, int]]:
        if len(word) >= LEAST_BEGUN:
            longer = (one for one in self._words.begun(fold_key(word)) if len(one) > len(word))
            best = sorted(longer, key=self._often)[: self._weights.begun_count]
            yield from ((stem(one), self._weights.begun) for one in best)

    def _joined(self, query: Query) -> Iterator[Group]:
        """Yield what two neighbours are as one word, as Norwegian would have written them."""
        for one, other in zip(query.all, query.all[1:], strict=False):
            whole = [one + joint + other for joint in JOINTS]
            yield {
                stem(word): self._weights.joined
                for word in whole
                if len(word) >= LEAST_WORD and self._words.has_term(stem(word))
            }

    def _phrases(self, query: Query) -> Iterator[Group]:
        stems = tuple(map(stem, query.words))
        for phrase, others in self._relations.phrases.items():
            if any(stems[at : at + len(phrase)] == phrase for at in range(len(stems))):
                yield {term: weight for term, weight in others.items() if self._words.has_term(term)}


def _best(*wanted: Iterable[tuple[str, int]]) -> Group:
    found: Group = {}
    for one in wanted:
        for term, weight in one:
            found[term] = max(found.get(term, 0), weight)
    return found
