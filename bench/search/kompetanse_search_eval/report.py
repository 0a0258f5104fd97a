"""What was measured, and what is said about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import starmap

from kompetanse_search_eval.engines import Engine
from kompetanse_search_eval.measures import Score, interval, mean, measure
from kompetanse_search_eval.sets import Judged, TestSet

WORST = 10
"""Queries that are shown of a group that fails."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one engine did: a ranking and its score for each query of the set, in order."""

    name: str
    rankings: tuple[tuple[str, ...], ...]
    scores: tuple[Score, ...]


def run(engine: Engine, data: TestSet) -> Run:
    """Let `engine` answer every query of `data`."""
    rankings: dict[int, tuple[str, ...]] = {}
    for name, documents in data.collections.items():
        numbers = [number for number, one in enumerate(data.queries) if one.collection == name]
        found = engine.rank(documents, [data.queries[number].text for number in numbers])
        rankings |= dict(zip(numbers, map(tuple, found), strict=True))
    ordered = tuple(rankings[number] for number in range(len(data.queries)))
    return Run(engine.name, ordered, tuple(starmap(measure, zip(ordered, data.queries, strict=True))))


def groups(queries: Sequence[Judged]) -> dict[str, list[int]]:
    """Return group → the numbers of its queries, in the order in which groups first occur."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(queries):
        found[one.group].append(number)
    return dict(found)


def by_group(values: Sequence[float], places: Mapping[str, Sequence[int]]) -> dict[str, float]:
    """Return group → the mean of its `values`, and `mean` → the mean of groups."""
    means = {group: mean([values[number] for number in numbers]) for group, numbers in places.items()}
    return {**means, "mean": mean(list(means.values()))}


def table(runs: Sequence[Run], places: Mapping[str, Sequence[int]]) -> Iterator[str]:
    """Yield the lines of a table: nDCG@10 of every run, then our interval, reciprocal rank and recall."""
    columns = [*places, "mean"]
    yield f"{'nDCG@10':20}" + "".join(f"{one:>10}" for one in columns)
    for one in runs:
        yield _row(one.name, by_group([score.ndcg for score in one.scores], places))
    ours = runs[0].scores
    ends = {group: interval([ours[number].ndcg for number in numbers]) for group, numbers in places.items()}
    yield _row(" lowest of 95 %", {group: low for group, (low, _) in ends.items()})
    yield _row(" highest of 95 %", {group: high for group, (_, high) in ends.items()})
    yield _row(" MRR", by_group([score.reciprocal for score in ours], places))
    yield _row(" recall@10", by_group([score.recall for score in ours], places))


def _row(name: str, values: Mapping[str, float]) -> str:
    return f"{name:20}" + "".join(f"{value:10.3f}" for value in values.values())


def behind(
    ours: Run, peers: Sequence[Run], places: Mapping[str, Sequence[int]]
) -> dict[str, tuple[str, float]]:
    """Return group → the peer that is surely better there, and by how much: the whole 95 % interval of the difference."""
    found: dict[str, tuple[str, float]] = {}
    for group, numbers in places.items():
        for peer in peers:
            gaps = [peer.scores[number].ndcg - ours.scores[number].ndcg for number in numbers]
            if interval(gaps)[0] > 0 and mean(gaps) > found.get(group, ("", 0.0))[1]:
                found[group] = peer.name, mean(gaps)
    return found


def worst(ours: Run, data: TestSet, numbers: Sequence[int]) -> Iterator[str]:
    """Yield a line for each of the worst queries: score, text, what should have come, what came first."""
    last = sorted(numbers, key=lambda number: (ours.scores[number].ndcg, data.queries[number].text))
    for number in last[:WORST]:
        query, ranking = data.queries[number], ours.rankings[number]
        first = next((one for one in ranking if one not in query.excluded), "nothing")
        yield f"  {ours.scores[number].ndcg:.3f}  «{query.text}» → {min(query.relevant)}; first: {first}"
