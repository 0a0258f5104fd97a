"""Lessons after all of a package is read: questions go where they are about, and what is left empty goes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kompetanse.importers.found_course import FoundLesson
from kompetanse.importers.sections import is_alike
from kompetanse.model.quiz import Question


def at_their_lessons(lessons: Sequence[FoundLesson], categories: Mapping[str, str]) -> list[FoundLesson]:
    """Return lessons with the questions that are about another lesson moved there.

    Args:
        lessons: The lessons in their order.
        categories: Id of a question → the title of what it is about, as Common Cartridge's `cc_question_category` has it.
    """
    kept: list[list[Question]] = [[] for _ in lessons]
    for number, lesson in enumerate(lessons):
        for question in lesson.questions:
            about = categories.get(question.id, "")
            fits = [place for place, one in enumerate(lessons) if about and is_alike(one.title, about)]
            kept[fits[0] if len(fits) == 1 else number].append(question)
    return [replace(lesson, questions=tuple(own)) for lesson, own in zip(lessons, kept, strict=True)]


def without_empty_end(lessons: Sequence[FoundLesson]) -> list[FoundLesson]:
    """Return lessons without those at the end that hold nothing, and without links to them."""
    count = len(lessons)
    while count and not lessons[count - 1].body and not lessons[count - 1].questions:
        count -= 1
    gone = "|".join(str(number) for number in range(count, len(lessons)))
    if not gone:
        return list(lessons)
    link = re.compile(rf"\[((?:[^\[\]\\]|\\.)*)\]\(lesson:(?:{gone})\)")
    return [replace(lesson, body=link.sub(r"\1", lesson.body)) for lesson in lessons[:count]]
