"""Word documents and presentations full of traps, made as their programs make them; no file of anybody's."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from pptx import Presentation
from pptx.util import Inches

LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def png(shade: int = 0) -> bytes:
    """Return a picture of one pixel; another shade is another picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes([0, shade])))
        + chunk(b"IEND", b"")
    )


def word(path: Path, change: Callable[[Any], None] | None = None) -> Path:
    """Write a Word document with two modules and the usual traps."""
    d = Document()
    d.core_properties.title, d.core_properties.author = "Noe et program skrev", "Åse"
    d.add_heading("Kurs i møteledelse", 0)
    d.add_paragraph("Lær å lede et møte som alle vil komme tilbake til.", style="Subtitle")
    d.add_paragraph("Dette kurset er for deg som leder møter, og som ikke har gjort det før.")
    d.add_heading("Før møtet", 1)
    p = d.add_paragraph("Et godt møte har ")
    p.add_run("formål").bold = True
    p.add_run(" og en ærlig tidsramme. 1 < 2 & #nei *stjerner* _strek_ {klamme}.")
    for text, style in (
        ("Send innkalling", "List Number"),
        ("Book rom", "List Number"),
        ("Kaffe", "List Bullet"),
        ("Svart", "List Bullet 2"),
        ("Te", "List Bullet"),
    ):
        d.add_paragraph(text, style=style)
    d.add_picture(io.BytesIO(png(1)), width=Cm(1))
    d.inline_shapes[0]._inline.docPr.set("descr", "Et årshjul")
    d.add_paragraph("Figur 1: Årshjul", style="Caption")
    d.add_picture(io.BytesIO(png(2)), width=Cm(1))
    d.add_picture(io.BytesIO(png(1)), width=Cm(1))
    d.inline_shapes[2]._inline.docPr.set("descr", "Det samme årshjulet")
    d.add_heading("Oppgave", 3)
    _table(d)
    d.add_heading("I møtet", 1)
    _link(d, "Les mer om møter hos KS", "https://www.ks.no/læring")
    d.add_paragraph("«Sitat» – med tankestrek", style="Quote")
    d.add_paragraph().add_run("Falsk overskrift uten stil").bold = True
    d.add_paragraph("!!! note er bare tekst, og <quiz> også.")
    if change:
        change(d)
    d.save(str(path))
    return path


def _table(d: Any) -> None:
    rows = [
        ("Rolle", "Ansvar"),
        ("Møteleder", "Å lede\nog lytte"),
        ("Referent", "Skrive | referat"),
        ("Begge", "x"),
    ]
    table = d.add_table(rows=len(rows), cols=2)
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    table.cell(3, 0).merge(table.cell(3, 1))


def _link(d: Any, shown: str, url: str) -> None:
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), d.part.relate_to(url, LINK, is_external=True))
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = shown
    run.append(text)
    link.append(run)
    d.add_paragraph()._p.append(link)


def slides(path: Path, change: Callable[[Any], None] | None = None) -> Path:
    """Write slides with levels, notes, a picture with and one without alternative text, a table and a chart."""
    p = Presentation()
    s = p.slides.add_slide(p.slide_layouts[0])
    s.shapes.title.text, s.placeholders[1].text = "Kurs i møteledelse", "Lær å lede møter"
    s = p.slides.add_slide(p.slide_layouts[1])
    s.shapes.title.text = "Før møtet"
    frame = s.placeholders[1].text_frame
    frame.text = "Formål"
    for text, level in (("Underpunkt æøå", 1), ("Enda dypere", 2), ("Saksliste", 0)):
        line = frame.add_paragraph()
        line.text, line.level = text, level
    s.notes_slide.notes_text_frame.text = "Husk å nevne årshjulet.\n# ikke en overskrift"
    s = p.slides.add_slide(p.slide_layouts[5])
    s.shapes.title.text = "Figur og tabell"
    picture = s.shapes.add_picture(io.BytesIO(png(3)), Inches(1), Inches(2), width=Inches(1))
    picture._element.nvPicPr.cNvPr.set("descr", "Blå firkant")
    other = s.shapes.add_picture(io.BytesIO(png(4)), Inches(1), Inches(3), width=Inches(1))
    other._element.nvPicPr.cNvPr.set("descr", "")
    table = s.shapes.add_table(2, 2, Inches(4), Inches(2), Inches(4), Inches(1)).table
    for r in range(2):
        for c in range(2):
            table.cell(r, c).text = f"celle {r}{c} | ø"
    box = s.shapes.add_textbox(Inches(1), Inches(5), Inches(3), Inches(1)).text_frame
    box.text = "Løs tekst\vpå to rader"
    _chart(s)
    if change:
        change(p)
    p.save(str(path))
    return path


def _chart(slide: Any) -> None:
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE

    data: Any = CategoryChartData()  # type: ignore[no-untyped-call]  # python-pptx says no types here
    data.categories = ["2024", "2025"]
    data.add_series("Møter", (1, 2))
    slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Inches(1), Inches(1), Inches(2), Inches(2), data)


def changed(path: Path, entries: Mapping[str, bytes | None]) -> Path:
    """Write a zip anew with some entries changed, added, or (None) taken out."""
    with zipfile.ZipFile(path) as archive:
        found = {name: archive.read(name) for name in archive.namelist()} | dict(entries)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in found.items():
            if data is not None:
                archive.writestr(name, data)
    return path
