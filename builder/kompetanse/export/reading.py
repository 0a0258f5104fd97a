"""A lesson as it is read on a page without scripts: what one learns, its text, its questions, whom to thank."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup, escape

from kompetanse.export.asked import Put, answered, asked
from kompetanse.export.edition import Edition, Lesson
from kompetanse.export.markup import Place
from kompetanse.export.placing import with_tasks
from kompetanse.messages import text


def whole(edition: Edition, lesson: Lesson, lost: list[str], *, folded: bool = True) -> str:
    """Return the HTML of `lesson`, with addresses of an edition; that of the first names who made the course.

    Args:
        edition: The course.
        lesson: One of its lessons.
        lost: What it could not hold is added here.
        folded: Whether answers stand folded under their questions; else all of them stand at the end.
    """
    place = Place("media:{}".format, "lesson:{}".format)  # as an edition names them
    tasks = {task.id: task for task in lesson.tasks}

    def write(id_: str) -> str:
        task = tasks.pop(id_, None)  # a text can name a question that is not there, or twice
        return asked(lesson.language, task, place.put, answer=None if folded else "") if task else ""

    shown = with_tasks(place.put(lesson.html), write)
    first = lesson is edition.lessons[0]
    learnt = _objectives(lesson, "course.objectives" if first else "module.objectives")
    key = () if folded else _key(lesson, place.put)
    lost += (f"{lesson.id}: {one} lies elsewhere, and is a link or left out" for one in place.lost)
    return "\n".join((*learnt, shown, *key, *(about(edition) if first else ())))


def _key(lesson: Lesson, put: Put) -> Iterator[str]:
    if lesson.tasks:
        yield f"<h2>{escape(text(lesson.language, 'course_view.answers'))}</h2>"
    for task in lesson.tasks:
        yield f"<h3>{escape(task.title)}</h3>"
        yield answered(lesson.language, task, put)


def _objectives(lesson: Lesson, words: str) -> Iterator[str]:
    if lesson.objectives:
        heading = escape(text(lesson.language, words))
        rows = "".join(f"<li>{escape(one)}</li>" for one in lesson.objectives)
        yield f"<p><strong>{heading}</strong></p><ul>{rows}</ul>"


def about(edition: Edition) -> Iterator[str]:
    """Yield who made the course, under which licence, which version it is and where it is on the web."""
    language = edition.course.language
    yield "<hr>"
    yield from credit(edition)
    yield f"<p>{escape(text(language, 'package.version'))} {escape(edition.stamp)}</p>"
    if edition.address:
        link = Markup('<a href="{0}">{0}</a>').format(edition.address)
        yield f"<p>{escape(text(language, 'package.online'))} {link}</p>"


def credit(edition: Edition) -> Iterator[str]:
    """Yield whom the package names: paragraphs, and lists as they are."""
    yield from (one if one.startswith("<ol") else f"<p>{one}</p>" for one in edition.credit)
