"""Read a Moodle backup: sections are lessons, pages are their text, quizzes their questions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from lxml import etree

from kompetanse.errors import KompetanseError
from kompetanse.importers.asked import Fitting
from kompetanse.importers.found_course import FoundCourse, FoundLesson, Loss
from kompetanse.importers.html_head import head
from kompetanse.importers.html_text import plain
from kompetanse.importers.language_guess import guess
from kompetanse.importers.lesson_order import without_empty_end
from kompetanse.importers.mbz_backup import Backup, Section, part, read_backup, value
from kompetanse.importers.mbz_files import Area, Files
from kompetanse.importers.mbz_questions import Bank
from kompetanse.importers.mbz_text import MoodleText
from kompetanse.importers.mbz_words import is_sentence
from kompetanse.importers.media import Shelf
from kompetanse.importers.own_text import without_surroundings
from kompetanse.importers.readers import Tell, quiet
from kompetanse.importers.sections import joined
from kompetanse.importers.table import clean
from kompetanse.importers.unpacked import Unpacked
from kompetanse.importers.wording import wording
from kompetanse.render import html

_ENOUGH = 20
_PARAGRAPH = re.compile(r"<p\b[^>]*>(?:(?!</?p\b).)*</p>", re.DOTALL | re.IGNORECASE)


def read(source: Unpacked, tell: Tell = quiet) -> FoundCourse:
    """Read a backup.

    Raises:
        KompetanseError: When a file of it is damaged or missing, or nothing is in it that we can read.
    """
    backup = read_backup(source)
    course = part(source, "course/course.xml")
    language = value(course, "lang").replace("_", "-") or None
    about, sections = _parted(backup)
    text = _text(source, backup, sections, language)
    summary = value(course, "summary")
    body = joined(_about(text, about, summary))
    lessons = without_empty_end(list(_lessons(text, sections, tell)))
    if not any(one.body or one.questions for one in lessons) and not body:
        raise KompetanseError(
            f"{source.file}: there is no page and no question in this backup. Back the course up again"
        )
    found = FoundCourse(
        title=backup.name or clean(value(course, "fullname")) or source.file.stem,
        source=source.file.name,
        format="Moodle",
        lessons=tuple(lessons),
        body=body,
        summary=plain(_first_paragraph(summary)),
        language=language,
        licence=_licence(about),
        media=text.shelf.media,
        pass_mark=_pass_mark(text, backup),
        losses=(*text.losses, *text.shelf.losses, *_rest(source, text, backup)),
    )
    return without_surroundings(found)


def _parted(backup: Backup) -> tuple[Section | None, list[Section]]:
    """Return the section before all others, when it asks no questions, and the rest that have anything."""
    seen = [one for one in backup.sections if not one.inside]
    first = next((one for one in seen if one.number == 0), None)
    if first and len(seen) > 1 and not any(one.kind == "quiz" for one in first.activities):
        seen.remove(first)
    else:
        first = None
    return first, [one for one in seen if not one.hidden and (one.activities or plain(one.summary))]


def _text(source: Unpacked, backup: Backup, sections: list[Section], language: str | None) -> MoodleText:
    shelf, files = Shelf(), Files(source)
    inside = {one.inside: one for one in backup.sections if one.inside}
    lessons = {id_: number for number, section in enumerate(sections) for id_ in _activities(section, inside)}
    bank = Bank(part(source, "questions.xml"), files, shelf, source.file.name)
    return MoodleText(
        source.file.name,
        backup.context,
        files,
        bank,
        shelf,
        Fitting(language or guess(_sample(backup)) or "nb"),
        lessons,
        inside,
    )


def _sample(backup: Backup) -> str:
    """Return some of the texts of a backup that does not name its language."""
    rows = [one.row for section in backup.sections for one in section.activities][:_ENOUGH]
    return plain(" ".join(value(row, name) for row in rows for name in ("name", "intro", "content")))


def _activities(section: Section, inside: Mapping[str, Section]) -> Iterator[str]:
    """Yield the numbers of all activities of a section, those of its subsections too."""
    for one in section.activities:
        yield one.id
        below = inside.get(one.row.get("id", "")) if one.kind == "subsection" else None
        if below is not None and below is not section:
            yield from (inner.id for inner in below.activities)


def _about(text: MoodleText, about: Section | None, summary: str) -> Iterator[str]:
    """Yield what the course is about; its summary only where it says more than one sentence and the first section."""
    said = text.section(about).body if about else ""
    rest = summary.replace(_first_paragraph(summary), "", 1)
    if not (is_sentence(summary) or (said and plain(rest) in plain(html(said)))):
        yield text.html(summary, Area(text.course, "course", "summary"), "summary")
    yield said


def _first_paragraph(summary: str) -> str:
    """Return the first paragraph of a summary, which is the summary as we have it; all of it where there are none."""
    found = _PARAGRAPH.match(summary.strip())
    return found[0] if found else summary


def _licence(about: Section | None) -> str | None:
    """Return the licence that what stands before all sections links to, as our own packages do."""
    said = [head(value(one.row, "content")).licence for one in about.activities] if about else []
    return next(filter(None, said), None)


def _lessons(text: MoodleText, sections: list[Section], tell: Tell) -> Iterator[FoundLesson]:
    for number, section in enumerate(sections, 1):
        found = text.section(section)
        unnamed = wording(text.fitting.language).lesson.format(number=number)
        yield replace(found, title=section.name or _first_name(section) or unnamed)
        tell(number, len(sections))
    left = text.left()
    if left.questions or left.body:
        title = wording(text.fitting.language).questions
        text.losses.append(
            Loss(
                text.source,
                f"the place of the questions that no quiz asks: {len(left.questions)}",
                f"they are in the last lesson, «{title}»",
            )
        )
        yield FoundLesson(title, left.body, left.questions)


def _first_name(section: Section) -> str:
    named = [one for one in section.activities if one.name and one.kind != "label"]
    telling = [one for one in named if one.kind in ("page", "book", "lesson", "quiz")]
    return next((one.name for one in (*telling, *named)), "")


def _pass_mark(text: MoodleText, backup: Backup) -> int | None:
    """Return the pass mark of the last quiz that has one, as a course has one here."""
    marks = [
        (one.name, one.pass_mark)
        for section in backup.sections
        for one in section.activities
        if one.kind == "quiz" and one.pass_mark is not None
    ]
    if len({mark for _, mark in marks}) > 1:
        shown = ", ".join(f"«{name[:60]}» {mark} %" for name, mark in marks[:-1])
        text.losses.append(
            Loss(
                text.source, f"pass marks: {shown}", "a course has one here; that of the last quiz was taken"
            )
        )
    return marks[-1][1] if marks else None


def _rest(source: Unpacked, text: MoodleText, backup: Backup) -> Iterator[Loss]:
    """Yield what is in the backup besides texts and questions."""
    name = source.file.name
    for section in backup.sections:
        if section.hidden and (section.activities or section.summary):
            yield Loss(name, f"section «{section.name[:80]}»", "learners do not see it in Moodle either")
    linked = [value(one, "idnumber") for one in _rows(source, "course/competencies.xml", "competency")]
    if linked:
        yield Loss(
            name,
            f"links to the competencies {', '.join(one[:40] for one in linked[:20])}",
            "name them in `teaches` of the course, by the ids that they have here",
        )
    for badge in _rows(source, "badges.xml", "badge"):
        yield Loss(
            name,
            f"badge «{clean(value(badge, 'name'))[:80]}»",
            "a course gives a certificate here; see `certificate`",
        )
    if text.limited:
        yield Loss(
            name,
            f"conditions on {text.limited} {'activity' if text.limited == 1 else 'activities'}",
            "a course is read in any order here",
        )
    people = len(list(_rows(source, "users.xml", "user")))
    if people:
        yield Loss(
            name,
            f"what people did: {people} of them",
            "persons do not stand in content. Delete the backup when you are done",
        )


def _rows(source: Unpacked, entry: str, tag: str) -> Iterator[etree._Element]:
    root = part(source, entry)
    yield from [] if root is None else root.iter(tag)
