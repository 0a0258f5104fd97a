"""The packages that a site offers: made for each course, kept between builds, put where the course lies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import SpooledTemporaryFile

from kompetanse.commands.progress import track_packages
from kompetanse.commands.replacement import put_stream
from kompetanse.export.editing import edition, unsettled
from kompetanse.export.edition import Edition
from kompetanse.export.formats import FORMATS, Format
from kompetanse.export.keeping import mark
from kompetanse.model.item import Course, ItemId
from kompetanse.model.package import Package
from kompetanse.pages.view import Site
from kompetanse.staging import FileOf
from kompetanse.timing import timed

FOLDER = "pakker/"
"""Where the packages of a course lie, below its page."""

_OFFERED = ("scorm12", "mbz", "cc11", "moodle-xml", "gift", "epub", "html")
"""The formats that a course page offers, the most useful first."""

_OF_QUESTIONS = frozenset({"moodle-xml", "gift"})
_IN_MEMORY = 8 * 1024 * 1024


class Packing:
    """Makes packages in a folder where those of earlier builds lie.

    Attributes:
        files: Where each package comes to lie, relative to the site → the file.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.files: dict[str, Path] = {}

    @timed("packages")
    def __call__(self, site: Site, file_of: FileOf) -> Mapping[ItemId, tuple[Package, ...]]:
        """Make the packages of every published course that others may use, as far as they are not kept."""
        courses = site.catalogue.published(Course)
        found = {
            course.id: tuple(self._packages(edition(site, course, file_of)))
            for course in track_packages([one for one in courses if not unsettled(site, one)])
        }
        self._forget_others()
        return found

    def _packages(self, made: Edition) -> Iterator[Package]:
        key, has_questions = mark(made), made.pass_mark is not None
        for name in _OFFERED:
            if name in FORMATS and (has_questions or name not in _OF_QUESTIONS):
                yield self._package(FORMATS[name], made, key)

    def _package(self, chosen: Format, made: Edition, key: str) -> Package:
        file = self._folder / f"{key}-{chosen.name}"
        if not file.is_file():
            _write(chosen, made, file)
        address = f"{made.course.address}{FOLDER}{chosen.file_name(made.course.id)}"
        self.files[address] = file
        return Package(chosen.name, address, file.stat().st_size)

    def _forget_others(self) -> None:
        """Take away the packages of earlier versions."""
        kept = set(self.files.values())
        for file in self._folder.iterdir() if self._folder.is_dir() else ():
            if file not in kept and file.is_file():
                file.unlink()


def _write(chosen: Format, made: Edition, file: Path) -> None:
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as aside:
        chosen.package_course(made, aside)  # type: ignore[arg-type]
        aside.seek(0)
        put_stream(file, aside)  # type: ignore[arg-type]
