"""A question of Moodle, whichever file it was found in, and what becomes of each type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from kompetanse.importers.asked import Answer, Asked, Fitting, pairs, plain


@dataclass(frozen=True, slots=True)
class MoodleQuestion:
    """A question.

    Attributes:
        asked: What it says.
        qtype: Moodle's name of its type, such as `multichoice`.
        answers: Its answers; of `truefalse`, true and then false; of `ordering`, in the right order.
        single: Whether one answer is chosen.
        exact: Whether each number that is right is right alone, without room around it.
        case_counts: Whether capitals count.
        pairs: What belongs together, in Markdown.
        gaps: What belongs in each `____` of the text, in Markdown.
    """

    asked: Asked
    qtype: str
    answers: tuple[Answer, ...] = ()
    single: bool = True
    exact: bool = True
    case_counts: bool = False
    pairs: tuple[tuple[str, str], ...] = ()
    gaps: tuple[str, ...] = ()


def take(question: MoodleQuestion, fitting: Fitting) -> None:
    """Take `question` into what is fitted to our model."""
    _TAKERS.get(question.qtype, _unknown)(question, fitting)


def _text(question: MoodleQuestion, fitting: Fitting) -> None:
    fitting.text(question.asked.stem)


def _choice(question: MoodleQuestion, fitting: Fitting) -> None:
    fitting.choice(question.asked, question.answers, many=not question.single)


def _truth(question: MoodleQuestion, fitting: Fitting) -> None:
    if len(question.answers) != 2:
        fitting.exercise(question.asked, "", "it does not say whether it is true")
        return
    true, false = question.answers
    fitting.truth(question.asked, true.credit > false.credit, true.feedback, false.feedback)


def _short(question: MoodleQuestion, fitting: Fitting) -> None:
    if question.case_counts:
        fitting.lose(question.asked.where, "that capitals count in its answer", "here they do not")
    fitting.short(question.asked, question.answers, wildcards=True)


def _number(question: MoodleQuestion, fitting: Fitting) -> None:
    if question.exact:
        spellings = [
            replace(one, text=text) for one in question.answers for text in _decimals(one.text.strip())
        ]
        fitting.short(question.asked, spellings)
        return
    right = " · ".join(plain(one.text) for one in question.answers if one.credit > 0)
    fitting.exercise(question.asked, right, "every number in a span is right")


def _decimals(number: str) -> tuple[str, ...]:
    """Return a number as Norwegians write it, and as programs do."""
    return (number.replace(".", ","), number) if "." in number else (number,)


def _pairs(question: MoodleQuestion, fitting: Fitting) -> None:
    rows = pairs(question.pairs) if question.pairs else ""
    fitting.exercise(question.asked, rows, "it asks what belongs together")


def _order(question: MoodleQuestion, fitting: Fitting) -> None:
    rows = "\n".join(f"{place}. {one.text}" for place, one in enumerate(question.answers, 1))
    fitting.exercise(question.asked, rows, "it asks for an order")


def _gaps(question: MoodleQuestion, fitting: Fitting) -> None:
    rows = "\n".join(f"{place}. {gap}" for place, gap in enumerate(question.gaps, 1))
    fitting.exercise(question.asked, rows, "it has several gaps in one text")


def _essay(question: MoodleQuestion, fitting: Fitting) -> None:
    fitting.exercise(question.asked, "", "its answer is a text that a person must read")


def _calculated(question: MoodleQuestion, fitting: Fitting) -> None:
    fitting.exercise(question.asked, "", "its numbers are drawn anew for each learner")


def _unknown(question: MoodleQuestion, fitting: Fitting) -> None:
    fitting.exercise(question.asked, "", f"questions of the type {plain(question.qtype)[:40]} are not read")


_TAKERS: Mapping[str, Callable[[MoodleQuestion, Fitting], None]] = {
    "description": _text,
    "multichoice": _choice,
    "truefalse": _truth,
    "shortanswer": _short,
    "numerical": _number,
    "match": _pairs,
    "matching": _pairs,
    "ddmatch": _pairs,
    "ordering": _order,
    "gaps": _gaps,
    "essay": _essay,
    "calculated": _calculated,
    "calculatedsimple": _calculated,
    "calculatedmulti": _calculated,
}
