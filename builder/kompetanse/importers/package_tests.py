"""The questions of a package, in whichever version of QTI they are."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from lxml import etree

from kompetanse.importers import qti12, qti21
from kompetanse.importers.asked import Fitting
from kompetanse.importers.bare_xml import bare
from kompetanse.importers.manifest import located
from kompetanse.importers.places import Places
from kompetanse.importers.qti12 import Exam
from kompetanse.importers.table import clean
from kompetanse.importers.unpacked import Unpacked

ROOTS = ("questestinterop", "assessmentItem", "assessmentTest")


def exams(source: Unpacked, entry: str, places: Places, fitting: Fitting) -> Iterator[Exam]:
    """Yield the tests in an entry of a package; one of QTI 2 brings the items that it refers to.

    Raises:
        KompetanseError: When it is damaged, or no QTI.
    """
    root = _root(source, entry)
    if root.tag == "questestinterop":
        yield from qti12.exams(root, _where(source, entry), places, fitting)
    elif root.tag == "assessmentItem":
        qti21.take(root, _where(source, entry), places, fitting)
        yield Exam("", fitting.taken(), False)
    elif root.tag == "assessmentTest":
        yield from _sections(root, source, entry, places, fitting)
    else:
        source.fail(
            entry, f"its root is <{root.tag}>, which is no question of QTI", "Export the questions again"
        )


def _where(source: Unpacked, entry: str) -> str:
    """Return the place for the report; a file that is no package is its own entry."""
    name = source.file.name
    return name if entry == name else f"{name}: {posixpath.basename(entry)}"


def _root(source: Unpacked, entry: str) -> etree._Element:
    root = bare(source.read(entry), f"{source.file}: {entry}")
    qti21.with_short_names(root)
    return root


def _sections(
    test: etree._Element, source: Unpacked, entry: str, places: Places, fitting: Fitting
) -> Iterator[Exam]:
    """Yield the test, or each of its sections when it has several."""
    sections = list(test.iterfind("testPart/assessmentSection"))
    for section in sections:
        if section.find(".//selection") is not None:
            fitting.lose(
                f"{source.file.name}: {entry}",
                "that questions are drawn at random",
                "here each question is asked",
            )
        for one in section.iter("assessmentItemRef"):
            _take(one.get("href", ""), source, entry, places, fitting)
        title = section.get("title", "") if len(sections) > 1 else test.get("title", "")
        yield Exam(clean(title), fitting.taken(), False)


def _take(href: str, source: Unpacked, entry: str, places: Places, fitting: Fitting) -> None:
    item = located(source, posixpath.dirname(entry), href)
    if item is None:
        fitting.lose(
            f"{source.file.name}: {entry}", f"the question {href[:100]}", "its file is not in the package"
        )
        return
    root = _root(source, item)
    if root.tag == "assessmentItem":
        qti21.take(root, _where(source, item), places, fitting)
