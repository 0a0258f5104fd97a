"""A course as it was found in a file from elsewhere, before it is fitted to a region."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kompetanse.model.quiz import Question


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that was not carried over, or that a person must look at.

    Attributes:
        where: The file, and the place in it as its user knows it: page, slide, activity, entry of an archive.
        what: What it is.
        why: Why it was left out, or what to look at.
    """

    where: str
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class FoundMedia:
    """A picture or other file.

    Attributes:
        name: Where it is to lie in the course's folder: `bilder/…` or `filer/…`, ASCII, `[a-z0-9.-]`.
        data: What it holds, or a file that it is copied from.
    """

    name: str
    data: bytes | Path


@dataclass(frozen=True, slots=True)
class FoundLesson:
    """One part that becomes a module.

    Attributes:
        title: Without markup; never empty.
        body: Markdown of ours, cleaned, whose headings start at level 2. A picture or file is named by its
            `FoundMedia.name`, another lesson by `lesson:N`, its place from 0.
        questions: Those that stand after the text; what stands inside `body` is written there already as `<quiz>`.
        summary: One sentence; may be empty.
        objectives: What one learns in it.
        language: BCP 47 tag, where the file says one that may differ from the course's.
    """

    title: str
    body: str
    questions: tuple[Question, ...] = ()
    summary: str = ""
    objectives: tuple[str, ...] = ()
    language: str | None = None


@dataclass(frozen=True, slots=True)
class FoundCourse:
    """A course.

    Attributes:
        title: Without markup; never empty.
        source: Name of the file that it was read from.
        format: What kind of file that was, such as `Word` or `Common Cartridge 1.1`.
        lessons: In reading order.
        body: What the course is about, in Markdown as in a lesson; may be empty.
        summary: One sentence; may be empty.
        language: BCP 47 tag; None when the file does not say.
        licence: SPDX identifier; None when the file does not say, or says what we do not know.
        authors: Organisations and people as the file names them.
        objectives: What one learns.
        media: Its files.
        pass_mark: Share of right answers that passes, in per cent; None when the file does not say.
        losses: What was not carried over.
    """

    title: str
    source: str
    format: str
    lessons: tuple[FoundLesson, ...]
    body: str = ""
    summary: str = ""
    language: str | None = None
    licence: str | None = None
    authors: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    media: tuple[FoundMedia, ...] = ()
    pass_mark: int | None = None
    losses: tuple[Loss, ...] = field(default=())

    @property
    def questions(self) -> Iterator[Question]:
        """The questions that stand after its lessons."""
        return (question for lesson in self.lessons for question in lesson.questions)
