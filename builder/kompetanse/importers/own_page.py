"""Read a course from the page that our own packages show it on: SCORM, cmi5, and the single HTML file.

What marks it is `export/reader/templates/course.html` and `export/asked.py`: a lesson is `section.kmp-lesson`, a question
`div.kmp-quiz` whose attributes say what is right. No script is read.
"""

from __future__ import annotations

from collections.abc import Mapping

from kompetanse.importers.found_course import FoundCourse
from kompetanse.importers.html_encoding import decoded
from kompetanse.importers.html_head import head
from kompetanse.importers.html_tree import Element, tree, words
from kompetanse.importers.media import Shelf
from kompetanse.importers.own_section import OwnSections
from kompetanse.importers.places import PagePlaces, data_in
from kompetanse.importers.table import clean
from kompetanse.importers.unpacked import Unpacked

_LESSON = "kmp-lesson"


def is_own(html: str) -> bool:
    """Tell whether a page is one of ours; cheap, and true for no other."""
    return f'class="{_LESSON}"' in html and "data-title=" in html


def course_of(source: Unpacked, entry: str, format_: str) -> FoundCourse:
    """Return the course on a page of ours.

    Args:
        source: The package, or the page itself.
        entry: The page's entry in it.
        format_: What kind of file that is.
    """
    html = decoded(source.read(entry))
    root, said = tree(html), head(html)
    sections = [one for one in root.iter("section") if _LESSON in (one.get("class") or "").split()]
    shelf, reading = Shelf(), OwnSections(source.file.name)
    numbers = {one.get("id") or "": place for place, one in enumerate(sections[1:])}
    places = _OwnPlaces(source, entry, shelf, numbers)
    for section in sections:
        _take_files(section, places, shelf, f"{source.file.name}: {entry}")
    about, *rest = [reading.lesson(one, places) for one in sections]
    main = next((one for one in root.iter("main") if one.get("data-title")), None)
    pass_mark = "" if main is None else main.get("data-pass") or ""
    publisher = next(
        (words(one) for one in root.iter("p") if one.get("class") == "kmp-header__publisher"), ""
    )
    return FoundCourse(
        title=clean((main.get("data-title") or "") if main is not None else "")
        or about.title
        or source.file.stem,
        source=source.file.name,
        format=format_,
        lessons=tuple(rest),
        body=about.body,
        summary=about.summary,
        language=said.language,
        licence=said.licence,
        authors=tuple(filter(None, (clean(publisher),))),
        objectives=about.objectives,
        media=shelf.media,
        pass_mark=int(pass_mark)
        if pass_mark.isascii() and pass_mark.isdigit() and len(pass_mark) < 4
        else None,
        losses=(*reading.losses, *shelf.losses),
    )


class _OwnPlaces(PagePlaces):
    """Places of a page whose lessons are anchors of it."""

    def __init__(self, source: Unpacked, page: str, shelf: Shelf, numbers: Mapping[str, int]) -> None:
        super().__init__(source, page, shelf, {})
        self._numbers = numbers
        self.kept: set[str] = set()

    def picture(self, url: str) -> str | None:
        """Return the name of a picture, sound or film."""
        return url if url in self.kept else super().picture(url)

    def link(self, url: str) -> str | None:
        """Return where a link leads."""
        if url in self.kept:
            return url
        if not url.startswith("#"):
            return super().link(url)
        number = self._numbers.get(url[1:].partition("--")[0])
        return None if number is None else f"lesson:{number}"


def _take_files(section: Element, places: _OwnPlaces, shelf: Shelf, where: str) -> None:
    """Take in the files that stand in addresses, as the single HTML file has them."""
    for one in section.iter("a", "audio", "video", "source"):
        name = "href" if one.tag == "a" else "src"
        data = data_in(one.get(name) or "")
        kept = shelf.put(one.get("download") or f"fil.{data[0]}", data[1], where) if data else None
        if kept:
            one.set(name, kept)
            places.kept.add(kept)
