"""Which lines of a Markdown text belong together, so that a person is asked about a whole thought.

A unit is a paragraph, an item of a list, a row of a table, a heading, a block of fenced code or a whole quiz.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kompetanse.sharing.merge.fences import fenced
from kompetanse.sharing.merge.sequences import Kind, Stretch

_OPENS = re.compile(
    r"\s*(?:[-*+][ \t]|\d{1,9}[.)][ \t]|\||#{1,6}[ \t]|>|!!!|\?\?\?|===|:{3,}|<)|[ \t]*(?:`{3,}|~{3,})"
)
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]")
_QUIZ, _QUIZ_END = re.compile(r"\s*<quiz\b", re.IGNORECASE), re.compile(r"</quiz>", re.IGNORECASE)


def units(found: Iterator[Stretch]) -> Iterator[list[Stretch]]:
    """Group stretches of lines, those that agree cut into single lines, by what belongs together in any of the three."""
    pieces = [piece for stretch in found for piece in _pieces(stretch)]
    glued = [_glued([line for piece in pieces for line in side(piece)]) for side in (_base, _ours, _theirs)]
    group: list[Stretch] = []
    for piece in pieces:
        if group and not any(glue[at] for glue, at in zip(glued, piece.starts, strict=True)):
            yield group
            group = []
        group.append(piece)
    if group:
        yield group


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
