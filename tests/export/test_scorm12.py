"""SCORM 1.2 as a file: one SCO, everything inside, nothing but ASCII names, and the same bytes each time."""

from __future__ import annotations

import io
import json
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tests.export.odd import BARE, ODD, edition_of, package, written

CP = "{http://www.imsproject.org/xsd/imscp_rootv1p1p2}"
ADL = "{http://www.adlnet.org/xsd/adlcp_rootv1p2}"


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("region"), {**ODD, **BARE})


@pytest.fixture(scope="module")
def odd(region: Path) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(package("scorm12", edition_of(region, "rart"))[0]))


def page(archive: zipfile.ZipFile) -> str:
    return archive.read("index.html").decode()


class _Addresses(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.linked: list[str] = []
        self.ids: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in {"src", "poster"} or (name == "href" and tag == "link"):
                self.loaded.append(value or "")
            elif name == "href":
                self.linked.append(value or "")
            elif name == "id":
                self.ids.append(value or "")


def test_the_manifest_names_one_sco_and_every_file(odd: zipfile.ZipFile) -> None:
    manifest = ElementTree.fromstring(odd.read("imsmanifest.xml"))  # noqa: S314 (our own)
    (resource,) = manifest.iter(f"{CP}resource")
    listed = [one.get("href") for one in resource.iter(f"{CP}file")]

    assert odd.namelist() == ["imsmanifest.xml", *listed]
    assert (resource.get("href"), resource.get(f"{ADL}scormtype")) == ("index.html", "sco")
    assert [one.text for one in manifest.iter(f"{CP}schemaversion")] == ["1.2"]
    assert {one.text for one in manifest.iter(f"{CP}title")} == {"Rart & <godt> «kurs» 😀"}
    assert list(manifest.iter(f"{ADL}masteryscore")) == []


def test_moodle_reads_the_title_as_it_is_written(tmp_path: Path) -> None:
    """Moodle makes `&amp;` of each `&` that no name follows, and its table holds 255 signs: `scorm_parse_scorm` in
    `mod/scorm/datamodels/scormlib.php`, and `mod/scorm/db/install.xml`."""
    title = "Hva er \"personvern\" & 'vern'? " + "å" * 300
    course = ODD["content/kurs/rart/index.md"].replace('"Rart & <godt> «kurs» 😀"', json.dumps(title))  # type: ignore[arg-type]
    root = written(tmp_path, {**ODD, "content/kurs/rart/index.md": course})
    data, _ = package("scorm12", edition_of(root, "rart"))
    manifest = zipfile.ZipFile(io.BytesIO(data)).read("imsmanifest.xml").decode()

    as_moodle_reads = re.sub(r"&(?!\w{2,6};)", "&amp;", manifest)

    assert as_moodle_reads == manifest
    assert f"<title>{title[:255].replace('&', '&amp;')}</title>" in manifest


def test_all_that_is_loaded_lies_inside_and_every_link_within_leads_somewhere(odd: zipfile.ZipFile) -> None:
    found = _Addresses(page(odd))
    outside = [one for one in found.linked if not one.startswith("#")]

    assert {one for one in found.loaded if not one.startswith("data:")} <= set(odd.namelist())
    assert {one[1:] for one in found.linked if one.startswith("#")} <= set(found.ids)
    assert outside == [
        "https://example.org/a?b=1&c=2",
        "filer/skjema-ae.pdf",
        "https://creativecommons.org/licenses/by/4.0/",
    ]
    assert len(found.ids) == len(set(found.ids))


def test_names_are_ascii_and_differ_in_more_than_capitals(odd: zipfile.ZipFile) -> None:
    names = odd.namelist()

    assert "".join(names).isascii()
    assert len({one.lower() for one in names}) == len(names)
    assert sum(one.endswith(".png") for one in names) == 2


def test_what_authors_wrote_is_text(odd: zipfile.ZipFile) -> None:
    html = page(odd)

    assert "Tegn: &lt;&amp;&#34;&gt; 😀 ærlig" in html
    assert "Kjenne &lt;b&gt; &amp; &#34;fnutter&#34;" in html
    assert "<usant" not in html
    assert "<form" not in html
    assert html.count('data-question="en"') == 1
    assert '&lt;a href="lesson:x" data-task="en"&gt;' in html


def test_the_script_asks_no_network_and_never_waits_for_unload(odd: zipfile.ZipFile) -> None:
    script = odd.read("course.js").decode()

    assert not re.search(r"fetch\(|XMLHttpRequest|sendBeacon|import\(|beforeunload|\"unload\"|eval\(", script)
    assert not re.search(r"url\(|@import", odd.read("course.css").decode())
    assert "failed" not in script


def test_words_are_there_in_each_language_of_its_lessons(odd: zipfile.ZipFile) -> None:
    found = re.search(r'<script type="application/json" id="kmp-words">(.*?)</script>', page(odd))

    assert found
    words = json.loads(found[1])
    assert sorted(words) == ["nb", "nn"]
    assert words["nn"]["task.check"] == "Sjekk svaret"


def test_it_says_how_to_upload_it_whose_it_is_and_which_version(odd: zipfile.ZipFile, region: Path) -> None:
    readme = odd.read("les-meg.html").decode()

    assert "Slik laster du opp kurset" in readme
    assert "Creative Commons" in readme
    assert edition_of(region, "rart").stamp in readme
    assert edition_of(region, "rart").stamp in page(odd)


def test_a_course_in_english_speaks_english(region: Path) -> None:
    made, lost = package("scorm12", edition_of(region, "bart"))
    archive = zipfile.ZipFile(io.BytesIO(made))

    assert lost == []
    assert '<html lang="en">' in page(archive)
    assert "How to upload the course" in archive.read("les-meg.html").decode()
    assert "data-pass" not in page(archive)


def test_the_same_course_gives_the_same_bytes(region: Path) -> None:
    assert package("scorm12", edition_of(region, "rart")) == package("scorm12", edition_of(region, "rart"))


def test_a_picture_that_lies_elsewhere_is_a_link_and_it_is_said(tmp_path: Path) -> None:
    text = "---\ntype: course\nid: langt\ntitle: Langt\n---\n\n![Langt borte](https://example.org/a.png)\n"
    root = written(tmp_path, {"content/langt.md": text})
    made, lost = package("scorm12", edition_of(root, "langt"))

    assert '<a href="https://example.org/a.png">Langt borte</a>' in page(zipfile.ZipFile(io.BytesIO(made)))
    assert lost == ["om-kurset: https://example.org/a.png is not inside the package"]
