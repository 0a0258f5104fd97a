"""A course as a package holds it: finished HTML, its questions and its files, before any format is chosen.

HTML names what lies in the package by addresses that only `placing.placed` reads: `lesson:ID#anchor` and `media:NAME`. What is
read elsewhere has its address on the web, or is plain text when nobody knows one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kompetanse.model.catalogue import Catalogue
from kompetanse.model.item import Course
from kompetanse.model.quiz import QuestionKind
from kompetanse.model.region import Region
from kompetanse.model.version import Version


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose.

    Attributes:
        html: What is shown, on one line.
        text: The same without markup.
        right: Whether it is right.
        feedback: What is said to who chose it, in HTML; may be empty.
    """

    html: str
    text: str
    right: bool
    feedback: str


@dataclass(frozen=True, slots=True)
class Task:
    """A question.

    Attributes:
        id: Unique in the course: a letter, then `[A-Za-z0-9_-]`, at most 64 characters.
        kind: How it is answered.
        title: Its number in the lesson, in words.
        html: What is asked; a short answer's place is written `____`.
        text: The same without markup.
        choices: What can be chosen; empty for a short answer.
        answers: Spellings of a short answer that are right, the best one first; capitals count for nothing.
        explanation: For everybody after answering, in HTML; may be empty.
    """

    id: str
    kind: QuestionKind
    title: str
    html: str
    text: str
    choices: tuple[Choice, ...]
    answers: tuple[str, ...]
    explanation: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """One part of a course that is read in one go: what the course is about, or a module.

    Attributes:
        id: Unique in the course: a letter, then `[a-z0-9-]`, at most 64 characters.
        title: Without markup.
        language: BCP 47 tag, which may differ from the course's.
        html: Cleaned HTML whose headings start at level 2; where question N stands is `<div data-task="ID"></div>`.
        tasks: Its questions in their order.
        summary: One sentence without markup; may be empty.
        objectives: What one can do after it, without markup.
        length: How long it takes, in words of its language; may be empty.
    """

    id: str
    title: str
    language: str
    html: str
    tasks: tuple[Task, ...]
    summary: str = ""
    objectives: tuple[str, ...] = ()
    length: str = ""


@dataclass(frozen=True, slots=True)
class Media:
    """A file that the course shows or hands out.

    Attributes:
        name: Where it lies in the package: ASCII, `[a-z0-9.-]` with slashes, unique.
        file: Where it is read; a package is written without holding it whole in memory.
        type: Its media type, such as `image/png`.
    """

    name: str
    file: Path
    type: str


@dataclass(frozen=True, slots=True)
class Edition:
    """A course ready for packages.

    Attributes:
        catalogue: What the course belongs to.
        course: The course.
        lessons: What it is about first, then its modules in reading order.
        media: Its files, by name.
        version: Which version of the content this is; None outside of git.
        credit: Whom the package names, licence and all: one paragraph of HTML each.
        address: Where the course is on the web; None when the region has no address.
    """

    catalogue: Catalogue
    course: Course
    lessons: tuple[Lesson, ...]
    media: tuple[Media, ...]
    version: Version | None
    credit: tuple[str, ...]
    address: str | None

    @property
    def region(self) -> Region:
        """Who publishes it."""
        return self.catalogue.region

    @property
    def pass_mark(self) -> int | None:
        """Share of right answers that passes, in per cent; None when the course has no questions."""
        if not any(True for _ in self.tasks):
            return None
        return self.course.certificate.pass_mark if self.course.certificate else 80

    @property
    def tasks(self) -> Iterator[Task]:
        """Every question of the course, in its order."""
        return (task for lesson in self.lessons for task in lesson.tasks)

    @property
    def stamp(self) -> str:
        """What tells this version from others: `2026-11-20 0123456789ab`, or the first signs of its hash."""
        if self.version is None:
            return "unversioned"
        if self.version.commit and self.version.moment:
            return f"{self.version.moment:%Y-%m-%d} {self.version.commit[:12]}"
        return self.version.hash.removeprefix("sha256:")[:12]
