"""A lesson as it is read on a page without scripts: what one learns, its text, its questions with the answer folded, its credit."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup, escape

from kompetanse.export.edition import Edition, Lesson, Task
from kompetanse.export.placing import with_tasks
from kompetanse.messages import text


def whole(edition: Edition, lesson: Lesson) -> str:
    """Return the HTML of `lesson`, with addresses of an edition; that of the first names who made the course."""
    tasks = {task.id: task for task in lesson.tasks}
    shown = with_tasks(lesson.html, lambda id_: question(lesson.language, tasks[id_]))
    first = lesson is edition.lessons[0]
    learnt = _objectives(lesson, "course.objectives" if first else "module.objectives")
    return "\n".join((*learnt, shown, *(_about(edition) if first else ())))


def _objectives(lesson: Lesson, words: str) -> Iterator[str]:
    if lesson.objectives:
        heading = escape(text(lesson.language, words))
        rows = "".join(f"<li>{escape(one)}</li>" for one in lesson.objectives)
        yield f"<p><strong>{heading}</strong></p><ul>{rows}</ul>"


def _about(edition: Edition) -> Iterator[str]:
    language = edition.course.language
    yield "<hr>"
    yield from (f"<p>{one}</p>" for one in edition.credit)
    yield f"<p>{escape(text(language, 'package.version'))} {escape(edition.stamp)}</p>"
    if edition.address:
        link = Markup('<a href="{0}">{0}</a>').format(edition.address)
        yield f"<p>{escape(text(language, 'package.online'))} {link}</p>"


def question(language: str, task: Task) -> str:
    """Return a question with its answer folded under it."""
    parts = (
        f"<p><strong>{escape(task.title)}</strong></p>",
        task.html,
        f"<p>{escape(text(language, f'quiz.{task.kind}'))}</p>",
        _list(one.html for one in task.choices),
        f"<details><summary>{escape(text(language, 'quiz.show'))}</summary>{_answer(language, task)}</details>",
    )
    return "\n".join(filter(None, parts))


def _answer(language: str, task: Task) -> str:
    said = {right: escape(text(language, f"quiz.{'right' if right else 'wrong'}")) for right in (True, False)}
    rows = _list(
        f"<strong>{said[one.right]}:</strong> {one.html}{'<br>' if one.feedback else ''}{one.feedback}"
        for one in task.choices
    )
    return "".join((rows, *_spellings(language, task), task.explanation))


def _spellings(language: str, task: Task) -> Iterator[str]:
    if task.answers:
        best, *others = task.answers
        yield f"<p><strong>{escape(text(language, 'quiz.answer'))}:</strong> {escape(best)}</p>"
        if others:
            also = escape(", ".join(others))
            yield f"<p><strong>{escape(text(language, 'task.also'))}:</strong> {also}</p>"


def _list(rows: Iterator[str]) -> str:
    made = "".join(f"<li>{row}</li>" for row in rows)
    return f"<ul>{made}</ul>" if made else ""
