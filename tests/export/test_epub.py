"""EPUB 3 by its structure; docs/lms.md says how epubcheck is asked."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tests.export.odd import BARE, ODD, edition_of, package, written

OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
XHTML = "{http://www.w3.org/1999/xhtml}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

HARD = """\
---
type: course
id: hard
title: Hard
language: en
---

<div align="center" hidden role="nonsense" tabindex="x" dir="sideways"><p id="a b">Hi<a name="here"></a></p></div>
<table><caption>C</caption><tr><th abbr="q" align="left">a<td align=right>b</table>
<img src="dot.png" alt="dot" width="50%" height=20> <time datetime="garbage">x</time> <label for="zz">l</label>
<video controls><source src="v.mp4"><track src="t.vtt"></video> &nbsp; &copy; &#1; &bogus;
![Strange](strange.avif) <p lang="se">sami</p> <br> <hr>
"""


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Path:
    hard: dict[str, str | bytes] = {
        "content/hard/index.md": HARD,
        "content/hard/strange.avif": b"x",
        "content/hard/dot.png": ODD["content/kurs/rart/punkt.png"],
    }
    return written(tmp_path_factory.mktemp("region"), {**ODD, **BARE, **hard})


def book(region: Path, id_: str) -> tuple[zipfile.ZipFile, list[str]]:
    made, lost = package("epub", edition_of(region, id_))
    return zipfile.ZipFile(io.BytesIO(made)), lost


def tree(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(archive.read(name))  # noqa: S314 (our own)


def test_it_begins_as_every_epub_does(region: Path) -> None:
    archive, _ = book(region, "rart")
    first = archive.infolist()[0]

    assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
    assert archive.read("mimetype") == b"application/epub+zip"
    assert b'full-path="EPUB/package.opf"' in archive.read("META-INF/container.xml")


@pytest.mark.parametrize("id_", ["rart", "bart", "hard"])
def test_the_manifest_is_whole_and_every_document_is_xml_that_leads_somewhere(region: Path, id_: str) -> None:
    archive, _ = book(region, id_)
    items = {one.get("href"): one for one in tree(archive, "EPUB/package.opf").iter(f"{OPF}item")}
    documents = {name: tree(archive, f"EPUB/{name}") for name in items if name and name.endswith(".xhtml")}
    places = {name: {one.get("id") for one in found.iter()} for name, found in documents.items()}
    links = [
        (name, link)
        for name, found in documents.items()
        for one in found.iter(f"{XHTML}a")
        if (link := one.get("href"))
    ]

    assert {f"EPUB/{name}" for name in items} | {
        "mimetype",
        "META-INF/container.xml",
        "EPUB/package.opf",
    } == set(archive.namelist())
    assert [name for name, one in items.items() if one.get("properties") == "nav"] == ["nav.xhtml"]
    for name, link in links:
        path, _, anchor = link.partition("#")
        if not link.startswith("http"):
            assert not anchor or anchor in places[path or name]
            assert (path or name) in documents


def test_a_chapter_has_its_language_and_its_answers_at_the_end(region: Path) -> None:
    archive, _ = book(region, "rart")
    chapter = tree(archive, "EPUB/m1-forste.xhtml")
    answers = "".join(next(one for one in chapter.iter() if one.get("class") == "kmp-answers").itertext())

    assert tree(archive, "EPUB/m2-andre.xhtml").get(LANG) == "nn"
    assert [link.get("href") for link in chapter.iter(f"{XHTML}a") if link.text == "Vis svaret"] == [
        "#svar-en",
        "#svar-to",
        "#svar-tre",
    ]
    assert "Riktig: Sant" in answers
    assert "Også riktig: frokost & lunsj" in answers
    assert "Fordi to er større." in answers
    assert list(chapter.iter(f"{XHTML}script")) == []


def test_it_says_who_it_is_for_and_whose_it_is(region: Path) -> None:
    archive, _ = book(region, "rart")
    opf = tree(archive, "EPUB/package.opf")
    said = {one.get("property"): one.text for one in opf.iter(f"{OPF}meta")}

    assert [one.text for one in opf.iter(f"{DC}title")] == ["Rart & <godt> «kurs» 😀"]
    assert [one.text for one in opf.iter(f"{DC}language")] == ["nb", "nn"]
    assert "Creative Commons" in (opf.findtext(f".//{DC}rights") or "")
    assert {one.text for one in opf.iter(f"{OPF}meta") if one.get("property") == "schema:accessMode"} == {
        "textual",
        "visual",
        "auditory",
    }
    assert said["schema:accessibilityHazard"] == "none"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", said["dcterms:modified"] or "")


def test_what_a_book_cannot_hold_is_left_out_and_said(region: Path) -> None:
    archive, lost = book(region, "hard")
    text = archive.read("EPUB/om-kurset.xhtml").decode()

    assert "om-kurset: strange.avif is not inside the book" in lost
    assert "[Strange]" in text
    assert not re.search(
        r'align="|datetime=|role="nonsense"|tabindex|dir="s|width="50%"|for="|abbr=|\x01', text
    )
    assert 'xml:lang="se"' in text


def test_the_same_course_gives_the_same_bytes(region: Path) -> None:
    assert package("epub", edition_of(region, "rart")) == package("epub", edition_of(region, "rart"))
