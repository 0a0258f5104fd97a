"""PowerPoint slides (.pptx, .pptm): a heading for each slide, its levels as lists, its notes for the instructor.

Each section becomes a module; slides without sections are one module.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.exc import PackageNotFoundError, PythonPptxError

from kompetanse.errors import KompetanseError
from kompetanse.importers import office, slide_html
from kompetanse.importers.found_course import FoundCourse, FoundLesson, Loss
from kompetanse.importers.html_block import indented
from kompetanse.importers.html_text import markdown
from kompetanse.importers.media import Shelf
from kompetanse.importers.plain_text import as_markdown
from kompetanse.importers.readers import Tell, quiet
from kompetanse.importers.unpacked import Unpacked

_SPOILT = (
    AttributeError,
    etree.LxmlError,
    IndexError,
    KeyError,
    PackageNotFoundError,
    PythonPptxError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What python-pptx raises on a file that is no whole presentation."""

_SECTIONS = "{http://schemas.microsoft.com/office/powerpoint/2010/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_USUAL_TITLES = ("powerpoint", "presentasjon", "presentation", "lysbilde", "slide")
_TITLE_LAYOUT = 1
_NO_SECTION = ""


@dataclass
class _Slide:
    """A slide that was read."""

    number: int
    title: str
    subtitle: str
    body: str
    is_title: bool


def read(source: Unpacked, tell: Tell = quiet) -> FoundCourse:
    """Read a presentation.

    Raises:
        KompetanseError: When it is damaged, unsafe or empty.
    """
    office.refuse_unsafe(source)
    shelf, losses = Shelf(), list[Loss]()
    try:
        presentation = Presentation(str(office.slim(source)))
        ids = [str(one.get("id")) for one in presentation.slides._sldIdLst]
        slides = list(_slides(source, presentation, shelf, losses, tell))
        sections = list(_sections(presentation.part._element))
    except _SPOILT as error:
        raise KompetanseError(
            f"{source.file}: it is damaged, or no whole presentation. Open it in PowerPoint or LibreOffice, save it anew, "
            "and import that"
        ) from error
    if not slides:
        raise KompetanseError(f"{source.file}: it has no slides. Check that you chose the right file")
    return _course(source, dict(zip(ids, slides, strict=True)), sections, shelf, losses)


def _slides(
    source: Unpacked, presentation: Any, shelf: Shelf, losses: list[Loss], tell: Tell
) -> Iterator[_Slide]:
    count = len(presentation.slides)
    for number, slide in enumerate(presentation.slides, 1):
        yield _slide(source, slide, number, shelf, losses)
        tell(number, count)


def _slide(source: Unpacked, slide: Any, number: int, shelf: Shelf, losses: list[Loss]) -> _Slide:
    where = f"{source.file.name}: slide {number}"
    page = slide_html.Page(source, slide, shelf, where)
    text = markdown(page.html(), page, where)
    losses += [*page.losses, *text.losses]
    if slide._element.get("show") == "0":
        losses.append(Loss(where, "hidden slide", "it came along. Delete it if nobody is to read it"))
    parts = [text.body, _notes(slide)]
    is_title = slide.slide_layout.name.lower() in _TITLE_LAYOUTS or bool(page.subtitle)
    return _Slide(number, page.title, page.subtitle, "\n\n".join(filter(None, parts)), is_title)


_TITLE_LAYOUTS = frozenset({"title slide", "tittellysbilde", "lysbilde med tittel"})


def _notes(slide: Any) -> str:
    """Return the speaker's notes as a block that participants see folded."""
    if not slide.has_notes_slide or slide.notes_slide.notes_text_frame is None:
        return ""
    rows = slide.notes_slide.notes_text_frame.text.replace("\v", "\n").split("\n")
    shown = "\n\n".join(as_markdown(" ".join(row.split())) for row in rows if row.strip())
    return f"!!! instructor\n{indented(shown)}" if shown else ""


def _sections(presentation: etree._Element) -> Iterator[tuple[str, list[str]]]:
    """Yield the name of each section and the ids of its slides; [MS-PPTX] 2.3.37."""
    for section in presentation.iter(f"{_SECTIONS}section"):
        yield (
            " ".join((section.get("name") or "").split()),
            [str(one.get("id")) for one in section.iter(f"{_SECTIONS}sldId")],
        )


@dataclass
class _Lesson:
    title: str
    slides: list[_Slide] = field(default_factory=list)


def _course(
    source: Unpacked,
    slides: Mapping[str, _Slide],
    sections: Sequence[tuple[str, list[str]]],
    shelf: Shelf,
    losses: list[Loss],
) -> FoundCourse:
    said = office.properties(source)
    every = list(slides.values())
    first = every[0]
    opens = first.is_title and bool(first.title)
    title = first.title if opens else _own_title(said) or first.title or source.file.stem
    lessons = [lesson for lesson in _lessons(slides, sections, title) if lesson.slides]
    return FoundCourse(
        title=title,
        source=source.file.name,
        format="PowerPoint",
        lessons=tuple(_lesson(one, first if opens else None) for one in lessons),
        summary=first.subtitle if opens else "",
        language=said.get("language"),
        authors=(said["creator"],) if "creator" in said else (),
        media=shelf.media,
        losses=(*losses, *_outside(source), *shelf.losses),
    )


def _own_title(said: Mapping[str, str]) -> str:
    """Return the title in a file's properties, unless a program put it there."""
    title = said.get("title", "")
    return "" if title.lower().startswith(_USUAL_TITLES) else title


def _lessons(
    slides: Mapping[str, _Slide], sections: Sequence[tuple[str, list[str]]], title: str
) -> Iterator[_Lesson]:
    placed = {id_ for _, ids in sections for id_ in ids}
    loose = [slide for id_, slide in slides.items() if id_ not in placed]
    if loose:
        yield _Lesson(title, loose)
    for number, (name, ids) in enumerate(sections, 1):
        found = [slides[id_] for id_ in ids if id_ in slides]
        yield _Lesson(name or (found[0].title if found else "") or f"{title} {number}", found)


def _lesson(lesson: _Lesson, opening: _Slide | None) -> FoundLesson:
    """Return the slides of a lesson one after the other; the title of the first slide is that of the course."""
    parts = []
    for slide in lesson.slides:
        heading = f"## {as_markdown(slide.title)}" if slide.title and slide is not opening else ""
        parts += [heading, slide.body]
    return FoundLesson(lesson.title, "\n\n".join(filter(None, parts)))


def _outside(source: Unpacked) -> Iterator[Loss]:
    """Yield what belongs to the whole file; charts and the like are told slide by slide."""
    yield from (
        one
        for one in office.left_behind(source)
        if not one.what.startswith(("chart", "SmartArt", "embedded file"))
    )
