"""How good a ranking is: nDCG@10, reciprocal rank, recall@10, and how sure one can be of their means."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

from kompetanse_search_eval.sets import Judged

DEEP = 10
"""Places that count."""

ROUNDS = 1000
"""Samples that an interval is taken from."""


@dataclass(frozen=True, slots=True)
class Score:
    """What one ranking is worth, each 0–1; `place` is that of the first relevant one, from 1, and 0 when there is none."""

    ndcg: float
    reciprocal: float
    recall: float
    place: int


def measure(ranking: Sequence[str], query: Judged) -> Score:
    """Return the score of `ranking`, best first, with the excluded ids taken out of it."""
    counted = [one for one in ranking if one not in query.excluded][:DEEP]
    hits = [place for place, one in enumerate(counted, start=1) if one in query.relevant]
    ideal = sum(1 / math.log2(place + 1) for place in range(1, min(DEEP, len(query.relevant)) + 1))
    gain = sum(1 / math.log2(place + 1) for place in hits)
    first = hits[0] if hits else 0
    return Score(gain / ideal, 1 / first if first else 0.0, len(hits) / len(query.relevant), first)


def mean(values: Sequence[float]) -> float:
    """Return the mean, 0 of nothing."""
    return math.fsum(values) / len(values) if values else 0.0


def interval(values: Sequence[float], rounds: int = ROUNDS) -> tuple[float, float]:
    """Return the 95 % interval of the mean by the bootstrap; the same values give the same interval."""
    chance = random.Random(4)  # noqa: S311 - nothing secret, and the same each time
    means = sorted(mean(chance.choices(values, k=len(values))) for _ in range(rounds))
    return means[rounds // 40], means[-(rounds // 40) - 1]
