"""Numbers of groups that are too few to be told, also by a difference (primary and complementary suppression).

Source: Hundepool et al., Statistical Disclosure Control (2012), chapter 4: a table with totals must hide more than its small
cells, and what one of those hidden knows of itself must not give the others away.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kompetanse.learning.unit import FEWEST


@dataclass(frozen=True, slots=True)
class Told:
    """Which of some groups may be told, and whether their total may.

    Attributes:
        groups: Names of those that may.
        total: Whether the total of all may stand beside them.
    """

    groups: frozenset[str]
    total: bool


def told(sizes: Mapping[str, int]) -> Told:
    """Return what may be told of groups of these sizes; those of nobody say nothing, and need no hiding.

    When a small group is hidden, the smallest others are hidden with it until those that are hidden are at least `FEWEST`
    without the largest of them, since whoever is in that one knows its numbers. Where the groups do not suffice, the
    total is hidden in their place.
    """
    having = sorted((size, name) for name, size in sizes.items() if size)
    small = sum(size < FEWEST for size, _ in having)
    if not small:
        return Told(frozenset(sizes), True)
    hidden = next(
        (count for count in range(small, len(having) + 1) if _is_safe([size for size, _ in having[:count]])),
        None,
    )
    count = small if hidden is None else hidden
    return Told(frozenset(sizes) - {name for _, name in having[:count]}, hidden is not None)


def _is_safe(sizes: list[int]) -> bool:
    return sum(sizes) - max(sizes) >= FEWEST
