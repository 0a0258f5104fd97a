"""Read packages with a manifest: Common Cartridge 1.0–1.3, IMS content packages, and QTI as a package."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Sequence

from kompetanse.errors import KompetanseError
from kompetanse.importers import own_flat
from kompetanse.importers.asked import Fitting
from kompetanse.importers.found_course import FoundCourse, FoundLesson, Loss
from kompetanse.importers.lesson_order import at_their_lessons, without_empty_end
from kompetanse.importers.manifest import Manifest, others_of, read_manifest
from kompetanse.importers.media import Shelf
from kompetanse.importers.own_text import without_surroundings
from kompetanse.importers.package_plan import Plan, missing, plan
from kompetanse.importers.package_text import PackageText
from kompetanse.importers.readers import Tell, quiet
from kompetanse.importers.table import clean
from kompetanse.importers.unpacked import Unpacked

_VERSION = re.compile(r"imscc[_a-z]*?v?1p([0-3])")
_QTI = re.compile(r"imsqti(?:_[a-z]+)?_(?:xml)?v([0-9])p([0-9])")


def read(source: Unpacked, tell: Tell = quiet) -> FoundCourse:
    """Read a package.

    Raises:
        KompetanseError: When its manifest or a file of it is damaged, or nothing is in it.
    """
    return course_of(source, read_manifest(source), tell)


def course_of(source: Unpacked, manifest: Manifest, tell: Tell, format_: str | None = None) -> FoundCourse:
    """Return the course in a package whose manifest has been read."""
    parts = plan(manifest)
    fitting, shelf = Fitting(manifest.language or "nb"), Shelf()
    lessons = {entry: number for number, part in enumerate(parts.lessons) for entry in part.pages}
    text = PackageText(source, shelf, fitting, lessons)
    text.losses += _told(source, manifest, parts)
    about = text.text(parts.about)[0] if parts.about else ""
    body = own_flat.placed(FoundLesson("", about)).body
    found = []
    for number, part in enumerate(parts.lessons, 1):
        found.append(text.lesson(part, number))
        tell(number, len(parts.lessons))
    found = without_empty_end(list(map(own_flat.placed, at_their_lessons(found, fitting.categories))))
    if not body and not any(one.body or one.questions for one in found):
        absent = ", ".join(file[:100] for _, file in list(missing(manifest))[:5])
        why = (
            f"these files of it are missing: {absent}"
            if absent
            else "no page of it says anything, and no question is in it"
        )
        raise KompetanseError(f"{source.file}: {why}. Export the course again")
    course = FoundCourse(
        title=manifest.title or parts.title or _only_title(found) or clean(source.file.stem),
        source=source.file.name,
        format=format_ or _format(manifest),
        lessons=tuple(found),
        body=body,
        summary=manifest.description,
        language=manifest.language or text.language,
        licence=manifest.licence,
        media=shelf.media,
        pass_mark=_pass_mark(manifest),
        losses=(*text.losses, *shelf.losses),
    )
    return without_surroundings(course)


def _only_title(lessons: Sequence[FoundLesson]) -> str:
    return lessons[0].title if len(lessons) == 1 else ""


def _told(source: Unpacked, manifest: Manifest, parts: Plan) -> list[Loss]:
    """Return what to say of the package as a whole."""
    name = source.file.name
    found = [
        Loss(
            f"{name}: {resource}", f"file {file[:200]}", "the manifest names it, but it is not in the package"
        )
        for resource, file in missing(manifest)
    ]
    found += [
        Loss(
            name,
            f"the package in {posixpath.dirname(entry) or 'its root'}",
            "a file holds one course; import that folder alone",
        )
        for entry in others_of(source)
    ]
    loose = [part for part in parts.lessons if not part.listed]
    if loose and manifest.nodes:
        entries = [node.resource.entry for part in loose for node in part.nodes if node.resource]
        found.append(
            Loss(
                name,
                f"the place of {', '.join(filter(None, entries))[:300]}",
                "the table of contents does not name them; they are the last lessons. Move them, or delete them",
            )
        )
    return found


def _pass_mark(manifest: Manifest) -> int | None:
    """Return the share that passes, where all rows of the table of contents agree."""
    marks = {one.mastery for node in manifest.nodes for one in node.walk() if one.mastery is not None}
    return marks.pop() if len(marks) == 1 else None


def _format(manifest: Manifest) -> str:
    kinds = Counter("qti" in one.kind for one in manifest.resources.values())
    version = _VERSION.search(manifest.namespaces)
    if version:
        return f"Common Cartridge 1.{version[1]}"
    said = next((found for one in manifest.resources.values() if (found := _QTI.search(one.kind))), None)
    if said and kinds[True] >= kinds[False]:
        return f"QTI {said[1]}.{said[2]}"
    return "IMS content package"
