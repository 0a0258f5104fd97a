"""Which lines of a Markdown text belong together, so that a person is asked about a whole thought.

A unit is a paragraph, an item of a list, a row of a table, a heading, a block of fenced code or a whole quiz.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kompetanse.sharing.merge.beside import beside
from kompetanse.sharing.merge.fences import fenced
from kompetanse.sharing.merge.sequences import Kind, LineMerge, Stretch

_OPENS = re.compile(
    r"\s*(?:[-*+][ \t]|\d{1,9}[.)][ \t]|\||#{1,6}[ \t]|>|!!!|\?\?\?|===|:{3,}|<)|[ \t]*(?:`{3,}|~{3,})"
)
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]")
_QUIZ, _QUIZ_END = re.compile(r"\s*<quiz\b", re.IGNORECASE), re.compile(r"</quiz>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Unit:
    """What is settled together, or asked about together, cut where the three begin and cease to agree."""

    pieces: Sequence[Stretch]

    @property
    def base(self) -> str:
        """How it was."""
        return "".join(joined(piece.base) for piece in self.pieces)

    @property
    def ours(self) -> str:
        """Our text."""
        return "".join(joined(piece.ours) for piece in self.pieces)

    @property
    def theirs(self) -> str:
        """The source's text."""
        return "".join(joined(piece.theirs) for piece in self.pieces)

    def any_in(self, kind: Kind) -> bool:
        """Tell whether a piece is of this kind."""
        return any(piece.kind is kind for piece in self.pieces)


def joined(found: Sequence[str]) -> str:
    r"""Return rows as text; each ends in `\n`."""
    return "".join(f"{row}\n" for row in found)


def units(found: Iterator[Stretch], line_merge: LineMerge) -> Iterator[Unit]:
    """Group stretches of lines by what belongs together in any of the three.

    A group in conflict that holds several units is compared once more, unit by unit.
    """
    for group in _groups(found):
        if any(piece.kind is Kind.CONFLICT for piece in group):
            yield from _unit_by_unit(group, line_merge)
        else:
            yield Unit(group)


def _unit_by_unit(group: Sequence[Stretch], line_merge: LineMerge) -> Iterator[Unit]:
    """Yield the group in parts: what is settled together, and each conflict with its lines compared anew."""
    cut = [_cut([line for piece in group for line in side(piece)]) for side in (_base, _ours, _theirs)]
    settled: list[Stretch] = []
    for stretch in beside(cut[0], cut[1], cut[2], _sure):
        if stretch.kind is not Kind.CONFLICT:
            settled.append(_in_lines(stretch))
            continue
        if settled:
            yield Unit(settled)
            settled = []
        whole = _in_lines(stretch)
        again = list(_one_place(list(line_merge(whole.base, whole.ours, whole.theirs))))
        yield Unit(again if any(piece.kind is Kind.CONFLICT for piece in again) else [whole])
    if settled:
        yield Unit(settled)


def _cut(lines: Sequence[str]) -> list[str]:
    """Return the units of some lines, each with its row ends between them."""
    found: list[list[str]] = []
    for line, belongs in zip(lines, _glued(lines), strict=False):
        if belongs:
            found[-1].append(line)
        else:
            found.append([line])
    return ["\n".join(unit) for unit in found]


def _in_lines(stretch: Stretch) -> Stretch:
    z, o, t = (
        [line for unit in side(stretch) for line in unit.split("\n")] for side in (_base, _ours, _theirs)
    )
    return Stretch(stretch.kind, z, o, t, stretch.starts)


def _sure(run: Sequence[str]) -> bool:
    return any(unit.strip() for unit in run)


def _groups(found: Iterator[Stretch]) -> Iterator[list[Stretch]]:
    """Yield the stretches, those that belong together in one group; what nobody changed is cut off where it can be."""
    stretches = list(_one_place(list(found)))
    glued = [_glued([line for one in stretches for line in side(one)]) for side in (_base, _ours, _theirs)]
    group: list[Stretch] = []
    for stretch in stretches:
        for piece in _pieces(stretch, glued):
            if group and _is_free(glued, piece.starts, 0):
                yield group
                group = []
            group.append(piece)
    if group:
        yield group


def _is_free(glued: Sequence[Sequence[bool]], starts: Sequence[int], step: int) -> bool:
    """Tell whether a unit may end so many lines after `starts`: in none of the three do the lines there belong together."""
    return not any(glue[at + step] for glue, at in zip(glued, starts, strict=True))


def _pieces(stretch: Stretch, glued: Sequence[Sequence[bool]]) -> Iterator[Stretch]:
    """Yield a stretch; one that nobody changed in up to three parts, so that most of it belongs to no change."""
    size = len(stretch.base)
    if stretch.kind is not Kind.SAME:
        yield stretch
        return
    first = next((step for step in range(size + 1) if _is_free(glued, stretch.starts, step)), size)
    last = next((step for step in range(size, first, -1) if _is_free(glued, stretch.starts, step)), first)
    for low, high in pairwise(sorted({0, first, last, size})):
        lines = stretch.base[low:high]
        at = stretch.starts
        yield Stretch(Kind.SAME, lines, lines, lines, (at[0] + low, at[1] + low, at[2] + low))


def _one_place(found: list[Stretch]) -> Iterator[Stretch]:
    """Take two insertions with nothing but blank rows between them for what they are: both inserted at one place."""
    waiting: list[Stretch] = []
    for stretch in found:
        if len(waiting) == 2 and _both_insert(waiting[0], stretch):
            waiting = [_as_one([*waiting, stretch])]
        elif len(waiting) == 1 and stretch.kind is Kind.SAME and not _sure(stretch.base):
            waiting.append(stretch)
        else:
            yield from waiting
            waiting = [stretch]
    yield from waiting


def _both_insert(first: Stretch, second: Stretch) -> bool:
    return {first.kind, second.kind} == {Kind.OURS, Kind.THEIRS} and _grows(first) and _grows(second)


def _grows(stretch: Stretch) -> bool:
    added, gone = (_texts(_cut(side)) for side in (stretch.merged, stretch.base))
    return added > gone


def _texts(found: Sequence[str]) -> int:
    return sum(bool(unit.strip()) for unit in found)


def _as_one(found: Sequence[Stretch]) -> Stretch:
    z, o, t = ([line for one in found for line in side(one)] for side in (_base, _ours, _theirs))
    return Stretch(Kind.CONFLICT, z, o, t, found[0].starts)


def _base(piece: Stretch) -> Sequence[str]:
    return piece.base


def _ours(piece: Stretch) -> Sequence[str]:
    return piece.ours


def _theirs(piece: Stretch) -> Sequence[str]:
    return piece.theirs


def _glued(lines: Sequence[str]) -> list[bool]:
    """Tell for each line, and for the end, whether it belongs with the line before it."""
    glued: list[bool] = []
    above, code_above, quiz_above = "", 0, 0
    for line, code, quiz in zip(lines, fenced(lines), quizzes(lines), strict=True):
        if code or quiz or code_above or quiz_above:
            glued.append(bool(code and code == code_above) or bool(quiz and quiz == quiz_above))
        else:
            glued.append(not _apart(above, line))
        above, code_above, quiz_above = line, code, quiz
    return [*glued, False]


def _apart(above: str, line: str) -> bool:
    return bool(not above.strip() or not line.strip() or _OPENS.match(line) or _HEADING.match(above))


def quizzes(lines: Sequence[str]) -> Iterator[int]:
    """Tell for each line in which quiz it lies, its tags with it; 0 for none."""
    inside, quiz = False, 0
    for line in lines:
        tag = "<" in line
        if tag and not inside and _QUIZ.match(line):
            inside, quiz = True, quiz + 1
        yield quiz if inside else 0
        if tag and _QUIZ_END.search(line):
            inside = False
