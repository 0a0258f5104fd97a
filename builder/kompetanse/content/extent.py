"""How far reuse goes: chains and doublings that would make a page too deep or too large are cut where they pass the limit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

DEEPEST = 20
"""So many texts may bring in one another."""
LARGEST = 2_000_000
"""So many signs a text may have with all that it brings in."""

Use = tuple[str, str]
"""The id of the text that brings in, and the id of what it brings in."""


def too_large(lengths: Mapping[str, int], uses: Mapping[str, Sequence[str]]) -> frozenset[Use]:
    """Return the uses that are left out, given how long each text is and what it brings in, each time it does so."""
    known: dict[str, tuple[int, int]] = {}
    cut: set[Use] = set()
    for id_ in _innermost_first(uses):
        depth, size = 0, lengths[id_]
        for used in uses[id_]:
            below, more = known.get(used, (0, lengths.get(used, 0)))
            if below + 1 > DEEPEST or size + more > LARGEST:
                cut.add((id_, used))
            else:
                depth, size = max(depth, below + 1), size + more
        known[id_] = depth, size
    return frozenset(cut)


def _innermost_first(uses: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield every id after those that it uses; in a circle, after those that were met first."""
    seen: set[str] = set()
    for top in uses:
        stack = [(top, False)]
        while stack:
            id_, done = stack.pop()
            if done:
                yield id_
            elif id_ not in seen:
                seen.add(id_)
                stack.append((id_, True))
                stack += [(used, False) for used in uses[id_] if used in uses and used not in seen]
