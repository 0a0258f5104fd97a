"""SCORM 1.2: a course as one SCO that finds its way itself, keeps how far somebody has come, and tells score and status.

Sources: SCORM 1.2 Content Aggregation Model, 2.3 (manifest) and Run-Time Environment, 3.4 (`reader/record-scorm12.js`).
What systems make of a package beyond that is measured on Moodle: no mastery score, since it would turn a miss into `failed`,
which closes the attempt; ASCII names; the manifest at the root; every file listed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from markupsafe import Markup

from kompetanse.export.archive import Entry, write_zip
from kompetanse.export.edition import Edition
from kompetanse.export.reader.page import Page, script, style
from kompetanse.export.reader.readme import readme
from kompetanse.export.reader.room import answers_fit
from kompetanse.export.reader.templating import template

MEDIA = "filer/"
"""Where the files of the course lie in a package."""

LARGE = 50_000_000
"""Bytes that systems often refuse to take in one upload."""

_LONGEST_VERSION = 20
_HEAD = Markup('<link rel="stylesheet" href="course.css">\n<script src="course.js"></script>')


def package(edition: Edition, to: BinaryIO) -> Sequence[str]:
    """Write the package to `to`, and return what it could not hold."""
    page = Page(edition)
    files = [
        Entry("index.html", "".join(page.written(lambda name: MEDIA + name, _HEAD)).encode()),
        Entry("course.css", style(edition).encode()),
        Entry("course.js", script("record-scorm12.js").encode()),
        Entry("les-meg.html", readme(edition, "scorm12").encode()),
        *(Entry(MEDIA + one.name, one.file) for one in edition.media),
    ]
    write_zip((Entry("imsmanifest.xml", _manifest(edition, files)), *files), to)
    return [*page.lost, *warnings(edition, files)]


def _manifest(edition: Edition, files: Sequence[Entry]) -> bytes:
    made = template("imsmanifest.xml").render(
        identifier=f"k-{edition.region.id}-{edition.course.id}",
        version=edition.stamp[:_LONGEST_VERSION].rstrip(),
        title=edition.course.title,
        files=[one.name for one in files],
    )
    return made.encode()


def warnings(edition: Edition, files: Sequence[Entry]) -> Iterator[str]:
    """Yield what whoever uploads a package with these files should know."""
    if sum(one.size for one in files) > LARGE:
        yield "The package is over 50 MB: many systems refuse that in one upload. Make pictures smaller, or divide the course"
    if not answers_fit(edition):
        yield "The course is too long for 4,096 characters: who comes back finds which answers were right, but not the wrong ones"
