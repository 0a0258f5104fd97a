"""cmi5 as a file; tests/browser/test_cmi5.py asks an LRS what it is told."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from xml.etree import ElementTree

from tests.export.odd import BARE, ODD, edition_of, package, written

NS = "{https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd}"


def structure(root: Path, id_: str) -> ElementTree.Element:
    archive = zipfile.ZipFile(io.BytesIO(package("cmi5", edition_of(root, id_))[0]))
    assert archive.namelist()[:2] == ["cmi5.xml", "index.html"]
    return ElementTree.fromstring(archive.read("cmi5.xml"))  # noqa: S314 (our own)


def test_the_course_is_one_unit_with_a_mark_to_reach(tmp_path: Path) -> None:
    found = structure(written(tmp_path, ODD), "rart")
    course, unit = found

    assert [one.tag.removeprefix(NS) for one in course] == ["title", "description"]
    assert [one.tag.removeprefix(NS) for one in unit] == ["title", "description", "url"]
    assert (unit.get("moveOn"), unit.get("masteryScore"), unit[2].text) == (
        "CompletedAndPassed",
        "0.66",
        "index.html",
    )
    assert course.get("id") != unit.get("id")
    assert course[0][0].text == "Rart & <godt> «kurs» 😀"


def test_one_without_questions_is_to_be_read(tmp_path: Path) -> None:
    _, unit = structure(written(tmp_path, BARE), "bart")

    assert (unit.get("moveOn"), unit.get("masteryScore")) == ("Completed", None)


def test_the_same_course_gives_the_same_bytes(tmp_path: Path) -> None:
    root = written(tmp_path, ODD)

    assert package("cmi5", edition_of(root, "rart")) == package("cmi5", edition_of(root, "rart"))
