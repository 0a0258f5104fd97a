"""A question of Moodle, whichever file it was found in, and what becomes of each type."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kompetanse.importers import cloze
from kompetanse.importers.asked import Answer, Asked, Fitting, listed, numbered, plain
from kompetanse.importers.places import NOWHERE, Places
from kompetanse.importers.saying import Saying


@dataclass(frozen=True, slots=True)
class Told:
    """A text as HTML, and where its links and pictures lead."""

    html: str = ""
    places: Places = NOWHERE


@dataclass(frozen=True, slots=True)
class MoodleAnswer:
    """One answer.

    Attributes:
        told: The answer, as a text with markup.
        written: The same as plain text, where it is answered in writing.
        credit: Share of the mark that it gives, in per cent.
        feedback: What is said to who gave it.
        room: How far beside a number is right too; empty or 0 when it is right alone.
    """

    told: Told
    credit: float
    feedback: Told = Told()
    written: str = ""
    room: str = ""


@dataclass(frozen=True, slots=True)
class MoodleQuestion:
    """A question.

    Attributes:
        where: The file, and the question in it.
        qtype: Moodle's name of its type, such as `multichoice`.
        name: Its name in the question bank.
        id: Its id number; may be empty.
        stem: What is asked.
        explanation: The general feedback.
        answers: Its answers; of `truefalse`, true and then false; of `ordering`, in the right order.
        single: Whether one answer is chosen.
        case_counts: Whether capitals count.
        pairs: What belongs together.
        choices: What can be put in the numbered gaps of the stem.
        gaps: Gaps of the stem that are questions of their own.
        rest: What else it has that nobody carries over, and why.
    """

    where: str
    qtype: str
    name: str
    id: str
    stem: Told
    explanation: Told = Told()
    answers: tuple[MoodleAnswer, ...] = ()
    single: bool = True
    case_counts: bool = False
    pairs: tuple[tuple[Told, str], ...] = ()
    choices: tuple[str, ...] = ()
    gaps: tuple[cloze.Gap, ...] = ()
    rest: tuple[tuple[str, str], ...] = ()


def take(question: MoodleQuestion, fitting: Fitting) -> None:
    """Take `question` into what is fitted to our model."""
    for what, why in question.rest:
        fitting.lose(question.where, what, why)
    _TAKERS.get(question.qtype, _unknown)(_Taking(question, fitting))


@dataclass(frozen=True, slots=True)
class _Taking:
    """A question on its way."""

    question: MoodleQuestion
    fitting: Fitting

    def asked(self, stem: str | None = None) -> Asked:
        """Return what it says, with `stem` as the HTML of its text where that was changed."""
        one = self.question
        html = one.stem.html if stem is None else stem
        return Asked(
            one.where,
            self.block(Told(html, one.stem.places)),
            self.block(one.explanation),
            one.id or one.name,
            one.name,
        )

    def block(self, told: Told) -> str:
        """Return a text in Markdown."""
        return Saying(self.question.where, self.fitting.losses, told.places).block(told.html)

    def row(self, told: Told) -> str:
        """Return a text in Markdown on one row."""
        return Saying(self.question.where, self.fitting.losses, told.places).row(told.html)

    def answers(self) -> list[Answer]:
        """Return answers with markup."""
        return [
            Answer(self.row(one.told), one.credit, self.row(one.feedback)) for one in self.question.answers
        ]

    def written(self) -> list[Answer]:
        """Return answers without."""
        return [Answer(one.written, one.credit, self.row(one.feedback)) for one in self.question.answers]

    def exercise(self, solution: str, why: str) -> None:
        self.fitting.exercise(self.asked(), solution, why)


def _text(taking: _Taking) -> None:
    taking.fitting.text(taking.block(taking.question.stem))


def _choice(taking: _Taking) -> None:
    taking.fitting.choice(taking.asked(), taking.answers(), many=not taking.question.single)


def _truth(taking: _Taking) -> None:
    if len(taking.question.answers) != 2:
        taking.exercise("", "it does not say whether it is true")
        return
    true, false = taking.answers()
    taking.fitting.truth(taking.asked(), true.credit > false.credit, true.feedback, false.feedback)


def _short(taking: _Taking) -> None:
    if taking.question.case_counts:
        taking.fitting.lose(taking.question.where, "that capitals count in its answer", "here they do not")
    taking.fitting.short(taking.asked(), taking.written(), wildcards=True)


def _number(taking: _Taking) -> None:
    best = max((one.credit for one in taking.question.answers), default=0.0)
    right = [one for one in taking.question.answers if one.credit == best > 0]
    if any(_is_room(one.room) or "–" in one.written for one in right):
        shown = [f"{one.written} ± {one.room}" if _is_room(one.room) else one.written for one in right]
        taking.exercise(" · ".join(map(plain, shown)), "every number in a span is right")
        return
    taking.fitting.number(taking.asked(), taking.written())


def _is_room(room: str) -> bool:
    return any(sign in "123456789" for sign in room)


def _pairs(taking: _Taking) -> None:
    rows = [
        f"{taking.row(left)} → {plain(right)}" for left, right in taking.question.pairs if left.html.strip()
    ]
    taking.exercise(listed(rows), "it asks what belongs together")


def _order(taking: _Taking) -> None:
    taking.exercise(numbered([one.text for one in taking.answers()]), "it asks for an order")


def _choices_in_gaps(taking: _Taking) -> None:
    html, right = cloze.numbered(taking.question.stem.html, taking.question.choices)
    _with_gaps(taking, html, [plain(one) for one in right])


def _cloze(taking: _Taking) -> None:
    """Read a text with gaps: one gap is a question that we can ask."""
    html, gaps = cloze.split(taking.question.stem.html)
    gaps = gaps or taking.question.gaps
    html = html if html != taking.question.stem.html else cloze.numbered(html, ())[0]
    if len(gaps) == 1 and gaps[0].qtype in ("shortanswer", "multichoice"):
        answers = [Answer(one.text, one.credit, plain(one.feedback)) for one in gaps[0].answers]
        if gaps[0].qtype == "shortanswer":
            taking.fitting.short(taking.asked(html), answers, wildcards=True)
        else:
            shown = [Answer(plain(one.text), one.credit, one.feedback) for one in answers]
            taking.fitting.choice(taking.asked(html), shown, many=False)
        return
    _with_gaps(taking, html, [plain(gap.right) for gap in gaps])


def _with_gaps(taking: _Taking, html: str, right: Sequence[str]) -> None:
    taking.fitting.exercise(taking.asked(html), numbered(right), "it has several gaps in one text")


def _essay(taking: _Taking) -> None:
    taking.exercise("", "its answer is a text that a person must read")


def _calculated(taking: _Taking) -> None:
    taking.exercise("", "its numbers are drawn anew for each learner")


def _random(taking: _Taking) -> None:
    taking.fitting.lose(
        taking.question.where,
        "a question that is drawn at random",
        "here each question is asked; import those that it is drawn from",
    )


def _unknown(taking: _Taking) -> None:
    taking.exercise("", f"questions of the type «{plain(taking.question.qtype)[:40]}» are not read")


_TAKERS: Mapping[str, Callable[[_Taking], None]] = {
    "description": _text,
    "multichoice": _choice,
    "truefalse": _truth,
    "shortanswer": _short,
    "numerical": _number,
    "match": _pairs,
    "matching": _pairs,
    "ddmatch": _pairs,
    "ordering": _order,
    "ddwtos": _choices_in_gaps,
    "gapselect": _choices_in_gaps,
    "cloze": _cloze,
    "multianswer": _cloze,
    "essay": _essay,
    "random": _random,
    "calculated": _calculated,
    "calculatedsimple": _calculated,
    "calculatedmulti": _calculated,
}
