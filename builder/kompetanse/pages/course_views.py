"""One course on one page, in three forms: all of it, as its instructor needs it, and its exercises only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Literal

from kompetanse.learning.calendar import upcoming
from kompetanse.model.item import Course, Module
from kompetanse.model.own_address import EXERCISES, INDEX, INSTRUCTOR, WHOLE
from kompetanse.pages import questions
from kompetanse.pages.filling import BODY
from kompetanse.pages.markdown import exercises, is_for_instructors, numbered, ready
from kompetanse.pages.plain import plain
from kompetanse.pages.scope import scoped
from kompetanse.pages.view import View

Form = Literal["whole", "instructor", "exercises"]

_ADDRESS: dict[Form, str] = {"whole": WHOLE, "instructor": INSTRUCTOR, "exercises": EXERCISES}


@dataclass(frozen=True, slots=True)
class CourseView:
    """A course in one of its forms.

    Attributes:
        form: Which one.
        view: What its page is written with.
        title: Its heading.
        text: Its finished Markdown.
    """

    form: Form
    view: View
    title: str
    text: str


def forms(view: View, course: Course) -> list[tuple[Form, str]]:
    """Return the forms that have something to show, each with its address."""
    bodies = [view.catalogue.text_of(module) for module in view.catalogue.modules_of(course)]
    there: dict[Form, bool] = {
        "whole": bool(bodies),
        "instructor": bool(bodies) and (bool(course.equipment) or any(map(is_for_instructors, bodies))),
        "exercises": any(map(exercises, bodies)),
    }
    return [(form, course.address + _ADDRESS[form]) for form, shown in there.items() if shown]


def write(view: View, course: Course) -> Iterator[CourseView]:
    """Yield the pages of `course`; `view` is that of the course itself."""
    for form, address in forms(view, course):
        here = view.site.view(address, course.language)
        title = here.words(f"course_view.{form}.of", title=course.title)
        yield CourseView(form, here, title, _page(here, form, course, title))


def _page(view: View, form: Form, course: Course, title: str) -> str:
    modules = view.catalogue.modules_of(course)
    shown = [
        (place, one) for place, one in enumerate(modules, 1) if form != "exercises" or _has_any(view, one)
    ]
    parts = [_EACH[form](view, place, one) for place, one in shown]
    answers = _answers(view, shown) if form == "exercises" else ""
    sessions = view.catalogue.sessions_of(view.catalogue.original(course))
    return view.render(
        "course_view.html",
        "\n\n".join((*parts, answers)),
        form=form,
        item=course,
        title=title,
        body=BODY,
        modules=shown,
        duration=view.catalogue.duration_of(course),
        meetings=upcoming(sessions, view.site.today) if form != "exercises" else [],
        steps=[
            (view.place(INDEX["course"]), view.words("index.course")),
            (course.address, course.title, view.lang(course)),
        ],
    )


def _has_any(view: View, module: Module) -> bool:
    return bool(exercises(view.catalogue.text_of(module)))


def _whole(view: View, place: int, module: Module) -> str:
    """Write a module with its answers folded, as participants see it."""
    return _part(view, place, module, view.catalogue.text_of(module), "folded")


def _for_instructors(view: View, place: int, module: Module) -> str:
    return _part(view, place, module, view.catalogue.text_of(module), "open", unfolded=True)


def _exercises(view: View, place: int, module: Module) -> str:
    return _part(view, place, module, _only_exercises(view.catalogue.text_of(module)), "left out")


_EACH = {"whole": _whole, "instructor": _for_instructors, "exercises": _exercises}


def _part(
    view: View, place: int, module: Module, body: str, answer: questions.Answer, *, unfolded: bool = False
) -> str:
    """Write one module as a part of the page; its anchors begin with its place in the course."""
    write = partial(questions.printed, view.language, answer=answer)
    text = ready(view, scoped(body, f"m{place}"), write, unfolded=unfolded)
    return view.render("course_part.html", text, module=module, place=place, body=BODY, answer=answer)


@lru_cache(maxsize=64)
def _only_exercises(body: str) -> str:
    """Return the exercises and questions of `body`, with the addresses that their links name."""
    parts = exercises(body)
    text = "\n\n".join(parts)
    labels = [row for row in body.split("\n") if row.startswith("[") and _named(row, text)]
    return "\n\n".join((*parts, *labels))


def _named(row: str, text: str) -> bool:
    label, is_one, _ = row.partition("]:")
    return bool(is_one) and label in text and row not in text


def _answers(view: View, modules: Sequence[tuple[int, Module]]) -> str:
    """Write the answers to all questions, module by module; nothing when there are no questions."""
    found = [(place, module, _answers_of(view, place, module)) for place, module in modules]
    parts = [f"### {place}. {plain(module.title)}\n\n{text}" for place, module, text in found if text]
    heading = f"## {view.words('course_view.answers')} {{#kmp-fasit .kmp-part}}"
    return "\n\n".join((heading, *parts)) if parts else ""


def _answers_of(view: View, place: int, module: Module) -> str:
    body = scoped(_only_exercises(view.catalogue.text_of(module)), f"m{place}")
    found = (questions.answer(view.language, number, one) for number, one in numbered(body))
    return ready(view, "\n\n".join(found))
