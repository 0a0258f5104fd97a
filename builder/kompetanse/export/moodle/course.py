"""The course's own records in a backup: its settings and its grade."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup, escape

from kompetanse.export.edition import Edition
from kompetanse.export.elements import element, many
from kompetanse.export.moodle.activity import grading
from kompetanse.export.moodle.backup import COURSE, Backup
from kompetanse.export.moodle.record import record
from kompetanse.export.reading import credit

ID = 1
"""Number of the course."""

_SHORT_NAME, _ID_NUMBER = 100, 100
"""Signs that Moodle's tables hold."""

NAME = 240
"""Signs that a course's name may have: 254, less what a second restore adds, ` copy 1` (`restore_dbops::calculate_course_names`)."""

_LANGUAGES = {"nb": "no", "no": "no"}
"""Moodle's names of languages, where they are not the tag's."""


def write_course(backup: Backup, edition: Edition) -> None:
    """Write the course's settings and its grade, and that there are no groups, roles and scales."""
    backup.write("course/course.xml", record("course", _fields(backup, edition), id=ID, contextid=COURSE))
    backup.write("course/inforef.xml", element("inforef"))
    backup.write("course/roles.xml", element("roles", element("role_overrides"), element("role_assignments")))
    backup.write("course/enrolments.xml", element("enrolments", element("enrols")))
    _write_gradebook(backup)
    for name in ("groups", "outcomes", "roles", "scales"):
        backup.write(f"{name}.xml", element(name if name == "groups" else f"{name}_definition"))


def language_of(language: str) -> str:
    """Return Moodle's name of a language; a Moodle that does not have it takes its own."""
    return _LANGUAGES.get(language, language.replace("-", "_").lower())


def names(edition: Edition) -> tuple[str, str]:
    """Return the short name of the course, which tells versions apart, and its title."""
    short = f"{edition.course.id} {edition.stamp.split(' ')[0]}"
    return short[:_SHORT_NAME], edition.course.title[:NAME].rstrip()


def _fields(backup: Backup, edition: Edition) -> dict[str, object]:
    short, full = names(edition)
    return {
        "shortname": short,
        "fullname": full,
        "idnumber": f"{edition.region.id}:{edition.course.id}"[:_ID_NUMBER],
        "summary": _summary(edition),
        "summaryformat": 1,
        "format": "topics",
        "showgrades": 1,
        "newsitems": 0,
        "startdate": backup.moment,
        "enddate": 0,
        "marker": 0,
        "maxbytes": 0,
        "legacyfiles": 0,
        "showreports": 0,
        "visible": 1,
        "groupmode": 0,
        "groupmodeforce": 0,
        "defaultgroupingid": 0,
        "lang": language_of(edition.course.language),
        "theme": "",
        "timecreated": backup.moment,
        "timemodified": backup.moment,
        "requested": 0,
        "showactivitydates": 0,
        "showcompletionconditions": 1,
        "enablecompletion": 1,
        "completionnotify": 1,
        "category": record("category", {"name": edition.region.name, "description": None}, id=1),
        "tags": many(*_tags(edition)),
        "customfields": "",
        "courseformatoptions": "",
    }


def _tags(edition: Edition) -> Iterator[Markup]:
    for number, tag in enumerate(edition.course.tags, 1):
        yield record("tag", {"name": tag.lower(), "rawname": tag}, id=number)


def _summary(edition: Edition) -> str:
    said = f"<p>{escape(edition.course.summary)}</p>" if edition.course.summary else ""
    return said + "".join(credit(edition))


def _write_gradebook(backup: Backup) -> None:
    category = {
        "parent": None,
        "depth": 1,
        "path": "/1/",
        "fullname": "?",
        "aggregation": 13,
        "keephigh": 0,
        "droplow": 0,
        "aggregateonlygraded": 1,
        "aggregateoutcomes": 0,
        "timecreated": backup.moment,
        "timemodified": backup.moment,
        "hidden": 0,
    }
    item = {
        "categoryid": None,
        "itemname": None,
        "itemtype": "course",
        "itemmodule": None,
        "iteminstance": 1,
        "itemnumber": None,
        "iteminfo": None,
        "idnumber": None,
        **grading(backup, 100, 0, order=1),
    }
    backup.write(
        "gradebook.xml",
        element(
            "gradebook",
            element("attributes"),
            element("grade_categories", record("grade_category", category, id=1)),
            element("grade_items", record("grade_item", item, id=1)),
            element("grade_letters"),
            element("grade_settings"),
        ),
    )
