"""Words that mean the same: synonyms that a region writes down, and pairs of bokmål and nynorsk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kompetanse_search.stem import stem
from kompetanse_search.text import tokens
from kompetanse_search.weights import WEIGHTS, Weights
from kompetanse_search.word_lists import STOP_WORDS

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Relations:
    """What a word or a phrase is looked for by as well.

    Attributes:
        words: Stem (Norwegian) → stem → weight in percent.
        phrases: Stems of a phrase of two words or more, without stop words → stem of a word → weight.
    """

    words: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    phrases: Mapping[Phrase, Mapping[str, int]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        synonyms: Iterable[Sequence[str]] = (),
        pairs: Iterable[tuple[str, str]] = (),
        weights: Weights = WEIGHTS,
    ) -> Relations:
        """Return the relations of groups of `synonyms`, and of `pairs` of words in two written languages."""
        words: dict[str, dict[str, int]] = defaultdict(dict)
        phrases: dict[Phrase, dict[str, int]] = defaultdict(dict)
        for group in synonyms:
            _relate([_phrase(one) for one in group], weights.synonym, words, phrases)
        for pair in pairs:
            _relate([_phrase(one) for one in pair], weights.language, words, phrases)
        return cls(dict(words), dict(phrases))


def _phrase(text: str) -> Phrase:
    words = tokens(text)
    return tuple(stem(word) for word in words if word not in STOP_WORDS) or tuple(map(stem, words))


def _relate(
    forms: Sequence[Phrase],
    weight: int,
    words: dict[str, dict[str, int]],
    phrases: dict[Phrase, dict[str, int]],
) -> None:
    """Let each form lead to the others. A phrase shares its weight among its words, since one of them alone says less."""
    for here in filter(None, forms):
        source = words[here[0]] if len(here) == 1 else phrases[here]
        for there in filter(None, forms):
            if there == here or min(len(here), len(there)) > 1:
                continue
            for one in there:
                source[one] = max(source.get(one, 0), weight // len(there))
