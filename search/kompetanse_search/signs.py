"""What a shard says of a word or a term beside its pages: where it is cut, and which titles have it. `docs/search-shards.md` describes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kompetanse_search.compound import LEAST_WORD, Splitter
from kompetanse_search.packing import DIGITS, gaps, number
from kompetanse_search.rank import title_impact


class InTitle(dict[tuple[int, int], str]):
    """How a title has a term, and words in the title → impact there, as written; worked out when it is first asked for."""

    def __init__(self, mean_title: int) -> None:
        super().__init__()
        self._mean = mean_title

    def __missing__(self, asked: tuple[int, int]) -> str:
        self[asked] = DIGITS[title_impact(*asked, self._mean)]
        return self[asked]


def titles_of(places: Sequence[int], titled: Mapping[int, str]) -> str:
    """Return the titles that have a term: how many, where among its pages, and their impacts; nothing for none."""
    if not titled:
        return ""
    flagged = [(at, titled[place]) for at, place in enumerate(places) if place in titled]
    return number(len(flagged)) + gaps([at for at, _ in flagged]) + "".join(code for _, code in flagged)


def cuts_of(splitter: Splitter, word: str) -> str:
    """Return where `word` is cut, and then its elements: twice the letters of the first, and 1 more when a joint follows; 0 is no cut.

    Nothing stands there for a word that is too short to be cut.
    """
    return "".join(_cut_signs(splitter, word, 0))


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
