"""Merge Markdown without its front matter: line by line, then each unit that both touched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kompetanse.sharing.merge.beside import LONGEST
from kompetanse.sharing.merge.fences import fenced
from kompetanse.sharing.merge.parts import Kept, Part, Question, Review, Where, Why
from kompetanse.sharing.merge.passage import ANSWER, both_changed_facts, settle
from kompetanse.sharing.merge.sequences import Kind, LineMerge, Stretch
from kompetanse.sharing.merge.units import Unit, joined, quizzes, units

_FINEST_LAST = ("line", "contained", "space", "sentence", "word")


def merge_body(base: str, ours: str, theirs: str, line_merge: LineMerge) -> Iterator[Part]:
    r"""Yield the parts of three texts, each empty or ending in a row end."""
    for unit in units(line_merge(rows(base), rows(ours), rows(theirs)), line_merge):
        settled = _settled(unit)
        if isinstance(settled, Why):
            yield Question(Where.BODY, "", unit.base, unit.ours, unit.theirs, settled)
        elif isinstance(settled, str):
            yield Kept(settled)
        else:
            yield Review(Where.BODY, "", settled[0], unit.base, unit.ours, unit.theirs, settled[1])


def rows(text: str) -> list[str]:
    r"""Return the rows of `text` without their ends; only `\n` ends a row."""
    return text.removesuffix("\n").split("\n") if text else []


def _settled(unit: Unit) -> str | tuple[str, str] | Why:
    """Return text that nobody needs to look at, or how a text came about and the text, or why a person must choose."""
    if all(piece.kind is Kind.SAME for piece in unit.pieces):
        return unit.base
    parts = [_piece(piece) for piece in unit.pieces]
    hows = {how for how, _ in parts if how}
    touched_by_both = bool(hows) or (unit.any_in(Kind.OURS) and unit.any_in(Kind.THEIRS))
    if not touched_by_both:
        return "".join(str(text) for _, text in parts)
    text = "".join(str(text) for _, text in parts)
    refused = _unit_refusal(unit, parts, text)
    if refused:
        return refused
    if " ".join(unit.ours.split()) == " ".join(unit.theirs.split()):
        return text
    return max(hows or {"line"}, key=_FINEST_LAST.index), text


def _unit_refusal(unit: Unit, parts: Sequence[tuple[str, str | Why]], text: str) -> Why | None:
    first = next((text for _, text in parts if isinstance(text, Why)), None)
    if first is Why.DELETED_AND_CHANGED or first is Why.BOTH_INSERTED:
        return first
    sides = (unit.base, unit.ours, unit.theirs)
    conflict = unit.any_in(Kind.CONFLICT)
    if conflict and any(any(fenced(rows(side))) for side in sides):
        return Why.CODE
    in_quiz = any(any(quizzes(rows(side))) for side in sides)
    if in_quiz and (conflict or (_answers(unit, Kind.OURS) and _answers(unit, Kind.THEIRS))):
        return Why.ANSWERS
    if conflict and first is None:
        return _facts(*sides, text)
    return first


def _facts(base: str, ours: str, theirs: str, text: str) -> Why | None:
    """Ask about a unit whose lines were settled one by one, when both changed a fact somewhere in it."""
    if len(base) + len(ours) + len(theirs) > LONGEST:
        return Why.TOO_LONG
    return Why.FACTS if both_changed_facts(base, ours, theirs, text) else None


def _answers(unit: Unit, kind: Kind) -> bool:
    """Tell whether one side changed which answers there are, or which are right."""
    return any(
        piece.kind is kind and any(ANSWER.search(row) for side in (piece.base, piece.merged) for row in side)
        for piece in unit.pieces
    )


def _piece(piece: Stretch) -> tuple[str, str | Why]:
    """Return how a text came about, empty when nothing was to be decided, and the text; or why a person must choose."""
    if piece.kind is not Kind.CONFLICT:
        return "", joined(piece.merged)
    if not any(row.strip() for row in piece.base):
        return _insertion(piece)
    found = settle(joined(piece.base), joined(piece.ours), joined(piece.theirs))
    return ("line", found) if isinstance(found, Why) else (found.how, found.text)


def _insertion(piece: Stretch) -> tuple[str, str | Why]:
    """Both inserted here: that is settled only when one of them holds the whole of the other, as after a contribution."""
    if not any(row.strip() for row in piece.ours) or not any(row.strip() for row in piece.theirs):
        return "", joined(max(piece.ours, piece.theirs, key=_weight))
    small, large = sorted((piece.ours, piece.theirs), key=len)
    inner = rows(joined(small).strip("\n"))
    if len(large) <= LONGEST and _holds(large, inner):
        return "contained", joined(large)
    if joined(small).split() == joined(large).split():
        return "", joined(piece.ours)
    return "line", Why.BOTH_INSERTED


def _holds(large: Sequence[str], inner: Sequence[str]) -> bool:
    starts = (at for at in range(len(large) - len(inner) + 1) if large[at] == inner[0])
    return any(list(large[at : at + len(inner)]) == inner for at in starts)


def _weight(found: Sequence[str]) -> tuple[int, int]:
    return sum(bool(row.strip()) for row in found), len(found)
