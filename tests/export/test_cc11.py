"""A Common Cartridge: every fault that Moodle's converter punishes, loudly or without a word, is looked for here."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element, ParseError

import pytest
from defusedxml import ElementTree

from kompetanse.export import cc11
from kompetanse.export.cartridge.flat import flat
from kompetanse.export.edition import Edition

Files = dict[str, bytes]

CP = "{http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1}"
QTI = "{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}"
MANIFEST, TEST = "imsmanifest.xml", "prove/prove.xml"
ID = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*")
CLEANED_AWAY = re.compile(
    rb"<(iframe|svg|script|style|math|details|summary|figure|figcaption|section|mark)\b"
    rb"|<[^>]*\s(id|class|aria-[a-z]+|data-[a-z]+)="
)


def unpacked(edition: Edition, target: cc11.Target = "moodle") -> tuple[Files, list[str]]:
    to = io.BytesIO()
    lost = list(cc11.package(edition, to, target))
    with zipfile.ZipFile(to) as archive:
        return {name: archive.read(name) for name in archive.namelist()}, lost


def faults(files: Files) -> Iterator[str]:
    """Yield what a reader of cartridges would refuse, or lose."""
    head = files[MANIFEST]
    if b'xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"' not in head[:1024]:
        yield "no cartridge of version 1.1 by its first bytes"
        return
    root: Element = ElementTree.fromstring(head)
    resources = root.findall(f"{CP}resources/{CP}resource")
    listed = {one.get("href") or "" for one in root.iter(f"{CP}file")}
    yield from (f"{name} is listed and not there" for name in sorted(listed - files.keys()))
    yield from (f"{name} is there and not listed" for name in sorted(files.keys() - listed - {MANIFEST}))
    yield from _faults_of_ids(root, {one.get("identifier") for one in resources})
    for name in listed & files.keys():
        if name.endswith(".html"):
            yield from _faults_of_page(name, files)
    for one in resources:
        if (one.get("type") or "").startswith("imsqti"):
            yield from _faults_of_test(files[one[0].get("href") or ""])


def _faults_of_ids(root: Element, known: set[str | None]) -> Iterator[str]:
    first = root.find(f"{CP}organizations/{CP}organization/{CP}item")
    if first is None or first.find(f"{CP}title") is not None:
        yield "the root of the contents has a title"
    for one in root.iter():
        if one.get("isvisible"):
            yield "isvisible is not in the profile"
        id_, refers = one.get("identifier"), one.get("identifierref")
        if id_ and not ID.fullmatch(id_):
            yield f"{id_} is no id"
        if refers and refers not in known:
            yield f"{refers} is not there"


def _faults_of_page(name: str, files: Files) -> Iterator[str]:
    text = files[name]
    body = text.partition(b"<body>")[2]
    if found := CLEANED_AWAY.search(body):
        yield f"{name}: {found[0].decode()} is cleaned away"
    for src in re.findall(rb'<[^>]*\bsrc="([^"]*)"', body):
        address = src.decode().replace("$IMS-CC-FILEBASE$/", "web_resources/").replace("../", "")
        if address not in files:
            yield f"{name} shows {address}, which is not there"


def _faults_of_test(text: bytes) -> Iterator[str]:
    try:
        root: Element = ElementTree.fromstring(text)
    except ParseError:
        yield "the test is no XML"
        return
    for item in root.iter(f"{QTI}item"):
        ident = item.get("ident")
        profile = item.findtext(f".//{QTI}fieldentry") or ""
        labels = {one.get("ident") for one in item.iter(f"{QTI}response_label")}
        if "true_false" in profile and labels != {"true", "false"}:
            yield f"{ident}: the answers are not called true and false"
        if not any(one.text == "100" for one in item.iter(f"{QTI}setvar")):
            yield f"{ident} has no right answer"
        shown = {one.get("linkrefid") for one in item.iter(f"{QTI}displayfeedback")}
        said = {one.get("ident") for one in item.iter(f"{QTI}itemfeedback")}
        if shown != said:
            yield f"{ident}: feedback that nobody sees"
        for one in item.iter(f"{QTI}itemfeedback"):
            if one.find(f"{QTI}flow_mat/{QTI}material/{QTI}mattext") is None:
                yield f"{ident}: feedback that is dropped"


def _named(text: bytes) -> bytes:
    return re.sub(rb"(</?)(?!lomimscc:|\?)([a-z])", rb"\1cp:\2", text).replace(b'xmlns="', b'xmlns:cp="')


FAULTY: dict[str, tuple[str, Callable[[bytes], bytes] | None, str]] = {
    "a prefix": (MANIFEST, _named, "first bytes"),
    "a comment first": (MANIFEST, lambda t: t.replace(b"?>\n", b"?>\n<!-- " + b"x" * 1024 + b" -->"), "first bytes"),
    "isvisible": (MANIFEST, lambda t: t.replace(b'<item identifier="I1"', b'<item isvisible="true" identifier="I1"'), "isvisible"),
    "an id with a digit first": (MANIFEST, lambda t: t.replace(b'"P1"', b'"1P"'), "1P is no id"),
    "version 1.3": (MANIFEST, lambda t: t.replace(b"imsccv1p1", b"imsccv1p3"), "first bytes"),
    "answers of other names": (TEST, lambda t: t.replace(b'ident="true"', b'ident="t1"'), "not called true"),
    "a test that is no XML": (TEST, lambda t: t.replace(b"</assessment>", b""), "no XML"),
    "plain feedback": (TEST, lambda t: re.sub(rb"</?flow_mat>", b"", t), "dropped"),
    "a page that is missing": ("sider/m1-first.html", None, "listed and not there"),
    "an address that is encoded": (MANIFEST, lambda t: t.replace(b"m1-first.html", b"m1%2Dfirst.html"), "m1%2Dfirst.html is listed"),
}  # fmt: skip


@pytest.mark.parametrize("target", ["moodle", "openedx"])
def test_nothing_of_a_course_is_refused_or_lost(odd: Edition, target: cc11.Target) -> None:
    files, lost = unpacked(odd, target)

    assert list(faults(files)) == []
    assert lost == ["lone: left out, since a test wants two answers to choose from"]
    assert len([name for name in files if name.startswith("sider/")]) == len(odd.lessons)


@pytest.mark.parametrize("name", FAULTY)
def test_what_readers_punish_is_found(odd: Edition, name: str) -> None:
    files, _ = unpacked(odd)
    files[TEST] = files[TEST].replace(b"multiple_choice", b"true_false")
    files[TEST] = files[TEST].replace(b">a1<", b">true<").replace(b'"a1"', b'"true"')
    files[TEST] = files[TEST].replace(b">a2<", b">false<").replace(b'"a2"', b'"false"')
    assert list(faults(files)) == []
    file, edit, said = FAULTY[name]

    changed = {one: text for one, text in files.items() if one != file}
    if edit:
        changed[file] = edit(files[file])

    found = list(faults(changed))
    assert any(said in one for one in found), found


def test_a_drawing_comes_as_a_picture(odd: Edition) -> None:
    files, _ = unpacked(odd)

    assert files["filer/tegning.png"].startswith(b"\x89PNG")
    assert b'<img alt="Drawn" src="../filer/tegning.png">' in files["sider/m1-first.html"]
    assert not any(name.endswith(".svg") for name in files)


def test_open_edx_finds_files_by_its_own_sign(odd: Edition) -> None:
    files, _ = unpacked(odd, "openedx")

    assert "web_resources/filer/cellar.png" in files
    assert b'src="$IMS-CC-FILEBASE$/filer/cellar.png"' in files["sider/m1-first.html"]


def test_answers_stand_at_the_end_where_nothing_can_be_folded(odd: Edition) -> None:
    page = unpacked(odd)[0]["sider/m1-first.html"].decode()

    question, _, key = page.partition("<h2>Answers</h2>")

    assert "100 % &amp; <em>more</em>" in question
    assert "It is said in the text." not in question
    assert "It is said in the text." in key


def test_the_manifest_says_language_licence_and_version(odd: Edition) -> None:
    text = unpacked(odd)[0][MANIFEST].decode()

    assert '<lomimscc:string language="en">Cheese &lt;b&gt; &amp; &#34;wine&#34; 🧀</lomimscc:string>' in text
    assert "Creative Commons Attribution-ShareAlike 4.0. CC-BY-SA-4.0" in text
    assert f"odd {odd.stamp}" in text


def test_the_same_course_gives_the_same_bytes(odd: Edition) -> None:
    first, second = io.BytesIO(), io.BytesIO()
    cc11.package(odd, first)
    cc11.package(odd, second)

    assert first.getvalue() == second.getvalue()


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ('<details class="x"><summary>More</summary><p>A</p></details>', "<div><h3>More</h3><p>A</p></div>"),
        ('<figure><img src="media:a.png" alt="A"><figcaption>B</figcaption></figure>',
         '<div><img src="media:a.png" alt="A"><p>B</p></div>'),
        ('<div class="admonition note"><p class="admonition-title">T</p><p>A</p></div>',
         "<blockquote><p><strong>T</strong></p><p>A</p></blockquote>"),
        ('<p id="x" lang="nn"><mark>A</mark> <span class="k">b</span></p>', "<p><em>A</em> b</p>"),
        ('<p>A <a href="lesson:m1#x">b</a> <a href="#y">c</a> <a href="https://example.org/">d</a></p>',
         '<p>A b c <a href="https://example.org/">d</a></p>'),
        ('<p>A.<a class="footnote-backref" href="#r" title="Back">↩</a></p>', "<p>A.</p>"),
        ("<p>a &lt; b &amp;&nbsp;&lt;c&gt;</p>", "<p>a &lt; b &amp;\u00a0&lt;c&gt;</p>"),
        ('<label>A <input type="checkbox"> <select><option>B</option></select></label>', "A  B"),
    ],
)  # fmt: skip
def test_what_cannot_stay_is_said_with_what_can(written: str, shown: str) -> None:
    assert flat(written) == shown


def test_a_sign_that_moodle_would_take_for_an_element_is_kept_apart() -> None:
    assert flat("<p>&lt;b&gt; a &lt; b</p>", guarded=True) == "<p>&lt;<span></span>b&gt; a &lt; b</p>"
