"""A course as a Common Cartridge 1.1: pages, a test, a link to the course on the web.

No version above 1.1, since Moodle reads none. Two readers want opposite things of pictures: Moodle plain relative addresses,
Open edX and Canvas a folder of its own and a sign for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath
from typing import BinaryIO, Literal

from markupsafe import escape

from kompetanse.export.archive import Entry, write_zip
from kompetanse.export.cartridge.flat import flat
from kompetanse.export.cartridge.manifest import (
    ASSESSMENT,
    PAGE,
    WEBLINK,
    Item,
    Resource,
    manifest,
    weblink,
)
from kompetanse.export.cartridge.qti import assessment
from kompetanse.export.drawing import as_png
from kompetanse.export.edition import Edition, Lesson, Media
from kompetanse.export.elements import document
from kompetanse.export.placing import media_in, placed
from kompetanse.export.question_bank import Asked, alone, answerable, in_order
from kompetanse.export.reading import whole
from kompetanse.messages import text

Target = Literal["moodle", "openedx"]

_PAGES, _FILES, _TEST, _LINK = "sider/", "filer/", "prove/prove.xml", "lenker/kurset.xml"
_OWN_FOLDER = "web_resources/"
_DRAWING = "image/svg+xml"


def package(edition: Edition, to: BinaryIO, target: Target = "moodle") -> Sequence[str]:
    """Write `edition` to `to` for `target`, and return what the cartridge could not hold."""
    made = _Cartridge(edition, target)
    entries = list(made.entries())
    root = manifest(edition, list(made.items()), made.resources)
    write_zip((Entry("imsmanifest.xml", document(root)), *entries), to)
    return made.lost


@dataclass
class _Cartridge:
    """A cartridge that is being made: its files, and what the manifest says of them."""

    edition: Edition
    target: Target
    lost: list[str] = field(default_factory=list)
    resources: list[Resource] = field(default_factory=list)

    @property
    def language(self) -> str:
        return self.edition.course.language

    @cached_property
    def found(self) -> Sequence[Asked]:
        """The questions that a cartridge can hold."""
        return [one for one in in_order(self.edition) if answerable(one.task)]

    @cached_property
    def files(self) -> Mapping[str, Entry]:
        """Each file by its name in the course, as it lies in the cartridge: a drawing as a picture."""
        taken = {one.name for one in self.edition.media}
        return {one.name: self._file(one, taken) for one in self.edition.media}

    def _file(self, media: Media, taken: set[str]) -> Entry:
        folder = _FILES if self.target == "moodle" else _OWN_FOLDER + _FILES
        if media.type != _DRAWING:
            return Entry(folder + media.name, media.file)
        drawn = as_png(media.file.read_text("utf-8", "replace"))
        if drawn is None:
            self.lost.append(
                f"{media.name} stays a drawing, which some systems do not show: pictures take kompetanse[pdf]"
            )
            return Entry(folder + media.name, media.file)
        stem = PurePosixPath(media.name).with_suffix("")
        name = f"{stem}.png" if f"{stem}.png" not in taken else f"{stem}-svg.png"
        taken.add(name)
        return Entry(folder + name, drawn)

    def entries(self) -> Iterator[Entry]:
        """Yield the files, and note each as a resource."""
        for lesson in self.edition.lessons:
            yield self._page(lesson)
        if self.found:
            yield self._test()
        else:
            self.lost.append("The course has no questions, and the cartridge no test")
        left_out = [task.id for task in self.edition.tasks if not answerable(task)]
        self.lost += (f"{id_}: left out, since a test wants two answers to choose from" for id_ in left_out)
        if self.edition.address:
            self.resources.append(Resource("W1", WEBLINK, _LINK))
            link = weblink(text(self.language, "cartridge.online"), self.edition.address)
            yield Entry(_LINK, document(link))
        needed = dict.fromkeys(id_ for one in self.resources for id_ in one.needs)
        for name, id_ in self._ids.items():
            if id_ in needed:
                self.resources.append(Resource(id_, PAGE, self.files[name].name))
                yield self.files[name]

    @cached_property
    def _ids(self) -> Mapping[str, str]:
        return {one.name: f"F{number}" for number, one in enumerate(self.edition.media, 1)}

    def items(self) -> Iterator[Item]:
        """Yield the table of contents; the first part is what the course is about."""
        for number, lesson in enumerate(self.edition.lessons):
            lines = [Item(f"I{number}", lesson.title, f"P{number}")]
            if number == 0 and self.edition.address:
                lines.append(Item("I-W1", text(self.language, "cartridge.online"), "W1"))
            yield Item(f"M{number}", lesson.title, items=lines)
        if self.found:
            name = text(self.language, "moodle.test")
            yield Item(f"M{len(self.edition.lessons)}", name, items=[Item("I-T1", name, "T1")])

    def _page(self, lesson: Lesson) -> Entry:
        number = self.edition.lessons.index(lesson)
        html = whole(self.edition, lesson, self.lost, folded=False)
        shown = self._shown(html)
        name = f"{_PAGES}{lesson.id}.html"
        self.resources.append(Resource(f"P{number}", PAGE, name, self._needs(html)))
        page = (
            f'<!doctype html>\n<html lang="{escape(lesson.language)}"><head><meta charset="utf-8">'
            f"<title>{escape(lesson.title)}</title></head>\n<body>\n{shown}\n</body></html>\n"
        )
        return Entry(name, page.encode())

    def _test(self) -> Entry:
        parts = [
            part
            for one in self.found
            for part in (
                one.task.html,
                one.task.explanation,
                *(said for choice in one.task.choices for said in (choice.html, choice.feedback)),
            )
        ]
        self.resources.append(Resource("T1", ASSESSMENT, _TEST, self._needs("".join(parts))))
        name = text(self.language, "moodle.test")
        return Entry(_TEST, document(assessment("A1", name, self.language, self.found, self._asked)))

    def _asked(self, html: str) -> str:
        return self._shown(alone(html, self.edition.address))

    def _needs(self, html: str) -> Sequence[str]:
        return [self._ids[name] for name in media_in(html)]

    def _shown(self, html: str) -> str:
        made = flat(html, guarded=self.target == "moodle")
        return placed(made, lambda _: "", self._address)

    def _address(self, name: str) -> str:
        file = self.files[name].name
        return f"../{file}" if self.target == "moodle" else file.replace(_OWN_FOLDER, "$IMS-CC-FILEBASE$/", 1)
