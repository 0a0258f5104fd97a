"""A whole course as one document: a lesson is shown at a time, with its questions where they stand."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache, partial
from importlib import resources

from markupsafe import Markup

from kompetanse.export.asked import asked
from kompetanse.export.edition import Edition, Lesson
from kompetanse.export.markup import Place, prefix_of
from kompetanse.export.placing import with_tasks
from kompetanse.export.reader.templating import template
from kompetanse.messages import table, text
from kompetanse.pages.classic_script import classic
from kompetanse.pages.tokens import tokens

_WORDS = ("quiz", "task", "package")
_STEPS = ("module.previous", "module.next")

Media = Callable[[str], str]
"""Returns where a file of the course lies, by its name."""


@dataclass
class Page:
    """The document of one course.

    Attributes:
        edition: The course.
        saves: Whether files that it links to are saved, not opened.
        lost: What it could not hold, once it is written.
    """

    edition: Edition
    saves: bool = False
    lost: list[str] = field(default_factory=list)

    def written(self, media: Media, head: Markup) -> Iterator[str]:
        """Yield the document in pieces, lesson by lesson.

        Args:
            media: Returns where a file of the course lies.
            head: Style sheet and script.
        """
        edition, language = self.edition, self.edition.course.language
        yield from (
            template("course.html").generate(
                edition=edition,
                course=edition.course,
                publisher=edition.region.publisher or edition.region.name,
                head=head,
                t=partial(text, language),
                own_language=self._own_language,
                place=self._place,
                objectives=_objectives,
                body=partial(self._body, media),
                credit=partial(credit, text(language, "package.away")),
                words=_words(edition),
            )
        )

    def _own_language(self, lesson: Lesson) -> Markup:
        if lesson.language == self.edition.course.language:
            return Markup()
        return Markup(' lang="{}"').format(lesson.language)

    def _place(self, lesson: Lesson, number: int) -> str:
        """Say which part of the course this is, and how long it takes."""
        total = len(self.edition.lessons)
        first = (
            lesson.title if number == 1 else text(lesson.language, "package.part", number=number, total=total)
        )
        return " · ".join(part for part in (first, lesson.length) if part)

    def _body(self, media: Media, lesson: Lesson) -> Markup:
        away = text(lesson.language, "package.away")
        place = Place(media, prefix=prefix_of(lesson.id), saves=self.saves, away=away)
        tasks = {task.id: task for task in lesson.tasks}

        def write(id_: str) -> str:
            task = tasks.pop(id_, None)  # a text can name a question that is not there, or twice
            return asked(lesson.language, task, place.put) if task else ""

        made = with_tasks(place.put(lesson.html), write)
        self.lost += (f"{lesson.id}: {one} is not inside the package" for one in place.lost)
        return Markup(made)  # noqa: S704 (cleaned, and put together from escaped parts)


def style(edition: Edition) -> str:
    """Return the style sheet, in the region's colours."""
    return tokens(edition.region.colours, "system") + _files()["course.css"]


@lru_cache
def script(record: str) -> str:
    """Return the script of a page whose record is kept by the module `record`, such as `record-scorm12.js`."""
    theme = resources.files("kompetanse_theme") / "assets/kompetanse"
    shared = ("quiz.js", "element.js", "words.js")
    modules = {**_files(), **{name: (theme / name).read_text("utf-8") for name in shared}}
    return classic(modules, record, "kompetanseCourse", ())


def _objectives(lesson: Lesson, first: bool) -> str:
    return text(lesson.language, "course.objectives" if first else "module.objectives")


def credit(away: str, paragraph: str, *, xml: bool = False) -> Markup:
    """Return what an edition says of whom to thank, as a paragraph unless it is a list."""
    made = Place(str, away=away, xml=xml).put(paragraph)
    return Markup(made if made.startswith("<ol") else f"<p>{made}</p>")  # noqa: S704 (the edition escapes it)


def _words(edition: Edition) -> Markup:
    """Return the words of the script for each language that the course has lessons in, as JSON that HTML leaves alone."""
    languages = dict.fromkeys((edition.course.language, *(one.language for one in edition.lessons)))
    words = {
        one: {**table(one, _WORDS), **{key: text(one, key) for key in _STEPS}} for one in sorted(languages)
    }
    made = json.dumps(words, ensure_ascii=False, sort_keys=True)
    return Markup(made.replace("<", "\\u003c").replace("&", "\\u0026"))  # noqa: S704 (nothing in it is markup)


def file_text(name: str) -> str:
    """Return a file of this folder."""
    return _files()[name]


@lru_cache
def _files() -> dict[str, str]:
    folder = resources.files("kompetanse.export.reader")
    return {
        one.name: one.read_text("utf-8") for one in folder.iterdir() if one.name.endswith((".js", ".css"))
    }
