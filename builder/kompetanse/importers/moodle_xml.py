"""Read questions in Moodle XML."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from kompetanse.errors import KompetanseError
from kompetanse.importers import question_file
from kompetanse.importers.asked import Fitting, Test
from kompetanse.importers.bare_xml import number
from kompetanse.importers.found_course import FoundCourse
from kompetanse.importers.html_text import plain
from kompetanse.importers.language_guess import guess
from kompetanse.importers.media import Shelf
from kompetanse.importers.moodle_question import MoodleAnswer, MoodleQuestion, Told, take
from kompetanse.importers.moodle_rest import rest
from kompetanse.importers.moodle_text import FORMATS, Marked, TextFormat
from kompetanse.importers.readers import Tell, quiet
from kompetanse.importers.saying import OwnFiles, Saying
from kompetanse.importers.table import clean
from kompetanse.importers.unpacked import Unpacked
from kompetanse.importers.xml_text import local, parsed

_EVERY = 50
_ENOUGH = 1_000
"""Texts of a file that tell its language, which decides the words for true and false."""


def read(source: Unpacked, tell: Tell = quiet) -> FoundCourse:
    """Read a file of questions in Moodle XML.

    Raises:
        KompetanseError: When it is no such file, is damaged, or has no question.
    """
    root = parsed(source.read(source.names[0]), str(source.file))
    if local(root) != "quiz":
        raise KompetanseError(
            f"{source.file}: its root is <{local(root)}>, not <quiz>. Export the questions again, as Moodle XML"
        )
    shelf, fitting = (
        Shelf(),
        Fitting(guess(plain(" ".join(islice(map(str, root.itertext()), _ENOUGH)))) or "nb"),
    )
    tests = list(_tests(root, source.file.name, shelf, fitting, tell))
    return question_file.course(source.file, "Moodle XML", tests, media=shelf.media, losses=shelf.losses)


def _tests(
    root: etree._Element, name: str, shelf: Shelf, fitting: Fitting, tell: Tell
) -> Iterator[tuple[str, Test]]:
    """Yield each category and what it asks."""
    category, rows = "", [row for row in root if local(row) == "question"]
    tagged = sum(row.find("tags/tag") is not None for row in rows)
    if tagged:
        fitting.lose(name, f"tags, which {tagged} questions have", "questions have no tags here")
    for place, element in enumerate(rows, 1):
        row = _Row(element, f"{name}, line {element.sourceline}", shelf)
        if element.get("type") == "category":
            yield category, fitting.taken()
            category = row.word("category/text")
            info = row.told(element.find("info"))
            fitting.text(Saying(row.where, fitting.losses, info.places).block(info.html))
        elif row.word("hidden") == "1":
            fitting.lose(row.where, f"the question «{row.name}»", "it is hidden in Moodle")
        else:
            take(row.question(), fitting)
        if place % _EVERY == 0:
            tell(place, len(rows))
    yield category, fitting.taken()


@dataclass(frozen=True, slots=True)
class _Row:
    """A question of the file."""

    element: etree._Element
    where: str
    shelf: Shelf

    @property
    def name(self) -> str:
        return clean(self.word("name/text"))

    def word(self, path: str) -> str:
        """Return what an element holds; empty when there is none."""
        return (self.element.findtext(path) or "").strip()

    def question(self) -> MoodleQuestion:
        qtype = self.element.get("type", "")
        return MoodleQuestion(
            where=self.where,
            qtype=qtype,
            name=self.name,
            id=self.word("idnumber"),
            stem=self._stem(),
            explanation=self.told(self.element.find("generalfeedback")),
            answers=tuple(self._answers(qtype)),
            single=self.word("single") not in ("false", "0"),
            case_counts=self.word("usecase") == "1",
            pairs=tuple(
                (self.told(one), one.findtext("answer/text") or "")
                for one in self.element.findall("subquestion")
            ),
            choices=tuple(
                one.findtext("text") or "" for tag in _CHOICES for one in self.element.findall(tag)
            ),
            rest=tuple(rest(lambda name: self.word(f"{name}/text") or self.word(name), self._hints())),
        )

    def _stem(self) -> Told:
        """Return the text; Moodle 1.9 kept one picture apart from it."""
        told = self.told(self.element.find("questiontext"))
        data = _from_base64(self.word("image_base64"))
        name = self.shelf.put(self.word("image") or "bilde.png", data, self.where) if data else None
        return Told(f'{told.html}<p><img src="{_OLD}" alt=""></p>', _OldPicture(name)) if name else told

    def _answers(self, qtype: str) -> Iterator[MoodleAnswer]:
        found = self.element.findall("answer")
        if qtype == "ordering":
            found.sort(key=lambda one: number(one.get("fraction")))
        if qtype == "truefalse":
            found.sort(key=lambda one: (one.findtext("text") or "").strip().lower() != "true")
        for one in found:
            yield MoodleAnswer(
                self.told(one),
                number(one.get("fraction")),
                self.told(one.find("feedback")),
                (one.findtext("text") or "").strip(),
                (one.findtext("tolerance") or "").strip(),
            )

    def _hints(self) -> int:
        return sum(bool((one.findtext("text") or "").strip()) for one in self.element.findall("hint"))

    def told(self, element: etree._Element | None) -> Told:
        """Return a text with its own files."""
        if element is None:
            return Told()
        written = element.findtext("text")
        text = (element.text if written is None else written) or ""
        format_: TextFormat = FORMATS.get(element.get("format", "html"), "html")
        return Told(Marked(text, format_).html(), OwnFiles(_Files(element).find, self.shelf, self.where))


_CHOICES = ("dragbox", "selectoption")
_OLD = "@@PLUGINFILE@@/old-picture"


@dataclass(frozen=True, slots=True)
class _OldPicture:
    """Places of a text that shows one picture, which has been taken."""

    name: str

    def link(self, url: str) -> str | None:
        return None

    def picture(self, url: str) -> str | None:
        return self.name if url == _OLD else None


@dataclass(frozen=True, slots=True)
class _Files:
    """The files that stand inside an element, as base64."""

    element: etree._Element

    def find(self, path: str) -> tuple[str, bytes] | None:
        for file in self.element.findall("file"):
            name = file.get("name", "")
            if f"{file.get('path', '/')}{name}".lstrip("/") == path or name == path:
                data = _from_base64(file.text or "")
                return (name, data) if data is not None else None
        return None


def _from_base64(text: str) -> bytes | None:
    try:
        return base64.b64decode(text) or None
    except (binascii.Error, ValueError):
        return None
