"""Read questions in a single file of QTI 1.2, 2 or 3."""

from __future__ import annotations

from kompetanse.importers import question_file
from kompetanse.importers.asked import Fitting
from kompetanse.importers.found_course import FoundCourse
from kompetanse.importers.media import Shelf
from kompetanse.importers.package_places import PackagePlaces
from kompetanse.importers.package_tests import exams
from kompetanse.importers.readers import Tell, quiet
from kompetanse.importers.unpacked import Unpacked


def read(source: Unpacked, tell: Tell = quiet) -> FoundCourse:
    """Read a file of questions.

    Raises:
        KompetanseError: When it is damaged, no QTI, or has no question.
    """
    shelf, entry = Shelf(), source.names[0]
    places = PackagePlaces(source, entry, shelf, {})
    found = [
        (exam.title.replace("/", "//"), exam.test) for exam in exams(source, entry, places, Fitting("nb"))
    ]
    return question_file.course(source.file, "QTI", found, media=shelf.media, losses=shelf.losses)
