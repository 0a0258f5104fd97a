"""Which parts of three sequences agree: the base, ours and theirs.

The comparison of Khanna, Kunal and Pierce, "A Formal Investigation of Diff3" (2007): where all three agree they are in step; what
lies between two such places was changed by one side, by both in the same way, or is in conflict.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from rapidfuzz.distance import LCSseq

LARGEST = 40_000_000
"""Product of two lengths above which nothing is sought in common where no element stands once: 5 MB of memory."""

Run = tuple[int, int, int]
"""Start in the first, start in the second, and how many agree from there."""


class Kind(Enum):
    """Who changed a stretch."""

    SAME = "same"
    OURS = "ours"
    THEIRS = "theirs"
    BOTH = "both"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the three, with where it starts in each."""

    kind: Kind
    base: Sequence[str]
    ours: Sequence[str]
    theirs: Sequence[str]
    starts: tuple[int, int, int]

    @property
    def merged(self) -> Sequence[str]:
        """What stands after a merge; ours in a conflict."""
        return self.theirs if self.kind is Kind.THEIRS else self.ours


LineMerge = Callable[[Sequence[str], Sequence[str], Sequence[str]], Iterator[Stretch]]
"""Compares the lines of base, ours and theirs."""


def stretches(
    base: Sequence[str],
    ours: Sequence[str],
    theirs: Sequence[str],
    in_step: Callable[[Sequence[str]], bool] = bool,
) -> Iterator[Stretch]:
    """Yield the stretches of three sequences, in order; together they hold all of each.

    Args:
        base, ours, theirs: Lines, sentences or words.
        in_step: Whether a run that all three have is enough to be sure that they are in step there.
    """
    at = (0, 0, 0)
    for low, high, start_ours, start_theirs in _common(runs(base, ours), runs(base, theirs)):
        if not in_step(base[low:high]):
            continue
        yield from _between(base, ours, theirs, at, (low, start_ours, start_theirs))
        size = high - low
        same = base[low:high]
        yield Stretch(Kind.SAME, same, same, same, (low, start_ours, start_theirs))
        at = (high, start_ours + size, start_theirs + size)
    yield from _between(base, ours, theirs, at, (len(base), len(ours), len(theirs)))


def lines(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> Iterator[Stretch]:
    """Compare lines; one line in common is enough."""
    return stretches(base, ours, theirs)


def _between(
    base: Sequence[str],
    ours: Sequence[str],
    theirs: Sequence[str],
    at: tuple[int, int, int],
    to: tuple[int, int, int],
) -> Iterator[Stretch]:
    z, o, t = base[at[0] : to[0]], ours[at[1] : to[1]], theirs[at[2] : to[2]]
    if z or o or t:
        yield Stretch(kind_of(z, o, t), z, o, t, at)


def kind_of(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> Kind:
    """Tell who changed a stretch."""
    if ours == theirs:
        return Kind.SAME if ours == base else Kind.BOTH
    if ours == base:
        return Kind.THEIRS
    return Kind.OURS if theirs == base else Kind.CONFLICT


def _common(left: Sequence[Run], right: Sequence[Run]) -> Iterator[tuple[int, int, int, int]]:
    """Yield where all three agree: from and to in the base, start in ours, start in theirs."""
    i = j = 0
    while i < len(left) and j < len(right):
        (base_left, ours, size_left), (base_right, theirs, size_right) = left[i], right[j]
        low, high = max(base_left, base_right), min(base_left + size_left, base_right + size_right)
        if low < high:
            yield low, high, ours + low - base_left, theirs + low - base_right
        if base_left + size_left < base_right + size_right:
            i += 1
        else:
            j += 1


def runs(first: Sequence[str], second: Sequence[str]) -> list[Run]:
    """Return where two sequences agree, in order.

    What stands once in each is what people see as the same; between such places the longest common subsequence decides.
    """
    found: list[Run] = []
    waiting = [(0, len(first), 0, len(second))]
    while waiting:
        low, high, low_second, high_second = waiting.pop()
        start = _shared(first, second, low, high, low_second, high_second, 1)
        if start:
            found.append((low, low_second, start))
        low, low_second = low + start, low_second + start
        end = _shared(first, second, high - 1, low - 1, high_second - 1, low_second - 1, -1)
        if end:
            found.append((high - end, high_second - end, end))
        high, high_second = high - end, high_second - end
        if low < high and low_second < high_second:
            _split(first, second, (low, high, low_second, high_second), found, waiting)
    return _joined(sorted(found))


def _shared(
    first: Sequence[str], second: Sequence[str], i: int, end: int, j: int, end_second: int, step: int
) -> int:
    size = 0
    while i != end and j != end_second and first[i] == second[j]:
        size, i, j = size + 1, i + step, j + step
    return size


def _split(
    first: Sequence[str],
    second: Sequence[str],
    window: tuple[int, int, int, int],
    found: list[Run],
    waiting: list[tuple[int, int, int, int]],
) -> None:
    low, high, low_second, high_second = window
    anchors = _anchors(first[low:high], second[low_second:high_second])
    if not anchors:
        found += _longest(first, second, window)
        return
    for i, j in anchors:
        here, there = window[0] + i, window[2] + j
        found.append((here, there, 1))
        waiting.append((low, here, low_second, there))
        low, low_second = here + 1, there + 1
    waiting.append((low, high, low_second, high_second))


def _longest(first: Sequence[str], second: Sequence[str], window: tuple[int, int, int, int]) -> list[Run]:
    low, high, low_second, high_second = window
    if (high - low) * (high_second - low_second) > LARGEST:
        return []
    found = LCSseq.opcodes(first[low:high], second[low_second:high_second])
    return [
        (low + one.src_start, low_second + one.dest_start, one.src_end - one.src_start)
        for one in found
        if one.tag == "equal"
    ]


def _anchors(first: Sequence[str], second: Sequence[str]) -> list[tuple[int, int]]:
    """Return the places of what stands once in each, as many as are in the same order in both."""
    counts, counts_second = Counter(first), Counter(second)
    there = {one: j for j, one in enumerate(second) if counts_second[one] == 1}
    pairs = [(i, there[one]) for i, one in enumerate(first) if counts[one] == 1 and one in there]
    return _rising(pairs)


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest selection of `pairs` whose second numbers rise, by patience sorting."""
    tops: list[int] = []
    holders: list[int] = []
    below: list[int] = []
    for place, (_, value) in enumerate(pairs):
        pile = bisect_left(tops, value)
        below.append(holders[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [value]
        holders[pile : pile + 1] = [place]
    chosen: list[tuple[int, int]] = []
    place = holders[-1] if holders else -1
    while place >= 0:
        chosen.append(pairs[place])
        place = below[place]
    return chosen[::-1]


def _joined(found: Sequence[Run]) -> list[Run]:
    joined: list[Run] = []
    for i, j, size in found:
        if joined and joined[-1][0] + joined[-1][2] == i and joined[-1][1] + joined[-1][2] == j:
            joined[-1] = (joined[-1][0], joined[-1][1], joined[-1][2] + size)
        else:
            joined.append((i, j, size))
    return joined
