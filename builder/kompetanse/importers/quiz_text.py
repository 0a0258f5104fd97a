"""Questions → `<quiz>` in a text, so that reading it gives the same question; what cannot be written is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kompetanse.model.quiz import Option, Question, parse
from kompetanse.model.slug import slug

_LONGEST_ID = 80
_PLACE = "____"
_LIKE_AN_OPTION = re.compile(r"^([-*+])(?= \[[ xX]\])", re.MULTILINE)
_HIDES = re.compile(r"<(?=!--|/?quiz>)")
_OPENING = re.compile(r"\[(?=\[)")
_QUOTED = re.compile(r"^>+ ?")

_NO_TEXT = "it asks nothing. Write what is asked"
_NO_RIGHT = "no answer is right. Write the question anew, and say which one is"
_NO_ANSWERS = "it has no answer that can be written between [[ and ]]"


def fitted(question: Question) -> tuple[Question | None, tuple[str, ...]]:
    """Return a question as it can be written in our form, and what of it cannot.

    Texts of options and feedback stand on one row; a short answer's place is in its text. None when nobody could answer it.
    """
    lost: list[str] = []
    made = _short(question, lost) if question.answers and not question.options else _choice(question, lost)
    if made is None:
        return None, tuple(lost)
    made = replace(made, id=slug(question.id)[:_LONGEST_ID].strip("-") or parse(f"{made.stem}\n").id)
    return made, tuple(lost)


def as_quiz(question: Question) -> str:
    """Return the block of a question that is `fitted`."""
    rows = ["<quiz>", f"<!-- id: {question.id} -->"]
    if question.options:
        rows += [
            question.stem,
            "",
            *_options(question),
            *(["", question.explanation] if question.explanation else []),
        ]
    else:
        answers = "|".join(question.answers)
        rows += [question.stem.replace(_PLACE, f"[[{answers}]]", 1)]
        rows += (
            ["", *(f"> {row}".rstrip() for row in question.explanation.split("\n"))]
            if question.explanation
            else []
        )
    return "\n".join([*rows, "</quiz>"])


def _options(question: Question) -> Iterator[str]:
    for option in question.options:
        yield f"- [{'x' if option.right else ' '}] {option.text}"
        if option.feedback:
            yield f"    > {option.feedback}"


def _choice(question: Question, lost: list[str]) -> Question | None:
    options = tuple(Option(_row(one.text), one.right, _row(one.feedback)) for one in question.options)
    if question.answers:
        lost.append("its written answers, since it has options too")
    if not all(option.text for option in options):
        lost.append("an option without text")
    options = tuple(option for option in options if option.text)
    stem = _apart(_text(question.stem))
    made = Question("", stem, options, (), _text(question.explanation))
    why = {
        "quiz-without-question": _NO_TEXT,
        "quiz-without-options": _NO_RIGHT,
        "quiz-without-right-answer": _NO_RIGHT,
    }
    if made.fault:
        lost.append(why[made.fault])
        return None
    return made


def _short(question: Question, lost: list[str]) -> Question | None:
    answers = tuple(dict.fromkeys(" ".join(one.split()) for one in question.answers))
    kept = tuple(one for one in answers if _can_be_written(one))
    if len(kept) < len(answers):
        lost.append(
            "answers with signs that cannot stand between [[ and ]]: "
            + ", ".join(one for one in answers if one not in kept)
        )
    stem = _without_quoted_end(_apart(_text(question.stem)))
    if not stem.replace(_PLACE, "").strip():
        lost.append(_NO_TEXT)
        return None
    if not kept:
        lost.append(_NO_ANSWERS)
        return None
    stem = stem if _PLACE in stem else f"{stem}\n\n{_PLACE}"
    return Question("", stem, (), kept, _tidy_rows(_apart(_text(question.explanation))))


def _can_be_written(answer: str) -> bool:
    return (
        bool(answer)
        and "|" not in answer
        and "<" not in answer
        and "]]" not in answer + "]"[: answer.endswith("]")]
    )


def _without_quoted_end(stem: str) -> str:
    """Return a text whose last rows are no quote: that would be read as the explanation."""
    rows = stem.split("\n")
    place = len(rows)
    while place and rows[place - 1].startswith(">"):
        place -= 1
    return "\n".join([*rows[:place], *(_QUOTED.sub("", row) for row in rows[place:])]).strip()


def _tidy_rows(text: str) -> str:
    """Return rows as they come back from a quote: without spaces at their ends."""
    return "\n".join(row.rstrip() for row in text.split("\n"))


def _apart(text: str) -> str:
    """Return Markdown without `[[`, which would open the place of an answer."""
    return _OPENING.sub(r"[\\", text)


def _row(text: str) -> str:
    return " ".join(_HIDES.sub("&lt;", text).split())


def _text(text: str) -> str:
    """Return Markdown in which nothing ends the question, hides in it, or looks like one of its options."""
    whole = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return _LIKE_AN_OPTION.sub(r"\\\1", _HIDES.sub("&lt;", whole)).strip()
