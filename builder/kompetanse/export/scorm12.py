"""SCORM 1.2: a course as one SCO that finds its way itself, keeps how far somebody has come, and tells score and status.

Sources: SCORM 1.2 Content Aggregation Model, 2.3 (manifest) and Run-Time Environment, 3.4 (`reader/record-scorm12.js`).
What systems make of a package beyond that is measured on Moodle: no mastery score, since it would turn a miss into `failed`,
which closes the attempt; ASCII names; the manifest at the root; every file listed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from kompetanse.export.archive import Entry, write_zip
from kompetanse.export.edition import Edition
from kompetanse.export.elements import words
from kompetanse.export.reader.folder import files_of, warnings
from kompetanse.export.reader.page import Page
from kompetanse.export.reader.room import answers_fit
from kompetanse.export.reader.templating import template

_LONGEST_VERSION = 20
_LONGEST_TITLE = 255
"""Signs that Moodle's table of SCOs holds; one more, and the package is refused with an error of the database."""


def package(edition: Edition, to: BinaryIO) -> Sequence[str]:
    """Write the package to `to`, and return what it could not hold."""
    page = Page(edition)
    files = files_of(page, "scorm12")
    write_zip((Entry("imsmanifest.xml", _manifest(edition, files)), *files), to)
    return [*page.lost, *warnings(files), *_forgotten(edition)]


def _manifest(edition: Edition, files: Sequence[Entry]) -> bytes:
    made = template("imsmanifest.xml").render(
        identifier=f"k-{edition.region.id}-{edition.course.id}",
        version=edition.stamp[:_LONGEST_VERSION].rstrip(),
        title=words(edition.course.title[:_LONGEST_TITLE]),
        files=[one.name for one in files],
    )
    return made.encode()


def _forgotten(edition: Edition) -> Iterator[str]:
    if not answers_fit(edition):
        yield "The course is too long for 4,096 characters: who comes back finds which answers were right, but not the wrong ones"
