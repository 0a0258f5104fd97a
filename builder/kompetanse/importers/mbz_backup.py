"""What a Moodle backup holds: sections and activities in their order, before any of their texts is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

from kompetanse.importers.table import clean
from kompetanse.importers.unpacked import Unpacked
from kompetanse.importers.xml_text import parsed

INDEX = "moodle_backup.xml"
_NULL = "$@NULL@$"


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity of the course.

    Attributes:
        id: Its number in the course (cmid), by which links call it.
        kind: Moodle's name of its type, such as `page`.
        name: As the course lists it; may be empty.
        context: Number of its context, by which its files are found.
        row: The element of its type, such as `<page id="11">`.
        hidden: Whether learners do not see it.
        limited: Whether something must come before it.
        pass_mark: Share of the grade that passes, in per cent; None when nothing does.
    """

    id: str
    kind: str
    name: str
    context: str
    row: etree._Element
    hidden: bool
    limited: bool
    pass_mark: int | None


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the course.

    Attributes:
        id: Its number in the backup.
        number: Its place; 0 is what stands before all others.
        name: Its name; may be empty.
        summary: HTML of what it is about.
        activities: Its activities in their order.
        inside: Number of the subsection activity whose content it is; empty for others.
        hidden: Whether learners do not see it.
    """

    id: str
    number: int
    name: str
    summary: str
    activities: tuple[Activity, ...]
    inside: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup.

    Attributes:
        name: Full name of the course; may be empty.
        context: Number of the course's context.
        release: The Moodle that wrote it.
        sections: Its sections in their order.
    """

    name: str
    context: str
    release: str
    sections: tuple[Section, ...]


def value(row: etree._Element | None, path: str) -> str:
    """Return what a field holds; empty when it is not there, or NULL."""
    found = "" if row is None else (row.findtext(path) or "")
    return "" if found == _NULL else found


def read_backup(source: Unpacked) -> Backup:
    """Read the structure of a backup.

    Raises:
        KompetanseError: When a file of it is damaged or missing.
    """
    root = parsed(source.read(INDEX), f"{source.file}: {INDEX}")
    about = root.find("information")
    if root.tag != "moodle_backup" or about is None:
        source.fail(
            INDEX, "this is no backup of Moodle 2 or newer", "Back the course up again, in a newer Moodle"
        )
    activities = {one.id: one for one in _activities(source, about)}
    return Backup(
        name=clean(value(about, "original_course_fullname")),
        context=value(about, "original_course_contextid"),
        release=clean(value(about, "backup_release")),
        sections=tuple(sorted(_sections(source, about, activities), key=lambda one: one.number)),
    )


def part(source: Unpacked, name: str) -> etree._Element | None:
    """Return the root of a file of the backup; None when it is not there."""
    return parsed(source.read(name), f"{source.file}: {name}") if name in source else None


def _activities(source: Unpacked, about: etree._Element) -> Iterator[Activity]:
    for one in about.iterfind("contents/activities/activity"):
        folder, kind = value(one, "directory"), value(one, "modulename")
        root = part(source, f"{folder}/{kind}.xml")
        if root is None:
            source.fail(
                f"{folder}/{kind}.xml", "this file of the backup is missing", "Back the course up again"
            )
        module = part(source, f"{folder}/module.xml")
        inner = root.find(kind)
        yield Activity(
            id=value(one, "moduleid"),
            kind=kind,
            name=clean(value(inner, "name") or value(one, "title")),
            context=root.get("contextid", ""),
            row=root if inner is None else inner,
            hidden=value(module, "visible") == "0",
            limited='"type"' in value(module, "availability"),
            pass_mark=_pass_mark(part(source, f"{folder}/grades.xml")),
        )


def _pass_mark(grades: etree._Element | None) -> int | None:
    for item in [] if grades is None else grades.iter("grade_item"):
        try:
            passes, most = float(value(item, "gradepass") or 0), float(value(item, "grademax") or 0)
        except ValueError:
            continue
        if 0 < passes <= most:
            return round(100 * passes / most)
    return None


def _sections(
    source: Unpacked, about: etree._Element, activities: Mapping[str, Activity]
) -> Iterator[Section]:
    """Yield the sections; in a backup of one activity there is none, and it stands alone."""
    placed: set[str] = set()
    for place, one in enumerate(about.iterfind("contents/sections/section")):
        root = part(source, f"{value(one, 'directory')}/section.xml")
        order = [id_ for id_ in value(root, "sequence").split(",") if id_ in activities]
        placed |= set(order)
        yield Section(
            id=value(one, "sectionid"),
            number=_number(value(root, "number"), place),
            name=clean(value(root, "name")),
            summary=value(root, "summary"),
            activities=tuple(activities[id_] for id_ in order),
            inside=value(root, "itemid") if value(root, "component") == "mod_subsection" else "",
            hidden=value(root, "visible") == "0",
        )
    left = tuple(one for id_, one in activities.items() if id_ not in placed)
    if left:
        yield Section("", 10_000, "", "", left, "", hidden=False)


def _number(written: str, place: int) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 8 else place
