"""Questions inside a text, written so that they can be read without JavaScript and answered with it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Literal

from markupsafe import escape

from kompetanse.messages import table_text, text
from kompetanse.model.quiz import Question

Answer = Literal["folded", "open", "left out"]
"""How the answer stands under a question."""


def written(language: str, number: int, question: Question) -> str:
    """Write a question with its answer folded under it.

    `quiz.js` reads which options are right from `data-right` (their places, from 0), the spellings of a short answer
    from `data-answers`, and the words from the first question of the page.
    """
    words = {"words": table_text(language, ("quiz", "task"))} if number == 1 else {}
    data = {"kmp": "quiz", "kind": question.kind, "question": question.id, **_key(question), **words}
    attributes = "".join(f' data-{name}="{escape(value)}"' for name, value in data.items())
    return _block(language, number, question, "folded", attributes)


def printed(language: str, number: int, question: Question, *, answer: Answer) -> str:
    """Write a question as it stands on a page that is printed, on which nothing is answered."""
    return _block(language, number, question, answer, "")


def _block(language: str, number: int, question: Question, answer: Answer, attributes: str) -> str:
    rows = [f'<div class="kmp-quiz"{attributes} markdown="1">', *_asked(language, number, question), ""]
    if answer != "left out":
        tag = "details" if answer == "folded" else "div"
        summary = f"<summary>{escape(text(language, 'quiz.show'))}</summary>" if answer == "folded" else ""
        rows += [f'<{tag} class="kmp-quiz__answer" markdown="1">{summary}', *_answered(language, question)]
        rows += ["", f"</{tag}>", ""]
    return "\n".join((*rows, "</div>"))


def answer(language: str, number: int, question: Question) -> str:
    """Write the answer alone, under the number of its question."""
    title = escape(text(language, "quiz.title", number=number))
    return "\n".join([f'<p class="kmp-quiz__title">{title}</p>', *_answered(language, question)])


def _key(question: Question) -> dict[str, str]:
    if question.answers:
        return {"answers": json.dumps(question.answers, ensure_ascii=False)}
    return {"right": " ".join(str(place) for place, one in enumerate(question.options) if one.right)}


def _asked(language: str, number: int, question: Question) -> Iterator[str]:
    yield ""
    yield f'<p class="kmp-quiz__title">{escape(text(language, "quiz.title", number=number))}</p>'
    yield from ("", '<div class="kmp-quiz__stem" markdown="1">', "", question.stem, "", "</div>", "")
    yield f'<p class="kmp-quiz__how">{escape(text(language, f"quiz.{question.kind}"))}</p>'
    yield ""
    yield from (f"- {option.text}" for option in question.options)


def _answered(language: str, question: Question) -> Iterator[str]:
    yield ""
    for option in question.options:
        said = text(language, "quiz.right" if option.right else "quiz.wrong")
        feedback = f'<br><span class="kmp-quiz__feedback">{option.feedback}</span>' if option.feedback else ""
        yield f"- **{said}:** {option.text}{feedback}"
    if question.answers:
        best, *others = question.answers
        yield f"**{text(language, 'quiz.answer')}:** {best}"
        if others:
            yield from ("", f"**{text(language, 'task.also')}:** {', '.join(others)}")
    if question.explanation:
        yield from (
            "",
            '<div class="kmp-quiz__explanation" markdown="1">',
            "",
            question.explanation,
            "",
            "</div>",
        )
