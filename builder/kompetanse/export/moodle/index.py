"""The index of a backup: what a Moodle reads first, and what it offers to restore."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from markupsafe import Markup

from kompetanse.export.edition import Edition
from kompetanse.export.elements import element, many
from kompetanse.export.moodle.activity import Activity, Section
from kompetanse.export.moodle.backup import COURSE, INDEX, SYSTEM, Backup
from kompetanse.export.moodle.course import ID, names
from kompetanse.export.moodle.record import record

_VERSION, _RELEASE, _BUILD = 2022112800, "4.1", "4.1 (Build: 20221128)"
"""The Moodle whose backup it declares to be: questions of this shape need 4.0.

Moodle 4.0 looks for the eight digits of the build to know how old a backup is (`backup/moodle2/restore_stepslib.php`); without
them it takes it for one from before 3.5, with a notice for each look.
"""

_ROOT = {
    "imscc11": 0,
    "users": 0,
    "anonymize": 0,
    "role_assignments": 0,
    "activities": 1,
    "blocks": 0,
    "files": 1,
    "filters": 0,
    "comments": 0,
    "badges": 1,
    "calendarevents": 0,
    "userscompletion": 0,
    "logs": 0,
    "grade_histories": 0,
    "questionbank": 1,
    "groups": 0,
    "competencies": 1,
    "customfield": 0,
    "contentbankcontent": 0,
    "xapistate": 0,
    "legacyfiles": 0,
}
"""What the backup holds: all that makes a course, and nobody's data."""


def write_index(
    backup: Backup, edition: Edition, sections: Sequence[Section], activities: Sequence[Activity]
) -> None:
    """Write the index. No comment stands before it: Moodle knows a backup by its first 200 bytes."""
    file_name = f"{edition.course.id}.mbz"
    short, full = names(edition)
    information = {
        "name": file_name,
        "moodle_version": _VERSION,
        "moodle_release": _BUILD,
        "backup_version": _VERSION,
        "backup_release": _RELEASE,
        "backup_date": backup.moment,
        "mnet_remoteusers": 0,
        "include_files": 1,
        "include_file_references_to_external_content": 0,
        "original_wwwroot": (edition.region.url or f"https://{edition.region.id}.invalid").rstrip("/"),
        "original_site_identifier_hash": _mark(edition.region.id),
        "original_course_id": ID,
        "original_course_format": "topics",
        "original_course_fullname": full,
        "original_course_shortname": short,
        "original_course_startdate": backup.moment,
        "original_course_enddate": 0,
        "original_course_contextid": COURSE,
        "original_system_contextid": SYSTEM,
        "details": _detail(edition),
        "contents": _contents(short, sections, activities),
        "settings": many(*_settings(file_name, sections, activities)),
    }
    backup.write(INDEX, element("moodle_backup", record("information", information)))


def _mark(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def _detail(edition: Edition) -> Markup:
    fields = {
        "type": "course",
        "format": "moodle2",
        "interactive": 0,
        "mode": 10,
        "execution": 1,
        "executiontime": 0,
    }
    mark = _mark(f"{edition.region.id} {edition.course.id} {edition.stamp}")
    return record("detail", fields, backup_id=mark)


def _contents(short: str, sections: Sequence[Section], activities: Sequence[Activity]) -> Markup:
    return many(
        element("activities", *map(_activity, activities)),
        element("sections", *map(_section, sections)),
        record("course", {"courseid": ID, "title": short, "directory": "course"}),
    )


def _activity(one: Activity) -> Markup:
    fields = {
        "moduleid": one.id,
        "sectionid": one.section.id,
        "modulename": one.kind,
        "title": one.name,
        "directory": one.folder,
        "insubsection": "",
    }
    return record("activity", fields)


def _section(one: Section) -> Markup:
    fields = {
        "sectionid": one.id,
        "title": one.name or one.number,
        "directory": f"sections/section_{one.id}",
        "parentcmid": "",
        "modname": "",
    }
    return record("section", fields)


def _settings(
    file_name: str, sections: Sequence[Section], activities: Sequence[Activity]
) -> Iterator[Markup]:
    for name, value in {"filename": file_name, **_ROOT}.items():
        yield record("setting", {"level": "root", "name": name, "value": value})
    for section in sections:
        yield from _two("section", f"section_{section.id}")
    for activity in activities:
        yield from _two("activity", f"{activity.kind}_{activity.id}")


def _two(level: str, which: str) -> Iterator[Markup]:
    """Yield that one part is included, and that no user's data are."""
    for what, value in (("included", 1), ("userinfo", 0)):
        yield record("setting", {"level": level, level: which, "name": f"{which}_{what}", "value": value})
