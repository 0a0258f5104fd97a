"""Read a course from the book (EPUB) that we made of it: `export/reader/templates/chapter.xhtml` marks what is what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kompetanse.importers.found_course import FoundCourse
from kompetanse.importers.html_encoding import decoded
from kompetanse.importers.html_head import head, licence_in
from kompetanse.importers.html_tree import Element, tree
from kompetanse.importers.media import Shelf
from kompetanse.importers.own_section import OwnSections
from kompetanse.importers.places import PagePlaces
from kompetanse.importers.readers import Tell
from kompetanse.importers.unpacked import Unpacked

_TITLE = 'id="kmp-title"'


def is_own(source: Unpacked, spine: Sequence[str]) -> bool:
    """Tell whether a book is one of ours."""
    return len(spine) > 1 and all(_TITLE in decoded(source.read(entry)) for entry in (spine[0], spine[-1]))


def course_of(source: Unpacked, spine: Sequence[str], base: FoundCourse, tell: Tell) -> FoundCourse:
    """Return the course in a book of ours.

    Args:
        source: The book.
        spine: Entries of its chapters: what the course is about, its modules, and who made it.
        base: What its package document says.
        tell: Is told how far reading has come.
    """
    *chapters, colophon = spine
    shelf, reading = Shelf(), OwnSections(source.file.name)
    numbers = {entry: number for number, entry in enumerate(chapters[1:])}
    found = []
    for number, entry in enumerate(chapters, 1):
        places = PagePlaces(source, entry, shelf, numbers)
        found.append(reading.lesson(_section(source, entry), places))
        tell(number, len(chapters))
    return replace(
        base,
        lessons=tuple(found[1:]),
        body=found[0].body,
        summary=found[0].summary or base.summary,
        licence=base.licence or licence_in(decoded(source.read(colophon))),
        objectives=found[0].objectives,
        media=shelf.media,
        losses=(*base.losses, *reading.losses, *shelf.losses),
    )


def _section(source: Unpacked, entry: str) -> Element:
    html = decoded(source.read(entry))
    root = tree(html)
    section = next(root.iter("section"), root)
    language = head(html).language
    if language:
        section.set("lang", language)
    return section
