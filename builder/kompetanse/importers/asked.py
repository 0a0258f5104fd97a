"""Questions of other systems, fitted to `<quiz>`; what does not fit becomes an exercise in the text, and is told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from textwrap import indent

from kompetanse.importers.found_course import Loss
from kompetanse.importers.plain_text import as_markdown
from kompetanse.importers.table import clean
from kompetanse.importers.wording import wording
from kompetanse.model.quiz import Option, Question, parse
from kompetanse.model.slug import slug

_WHOLE = 99.9
"""Credit in per cent from which an answer is right; other systems write a third as 33.33333."""

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_BLANK = re.compile(r"(?:\\?_){3,}|(?:\.{5,}|…{2,})")
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question says, whatever its kind.

    Attributes:
        where: The file, and the question in it as its user knows it.
        stem: What is asked, in Markdown.
        explanation: For everybody after answering, in Markdown.
        id: What the other system calls it; it is ours too when it can be.
        title: Its heading, should it become an exercise; may be empty.
    """

    where: str
    stem: str
    explanation: str = ""
    id: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer.

    Attributes:
        text: In Markdown, on one row; of a short answer, the text itself.
        credit: Share of the mark that it gives, in per cent; 100 is right, less than 0 takes away.
        feedback: What is said to who gave it, in Markdown, on one row.
    """

    text: str
    credit: float
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Test:
    """A set of questions as our model has them.

    Attributes:
        questions: Those that fit, in their order.
        exercises: Markdown of those that do not.
        losses: What of them was not carried over.
    """

    questions: tuple[Question, ...] = ()
    exercises: tuple[str, ...] = ()
    losses: tuple[Loss, ...] = ()

    @property
    def body(self) -> str:
        """Its exercises as a text."""
        return "\n\n".join(self.exercises)


@dataclass
class Fitting:
    """The questions of one file so far.

    Attributes:
        language: BCP 47 tag of the words that are added.
        losses: What was not carried over.
        category: What the file says that the next question is about; may be empty.
        categories: Id of each question → that.
    """

    language: str
    losses: list[Loss] = field(default_factory=list)
    category: str = ""
    categories: dict[str, str] = field(default_factory=dict)
    _questions: list[Question] = field(default_factory=list)
    _exercises: list[str] = field(default_factory=list)
    _ids: set[str] = field(default_factory=set)

    def taken(self) -> Test:
        """Return what was gathered since this was last asked; ids stay unique in the whole file."""
        found = Test(tuple(self._questions), tuple(self._exercises), tuple(self.losses))
        self._questions, self._exercises, self.losses = [], [], []
        return found

    def choice(self, asked: Asked, answers: Sequence[Answer], *, many: bool) -> None:
        """Take in a question whose answers are chosen; `many` when each right one gives its share."""
        shown = [one for one in answers if one.text.strip()]
        if len(shown) < len(answers):
            self._lose(
                asked, "an answer without text", "nobody could choose it; write it, or leave the question so"
            )
        right = self._right(asked, shown, many)
        if not asked.stem.strip() or not right or len(shown) < 2:
            self._unanswerable(asked, shown, right)
            return
        options = tuple(Option(_row(one.text), one in right, _row(one.feedback)) for one in shown)
        self._questions.append(Question(self._id(asked), asked.stem, options, explanation=asked.explanation))

    def truth(self, asked: Asked, holds: bool, when_true: str = "", when_false: str = "") -> None:
        """Take in a statement that is true or false, with the feedback for each answer."""
        words = wording(self.language)
        answers = [
            Answer(words.true, 100.0 if holds else 0.0, when_true),
            Answer(words.false, 0.0 if holds else 100.0, when_false),
        ]
        self.choice(asked, answers, many=False)

    def short(self, asked: Asked, answers: Sequence[Answer], *, wildcards: bool = False) -> None:
        """Take in a question that is answered in writing; `wildcards` when `*` stands for any signs."""
        spellings = self._spellings(asked, answers, wildcards)
        if not asked.stem.strip() or not spellings:
            self.exercise(asked, "", "it has no answer that can be written here as right")
            return
        for one in answers:
            if one.feedback:
                self._lose(
                    asked,
                    f"what is said of the answer «{_cut(one.text)}»: «{_cut(one.feedback)}»",
                    "a short answer has one explanation for all; write it there if it fits",
                )
        stem = _BLANK.sub("____", asked.stem, count=1)
        self._questions.append(Question(self._id(asked), stem, (), spellings, asked.explanation))

    def number(self, asked: Asked, answers: Sequence[Answer]) -> None:
        """Take in a question whose answer is an exact number; both decimal signs are right."""
        found = [replace(one, text=text) for one in answers for text in _decimals(one.text.strip())]
        self.short(asked, found)

    def exercise(self, asked: Asked, solution: str, why: str) -> None:
        """Take in a question that no `<quiz>` can hold as an exercise in the text.

        Args:
            asked: The question.
            solution: Markdown of the answer; may be empty.
            why: Why it cannot be asked.
        """
        words = wording(self.language)
        title = clean(asked.title).replace('"', "”").replace("\\", "/")
        parts = [asked.stem]
        if solution:
            parts.append(f'??? tip "{words.solution}"\n\n{indent(solution, "    ")}')
        if asked.explanation:
            parts.append(asked.explanation)
        text = "\n\n".join(part.strip("\n") for part in parts if part.strip())
        if text:
            self._exercises.append(f'!!! exercise "{title or words.exercise}"\n\n{indent(text, "    ")}')
            why = f"{why}. It stands as an exercise in the text"
        self._lose(asked, "a question that can be answered", why)

    def text(self, markdown: str) -> None:
        """Take in a text that stood between questions."""
        if markdown.strip():
            self._exercises.append(markdown.strip())

    def lose(self, where: str, what: str, why: str) -> None:
        """Note something that was not carried over."""
        self.losses.append(Loss(where, what, why))

    def _lose(self, asked: Asked, what: str, why: str) -> None:
        self.lose(asked.where, what, why)

    def _right(self, asked: Asked, answers: Sequence[Answer], many: bool) -> list[Answer]:
        if many:
            right = [one for one in answers if one.credit > 0]
            if len({round(one.credit, 1) for one in right}) > 1:
                self._lose(asked, "that right answers weigh differently", "here each weighs the same")
            return right
        right = [one for one in answers if one.credit >= _WHOLE]
        if not right and (best := max((one.credit for one in answers), default=0.0)) > 0:
            right = [one for one in answers if one.credit == best]
            self._lose(
                asked, f"that its best answer gives {best:g} %", "here it is right; check that it should be"
            )
        for one in answers:
            if one.credit > 0 and one not in right:
                self._lose(
                    asked, f"that «{_cut(one.text)}» gives {one.credit:g} %", "here it counts as wrong"
                )
        if len(right) > 1:
            self._lose(
                asked, f"that any one of {len(right)} answers is enough", "here all of them must be chosen"
            )
        return right

    def _unanswerable(self, asked: Asked, answers: Sequence[Answer], right: Sequence[Answer]) -> None:
        why = (
            "it asks nothing"
            if not asked.stem.strip()
            else "none of its answers is right"
            if not right
            else "it has fewer than two answers"
        )
        shown = listed([one.text for one in answers])
        stem = asked.stem if right else f"{asked.stem}\n\n{shown}"
        self.exercise(
            Asked(asked.where, stem, asked.explanation, title=asked.title), shown if right else "", why
        )

    def _spellings(self, asked: Asked, answers: Sequence[Answer], wildcards: bool) -> tuple[str, ...]:
        best = max((one.credit for one in answers), default=0.0)
        found: dict[str, str] = {}
        for one in answers:
            written = clean(one.text)
            if one.credit < best or best <= 0:
                if one.credit > 0:
                    self._lose(
                        asked, f"that «{_cut(written)}» gives {one.credit:g} %", "here it counts as wrong"
                    )
                continue
            spelling = self._spelling(asked, written, wildcards)
            if spelling:
                found.setdefault(spelling.casefold(), spelling)
        return tuple(found.values())

    def _spelling(self, asked: Asked, written: str, wildcards: bool) -> str:
        """Return an answer as `[[…]]` can hold it, or nothing."""
        bare = written.replace("\\*", "\0")
        if wildcards and "*" in bare:
            self._lose(
                asked,
                f"that «{_cut(written)}» stands for many answers",
                "here every right spelling is written; add those that you want",
            )
            bare = clean(bare.replace("*", " "))
        spelling = bare.replace("\0", "*") if wildcards else written
        if any(sign in spelling for sign in ("|", "[[", "]]")):
            self._lose(
                asked, f"the right answer «{_cut(written)}»", "a short answer cannot have |, [[ or ]] in it"
            )
            return ""
        return spelling

    def _id(self, asked: Asked) -> str:
        own = slug(asked.id) if _ID.fullmatch(asked.id) else ""
        base, number = own or parse(asked.stem).id, 1
        found = base
        while found in self._ids:
            number += 1
            found = f"{base}-{number}"
        self._ids.add(found)
        self.categories[found] = self.category
        return found


def listed(rows: Sequence[str]) -> str:
    """Return rows of Markdown as a list."""
    return "\n".join(f"- {_row(row)}" for row in rows)


def numbered(rows: Sequence[str]) -> str:
    """Return rows of Markdown as a numbered list."""
    return "\n".join(f"{place}. {_row(row)}" for place, row in enumerate(rows, 1))


def plain(text: str) -> str:
    """Return text without markup as Markdown on one line."""
    return as_markdown(clean(text))


def _decimals(number: str) -> tuple[str, ...]:
    """Return a number as Norwegians write it, and as programs do."""
    return (number.replace(".", ","), number) if "." in number else (number,)


def _row(text: str) -> str:
    return " ".join(text.split())


def _cut(text: str) -> str:
    one = clean(text)
    return one if len(one) <= _SHOWN else f"{one[: _SHOWN - 1]}…"
