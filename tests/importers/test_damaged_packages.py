"""Packages that are wrong or mean harm: one clear sentence that names the file, and never anything else."""

from __future__ import annotations

import contextlib
import random
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.importers.packed import described, files_in, read, tarred, zipped
from tests.importers.test_packages import CASES

from kompetanse.errors import KompetanseError

BOMB = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


def written(folder: Path, name: str, data: Mapping[str, bytes | str] | bytes | str) -> Path:
    """Write a file, or a package of files."""
    path = folder / name
    if isinstance(data, Mapping):
        data = tarred(data) if name.endswith(".mbz") else zipped(data)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def package(case: str) -> dict[str, bytes]:
    """Return the files of a golden case."""
    folder = Path(__file__).parent / "packages" / case
    return files_in(next(path for path in folder.iterdir() if path.is_dir()))


def without(files: dict[str, bytes], *names: str) -> dict[str, bytes]:
    return {name: data for name, data in files.items() if name not in names}


SCORM, CARTRIDGE, MOODLE = package("scorm12-pages"), package("cartridge-plain"), package("mbz-new")
PAGE = "activities/page_11/page.xml"


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("tom.gift", "", r"it is empty"),
        ("tom.gift", "// bare {} = en kommentar\n", r"there is no question in it"),
        ("tull.gift", "::a::b{=c \ud83d".encode("utf-8", "surrogatepass") + b"\x81~d}", r"encoding"),
        ("x.xml", "<quiz></quiz>", r"there is no question in it"),
        ("x.xml", "<quiz><question type='essay'>", r"x\.xml.*no whole XML"),
        ("x.xml", BOMB + "<quiz>&b;</quiz>", r"declares entities"),
        ("x.xml", OUTSIDE + "<quiz>&a;</quiz>", r"declares entities"),
        ("x.xml", "<quiz>" + "<a>" * 600 + "</a>" * 600 + "</quiz>", r"nests more than|no whole XML"),
        ("x.xml", "<assessmentTest><a/></assessmentTest>", r"there is no question in it"),
        ("x.zip", {"imsmanifest.xml": "<manifest/>"}, r"no page of it says anything"),
        ("x.zip", {"imsmanifest.xml": "<html/>"}, r"imsmanifest\.xml.*its root is <html>"),
        ("x.zip", {"imsmanifest.xml": "<manifest>"}, r"imsmanifest\.xml, line 1.*no whole XML"),
        ("x.zip", {"imsmanifest.xml": BOMB + "<manifest/>"}, r"imsmanifest\.xml.*declares entities"),
        ("x.zip", without(SCORM, "innhold/varsle.html", "innhold/spill.html"), r"missing: varsle\.html"),
        ("x.imscc", CARTRIDGE | {"q1/prove.xml": b"<questestinterop>"}, r"q1/prove\.xml, line 1"),
        ("x.imscc", CARTRIDGE | {"q1/prove.xml": b"<kake/>"}, r"q1/prove\.xml.*its root is <kake>"),
        ("x.imscc", CARTRIDGE | {"w1.xml": (OUTSIDE + "<webLink>&a;</webLink>").encode()}, r"w1\.xml.*entities"),
        ("x.mbz", without(MOODLE, PAGE), r"activities/page_11/page\.xml.*missing"),
        ("x.mbz", MOODLE | {PAGE: b"<activity>"}, r"activities/page_11/page\.xml, line 1"),
        ("x.mbz", MOODLE | {"questions.xml": BOMB.encode() + b"<x/>"}, r"questions\.xml.*entities"),
        ("x.mbz", {"moodle_backup.xml": "<moodle_backup/>"}, r"no backup of Moodle 2"),
        ("x.mbz", {"moodle.xml": "<MOODLE_BACKUP/>"}, r"Moodle 1"),
        ("x.zip", {"kurs.crs": "", "kurs.au": "", "kurs.des": "", "kurs.cst": ""}, r"AICC"),
        ("x.zip", {"cmi5.xml": "<courseStructure><au><url>https://a.example</url></au></courseStructure>"}, r"on a server"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_file_and_entry(
    tmp_path: Path, name: str, data: Mapping[str, bytes | str] | bytes | str, says: str
):
    file = written(tmp_path, name, data)

    with pytest.raises(KompetanseError, match=says) as error:
        read(file)

    assert str(error.value).startswith(str(file))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_norwegian_letters_come_through_in_any_encoding(tmp_path: Path, encoding: str):
    text = "::Ærfugl::Hva er «blåbær»?{=Bær ~Ørret}"

    course = read(written(tmp_path, "sporsmal.gift", text.encode(encoding)))

    question = next(course.questions)
    assert (question.stem, question.options[1].text) == ("Hva er «blåbær»?", "Ørret")


def test_questions_that_hold_markup_hold_nothing_that_runs(tmp_path: Path):
    text = (
        '::a::[html]<p onclick\\="x()">Hva</p><script>alert(1)</script><iframe src\\="//x"></iframe>'
        '<a href\\="javascript\\:alert(1)">her</a>?{=[html]<img src\\=x onerror\\="y()" alt\\="A"> ~[plain]</quiz>}'
    )

    course = read(written(tmp_path, "x.gift", text))

    shown = described(course).partition("Not carried over:")[0]
    assert not re.search(r"onclick|onerror|<script|<iframe|javascript|<img", shown)
    assert shown.count("</quiz>") == 1


def test_a_gift_file_of_many_blank_rows_in_open_braces_is_read_in_one_go(tmp_path: Path):
    rows = "::a::b{\n" + "\n" * 100_000 + "=c ~d}\n\n" + "{\n\n" * 2_000

    course = read(written(tmp_path, "x.gift", rows))

    assert [question.stem for question in course.questions] == ["b"]


TOKENS = ["", "-1", "NaN", "1e999", "$@NULL@$", "//", "http://[", "../..", "[[1]]", "{#1}", "<p>", "x", "1,2"]


def changed(data: bytes, chance: random.Random) -> bytes:
    """Return an entry with something wrong in it: XML stays XML, so that what reads it gets to see it."""
    try:
        root = etree.fromstring(data)
    except etree.XMLSyntaxError:
        place = chance.randrange(len(data) + 1)
        return data[:place] + chance.choice(TOKENS).encode() + data[place + chance.randrange(9) :]
    for _ in range(chance.randint(1, 6)):
        one = chance.choice(list(root.iter()))
        parent = one.getparent()
        what = chance.choice(["text", "attribute", "remove", "move"])
        if what == "text":
            one.text = chance.choice(TOKENS)
        elif what == "attribute" and one.attrib:
            one.set(str(chance.choice(list(one.attrib))), chance.choice(TOKENS))
        elif what == "remove" and parent is not None:
            parent.remove(one)
        elif what == "move" and parent is not None:
            root.append(one)
    return etree.tostring(root)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(case=st.sampled_from(CASES), chance=st.randoms(use_true_random=False))
def test_a_changed_package_is_read_or_refused(tmp_path: Path, case: Path, chance: random.Random):
    found = next(path for path in sorted(case.iterdir()) if path.name != "expected.txt")
    files = files_in(found) if found.is_dir() else {found.name: found.read_bytes()}
    for name in chance.sample(sorted(files), k=min(2, len(files))):
        files[name] = changed(files[name], chance)
    file = written(tmp_path, found.name, files if found.is_dir() else files[found.name])

    with contextlib.suppress(KompetanseError):
        described(read(file))
