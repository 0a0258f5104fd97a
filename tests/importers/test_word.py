"""A Word document becomes modules that say the same, and everything that does not come along is named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from tests.importers.office_files import changed, word

from kompetanse.errors import KompetanseError
from kompetanse.importers.archives import opened
from kompetanse.importers.found_course import FoundCourse
from kompetanse.importers.readers import reader_of


def read(path: Path) -> FoundCourse:
    with opened(path) as source:
        reader = reader_of(source)
        assert reader.name == "Word"
        return reader.read(source)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> FoundCourse:
    """The document of `word`, read once."""
    return read(word(tmp_path_factory.mktemp("word") / "møte.docx"))


def said(course: FoundCourse) -> str:
    """Return what the report says of losses, a row each."""
    return "\n".join(f"{one.where}: {one.what}: {one.why}" for one in course.losses)


def test_headings_part_a_document_into_modules(course: FoundCourse):
    assert course.title == "Kurs i møteledelse"
    assert course.summary == "Lær å lede et møte som alle vil komme tilbake til."
    assert course.body == "Dette kurset er for deg som leder møter, og som ikke har gjort det før."
    assert [one.title for one in course.lessons] == ["Før møtet", "I møtet"]
    assert course.authors == ("Åse",)


def test_lists_tables_pictures_links_and_quotes_are_ours(course: FoundCourse):
    before, during = course.lessons

    assert before.body == (
        "Et godt møte har **formål** og en ærlig tidsramme. 1 &lt; 2 & #nei \\*stjerner\\* \\_strek\\_ &#123;klamme&#125;.\n\n"
        "1. Send innkalling\n2. Book rom\n\n"
        "- Kaffe\n    - Svart\n- Te\n\n"
        "![Et årshjul](bilder/bilde-1.png)\n\n*Figur 1: Årshjul*\n\n"
        "![](bilder/bilde-2.png)\n\n![Det samme årshjulet](bilder/bilde-1.png)\n\n"
        "## Oppgave\n\n"
        "| Rolle | Ansvar |\n| --- | --- |\n| Møteleder | Å lede<br>og lytte |\n| Referent | Skrive \\| referat |\n| Begge<br>x |  |"
    )
    assert during.body == (
        "[Les mer om møter hos KS](https://www.ks.no/læring)\n\n> «Sitat» – med tankestrek\n\n"
        "**Falsk overskrift uten stil**\n\n\\!!! note er bare tekst, og &lt;quiz> også."
    )


def test_what_a_person_must_look_at_is_told(course: FoundCourse):
    told = said(course)

    assert "møte.docx: «Falsk overskrift uten stil»: it looks like a heading" in told
    assert "møte.docx: under «Før møtet»: picture bilder/bilde-2.png: it has no alternative text" in told
    assert "merged cell Begge x" in told


def test_macros_and_what_lies_outside_are_neither_run_nor_fetched(tmp_path: Path):
    relations = b"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"
    Type="http://x/attachedTemplate" Target="http://ond.example/mal.dotm" TargetMode="External"/></Relationships>"""
    path = changed(
        word(tmp_path / "a.docm"),
        {
            "word/vbaProject.bin": b"x",
            "word/_rels/settings.xml.rels": relations,
            "word/embeddings/ark.xlsx": b"PK",
        },
    )

    told = said(read(path))

    assert "macros: programs are never taken or run" in told
    assert "template outside the file: http://ond.example/mal.dotm: nothing is fetched" in told
    assert "embedded file ark.xlsx" in told


def test_text_boxes_formulas_comments_and_edges_are_told_with_their_place(tmp_path: Path):
    def change(d: Any) -> None:
        p = d.add_paragraph("Her er det noe mer.")
        math, run, text = OxmlElement("m:oMath"), OxmlElement("m:r"), OxmlElement("m:t")
        text.text = "E=mc2"
        run.append(text)
        math.append(run)
        p._p.append(math)
        d.add_comment(p.runs, text="Stemmer dette?", author="N", initials="N")
        d.sections[0].header.paragraphs[0].text = "Internt dokument"
        broken = OxmlElement("w:lastRenderedPageBreak")
        d.paragraphs[0].runs[0]._r.append(broken)

    told = said(read(word(tmp_path / "a.docx", change)))

    assert "a.docx: page 2, under «I møtet»: formula «E=mc2»" in told
    assert "a.docx: page 2, under «I møtet»: comment «Stemmer dette?»" in told
    assert "a.docx: header «Internt dokument»" in told


def test_a_numbered_list_that_goes_on_and_hidden_text_are_told(tmp_path: Path):
    def change(d: Any) -> None:
        d.add_paragraph("Tre", style="List Number")
        for paragraph in d.paragraphs:
            if paragraph.style.name == "List Number":
                numbering = paragraph._p.get_or_add_pPr().get_or_add_numPr()
                numbering.get_or_add_numId().val = d.styles["List Number"].element.pPr.numPr.numId.val
        d.paragraphs[-1].add_run(" skjult").font.hidden = True

    told = said(read(word(tmp_path / "a.docx", change)))

    assert "number of the item «Tre skjult»: its list goes on after an interruption" in told
    assert "hidden text «skjult»: it came along" in told


def test_a_picture_that_is_missing_or_lies_elsewhere_keeps_nothing_back(tmp_path: Path):
    course = read(changed(word(tmp_path / "a.docx"), {"word/media/image1.png": None}))

    assert [one.name for one in course.media] == ["bilder/bilde-2.png"]
    assert "picture no. 1: its file is not there" in said(course)
    assert "Et årshjul" in course.lessons[0].body


def test_fields_and_formulas_keep_their_words(tmp_path: Path):
    def change(d: Any) -> None:
        p = d.add_paragraph("Figur ")
        for tag, within in (("w:fldSimple", "w"), ("m:oMath", "m")):
            element, run, text = OxmlElement(tag), OxmlElement(f"{within}:r"), OxmlElement(f"{within}:t")
            text.text = "7" if within == "w" else "E=mc2"
            run.append(text)
            element.append(run)
            p._p.append(element)

    assert read(word(tmp_path / "a.docx", change)).lessons[1].body.endswith("\n\nFigur 7E=mc2")


def test_styles_of_a_template_are_known_by_what_they_are_based_on(tmp_path: Path):
    d = Document()
    for name, base in (
        ("Kommunens kapittel", "Heading 1"),
        ("Kommunens 'tittel'", "Title"),
        ("Sitatboks", "Quote"),
    ):
        d.styles.add_style(name, 1).base_style = d.styles[base]
    outlined = d.styles.add_style("Nivå to", 1)
    level = OxmlElement("w:outlineLvl")
    level.set(qn("w:val"), "1")
    outlined.element.get_or_add_pPr().append(level)
    for text, style in (
        ("Kurset", "Kommunens 'tittel'"),
        ("En", "Kommunens kapittel"),
        ("Under", "Nivå to"),
        ("Sagt", "Sitatboks"),
        ("To", "Kommunens kapittel"),
    ):
        d.add_paragraph(text, style=style)
    d.save(str(tmp_path / "a.docx"))

    course = read(tmp_path / "a.docx")

    assert (course.title, [one.title for one in course.lessons]) == ("Kurset", ["En", "To"])
    assert course.lessons[0].body == "## Under\n\n> Sagt"


def test_footnotes_stand_in_the_module_that_refers_to_them(tmp_path: Path):
    name = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    notes = (
        f'<w:footnotes xmlns:w="{name[1:-1]}"><w:footnote w:id="2"><w:p><w:r><w:t>Se reglementet.</w:t></w:r></w:p>'
        "</w:footnote></w:footnotes>"
    )

    def change(d: Any) -> None:
        run = d.paragraphs[4].add_run()
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), "2")
        run._r.append(reference)
        part = d.part.package
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
        added = Part(PackURI("/word/footnotes.xml"), kind, notes.encode(), part)
        d.part.relate_to(
            added, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
        )

    before, during = read(word(tmp_path / "a.docx", change)).lessons

    assert "&#125;.[^1]" in before.body
    assert before.body.endswith("\n\n[^1]: Se reglementet.")
    assert "[^" not in during.body


def test_a_document_without_headings_is_one_module(tmp_path: Path):
    d = Document()
    d.add_paragraph("Bare tekst.")
    d.save(str(tmp_path / "notat.docx"))

    course = read(tmp_path / "notat.docx")

    assert [(one.title, one.body) for one in course.lessons] == [("notat", "Bare tekst.")]


@pytest.mark.parametrize(
    ("headings", "title", "modules"),
    [
        ([("Kurs", 0), ("En", 1), ("a", 2), ("b", 2)], "Kurs", ["En"]),
        ([("Kurs", 1), ("En", 2), ("To", 2)], "Kurs", ["En", "To"]),
        ([("En", 1), ("a", 2), ("To", 1)], "fil", ["En", "To"]),
        ([("En", 2), ("To", 2)], "fil", ["En", "To"]),
        ([("Bare denne", 1)], "Bare denne", ["Bare denne"]),
        ([("Bare tittel", 0)], "Bare tittel", ["Bare tittel"]),
    ],
)
def test_the_highest_headings_are_modules(
    tmp_path: Path, headings: list[tuple[str, int]], title: str, modules: list[str]
):
    d = Document()
    for text, level in headings:
        d.add_heading(text, level)
        d.add_paragraph("Tekst.")
    d.core_properties.title = ""
    d.save(str(tmp_path / "fil.docx"))

    course = read(tmp_path / "fil.docx")

    assert (course.title, [one.title for one in course.lessons]) == (title, modules)


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        (
            {"word/document.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'},
            "word/document.xml: it declares entities",
        ),
        ({"word/document.xml": b"<w:document"}, "damaged, or no whole Word document"),
        ({"word/document.xml": b"<x/>"}, "damaged, or no whole Word document"),
        ({"word/media/big.png": b"\0" * 15_000_000}, "big.png: it unfolds to more than 200 times its size"),
    ],
)
def test_a_damaged_or_unsafe_document_is_refused(tmp_path: Path, entries: dict[str, bytes | None], told: str):
    with pytest.raises(KompetanseError, match=told):
        read(changed(word(tmp_path / "a.docx"), entries))


def test_an_empty_document_is_refused(tmp_path: Path):
    Document().save(str(tmp_path / "a.docx"))

    with pytest.raises(KompetanseError, match="is empty"):
        read(tmp_path / "a.docx")
