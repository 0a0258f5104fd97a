"""What question banks want to know alike: a question's name, the category it lies in, and what each answer is worth.

Source: what Moodle imports; other systems take the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kompetanse.export.edition import Edition, Lesson, Task
from kompetanse.export.markup import Place
from kompetanse.export.naming import plain

_LONGEST_NAME = 100
_LONGEST_CATEGORY = 255
"""Signs that Moodle's table of categories holds."""

_PICTURE = re.compile(r'<img\b(?=[^>]*src="media:)[^>]*>')
_ALT = re.compile(r'\balt="([^"]*)"')
_PLACE = re.compile("(?<!_)____(?!_)")
_LESSON_LINK = re.compile(r'<a href="lesson:[^"]*"[^>]*>(.*?)</a>', re.DOTALL)
_LESSON = re.compile(r'(<a href=")lesson:[^"]*(")')
_EVEN, _FINEST = 10, 20
"""Up to so many right answers share 100 per cent evenly in Moodle, and so many at all."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question where it stands.

    Attributes:
        lesson: The lesson it stands in.
        place: The lesson's place in the course, 0 for what the course is about.
        number: The question's place in the lesson, from 1.
        task: The question.
    """

    lesson: Lesson
    place: int
    number: int
    task: Task

    @property
    def name(self) -> str:
        """What a list of questions shows: its place, by which the list is sorted, and what is asked."""
        name = plain(f"{self.place}.{self.number} {' '.join(self.task.text.split())}")
        return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 2].rstrip() + " …"


def asked(task: Task) -> str:
    """Return the HTML of what is asked; a short answer's place is as long as Moodle wants it for a field in the text.

    Source: `qtype_shortanswer_renderer` looks for five underscores or more.
    """
    return task.html if task.choices else _PLACE.sub("_" * 10, task.html, count=1)


def in_order(edition: Edition) -> Iterator[Asked]:
    """Yield every question of the course, in its order."""
    for place, lesson in enumerate(edition.lessons):
        yield from (Asked(lesson, place, number, task) for number, task in enumerate(lesson.tasks, 1))


def category(edition: Edition) -> str:
    """Return the name of the course's category, which tells one version's questions from those of another.

    Moodle never replaces a question: a second import into the same category makes every question twice.
    """
    stamp = f" ({edition.stamp})"
    return plain(edition.course.title)[: _LONGEST_CATEGORY - len(stamp)] + stamp


def path(*names: str) -> str:
    """Return the path of a category below the course's top one; a slash in a name is written twice."""
    return "/".join(("$course$", "top", *map(_step, names)))


def _step(name: str) -> str:
    """Return a name as a step of a path; a space keeps its own slash from the path's (`qformat_default::assemble_category_path`)."""
    step = name[:_LONGEST_CATEGORY].replace("/", "//")
    start, end = (" " if edge == "/" else "" for edge in (step[:1], step[-1:]))
    return f"{start}{step}{end}"


def part(found: Asked) -> str:
    """Return the name of the category of one lesson's questions."""
    return plain(f"{found.place} {found.lesson.title}".strip())


def tags(edition: Edition) -> Sequence[str]:
    """Return what the questions can be found by: the competences that the course teaches."""
    return [str(target.competence) for target in edition.course.teaches]


def answerable(task: Task) -> bool:
    """Tell whether Moodle takes the question: it wants two answers to choose from."""
    return task.kind == "short" or len(task.choices) > 1


def refused(edition: Edition) -> Iterator[str]:
    """Yield what no question bank holds, for the person who exports."""
    tasks = list(edition.tasks)
    if not tasks:
        yield "The course has no questions"
    yield from (
        f"{task.id}: left out, since Moodle wants two answers to choose from"
        for task in tasks
        if not answerable(task)
    )


def shares(task: Task) -> Sequence[float]:
    """Return what each choice is worth, in per cent, -100 to 100.

    Right ones share 100; each wrong one of several takes away so much that who ticks all has nothing. Moodle refuses all
    but the fractions it has in its list (`question_bank::fraction_options_full`).
    """
    right = sum(choice.right for choice in task.choices)
    if task.kind == "single":
        return [100.0 if choice.right else 0.0 for choice in task.choices]
    good, bad = iter(_split(right)), -_at_least(len(task.choices) - right)
    return [next(good) if choice.right else bad for choice in task.choices]


def _split(count: int) -> list[float]:
    if _EVEN < count <= _FINEST:
        return [10.0] * (_FINEST - count) + [5.0] * (2 * count - _FINEST)
    return [100 / count] * count


def _at_least(count: int) -> float:
    """Return the least of Moodle's fractions of which `count` are 100 or more."""
    if count <= _EVEN:
        return 100 / max(count, 1)
    return 10.0 if count < _FINEST else 5.0


def percent(share: float) -> str:
    """Return a share as it is written: `33.33333`, `-100`."""
    return f"{share:.5f}".rstrip("0").rstrip(".")


def wildcards(answer: str) -> str:
    """Return a spelling of a short answer whose stars stand for themselves: for Moodle a bare one is any text."""
    return answer.replace("*", "\\*")


def without_pictures(html: str) -> str:
    """Return `html` with their words instead of the course's pictures."""
    return _PICTURE.sub(_words, html)


def _words(match: re.Match[str]) -> str:
    alt = _ALT.search(match[0])
    return f"<em>[{alt[1]}]</em>" if alt and alt[1] else ""


def alone(html: str, address: str | None) -> str:
    """Return the HTML of a question outside of its course, with addresses `media:`.

    A link to a lesson leads to the course, or is plain text; a picture that lies elsewhere is a link, since nothing is fetched.

    Args:
        html: Of an edition.
        address: Where the course is on the web.
    """
    kept = Place("media:{}".format, "lesson:{}".format).put(html)
    if address is None:
        return _LESSON_LINK.sub(r"\1", kept)
    return _LESSON.sub(lambda match: f"{match[1]}{address}{match[2]}", kept)
