"""The files that the page of a course is read from in a package: the same for every system, but for whom its script tells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from kompetanse.export.archive import Entry
from kompetanse.export.reader.page import Page, script, style
from kompetanse.export.reader.readme import readme

MEDIA = "filer/"
"""Where the files of the course lie."""

_LARGE = 50_000_000
"""Bytes that systems often refuse to take in one upload."""

_HEAD = Markup('<link rel="stylesheet" href="course.css">\n<script src="course.js"></script>')


def files_of(page: Page, format_: str) -> list[Entry]:
    """Return the files of a package whose record is kept by `record-<format>.js`, and whose readme is in the words of it."""
    edition = page.edition
    return [
        Entry("index.html", "".join(page.written(lambda name: MEDIA + name, _HEAD)).encode()),
        Entry("course.css", style(edition).encode()),
        Entry("course.js", script(f"record-{format_}.js").encode()),
        Entry("les-meg.html", readme(edition, format_).encode()),
        *(Entry(MEDIA + one.name, one.file) for one in edition.media),
    ]


def warnings(files: Sequence[Entry]) -> Iterator[str]:
    """Yield what whoever uploads a package with these files should know."""
    if sum(one.size for one in files) > _LARGE:
        yield "The package is over 50 MB: many systems refuse that in one upload. Make pictures smaller, or divide the course"
