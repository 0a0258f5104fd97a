"""Web pages and books: each page or chapter a module, in reading order, with its pictures, and nothing that runs."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.importers.office_files import png

from kompetanse.errors import KompetanseError
from kompetanse.importers.archives import opened
from kompetanse.importers.found_course import FoundCourse
from kompetanse.importers.readers import reader_of

INDEX = """<!doctype html><html lang="nn"><head><title>Brannvern</title><meta name="description" content="Lær å varsle.">
<link rel="license" href="https://creativecommons.org/licenses/by-sa/4.0/"><meta name="author" content="Testvik kommune">
<script src="https://ond.example/x.js"></script></head><body><nav><a href="side10.html">Ti</a><a href="side2.html">To</a></nav>
<h1>Brannvern</h1><p onclick="x()">Les <a href="side2.html">neste side</a>.</p><script>alert(1)</script></body></html>"""
SIDE_2 = """<html><head><title>To – Brannvern</title></head><body><h1>Varsle</h1><h3>Ring 110</h3>
<p>Sjå <a href="side10.html#x">meir</a> og <a href="javascript:alert(1)">dette</a>.</p>
<img src="bilete/%C3%A5rshjul.png" alt="Årshjul"><img src="https://ut.example/p.png" alt="Ute"><img src="borte.png" alt="Borte">
<svg onload="x()"><script>1</script></svg><iframe src="https://www.youtube.com/embed/x" title="Film om brann"></iframe></body></html>"""
SIDE_10 = "<html><head><title>Ti – Brannvern</title></head><body><p>Inga overskrift her, men blåbær.</p></body></html>"

SITE = {
    "index.html": INDEX.encode(),
    "side2.html": SIDE_2.encode(),
    "side10.html": SIDE_10.encode("windows-1252"),
    "bilete/årshjul.png": png(1),
    ".DS_Store": b"x",
}

CONTAINER = """<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="OEBPS/bok.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""
PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title>Boka om møter</dc:title><dc:creator>Testvik kommune</dc:creator><dc:language>nb-NO</dc:language>
<dc:rights>CC BY 4.0</dc:rights><dc:description>&lt;p&gt;Om møter.&lt;/p&gt;</dc:description></metadata>
<manifest><item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>
<item id="b" href="kap/b.xhtml" media-type="application/xhtml+xml"/><item id="a" href="kap/a.xhtml" media-type="application/xhtml+xml"/>
<item id="c" href="kap/borte.xhtml" media-type="application/xhtml+xml"/></manifest>
<spine><itemref idref="nav"/><itemref idref="b"/><itemref idref="a"/><itemref idref="c"/></spine></package>"""
NAV = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body><nav epub:type="toc"><ol>
<li><a href="kap/b.xhtml">Først B</a></li><li><a href="kap/a.xhtml#x">Så A</a></li></ol></nav></body></html>"""
CHAPTER_B = """<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><body>
<section><h2>Først B</h2><h3>Under&#160;B</h3><p>Se <a href="a.xhtml">neste</a>.<a epub:type="noteref" id="r1" href="#n1">1</a></p>
<img src="../bilder/x.png" alt="Bilde"/><aside id="n1"><p>En note. <a href="#r1">tilbake</a></p></aside></section></body></html>"""
CHAPTER_A = '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>Tekst i A.</p></body></html>'
BOOK = {
    "mimetype": b"application/epub+zip",
    "META-INF/container.xml": CONTAINER.encode(),
    "OEBPS/bok.opf": PACKAGE.encode(),
    "OEBPS/nav.xhtml": NAV.encode(),
    "OEBPS/kap/b.xhtml": CHAPTER_B.encode(),
    "OEBPS/kap/a.xhtml": CHAPTER_A.encode(),
    "OEBPS/bilder/x.png": png(2),
}


def packed(path: Path, entries: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return path


def unpacked(folder: Path, entries: Mapping[str, bytes]) -> Path:
    for name, data in entries.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def read(path: Path, format_: str) -> FoundCourse:
    with opened(path) as source:
        reader = reader_of(source)
        assert reader.name == format_
        return reader.read(source)


def said(course: FoundCourse) -> str:
    return "\n".join(f"{one.where}: {one.what}: {one.why}" for one in course.losses)


@pytest.mark.parametrize("make", [packed, unpacked])
def test_a_site_is_read_in_the_order_of_its_front_page(tmp_path: Path, make):
    course = read(make(tmp_path / "side", SITE), "HTML")

    assert (course.title, course.summary, course.language) == ("Brannvern", "Lær å varsle.", "nn")
    assert (course.licence, course.authors) == ("CC-BY-SA-4.0", ("Testvik kommune",))
    assert course.body == "Les [neste side](lesson:1)."
    assert [one.title for one in course.lessons] == ["Ti", "Varsle"]
    assert course.lessons[0].body == "Inga overskrift her, men blåbær."
    assert course.lessons[1].body == (
        "## Ring 110\n\nSjå [meir](lesson:0) og dette.\n\n"
        "![Årshjul](bilder/arshjul.png)[Ute](https://ut.example/p.png)Borte  \n"
        "[Film om brann](https://www.youtube.com/embed/x)"
    )
    assert [one.name for one in course.media] == ["bilder/arshjul.png"]


def test_what_runs_or_lies_elsewhere_is_told(tmp_path: Path):
    told = said(read(packed(tmp_path / "side.zip", SITE), "HTML"))

    assert "side.zip: index.html: script: scripts are never taken" in told
    assert "side.zip: side2.html: link to javascript:alert(1): it leads nowhere" in told
    assert "side.zip: side2.html: picture https://ut.example/p.png: it lies on another site" in told
    assert "side.zip: side2.html: picture borte.png: its file is not there" in told
    assert "side.zip: side2.html: embedded page https://www.youtube.com/embed/x" in told


def test_one_long_page_is_parted_at_its_headings(tmp_path: Path):
    page = tmp_path / "lang.html"
    page.write_text(
        "<body><h1>Kurs</h1><p>Om.</p><h2>En</h2><p>1 <a href='#to'>to</a></p><h2 id=to>To</h2><p>2</p></body>"
    )

    course = read(page, "HTML")

    assert (course.title, course.body) == ("Kurs", "Om.")
    assert [(one.title, one.body) for one in course.lessons] == [("En", "1 [to](lesson:1)"), ("To", "2")]


def test_frames_and_menus_order_the_pages_and_are_none(tmp_path: Path):
    site = {
        "start.htm": b"<html><head><title>Kurs</title></head><frameset><frame src='meny.htm'><frame src='b.htm'></frameset></html>",
        "meny.htm": b"<body><h3>Meny</h3><a href='b.htm'>Den andre siden</a><a href='a.htm'>Den ene siden</a></body>",
        "a.htm": b"<body><h1>A</h1><p>Tekst a.</p></body>",
        "b.htm": b"<body><h1>B</h1><p>Tekst b.</p></body>",
    }

    course = read(unpacked(tmp_path / "side", site), "HTML")

    assert (course.title, [one.title for one in course.lessons]) == ("Kurs", ["B", "A"])


def test_a_book_is_read_along_its_spine(tmp_path: Path):
    course = read(packed(tmp_path / "bok.epub", BOOK), "EPUB")

    assert (course.title, course.summary, course.language) == ("Boka om møter", "Om møter.", "nb-NO")
    assert (course.licence, course.authors) == ("CC-BY-4.0", ("Testvik kommune",))
    assert [one.title for one in course.lessons] == ["Først B", "Så A"]
    assert course.lessons[0].body == (
        "## Under B\n\nSe [neste](lesson:1).[^1]\n\n![Bilde](bilder/x.png)\n\n[^1]: En note."
    )
    assert "bok.epub: c: chapter: the book names it, and it is not there" in said(course)


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ({"OEBPS/bok.opf": b"<package"}, "bok.opf.*no whole XML"),
        ({"META-INF/container.xml": b"<container/>"}, "does not name the book's package document"),
        ({"OEBPS/bok.opf": b"<package><spine/></package>"}, "the book has no chapters"),
        ({"META-INF/rights.xml": b"<rights/>"}, r"the book is locked \(DRM\)"),
        ({"OEBPS/bok.opf": b'<!DOCTYPE p [<!ENTITY a "b">]><package/>'}, "declares entities"),
    ],
)
def test_a_damaged_or_locked_book_is_refused(tmp_path: Path, entries: dict[str, bytes], told: str):
    with pytest.raises(KompetanseError, match=told):
        read(packed(tmp_path / "bok.epub", BOOK | entries), "EPUB")


def test_a_page_that_a_script_writes_is_refused(tmp_path: Path):
    page = tmp_path / "app.html"
    page.write_text("<!doctype html><body><div id=app></div><script src=app.js></script></body>")

    with pytest.raises(KompetanseError, match="the page says nothing"):
        read(page, "HTML")
