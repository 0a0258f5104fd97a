"""Tell apart changes that lie side by side: one changed a paragraph, the other put in a new one after it.

A comparison that needs something unchanged between two changes takes them for one. Here they are two, where the order of what comes
out is beyond doubt: at least one of the two neither adds nor takes away.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from kompetanse.sharing.merge.sequences import Kind, Run, Stretch, kind_of, runs

LIKENESS = 0.5
"""Two texts must share this much to be one text, rewritten."""
LONGEST = 20_000
"""Letters of two texts together, or of three, above which they are not compared by words."""
TOKEN = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class _Change:
    """What one side made of a part of the base.

    Attributes:
        ours: Whose it is.
        low, high: The part of the base.
        start, end: Where it stands in the side.
        grows: How many texts more than before; blank ones do not count.
    """

    ours: bool
    low: int
    high: int
    start: int
    end: int
    grows: int


def beside(
    base: Sequence[str],
    ours: Sequence[str],
    theirs: Sequence[str],
    sure: Callable[[Sequence[str]], bool],
) -> Iterator[Stretch]:
    """Yield the stretches of three sequences of paragraphs or sentences, in order; together they hold all of each.

    Args:
        base, ours, theirs: The texts.
        sure: Whether a run that two of them have is enough to be sure that they are in step there.
    """
    sides = (ours, theirs)
    changes = [
        change
        for side, mine in zip(sides, (True, False), strict=True)
        for change in _changes(
            base, side, mine, [one for one in runs(base, side) if sure(base[one[0] : one[0] + one[2]])]
        )
    ]
    at, shifts = 0, [0, 0]
    for cluster in _clusters(sorted(changes, key=lambda one: (one.low, one.high))):
        low, high = min(one.low for one in cluster), max(one.high for one in cluster)
        if at < low:
            same = base[at:low]
            yield Stretch(Kind.SAME, same, same, same, (at, at + shifts[0], at + shifts[1]))
        starts = (low + shifts[0], low + shifts[1])
        for place, mine in enumerate((True, False)):
            shifts[place] += sum(
                one.end - one.start - one.high + one.low for one in cluster if one.ours is mine
            )
        z, o, t = base[low:high], ours[starts[0] : high + shifts[0]], theirs[starts[1] : high + shifts[1]]
        yield Stretch(kind_of(z, o, t), z, o, t, (low, *starts))
        at = high
    if at < len(base):
        same = base[at:]
        yield Stretch(Kind.SAME, same, same, same, (at, at + shifts[0], at + shifts[1]))


def _changes(base: Sequence[str], side: Sequence[str], mine: bool, same: Sequence[Run]) -> Iterator[_Change]:
    low = start = 0
    for i, j, size in [*same, (len(base), len(side), 0)]:
        if low < i or start < j:
            yield from _one_by_one(
                base, side, _Change(mine, low, i, start, j, _growth(base[low:i], side[start:j]))
            )
        low, start = i + size, j + size


def _one_by_one(base: Sequence[str], side: Sequence[str], change: _Change) -> Iterator[_Change]:
    """Yield a change text by text, when each of its texts is one of the base, rewritten; else as it is."""
    pairs = list(zip(base[change.low : change.high], side[change.start : change.end], strict=False))
    whole = change.high - change.low == change.end - change.start
    if len(pairs) < 2 or not whole or not all(alike(*pair) for pair in pairs):
        yield change
        return
    for step, (old, new) in enumerate(pairs):
        if old != new:
            low, start = change.low + step, change.start + step
            yield _Change(change.ours, low, low + 1, start, start + 1, 0)


def alike(old: str, new: str) -> bool:
    """Tell whether one text is the other, rewritten: half of their words and signs are the same."""
    if not old.strip() or not new.strip():
        return old.strip() == new.strip()
    if old == new:
        return True
    return len(old) + len(new) <= LONGEST and likeness(old, new) >= LIKENESS


def likeness(old: str, new: str) -> float:
    """Return which share of their words and signs two texts have in common, 0–1."""
    return float(Indel.normalized_similarity(TOKEN.findall(old), TOKEN.findall(new)))


def _growth(old: Sequence[str], new: Sequence[str]) -> int:
    return sum(bool(one.strip()) for one in new) - sum(bool(one.strip()) for one in old)


def _clusters(changes: Sequence[_Change]) -> Iterator[list[_Change]]:
    """Group what cannot be told apart; `changes` are sorted by where they lie in the base."""
    cluster: list[_Change] = []
    for change in changes:
        if cluster and not _apart(cluster, change):
            cluster.append(change)
            continue
        if cluster:
            yield cluster
        cluster = [change]
    if cluster:
        yield cluster


def _apart(cluster: Sequence[_Change], change: _Change) -> bool:
    high = max(one.high for one in cluster)
    if change.low != high:
        return change.low > high
    touching = [one for one in cluster if one.high == high and one.ours is not change.ours]
    return all(not one.grows or not change.grows for one in touching)
