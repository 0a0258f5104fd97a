"""Questions inside a text, written so that they can be read without JavaScript and answered with it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from markupsafe import escape

from kompetanse.messages import table, text
from kompetanse.model.quiz import Question


def written(language: str, number: int, question: Question) -> str:
    """Write a question with its answer folded under it.

    `quiz.js` reads which options are right from `data-right` (their places, from 0), the spellings of a short answer
    from `data-answers`, and the words from the first question of the page.
    """
    words = (
        {"words": json.dumps(table(language, ("quiz", "task")), ensure_ascii=False)} if number == 1 else {}
    )
    data = {"kmp": "quiz", "kind": question.kind, "question": question.id, **_key(question), **words}
    attributes = "".join(f' data-{name}="{escape(value)}"' for name, value in data.items())
    rows = [
        f'<div class="kmp-quiz"{attributes} markdown="1">',
        *_asked(language, number, question),
        "",
        f'<details class="kmp-quiz__answer" markdown="1"><summary>{escape(text(language, "quiz.show"))}</summary>',
        *_answered(language, question),
        "",
        "</details>",
        "",
        "</div>",
    ]
    return "\n".join(rows)


def asked(language: str, number: int, question: Question, *, answered: bool) -> str:
    """Write a question as it stands on paper, with its answer in the open or without it."""
    answer = ['<div class="kmp-quiz__answer" markdown="1">', *_answered(language, question), "", "</div>", ""]
    rows = [
        '<div class="kmp-quiz" markdown="1">',
        *_asked(language, number, question),
        "",
        *(answer if answered else []),
        "</div>",
    ]
    return "\n".join(rows)


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
