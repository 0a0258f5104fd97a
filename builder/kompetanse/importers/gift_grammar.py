"""The grammar of GIFT, Moodle's text format for questions: from lines to entries, before anything is fitted to our model.

The rules are those of Moodle's own reader: a blank line ends an entry, `\\` hides one of `: # = { } ~`, `\\n` is a new line, a
line that starts with `//` is a comment, and a text may say its format first: `[html]`, `[markdown]`, `[plain]` or `[moodle]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kompetanse.importers.moodle_text import Marked, TextFormat

GiftKind = Literal["description", "essay", "choice", "match", "truefalse", "short", "number"]

_HIDDEN = {"\\:": ":", "\\#": "#", "\\=": "=", "\\{": "{", "\\}": "}", "\\~": "~", "\\n": "\n"}
_TOKENS = {sign: chr(0xFDD0 + place) for place, sign in enumerate(("\\\\", *_HIDDEN))}
_SHOWN = str.maketrans({_TOKENS["\\\\"]: "\\", **{_TOKENS[sign]: meant for sign, meant in _HIDDEN.items()}})
_ESCAPE = re.compile("|".join(re.escape(sign) for sign in _TOKENS))
_NONCHARACTERS = re.compile("[\ufdd0-\ufdef]")
_FORMAT = re.compile(r"\[(html|markdown|plain|moodle)\]\s*", re.IGNORECASE)
_CATEGORY = re.compile(r"\$CATEGORY:[ \t]*([^\n]*)", re.IGNORECASE)
_WEIGHT = re.compile(r"%(-?[0-9]{1,3}(?:[.,][0-9]*)?)%")
_COMMENT_ID = re.compile(r"\[id:([^\]\n]{1,100})\]")
_TRUTH = {"T": True, "TRUE": True, "F": False, "FALSE": False}
_SPAN = re.compile(r"(-?[0-9.,]+)\s*\.\.\s*(-?[0-9.,]+)")
_NUMBER = re.compile(r"(-?[0-9]+(?:[.,][0-9]+)?)(?:\s*:\s*([0-9]*[.,]?[0-9]+))?")


@dataclass(frozen=True, slots=True)
class GiftAnswer:
    """One answer of an entry.

    Attributes:
        text: The answer; of a pair, its left side; of a span of numbers, `1–5`.
        credit: Share of the mark that it gives, in per cent.
        feedback: What is said to who gave it.
        pair: The right side of a pair.
        room: How far beside a number is right too; may be empty.
    """

    text: Marked
    credit: float
    feedback: Marked
    pair: str = ""
    room: str = ""


@dataclass(frozen=True, slots=True)
class GiftEntry:
    """One question, or a text between questions.

    Attributes:
        line: Line of the file, from 1, on which it starts.
        name: Between `::` and `::`; may be empty.
        id: From `[id:…]` in a comment before it; may be empty.
        stem: What is asked; `_____` where the answer stood inside it.
        kind: How it is answered.
        answers: Its answers.
        single: Whether one answer is chosen.
        explanation: The general feedback.
    """

    line: int
    name: str
    id: str
    stem: Marked
    kind: GiftKind
    answers: tuple[GiftAnswer, ...]
    single: bool
    explanation: Marked


@dataclass(frozen=True, slots=True)
class GiftFault:
    """An entry that is no GIFT, and why."""

    line: int
    says: str


@dataclass(frozen=True, slots=True)
class GiftCategory:
    """A row that says which category comes now."""

    line: int
    path: str


def entries(text: str) -> Iterator[GiftEntry | GiftFault | GiftCategory]:
    """Yield what stands in `text`, a whole file; a broken entry does not take the others with it."""
    for block in _blocks(text):
        found = _CATEGORY.match(block.text)
        if found:
            yield GiftCategory(block.line, _shown(found[1]).strip())
        rest = block.text[found.end() :].strip() if found else block.text
        if rest:
            yield _entry(_Block(block.line, rest, block.id))


@dataclass(frozen=True, slots=True)
class _Block:
    """The lines of an entry, with escapes as single signs and without comments."""

    line: int
    text: str
    id: str


def _blocks(text: str) -> Iterator[_Block]:
    """Yield the blocks; a blank line inside braces ends none, unless the next entry begins before they are closed.

    A name ends the entry before it, which has had its answers, also where the blank line was forgotten.
    """
    rows = _hidden(text).split("\n")
    start, held, id_, is_open, until = 0, list[str](), "", False, -1
    for place, row in enumerate(rows):
        bare = row.strip()
        if held and not is_open and _begins(rows, place) and any("}" in one for one in held):
            yield _Block(start, "\n".join(held).strip(), id_)
            held, id_ = [], ""
        if bare.startswith("//"):
            said = _COMMENT_ID.search(bare)
            id_ = said[1] if said else id_
        elif bare:
            start = start if held else place + 1
            held.append(row)
            is_open = row.rfind("{") > row.rfind("}") if "{" in row or "}" in row else is_open
        elif held:
            until = max(until, _closing(rows, place)) if is_open and place > until else until
            if is_open and place < until:
                held.append("")
                continue
            yield _Block(start, "\n".join(held).strip(), id_)
            held, id_, is_open = [], "", False
    if held:
        yield _Block(start, "\n".join(held).strip(), id_)


def _begins(rows: list[str], place: int) -> bool:
    """Tell whether a named entry begins here, with the comments before it: people forget the blank line."""
    first = next((row.strip() for row in rows[place:] if not row.strip().startswith("//")), "")
    return bool(rows[place].strip()) and first.startswith("::")


def _hidden(text: str) -> str:
    plain = _NONCHARACTERS.sub("", text).lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return _ESCAPE.sub(lambda found: _TOKENS[found[0]], plain)


def _shown(text: str) -> str:
    return text.translate(_SHOWN)


def _closing(rows: list[str], place: int) -> int:
    """Return the row that closes the braces open at `place`, or -1 when another entry begins before."""
    for number in range(place, len(rows)):
        bare = rows[number].strip()
        if bare.startswith(("::", "$CATEGORY:")) or "{" in bare.partition("}")[0]:
            return -1
        if "}" in bare:
            return number
    return -1


def _entry(block: _Block) -> GiftEntry | GiftFault:
    name, text = _name(block.text)
    start, end = text.find("{"), text.find("}")
    if (start < 0) != (end < 0) or end < start:
        return GiftFault(
            block.line,
            "it has a brace without its partner; write \\{ or \\} for a brace that is text, and close the answers with }",
        )
    inside = text[start + 1 : end].strip() if start >= 0 else ""
    after = text[end + 1 :].strip() if start >= 0 else ""
    asked = text if start < 0 else f"{text[:start]}_____{text[end + 1 :]}" if after else text[:start]
    stem = _marked(asked, "moodle")
    before, separator, last = inside.rpartition("####")
    return _answered(
        block,
        name,
        stem,
        before.strip() if separator else inside,
        last if separator else "",
        start < 0,
    )


def _answered(
    block: _Block, name: str, stem: Marked, inside: str, explanation: str, bare: bool
) -> GiftEntry | GiftFault:
    kind: GiftKind = "description" if bare else _kind(inside)
    answers = tuple(_answers(kind, inside, stem.format))
    if kind not in ("description", "essay") and not answers:
        return GiftFault(block.line, "we cannot read its answers; compare them with an entry that works")
    return GiftEntry(
        line=block.line,
        name=name,
        id=block.id,
        stem=stem,
        kind=kind,
        answers=answers,
        single=kind == "truefalse" or "=" in inside,
        explanation=_marked(explanation, stem.format),
    )


def _name(text: str) -> tuple[str, str]:
    if not text.startswith("::") or "::" not in text[2:]:
        return "", text.removeprefix("::")
    name, _, rest = text[2:].partition("::")
    return " ".join(_shown(name).split()), rest.strip()


def _marked(text: str, default: TextFormat) -> Marked:
    said = _FORMAT.match(text.lstrip())
    if not said:
        return Marked(_shown(text).strip(), default)
    formats: dict[str, TextFormat] = {
        "html": "html",
        "markdown": "markdown",
        "plain": "plain",
        "moodle": "moodle",
    }
    return Marked(_shown(text.lstrip()[said.end() :]).strip(), formats[said[1].lower()])


def _kind(inside: str) -> GiftKind:
    if not inside:
        return "essay"
    if inside[0] == "#":
        return "number"
    if "~" in inside:
        return "choice"
    if "=" in inside and "->" in inside:
        return "match"
    return "truefalse" if inside.partition("#")[0].strip().upper() in _TRUTH else "short"


def _answers(kind: GiftKind, inside: str, default: TextFormat) -> Iterator[GiftAnswer]:
    if kind == "truefalse":
        yield from _truth(inside, default)
    elif kind == "number":
        yield from filter(None, (_number(part, default) for part in _parts(inside[1:], "=")))
    elif kind == "choice":
        for part in _parts(inside.replace("=", "~="), "~"):
            yield _weighed(part.removeprefix("="), 100.0 if part.startswith("=") else 0.0, default)
    elif kind in ("short", "match"):
        for part in _parts(inside, "="):
            found = _weighed(part, 100.0, default)
            yield found if kind == "short" else _pair(found)


def _parts(text: str, sign: str) -> Iterator[str]:
    return (part.strip() for part in text.split(sign) if part.strip())


def _weighed(part: str, credit: float, default: TextFormat) -> GiftAnswer:
    weight = _WEIGHT.match(part)
    text, _, feedback = (part[weight.end() :] if weight else part).partition("#")
    share = float(weight[1].replace(",", ".")) if weight else credit
    return GiftAnswer(_marked(text, default), share, _marked(feedback, default))


def _pair(answer: GiftAnswer) -> GiftAnswer:
    left, _, right = answer.text.text.partition("->")
    return GiftAnswer(
        Marked(left.strip(), answer.text.format), answer.credit, answer.feedback, pair=right.strip()
    )


def _truth(inside: str, default: TextFormat) -> Iterator[GiftAnswer]:
    """Yield true and false; the first feedback is for who is wrong, the second for who is right."""
    answer, *said = inside.split("#", 2)
    wrong, right = (_marked(said[n] if len(said) > n else "", default) for n in (0, 1))
    holds = _TRUTH[answer.strip().upper()]
    for truth in (True, False):
        yield GiftAnswer(
            Marked("true" if truth else "false", "plain"),
            100.0 if truth is holds else 0.0,
            right if truth is holds else wrong,
        )


def _number(part: str, default: TextFormat) -> GiftAnswer | None:
    given = _weighed(part.partition("~")[0], 100.0, default)
    span, number = _SPAN.fullmatch(given.text.text), _NUMBER.fullmatch(given.text.text)
    if span:
        shown, room = f"{span[1]}–{span[2]}" if span[1] != span[2] else span[1], ""
    elif number:
        shown, room = number[1], number[2] or ""
    else:
        return None
    return GiftAnswer(Marked(shown, "plain"), given.credit, given.feedback, room=room)
