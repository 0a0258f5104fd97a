"""The formats that courses and competences can be had in; each one's module is imported when it is used.

The module of a format for courses has `package(edition, to)`, that of one for the whole region `package(site, to)`. Both write to a
binary stream that is seekable, and return what the format could not hold: sentences in English, for the person who exports.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, BinaryIO, Literal

from kompetanse.export.edition import Edition
from kompetanse.pages.view import Site

Scope = Literal["course", "region"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format.

    Attributes:
        name: As it is typed.
        says: One line for people.
        ending: What a file's name ends in, after the id of the course or region.
        scope: Whether it holds one course or what the whole region has.
    """

    name: str
    says: str
    ending: str
    scope: Scope = "course"

    def file_name(self, id_: str) -> str:
        """Return the name of the package of the course or region with `id_`."""
        return f"{id_}{self.ending}"

    def package_course(self, edition: Edition, to: BinaryIO, *, target: str | None = None) -> Sequence[str]:
        """Write the package of a course to `to`, for the system `target` if it is named, and return what it could not hold."""
        return self._written(edition, to, {"target": target} if target else {})

    def package_region(self, site: Site, to: BinaryIO) -> Sequence[str]:
        """Write what the region has to `to`, and return what it could not hold."""
        return self._written(site, to, {})

    def _written(self, what: Any, to: BinaryIO, options: Mapping[str, str]) -> Sequence[str]:
        module = import_module(f"kompetanse.export.{self.name.replace('-', '_')}")
        lost: Sequence[str] = module.package(what, to, **options)
        return lost


_ALL: tuple[Format, ...] = (
    Format("scorm12", "SCORM 1.2: the whole course with its questions, score and progress", ".scorm12.zip"),
    Format("mbz", "Moodle backup: a whole Moodle course with test, completion and badge", ".mbz"),
    Format(
        "cc11",
        "Common Cartridge 1.1: pages and a test, for Canvas, itslearning, Open edX and Moodle",
        ".imscc",
    ),
    Format("html", "one HTML file: the whole course to read and answer without a network", ".html"),
    Format("epub", "EPUB 3: the course as a book, with the answers at the end of each chapter", ".epub"),
    Format("cmi5", "cmi5: the whole course, telling an LRS in xAPI statements", ".cmi5.zip"),
    Format("moodle-xml", "Moodle XML: the questions, with pictures, for the question bank", "-questions.xml"),
    Format("gift", "GIFT: the questions as text, for Moodle and others", ".gift"),
    Format(
        "competency-csv", "Moodle's competency framework: competences and roles", "-competences.csv", "region"
    ),
    Format("case", "CASE 1.1: competences with levels, and what roles ask for", "-case.json", "region"),
)
FORMATS: Mapping[str, Format] = {one.name: one for one in _ALL}
"""Every format by its name, the most useful first."""
