"""Questions on the pages of our own Common Cartridge, which no attribute marks: known by the words that stand around them.

The test of the cartridge asks the same questions. A sign takes the place of each on its page, and the test's question takes
the place of the sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kompetanse.importers import quiz_text
from kompetanse.importers.found_course import FoundLesson
from kompetanse.importers.html_tree import Element, take_out, words
from kompetanse.messages import LANGUAGES, text

_SIGN = "kmp9flat9kmp9"
_TITLE = re.compile(
    "|".join(re.escape(text(one, "quiz.title", number="#")).replace(r"\#", r"\d{1,4}") for one in LANGUAGES)
)
_HOW = {text(one, f"quiz.{kind}") for one in LANGUAGES for kind in ("single", "multiple", "short")}
_KEY = {text(one, "course_view.answers") for one in LANGUAGES}


def mark(root: Element) -> None:
    """Put a sign in the place of each question on a page, and take out the answers at its end."""
    found = [one for one in root.iter("div") if _is_question(one)]
    for one in found:
        tail = one.tail
        one.clear()
        one.tag, one.text, one.tail = "p", _SIGN, tail
    key = next((one for one in root.iter("h2") if _said(one) in _KEY), None) if found else None
    if key is not None:
        for one in [key, *key.itersiblings()]:
            take_out(one)


def _is_question(element: Element) -> bool:
    first = next(iter(element), None)
    is_titled = first is not None and first.tag == "p" and _TITLE.fullmatch(_said(first)) is not None
    return is_titled and any(one.tag == "p" and _said(one) in _HOW for one in element)


def _said(element: Element) -> str:
    return " ".join(words(element).split())


def placed(lesson: FoundLesson) -> FoundLesson:
    """Return a lesson whose questions stand in the places of the signs, when there are as many; else after the text."""
    rows = lesson.body.split("\n")
    if _SIGN not in lesson.body:
        return lesson
    written = [made for made, _ in map(quiz_text.fitted, lesson.questions) if made]
    if rows.count(_SIGN) == len(lesson.questions) == len(written) and lesson.body.count(_SIGN) == len(
        written
    ):
        following: Iterator[str] = map(quiz_text.as_quiz, written)
        body = "\n".join(next(following) if row == _SIGN else row for row in rows)
        return replace(lesson, body=body, questions=())
    left = "\n".join(row for row in rows if row != _SIGN).replace(_SIGN, "")
    return replace(lesson, body=re.sub(r"\n{3,}", "\n\n", left).strip())
