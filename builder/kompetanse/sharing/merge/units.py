"""Which lines of a Markdown text belong together, so that a person is asked about a whole thought.

A unit is a paragraph, an item of a list, a row of a table, a heading, a block of fenced code or a whole quiz.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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
    """Group stretches of lines by what belongs together in any of the three; those that agree are cut into single lines.

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
    glued, found = _glued(lines), list[str]()
    for line, belongs in zip(lines, glued, strict=False):
        if belongs:
            found[-1] += "\n" + line
        else:
            found.append(line)
    return found


def _in_lines(stretch: Stretch) -> Stretch:
    z, o, t = (
        [line for unit in side(stretch) for line in unit.split("\n")] for side in (_base, _ours, _theirs)
    )
    return Stretch(stretch.kind, z, o, t, stretch.starts)


def _sure(run: Sequence[str]) -> bool:
    return any(unit.strip() for unit in run)


def _groups(found: Iterator[Stretch]) -> Iterator[list[Stretch]]:
    pieces = [piece for stretch in _one_place(list(found)) for piece in _pieces(stretch)]
    glued = [_glued([line for piece in pieces for line in side(piece)]) for side in (_base, _ours, _theirs)]
    group: list[Stretch] = []
    for piece in pieces:
        if group and not any(glue[at] for glue, at in zip(glued, piece.starts, strict=True)):
            yield group
            group = []
        group.append(piece)
    if group:
        yield group


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


def _pieces(stretch: Stretch) -> Iterator[Stretch]:
    if stretch.kind is not Kind.SAME:
        yield stretch
        return
    for step, line in enumerate(stretch.base):
        at = stretch.starts
        yield Stretch(Kind.SAME, (line,), (line,), (line,), (at[0] + step, at[1] + step, at[2] + step))


def _glued(lines: Sequence[str]) -> list[bool]:
    """Tell for each line, and for the end, whether it belongs with the line before it."""
    blocks = list(zip(fenced(lines), quizzes(lines), strict=True))
    glued = [False]
    for i in range(1, len(lines)):
        if any(blocks[i]) or any(blocks[i - 1]):
            glued.append(
                any(here and here == before for before, here in zip(blocks[i - 1], blocks[i], strict=True))
            )
        else:
            glued.append(not _apart(lines[i - 1], lines[i]))
    return [*glued, False]


def _apart(before: str, here: str) -> bool:
    return bool(not before.strip() or not here.strip() or _OPENS.match(here) or _HEADING.match(before))


def quizzes(lines: Sequence[str]) -> Iterator[int]:
    """Tell for each line in which quiz it lies, its tags with it; 0 for none."""
    inside, quiz = False, 0
    for line in lines:
        if not inside and _QUIZ.match(line):
            inside, quiz = True, quiz + 1
        yield quiz if inside else 0
        if _QUIZ_END.search(line):
            inside = False
