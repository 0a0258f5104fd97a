"""A lesson as our own packages show it: on the page of SCORM, cmi5 and HTML, and as a chapter of a book."""

from __future__ import annotations

from collections.abc import Iterator

from kompetanse.importers import html_text
from kompetanse.importers.found_course import FoundLesson, Loss
from kompetanse.importers.html_tree import Element, take_out, words
from kompetanse.importers.own_quiz import of_class, put_in, taken_out
from kompetanse.importers.places import Places
from kompetanse.importers.saying import Saying
from kompetanse.importers.table import clean
from kompetanse.importers.wording import wording


class OwnSections:
    """The lessons of one package.

    Attributes:
        losses: What was not carried over.
    """

    def __init__(self, source: str) -> None:
        self.losses: list[Loss] = []
        self._source = source
        self._count = -1  # the first is the course

    def lesson(self, section: Element, places: Places) -> FoundLesson:
        """Return a section as a lesson; the first of a package is the course itself."""
        self._count += 1
        unnamed = wording(section.get("lang") or "nb").lesson.format(number=self._count)
        title = clean(words(next(section.iter("h1"), section)))[:300] or unnamed
        where = f"{self._source}: {title[:100]}"
        summary = _taken(section, "kmp-lead")
        _taken(section, "kmp-lesson__place")
        objectives = tuple(_objectives(section))
        for one in [*section.iter("h1"), *of_class(section, "kmp-hidden")]:
            take_out(one)
        questions = taken_out(section, Saying(where, self.losses, places))
        found = html_text.written(section, places, where)
        self.losses += found.losses
        body, left = put_in(found.body, questions)
        return FoundLesson(title, body, left, summary, objectives, section.get("lang"))


def _taken(section: Element, name: str) -> str:
    """Take out the part of a section with a class, and return its words."""
    found = next(of_class(section, name), None)
    if found is None:
        return ""
    said = clean(words(found))
    take_out(found)
    return said


def _objectives(section: Element) -> Iterator[str]:
    found = next(of_class(section, "kmp-objectives"), None)
    if found is not None:
        yield from (clean(words(one)) for one in found.iter("li"))
        take_out(found)
