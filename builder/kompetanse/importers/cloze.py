"""Moodle's texts with gaps: what is asked, and what belongs in each gap."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import unescape

from kompetanse.importers.asked import Answer

_GAP = re.compile(r"\{([0-9]*):([A-Z_]{2,20}):((?:\\.|[^{}\\])*)\}", re.DOTALL)
_ANSWER = re.compile(r"(?:\\.|[^~\\])+", re.DOTALL)
_WEIGHT = re.compile(r"\s*(?:(=)|%(-?[0-9.]+)%)?", re.DOTALL)
_ESCAPE = re.compile(r"\\([}~/\"#\\{])")
_NUMBERED = re.compile(r"\[\[([0-9]{1,3})\]\]|\{#([0-9]{1,3})\}")
_KINDS = {
    **dict.fromkeys(("SHORTANSWER", "SA", "MW"), "shortanswer"),
    **dict.fromkeys(("SHORTANSWER_C", "SAC", "MWC"), "shortanswer"),
    **dict.fromkeys(("NUMERICAL", "NM"), "numerical"),
    **dict.fromkeys(("MULTICHOICE", "MC", "MULTICHOICE_S", "MCS"), "multichoice"),
    **dict.fromkeys(("MULTICHOICE_V", "MCV", "MULTICHOICE_VS", "MCVS"), "multichoice"),
    **dict.fromkeys(("MULTICHOICE_H", "MCH", "MULTICHOICE_HS", "MCHS"), "multichoice"),
}


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap of a text.

    Attributes:
        qtype: Moodle's type of a question that asks the same alone; empty when there is none.
        answers: Its answers, as HTML or as text.
    """

    qtype: str
    answers: tuple[Answer, ...]

    @property
    def right(self) -> str:
        """The best answer, as it was found; empty when none is right."""
        best = max(self.answers, key=lambda one: one.credit, default=None)
        return best.text if best and best.credit > 0 else ""


def split(html: str) -> tuple[str, tuple[Gap, ...]]:
    """Return a text with `____` for each gap that is written in it, and the gaps."""
    gaps = tuple(_gap(match) for match in _GAP.finditer(html))
    return _GAP.sub("____", html), gaps


def numbered(html: str, choices: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """Return a text whose gaps are numbers from 1, with `____` for each, and which of `choices` belongs there."""
    found: list[str] = []

    def one(match: re.Match[str]) -> str:
        place = int(match[1] or match[2]) - 1
        found.append(choices[place] if 0 <= place < len(choices) else "")
        return "____"

    return _NUMBERED.sub(one, html), tuple(found)


def _gap(match: re.Match[str]) -> Gap:
    qtype = _KINDS.get(match[2], "")
    answers = tuple(_answers(match[3]))
    if qtype == "numerical":  # the room beside a number stands after a colon
        answers = tuple(replace(one, text=one.text.partition(":")[0]) for one in answers)
    return Gap(qtype, answers)


def _answers(text: str) -> Iterator[Answer]:
    for part in _ANSWER.findall(text):
        weight = _WEIGHT.match(part)
        rest = part[weight.end() :] if weight else part
        answer, _, feedback = rest.replace("\\#", "\0").partition("#")
        credit = _credit(weight)
        yield Answer(_plain(answer).strip(), credit, _plain(feedback).strip())


def _credit(weight: re.Match[str] | None) -> float:
    if weight is None or not (weight[1] or weight[2]):
        return 0.0
    try:
        return 100.0 if weight[1] else float(weight[2])
    except ValueError:
        return 0.0


def _plain(text: str) -> str:
    return unescape(_ESCAPE.sub(r"\1", text).replace("\0", "#"))
