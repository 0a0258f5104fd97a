"""Questions inside a text: task lists between `<quiz>` and `</quiz>`.

Single choice has one `[x]`, multiple choice several; `[[answer|other spelling]]` in the text makes it a short answer.
`> …` under an option is feedback for it; what follows the options is the explanation for all. A short answer has its
explanation in rows that start with `>`, at the end.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

QUIZ = re.compile(r"^<quiz>[ \t]*\n(?P<question>(?:(?!<quiz>)[^\n]*\n)*?)</quiz>[ \t]*$", re.MULTILINE)
_COMMENT = re.compile(r"<!--(.*?)-->\s*", re.DOTALL)
_ID = re.compile(r"\bid:\s*([a-z0-9][a-z0-9-]*)")
_OPTION = re.compile(r"^[-*+] \[([ xX])\] ?(.*)$")
_FEEDBACK = re.compile(r"^\s+> ?(.*)$")
_BLANK = re.compile(r"\[\[(.+?)\]\]")

_BULLETS = frozenset("-*+")

QuestionKind = Literal["single", "multiple", "short"]


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose, in Markdown."""

    text: str
    right: bool
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question.

    Attributes:
        id: Stable; from the comment, else from the text of the question.
        stem: What is asked, in Markdown; a short answer's place is written `____`.
        options: What can be chosen; empty for a short answer.
        answers: Spellings of a short answer that are right, the best one first.
        explanation: For everybody after answering, in Markdown; may be empty.
    """

    id: str
    stem: str
    options: tuple[Option, ...] = ()
    answers: tuple[str, ...] = ()
    explanation: str = ""

    @property
    def kind(self) -> QuestionKind:
        """How it is answered."""
        if not self.options:
            return "short"
        return "multiple" if sum(option.right for option in self.options) > 1 else "single"

    @property
    def fault(self) -> str | None:
        """The code of what makes it impossible to answer, or None."""
        if not self.stem:
            return "quiz-without-question"
        if not self.options:
            return None if self.answers else "quiz-without-options"
        if self.answers:
            return "quiz-two-forms"
        return None if any(option.right for option in self.options) else "quiz-without-right-answer"


def questions(text: str) -> Iterator[tuple[re.Match[str], Question]]:
    """Yield every `<quiz>` of `text` with the question it holds."""
    for match in QUIZ.finditer(text):
        yield match, parse(match[1])


def parse(block: str) -> Question:
    """Read what stands between `<quiz>` and `</quiz>`; `Question.fault` tells whether it is whole."""
    comments = " ".join(_COMMENT.findall(block))
    rows = _COMMENT.sub("", block).strip("\n").split("\n")
    first = next((i for i, row in enumerate(rows) if row[:1] in _BULLETS and _OPTION.match(row)), len(rows))
    options, rest = _options(rows[first:])
    stem, answers = _answers("\n".join(rows[:first]).strip())
    if answers and not options:
        stem, rest = _quoted_end(stem)
    found = _ID.search(comments)
    return Question(found[1] if found else _id(stem), stem, options, answers, rest)


def _options(rows: list[str]) -> tuple[tuple[Option, ...], str]:
    found: list[Option] = []
    for place, row in enumerate(rows):
        option = _OPTION.match(row) if row[:1] in _BULLETS else None
        feedback = _FEEDBACK.match(row) if row[:1] == " " else None
        if option:
            found.append(Option(option[2].strip(), option[1] != " "))
        elif feedback and found:
            found[-1] = _with_feedback(found[-1], feedback[1])
        elif row.startswith(" ") and row.strip() and found:
            found[-1] = Option(f"{found[-1].text} {row.strip()}", found[-1].right, found[-1].feedback)
        elif row.strip():
            return tuple(found), "\n".join(rows[place:]).strip()
    return tuple(found), ""


def _with_feedback(option: Option, row: str) -> Option:
    return Option(option.text, option.right, f"{option.feedback} {row.strip()}".strip())


def _answers(stem: str) -> tuple[str, tuple[str, ...]]:
    blank = _BLANK.search(stem)
    if not blank:
        return stem, ()
    answers = tuple(answer.strip() for answer in blank[1].split("|") if answer.strip())
    return _BLANK.sub("____", stem), answers


def _quoted_end(stem: str) -> tuple[str, str]:
    """Part a short answer's text from the quoted rows at its end."""
    rows = stem.split("\n")
    start = len(rows)
    while start and rows[start - 1].startswith(">"):
        start -= 1
    quoted = "\n".join(row.removeprefix(">").removeprefix(" ") for row in rows[start:])
    return ("\n".join(rows[:start]).strip(), quoted.strip()) if start else (stem, "")


def _id(stem: str) -> str:
    return "q-" + hashlib.sha256(stem.encode()).hexdigest()[:8]
