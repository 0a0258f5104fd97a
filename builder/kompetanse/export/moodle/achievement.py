"""What a course gives to who completes it: when it is complete, what it is evidence of, and its badge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup, escape

from kompetanse.evidence.badge import svg
from kompetanse.export.archive import Entry
from kompetanse.export.competences import PROFICIENT
from kompetanse.export.drawing import as_png
from kompetanse.export.edition import Edition
from kompetanse.export.elements import element, many
from kompetanse.export.moodle.activity import NAME, Activity, clipped
from kompetanse.export.moodle.backup import COURSE, Backup, Place
from kompetanse.export.moodle.course import ID, language_of
from kompetanse.export.moodle.record import record
from kompetanse.messages import text
from kompetanse.model.item import Competence, Target

_COLOUR = "#0b57a4"
"""The theme's own accent, for a region that has chosen no colour."""

_SIZES = ("f1", "f2", "f3")
"""Names by which Moodle asks for a badge's picture: as large as a thumb, an icon, and whole."""

_ACTIVITY, _ALL = 4, 1
"""Moodle's numbers: a criterion that an activity is done, and that all of several must be met."""

_EVIDENCE, _REVIEW, _COMPLETE = 1, 2, 3
"""What a completed course does for a competence: gives evidence, asks for a review, or fulfils it."""


def competencies(edition: Edition, outcome: int | None = None) -> Iterator[Markup]:
    """Yield links to the competences that the course teaches, known by the ids that our framework is imported with.

    Args:
        edition: The course.
        outcome: What being done does for each; else what the course's certificate stands for.
    """
    for number, (item, target) in enumerate(_targets(edition), 1):
        fields: dict[str, object] = {"idnumber": item.id}
        fields |= {"ruleoutcome": outcome or _outcome(edition, target)}
        fields |= {"overridegrade": 0} if outcome else {}
        yield record("competency", {**fields, "frameworkidnumber": edition.region.id}, id=number)


def evidence(edition: Edition) -> tuple[Markup, ...]:
    """Return links by which passing the test gives evidence."""
    return tuple(competencies(edition, _EVIDENCE))


def _targets(edition: Edition) -> list[tuple[Competence, Target]]:
    """Return the competences that the course teaches, each in its first language, by whose id the framework knows it."""
    items = edition.catalogue.items
    known = ((items.get(one.competence), one) for one in edition.course.teaches)
    return [(edition.catalogue.original(item), one) for item, one in known if isinstance(item, Competence)]


def _outcome(edition: Edition, target: Target) -> int:
    certificate = edition.course.certificate
    if certificate is None or certificate.evidence == "self" or target.level < PROFICIENT:
        return _EVIDENCE
    return _REVIEW if certificate.evidence == "confirmed" else _COMPLETE


def write_competencies(backup: Backup, edition: Edition) -> None:
    """Write what completing the course does for competences; links bind only where the framework is imported first."""
    settings = record("settings", {"pushratingstouserplans": 1})
    links = element("competencies", *competencies(edition))
    backup.write("course/competencies.xml", element("course_competencies", links, settings))


def write_completion(backup: Backup, completed: Sequence[Activity]) -> None:
    """Write that the course is complete when all of `completed` are done."""
    criteria = [
        record(
            "course_completion_criteria",
            {
                "course": ID,
                "criteriatype": _ACTIVITY,
                "module": one.kind,
                "moduleinstance": one.id,
                "courseinstanceshortname": None,
                "enrolperiod": None,
                "timeend": None,
                "gradepass": None,
                "role": None,
                "roleshortname": None,
                "course_completion_crit_completions": "",
            },
            id=one.id,
        )
        for one in completed
    ]
    methods = [
        record(
            "course_completion_aggr_methd",
            {"course": ID, "criteriatype": kind, "method": _ALL, "value": None},
            id=number,
        )
        for number, kind in ((1, None), (2, _ACTIVITY))
    ]
    backup.write("completion.xml", element("course_completion", *criteria, *methods))


def write_badges(backup: Backup, edition: Edition) -> None:
    """Write the badge of a course that has a certificate. It arrives inactive: a teacher turns it on."""
    if not edition.course.certificate:
        backup.write("badges.xml", element("badges"))
        return
    backup.write("badges.xml", element("badges", _badge(backup, edition)))
    course, region = edition.course, edition.region
    colour = region.colours.get("brand") or region.colours.get("accent") or _COLOUR
    drawn = as_png(svg(course.title, region.publisher or region.name, colour, course.language))
    if drawn is None:
        return
    for size in _SIZES:
        backup.store(Entry(f"{size}.png", drawn), "image/png", Place(COURSE, "badges", "badgeimage", 1))


def _badge(backup: Backup, edition: Edition) -> Markup:
    language, title, region = edition.course.language, edition.course.title, edition.region
    return record(
        "badge",
        {
            "name": clipped(text(language, "moodle.badge", title=title)),
            "description": edition.course.summary or title,
            "timecreated": backup.moment,
            "timemodified": backup.moment,
            "usercreated": None,
            "usermodified": None,
            "issuername": clipped(region.publisher or region.name),
            "issuerurl": region.url or "",
            "issuercontact": region.contact or "",
            "expiredate": None,
            "expireperiod": None,
            "type": 2,
            "courseid": ID,
            "message": f"<p>{escape(text(language, 'moodle.badge_message', title=title))}</p>",
            "messagesubject": text(language, "moodle.badge_subject"),
            "attachment": 1,
            "notification": 0,
            "status": 0,
            "nextcron": None,
            "version": "1",
            "language": language_of(language),
            "imageauthorname": "",
            "imageauthoremail": "",
            "imageauthorurl": "",
            "imagecaption": "",
            "criteria": many(_criterion(1, 0), _criterion(2, _ACTIVITY)),
            "alignments": many(*_alignments(edition)),
            "relatedbadges": "",
            "manual_awards": "",
            "tags": "",
        },
        id=1,
    )


def _criterion(number: int, kind: int) -> Markup:
    """Return one criterion of the badge: kind 0 sums up the others, kind 4 is that the course is complete."""
    given = {"critid": number, "name": f"course_{ID}", "value": ID, "criteriatype": kind}
    fields = {
        "badgeid": 1,
        "criteriatype": kind,
        "method": _ALL,
        "description": "",
        "descriptionformat": 1,
        "parameters": record("parameter", given, id=1) if kind else "",
    }
    return record("criterion", fields, id=number)


def _alignments(edition: Edition) -> Iterator[Markup]:
    """Yield which competences the badge is about, where they can be looked up."""
    region = edition.region
    for number, (item, _) in enumerate(_targets(edition) if region.url else (), 1):
        address = f"{region.url}{item.address}"
        if max(len(address), len(item.id)) > NAME:
            continue
        fields = {
            "badgeid": 1,
            "targetname": clipped(item.title),
            "targeturl": address,
            "targetdescription": item.summary or "",
            "targetframework": clipped(region.name),
            "targetcode": item.id,
        }
        yield record("alignment", fields, id=number)
