"""EPUB 3: a course as a book with one chapter for each lesson; nothing in it runs, so the answers stand at the end of the chapter.

Sources: EPUB 3.3 (W3C, 2025): 3.2 core media types, 5 package document, 7 navigation, 4.2 container; EPUB Accessibility 1.1.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import BinaryIO

from markupsafe import Markup

from kompetanse.export.archive import Entry, write_zip
from kompetanse.export.asked import answered, asked, place_of
from kompetanse.export.edition import Edition, Lesson, Media, Task
from kompetanse.export.markup import Place
from kompetanse.export.placing import with_tasks
from kompetanse.export.reader.page import credit, file_text
from kompetanse.export.reader.templating import template
from kompetanse.messages import text

_FILES = "filer/"
_ROOM = "EPUB/"
_CORE = frozenset(
    {
        "image/gif",
        "image/jpeg",
        "image/png",
        "image/svg+xml",
        "image/webp",
        "audio/mpeg",
        "audio/mp4",
    }
)
"""Media types that every reading system shows (EPUB 3.3, 3.2), of those that courses have."""

_NO_MOMENT = "1980-01-01T00:00:00Z"


def package(edition: Edition, to: BinaryIO) -> Sequence[str]:
    """Write the book to `to`, and return what it could not hold."""
    book = _Book(edition)
    chapters = [Entry(f"{_ROOM}{one.id}.xhtml", book.chapter(one).encode()) for one in edition.lessons]
    write_zip(
        (
            Entry("mimetype", b"application/epub+zip"),
            Entry("META-INF/container.xml", template("container.xml").render().encode()),
            Entry(f"{_ROOM}package.opf", book.written("package.opf", **book.metadata()).encode()),
            Entry(f"{_ROOM}nav.xhtml", book.written("nav.xhtml").encode()),
            Entry(f"{_ROOM}style.css", file_text("book.css").encode()),
            *chapters,
            Entry(
                f"{_ROOM}om-utgaven.xhtml", book.written("colophon.xhtml", credit=credit_of(edition)).encode()
            ),
            *(Entry(f"{_ROOM}{_FILES}{one.name}", one.file) for one in book.files),
        ),
        to,
        stored=frozenset({"mimetype"}),
    )
    return book.lost


@dataclass
class _Book:
    """A course as a book; it notes which files are shown, since a book lists no others, and what it cannot hold."""

    edition: Edition
    lost: list[str] = field(default_factory=list)
    _shown: dict[str, Media] = field(default_factory=dict)

    @property
    def files(self) -> list[Media]:
        """What lies in the book, by name; known once the chapters are written."""
        return [self._shown[name] for name in sorted(self._shown)]

    def written(self, name: str, **values: object) -> str:
        """Return a document of the book."""
        language = self.edition.course.language
        return template(name).render(
            edition=self.edition,
            course=self.edition.course,
            publisher=self.edition.region.publisher or self.edition.region.name,
            t=partial(text, language),
            **values,
        )

    def chapter(self, lesson: Lesson) -> str:
        """Return a lesson as a document."""
        place = Place(
            partial(self._address, lesson), lesson=lambda id_: f"{id_}.xhtml", xml=True, shown=self._is_shown
        )
        tasks = {task.id: task for task in lesson.tasks}
        stands: list[Task] = []

        def write(id_: str) -> str:
            task = tasks.pop(id_, None)
            if task is None:
                return ""
            stands.append(task)
            return asked(lesson.language, task, place.put, answer=f"#svar-{task.id}")

        body = with_tasks(place.put(lesson.html), write)
        answers = [
            (task, Markup(answered(lesson.language, task, place.put)), place_of(task))  # noqa: S704 (cleaned)
            for task in stands
        ]
        self.lost += (f"{lesson.id}: {one} is not inside the book" for one in place.lost)
        return self.written(
            "chapter.xhtml",
            lesson=lesson,
            first=lesson is self.edition.lessons[0],
            body=Markup(body),  # noqa: S704 (cleaned)
            answers=answers,
            say=partial(text, lesson.language),
        )

    def metadata(self) -> dict[str, object]:
        """Return what is said of the book besides its title."""
        edition = self.edition
        moment = edition.version.moment if edition.version else None
        types = {one.type.partition("/")[0] for one in self.files}
        return {
            "identifier": uuid.uuid5(uuid.NAMESPACE_URL, f"{edition.region.id}/{edition.course.id}").urn,
            "modified": f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment else _NO_MOMENT,
            "rights": " ".join(Markup(one).striptags() for one in edition.credit),  # noqa: S704 (nothing is shown as HTML)
            "files": [(f"f{number}", one) for number, one in enumerate(self.files, 1)],
            "modes": ["textual", *(mode for kind, mode in _MODES if kind in types)],
            "languages": list(
                dict.fromkeys((edition.course.language, *(one.language for one in edition.lessons)))
            ),
        }

    def _is_shown(self, name: str) -> bool:
        """Tell whether reading systems show the file; what they do not cannot lie in a book."""
        return self._media[name].type in _CORE

    @property
    def _media(self) -> dict[str, Media]:
        return {one.name: one for one in self.edition.media}

    def _address(self, lesson: Lesson, name: str) -> str:
        self._shown[name] = self._media[name]
        return _FILES + name


_MODES = (("image", "visual"), ("audio", "auditory"))


def credit_of(edition: Edition) -> Iterator[Markup]:
    """Yield whom the book credits, in paragraphs."""
    for one in edition.credit:
        yield credit("", one, xml=True)
