"""cmi5: the same page as in SCORM as one assignable unit, which tells an LRS in xAPI statements.

Source: cmi5 Quartz, 1st edition: 13 (course structure) and 14 (package); `reader/record-cmi5.js` has the rest.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import BinaryIO

from kompetanse.export.archive import Entry, write_zip
from kompetanse.export.edition import Edition
from kompetanse.export.elements import words
from kompetanse.export.reader.folder import files_of, warnings
from kompetanse.export.reader.page import Page
from kompetanse.export.reader.templating import template


def package(edition: Edition, to: BinaryIO) -> Sequence[str]:
    """Write the package to `to`, and return what it could not hold."""
    page = Page(edition)
    files = files_of(page, "cmi5")
    write_zip((Entry("cmi5.xml", _structure(edition)), *files), to)
    return [*page.lost, *warnings(files)]


def _structure(edition: Edition) -> bytes:
    """Return the course structure. Its ids are our own and stay the same from edition to edition; an LMS makes others of them."""
    mark = edition.pass_mark
    made = template("cmi5.xml").render(
        language=edition.course.language,
        title=words(edition.course.title),
        summary=words(edition.course.summary or edition.course.title),
        course_id=_iri(edition, "course"),
        unit_id=_iri(edition, "unit"),
        move_on="Completed" if mark is None else "CompletedAndPassed",
        mastery=None if mark is None else f"{mark / 100:g}",
    )
    return made.encode()


def _iri(edition: Edition, what: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{edition.region.id}/{edition.course.id}/cmi5/{what}").urn
