"""From the catalogue to an edition: the same finished text that pages show, with links that hold inside a package."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath

from markupsafe import Markup, escape

from kompetanse.export.edition import Choice, Edition, Lesson, Media, Task
from kompetanse.export.placing import text_of
from kompetanse.messages import text
from kompetanse.model.asset import media_type
from kompetanse.model.catalogue import Catalogue
from kompetanse.model.duration import Duration
from kompetanse.model.item import Course, Item, ItemId, Module
from kompetanse.model.licence import LICENCES, NOASSERTION
from kompetanse.model.quiz import Question
from kompetanse.model.slug import slug
from kompetanse.pages import credit
from kompetanse.pages.markdown import ready
from kompetanse.pages.view import Site
from kompetanse.pages.wording import length
from kompetanse.render import clean, html

ABOUT = "om-kurset"
"""Id of the lesson that says what the course is about."""

_LONGEST = 64
_NOWHERE = "#kmp-nowhere"
_LINK = re.compile(rf'<a href="{_NOWHERE}"[^>]*>(.*?)</a>', re.DOTALL)
_INSIDE = re.compile(r'(\b(?:href|src|poster)=")https://(lesson|media)\.invalid/([^"#]*)')
_ONE_PARAGRAPH = re.compile(r"<p>((?:(?!</?p>).)*)</p>\s*", re.DOTALL)


def unsettled(site: Site, course: Course) -> tuple[Item, ...]:
    """Return what keeps `course` from being given to others: those of its parts whose licence nobody has settled."""
    parts = (course, *site.catalogue.modules_of(course))
    return tuple(one for one in parts if one.licence == NOASSERTION)


def edition(site: Site, course: Course, file_of: Callable[[str], Path | None]) -> Edition:
    """Return `course` ready for packages.

    Args:
        site: What the course belongs to.
        course: The course.
        file_of: Returns the file that is published at an address, or None when there is none.
    """
    inside = _Inside(site, course, file_of)
    lessons = tuple(_lessons(inside))
    return Edition(
        site.catalogue,
        course,
        lessons,
        tuple(inside.media[name] for name in sorted(inside.media)),
        site.versions.get(course.id),
        tuple(_credit(site, course)),
        (site.catalogue.region.url or "") + course.address if site.catalogue.region.url else None,
    )


@dataclass
class _Inside:
    """Where the links of a course lead in its packages; it gathers the files that are shown."""

    site: Site
    course: Course
    file_of: Callable[[str], Path | None]
    media: dict[str, Media] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)
    _tasks: set[str] = field(default_factory=set)

    @property
    def catalogue(self) -> Catalogue:
        return self.site.catalogue

    @property
    def language(self) -> str:
        """Language of the course."""
        return self.course.language

    @cached_property
    def modules(self) -> tuple[Module, ...]:
        """Its modules in reading order, each in the course's language where there is one, and once."""
        found = (
            self.catalogue.in_language(one, self.language) for one in self.catalogue.modules_of(self.course)
        )
        return tuple(dict.fromkeys(found))

    @cached_property
    def lessons(self) -> Mapping[ItemId, str]:
        """Id of each item that is a lesson → the lesson's id."""
        found = {self.course.id: ABOUT, self.catalogue.original(self.course).id: ABOUT}
        for number, module in enumerate(self.modules, 1):
            name = f"m{number}-{module.id}"[:_LONGEST].rstrip("-")
            found |= {one.id: name for one in (module, *self.catalogue.translations(module))}
        return found

    def duration(self, item: Course | Module) -> Duration | None:
        """Return how long the course or one of its modules takes, where it is said."""
        return self.catalogue.duration_of(item) if isinstance(item, Course) else item.duration

    def item(self, id_: str) -> Item | None:
        return self.site.view(self.course.address, self.language).item(id_)

    def link(self, item: Item) -> str:
        """Return where `item` is read: in the package, on the web, or nowhere."""
        if item.id in self.lessons:
            return f"https://lesson.invalid/{self.lessons[item.id]}"
        base = self.catalogue.region.url
        return base + item.address if base else _NOWHERE

    def href(self, address: str) -> str:
        """Return where a published file lies, and note that it is needed."""
        file = self.file_of(address)
        if file is None:
            return _NOWHERE
        name = self._names.get(address) or self._new_name(address)
        self._names[address] = name
        self.media[name] = Media(name, file, media_type(PurePosixPath(name)))
        return f"https://media.invalid/{name}"

    def _new_name(self, address: str) -> str:
        path = PurePosixPath(address)
        stem, suffix = slug(path.stem)[:_LONGEST] or "fil", path.suffix.lower()
        number, name = 1, f"{stem}{suffix}"
        while name in self.media:
            number += 1
            name = f"{stem}-{number}{suffix}"
        return name

    def task_id(self, written: str) -> str:
        """Return an id for a question that no other of the course has."""
        base = written if written[:1].isalpha() else f"q-{written}"
        number, name = 1, base[:_LONGEST]
        while name in self._tasks:
            number += 1
            name = f"{base[: _LONGEST - 4]}-{number}"
        self._tasks.add(name)
        return name


@dataclass(frozen=True, slots=True)
class _Spoken:
    """What a lesson is shown in: the course, in the lesson's own language."""

    inside: _Inside
    language: str

    def item(self, id_: str) -> Item | None:
        return self.inside.site.view(self.inside.course.address, self.language).item(id_)

    def link(self, item: Item) -> str:
        return self.inside.link(item)

    def href(self, address: str) -> str:
        return self.inside.href(address)


def _lessons(inside: _Inside) -> Iterator[Lesson]:
    words = text(inside.language, "export.about")
    yield _lesson(inside, inside.course, ABOUT, words)
    for module in inside.modules:
        yield _lesson(inside, module, inside.lessons[module.id], module.title)


def _lesson(inside: _Inside, item: Course | Module, id_: str, title: str) -> Lesson:
    tasks: list[Task] = []

    def write(number: int, question: Question) -> str:
        tasks.append(_task(inside, item.language, number, question))
        return f'<div data-task="{tasks[-1].id}"></div>'

    made = _inside_html(inside, html(ready(_Spoken(inside, item.language), item.body, write)))
    duration = inside.duration(item)
    return Lesson(
        id_,
        title,
        item.language,
        made,
        tuple(tasks),
        item.summary or "",
        item.objectives,
        length(item.language, duration) if duration else "",
    )


def _inside_html(inside: _Inside, made: str) -> str:
    """Return HTML that is cleaned, with our own addresses in it; a link that leads nowhere is its text.

    What an author writes as one of our addresses leads nowhere in the package, and stays an address on the web.
    """
    known = {"lesson": set(inside.lessons.values()), "media": inside.media.keys()}

    def one(match: re.Match[str]) -> str:
        start, kind, name = match[1], match[2], match[3]
        return f"{start}{kind}:{name}" if name in known[kind] else match[0]

    return _INSIDE.sub(one, _LINK.sub(r"\1", clean(made)))


def _task(inside: _Inside, language: str, number: int, question: Question) -> Task:
    asked = _part(inside, question.stem)
    return Task(
        inside.task_id(question.id),
        question.kind,
        text(language, "quiz.title", number=number),
        asked,
        text_of(asked),
        tuple(_choice(inside, one.text, one.right, one.feedback) for one in question.options),
        question.answers,
        _part(inside, question.explanation),
    )


def _choice(inside: _Inside, written: str, right: bool, feedback: str) -> Choice:
    shown = _line(_part(inside, written))
    return Choice(shown, text_of(shown), right, _line(_part(inside, feedback)))


def _part(inside: _Inside, written: str) -> str:
    return _inside_html(inside, html(ready(inside, written))) if written else ""


def _line(made: str) -> str:
    """Return HTML without the paragraph around it, where it is only one."""
    one = _ONE_PARAGRAPH.fullmatch(made)
    return one[1] if one else made


def _licence(course: Course) -> Markup:
    found = LICENCES.get(course.licence)
    if found is None:
        return escape(text(course.language, "facts.unsettled"))
    return Markup('<a rel="license" href="{}">{}</a>').format(found.url, found.name)


def _credit(site: Site, course: Course) -> Iterator[str]:
    """Yield who made the course, its licence and where it came from, for whoever gets the package."""
    made = escape(text(course.language, "export.licence"))
    yield str(made.format(title=course.title, publisher=site.publisher, licence=_licence(course)))
    adopted = site.credited(course)
    if adopted:
        yield str(credit.sentence(course.language, site.publisher, adopted))
        yield from map(str, credit.chain(course.language, adopted))
