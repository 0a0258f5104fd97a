"""What every activity and section of a Moodle backup has, whatever it is."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from kompetanse.export.elements import element
from kompetanse.export.moodle.backup import Backup
from kompetanse.export.moodle.record import record

_VERSION = 2022112800
"""Version of the modules of the Moodle (4.1) that the backup declares."""

NAME = 255
"""Signs that the name of a section, an activity or a badge may have, and an address and a code in a badge (`db/install.xml`). One
more, and the database refuses it, which ends the whole restore."""


def clipped(name: str) -> str:
    """Return a name that Moodle's tables hold."""
    return name if len(name) <= NAME else name[: NAME - 2].rstrip() + " …"


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the course.

    Attributes:
        number: Its place, 0 for the first, which has no name of its own.
        name: Its title; None lets Moodle name it.
        summary: HTML.
    """

    number: int
    name: str | None
    summary: str

    @property
    def id(self) -> int:
        """Its number as a record."""
        return self.number + 1


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity.

    Attributes:
        id: Its number, as a record and as a module of the course.
        kind: Moodle's name of it, one of the core's own: `page`, `quiz`.
        name: Its title.
        section: Where it stands.
        body: Its record.
        idnumber: What it is known by.
        completion: Fields that say when it is done.
        after: Numbers of the activities that must be done before it opens.
        files: Numbers of the files that it shows.
        categories: Numbers of the categories of its questions.
        grade: Its grade item.
        competencies: What it gives evidence of.
    """

    id: int
    kind: str
    name: str
    section: Section
    body: Markup
    idnumber: str
    completion: Mapping[str, object]
    after: Sequence[int] = ()
    files: Sequence[int] = ()
    categories: Sequence[int] = ()
    grade: Markup | None = None
    competencies: Sequence[Markup] = ()

    @property
    def context(self) -> int:
        """Number of its context."""
        return context_of(self.id)

    @property
    def folder(self) -> str:
        """Where it lies in the archive."""
        return f"activities/{self.kind}_{self.id}"


def context_of(activity: int) -> int:
    """Return the number of the context of an activity, which no other context has."""
    return 100_000 + activity


def write_section(backup: Backup, section: Section, activities: Sequence[int]) -> None:
    """Write a section with its activities, in their order."""
    folder = f"sections/section_{section.id}"
    fields = {
        "number": section.number,
        "name": section.name,
        "summary": section.summary,
        "summaryformat": 1,
        "sequence": ",".join(map(str, activities)),
        "visible": 1,
        "availabilityjson": None,
        "timemodified": backup.moment,
    }
    backup.write(f"{folder}/section.xml", record("section", fields, id=section.id))
    backup.write(f"{folder}/inforef.xml", element("inforef"))


def write_activity(backup: Backup, one: Activity) -> None:
    """Write an activity."""
    module = record("module", _module(backup, one), id=one.id, version=_VERSION)
    backup.write(f"{one.folder}/module.xml", module)
    named = {"id": one.id, "moduleid": one.id, "modulename": one.kind, "contextid": one.context}
    backup.write(f"{one.folder}/{one.kind}.xml", element("activity", one.body, **named))
    backup.write(f"{one.folder}/inforef.xml", element("inforef", *_references(one)))
    grades = element("grade_items", one.grade or "")
    backup.write(f"{one.folder}/grades.xml", element("activity_gradebook", grades, element("grade_letters")))
    backup.write(
        f"{one.folder}/roles.xml", element("roles", element("role_overrides"), element("role_assignments"))
    )
    if one.competencies:
        found = element("competencies", *one.competencies)
        backup.write(f"{one.folder}/competencies.xml", element("course_module_competencies", found))


def _module(backup: Backup, one: Activity) -> Mapping[str, object]:
    done = {
        "completion": 2,
        "completiongradeitemnumber": None,
        "completionpassgrade": 0,
        "completionview": 0,
        "completionexpected": 0,
        **one.completion,
    }
    return {
        "modulename": one.kind,
        "sectionid": one.section.id,
        "sectionnumber": one.section.number,
        "idnumber": one.idnumber,
        "added": backup.moment,
        "score": 0,
        "indent": 0,
        "visible": 1,
        "visibleoncoursepage": 1,
        "visibleold": 1,
        "groupmode": 0,
        "groupingid": 0,
        **done,
        "availability": _opens(one.after),
        "showdescription": 0,
        "downloadcontent": 1,
        "lang": None,
        "tags": Markup(""),
    }


def _opens(after: Sequence[int]) -> str | None:
    """Return Moodle's condition: all of these are done, and each that is missing is shown."""
    if not after:
        return None
    each = [{"type": "completion", "cm": number, "e": 1} for number in after]
    return json.dumps({"op": "&", "c": each, "showc": [True] * len(each)}, separators=(",", ":"))


def _references(one: Activity) -> list[Markup]:
    """Return what an activity refers to: a file that nobody refers to is not restored."""
    kinds = {
        "fileref": ("file", one.files),
        "grade_itemref": ("grade_item", [one.id] if one.grade else []),
        "question_categoryref": ("question_category", one.categories),
    }
    return [
        element(kind, *(element(name, element("id", number)) for number in numbers))
        for kind, (name, numbers) in kinds.items()
        if numbers
    ]


def grade_item(backup: Backup, number: int, kind: str, name: str, most: float, needed: float) -> Markup:
    """Return the grade item of activity `number`: at most `most` points, of which `needed` pass."""
    fields = {
        "categoryid": 1,
        "itemname": name,
        "itemtype": "mod",
        "itemmodule": kind,
        "iteminstance": number,
        "itemnumber": 0,
        "iteminfo": None,
        "idnumber": "",
        **grading(backup, most, needed, order=2),
    }
    return record("grade_item", fields, id=number)


def grading(backup: Backup, most: float, needed: float, order: int) -> Mapping[str, object]:
    """Return the fields that every grade item ends with."""
    return {
        "calculation": None,
        "gradetype": 1,
        "grademax": most,
        "grademin": 0,
        "scaleid": None,
        "outcomeid": None,
        "gradepass": needed,
        "multfactor": 1,
        "plusfactor": 0,
        "aggregationcoef": 0,
        "aggregationcoef2": 0,
        "weightoverride": 0,
        "sortorder": order,
        "display": 0,
        "decimals": None,
        "hidden": 0,
        "locked": 0,
        "locktime": 0,
        "needsupdate": 0,
        "timecreated": backup.moment,
        "timemodified": backup.moment,
        "grade_grades": Markup(""),
    }
