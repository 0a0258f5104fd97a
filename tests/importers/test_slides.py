"""Slides become a text with a heading for each, notes for the instructor, and a report of what has no words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from tests.importers.office_files import changed, slides

from kompetanse.errors import KompetanseError
from kompetanse.importers.archives import opened
from kompetanse.importers.found_course import FoundCourse
from kompetanse.importers.readers import reader_of

SECTIONS = """<p:extLst xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main">
<p:ext uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}"><p14:sectionLst
xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main">
<p14:section name="Før" id="{1}"><p14:sldIdLst><p14:sldId id="256"/><p14:sldId id="257"/></p14:sldIdLst></p14:section>
<p14:section name="Under" id="{2}"><p14:sldIdLst><p14:sldId id="258"/></p14:sldIdLst></p14:section>
</p14:sectionLst></p:ext></p:extLst>"""


def read(path: Path) -> FoundCourse:
    with opened(path) as source:
        reader = reader_of(source)
        assert reader.name == "PowerPoint"
        return reader.read(source)


def said(course: FoundCourse) -> str:
    return "\n".join(f"{one.where}: {one.what}: {one.why}" for one in course.losses)


def test_slides_without_sections_are_one_module(tmp_path: Path):
    course = read(slides(tmp_path / "møte.pptx"))

    assert (course.title, course.summary) == ("Kurs i møteledelse", "Lær å lede møter")
    assert [one.title for one in course.lessons] == ["Kurs i møteledelse"]
    assert course.lessons[0].body == (
        "## Før møtet\n\n- Formål\n    - Underpunkt æøå\n        - Enda dypere\n- Saksliste\n\n"
        "!!! instructor\n    Husk å nevne årshjulet.\n\n    &#35; ikke en overskrift\n\n"
        "## Figur og tabell\n\n![Blå firkant](bilder/image1.png)\n\n![](bilder/image2.png)\n\n"
        "| celle 00 \\| ø | celle 01 \\| ø |\n| --- | --- |\n| celle 10 \\| ø | celle 11 \\| ø |\n\n"
        "Løs tekst  \npå to rader"
    )


def test_what_has_no_words_is_told_by_slide(tmp_path: Path):
    def change(p: Any) -> None:
        p.slides[1]._element.set("show", "0")

    told = said(read(slides(tmp_path / "møte.pptx", change)))

    assert "møte.pptx: slide 3: chart «Chart" in told
    assert "møte.pptx: slide 3: picture bilder/image2.png: it has no alternative text" in told
    assert "møte.pptx: slide 2: hidden slide" in told


def test_each_section_is_a_module(tmp_path: Path):
    def change(p: Any) -> None:
        p.part._element.append(etree.fromstring(SECTIONS))

    course = read(slides(tmp_path / "a.pptx", change))

    assert [one.title for one in course.lessons] == ["Før", "Under"]
    assert course.lessons[1].body.startswith("## Figur og tabell")


def test_a_layout_without_bullets_makes_no_list(tmp_path: Path):
    def change(p: Any) -> None:
        for style in p.slides[1].slide_layout.placeholders[1]._element.iter("{*}lstStyle"):
            level = etree.SubElement(style, "{http://schemas.openxmlformats.org/drawingml/2006/main}lvl1pPr")
            etree.SubElement(level, "{http://schemas.openxmlformats.org/drawingml/2006/main}buNone")

    body = read(slides(tmp_path / "a.pptx", change)).lessons[0].body

    assert body.startswith("## Før møtet\n\nFormål\n\n- Underpunkt æøå\n    - Enda dypere\n\nSaksliste")


def test_pictures_are_those_of_the_file(tmp_path: Path):
    from tests.importers.office_files import png

    with opened(slides(tmp_path / "a.pptx")) as source:
        course = reader_of(source).read(source)
        held = [one.data.read_bytes() for one in course.media if isinstance(one.data, Path)]

    assert held == [png(3), png(4)]


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        (
            {"ppt/presentation.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'},
            "ppt/presentation.xml: it declares entities",
        ),
        ({"ppt/presentation.xml": b"<p:presentation"}, "damaged, or no whole presentation"),
        ({"ppt/slides/slide1.xml": b"<x/>"}, "damaged, or no whole presentation"),
        ({"ppt/media/film.mp4": b"\0" * 15_000_000}, "film.mp4: it unfolds to more than 200 times its size"),
    ],
)
def test_a_damaged_or_unsafe_presentation_is_refused(
    tmp_path: Path, entries: dict[str, bytes | None], told: str
):
    with pytest.raises(KompetanseError, match=told):
        read(changed(slides(tmp_path / "a.pptx"), entries))
