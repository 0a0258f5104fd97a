"""A whole course as a Moodle backup: sections, pages, a test with its questions, completion, competences and a badge.

A restore always makes a new course. The badge arrives inactive, and links to competences bind only where our framework was
imported before (`competency_csv`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from markupsafe import escape

from kompetanse.export.archive import write_targz
from kompetanse.export.edition import Edition
from kompetanse.export.moodle.achievement import (
    evidence,
    write_badges,
    write_competencies,
    write_completion,
)
from kompetanse.export.moodle.activity import Activity, Section, clipped, write_activity, write_section
from kompetanse.export.moodle.backup import Backup
from kompetanse.export.moodle.course import write_course
from kompetanse.export.moodle.index import write_index
from kompetanse.export.moodle.page import page
from kompetanse.export.moodle.questions import write_bank, write_no_bank
from kompetanse.export.moodle.quiz import quiz
from kompetanse.export.question_bank import Asked, in_order
from kompetanse.export.reading import whole
from kompetanse.messages import text

_LONG_AGO = 1_704_067_200
"""The date in a backup of content that no commit dates: 1 January 2024."""

_FIRST = 11
"""Number of the first activity; smaller ones are the course's own."""


def package(edition: Edition, to: BinaryIO) -> Sequence[str]:
    """Write `edition` to `to`, and return what the backup could not hold."""
    moment = _moment(edition)
    backup = Backup(moment or _LONG_AGO, dated=moment is not None)
    found = list(in_order(edition))
    sections = list(_sections(edition, bool(found)))
    lost: list[str] = []
    activities = [*_pages(backup, edition, sections, lost)]
    if found and edition.pass_mark is not None:
        activities.append(_test(backup, edition, sections[-1], found, activities))
    else:
        write_no_bank(backup)
    for section in sections:
        write_section(backup, section, [one.id for one in activities if one.section is section])
    for one in activities:
        write_activity(backup, one)
    write_course(backup, edition)
    write_competencies(backup, edition)
    write_completion(backup, activities)
    write_badges(backup, edition)
    write_index(backup, edition, sections, activities)
    write_targz(backup.entries(), to)
    return lost


def _moment(edition: Edition) -> int | None:
    version = edition.version
    return int(version.moment.timestamp()) if version and version.moment else None


def _sections(edition: Edition, has_test: bool) -> Iterator[Section]:
    """Yield the first section, which holds what the course is about, one for each module, and that of the test."""
    yield Section(0, None, "")
    for number, lesson in enumerate(edition.lessons[1:], 1):
        summary = f"<p>{escape(lesson.summary)}</p>" if lesson.summary else ""
        yield Section(number, clipped(lesson.title), summary)
    if has_test:
        yield Section(len(edition.lessons), text(edition.course.language, "moodle.test"), "")


def _pages(
    backup: Backup, edition: Edition, sections: Sequence[Section], lost: list[str]
) -> Iterator[Activity]:
    media = {one.name: one for one in edition.media}
    numbers = {lesson.id: number for number, lesson in enumerate(edition.lessons, _FIRST)}

    def at(lesson: str) -> str:
        return f"$@PAGEVIEWBYID*{numbers[lesson]}@$"  # a restore puts the new address here

    for lesson, section in zip(edition.lessons, sections, strict=False):
        yield page(backup, numbers[lesson.id], section, lesson, whole(edition, lesson, lost), media, at)


def _test(
    backup: Backup, edition: Edition, section: Section, found: Sequence[Asked], pages: Sequence[Activity]
) -> Activity:
    after = [one.id for one in pages]
    number = _FIRST + len(pages)
    made = quiz(
        backup,
        number,
        section,
        found,
        edition.course.language,
        edition.pass_mark or 0,
        after,
        evidence(edition),
    )
    write_bank(backup, edition, number, made.context, found)
    return made
