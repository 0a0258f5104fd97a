"""What a report shows: the same in each form, no average of few, nothing that runs, nothing lost unsaid."""

from __future__ import annotations

import json
import re
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from kompetanse.evidence.assessment import parse
from kompetanse.evidence.unit_csv import unit_csv
from kompetanse.evidence.unit_report import unit_html, unit_pdf
from kompetanse.evidence.unit_words import Words
from kompetanse.learning.framework import Framework
from kompetanse.learning.group import File
from kompetanse.learning.unit import unit

CASES = json.loads((Path(__file__).parents[1] / "learning/cases/unit.json").read_text(encoding="utf-8"))
LANGUAGES = pytest.mark.parametrize("language", ["nb", "nn", "en"])


def words_of(case: str, language: str = "nb", *, name: str = "", person: str | None = None) -> Words:
    """The unit of a shared case, in which everybody may be called `person`."""
    changed = {} if person is None else {"name": person}
    given = next(one["given"] for one in CASES if one["name"] == case)
    files = [
        File(one["name"], parse(json.dumps({**json.loads(one["text"]), **changed}).encode(), one["name"]))
        for one in given["files"]
    ]
    framework = Framework.read(given["index"], given["roles"])
    return Words(language, unit(files, framework, date.fromisoformat(given["today"])), name)


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


@LANGUAGES
@pytest.mark.parametrize(("number", "told"), [("four", False), ("five", True)])
def test_an_average_of_four_is_in_no_form_of_the_report(language: str, number: str, told: bool) -> None:
    case = {"four": "an average of four is left out", "five": "an average of five is told, half up"}[number]
    words = words_of(case, language)
    average = re.compile(words.say("unit.cell.average", average=r"\d[,.]\d"))

    assert bool(average.search(unit_html(words))) == told
    assert bool(average.search(text_of(unit_pdf(words)[0]))) == told
    assert not average.search(unit_csv(words))


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_a_name_is_never_a_formula_in_a_spreadsheet(start: str) -> None:
    words = words_of("one person who meets all", name=f"{start}2+3")
    person = words_of("one person who meets all", person=f'{start}cmd|"/c calc"!A1')

    assert f"\r\n'{start}2+3;" in unit_csv(words)
    assert f'"\'{start}cmd|""/c calc""!A1"' in unit_csv(person)


def test_markup_in_a_name_is_text_in_the_page() -> None:
    page = unit_html(words_of("one person who meets all", name="<b>Enhet</b>", person="<b>Kari</b>"))

    assert "<b>" not in page
    assert page.count("&lt;b&gt;Enhet&lt;/b&gt;") == 2
    assert "&lt;b&gt;Kari&lt;/b&gt;" in page


@LANGUAGES
def test_letters_that_the_pdf_cannot_show_are_counted_in_it_and_by_the_command(language: str) -> None:
    words = words_of("one person who meets all", language, person="王小明")

    pdf, lost = unit_pdf(words)

    assert [one.split()[0] for one in lost] == ["3"]
    assert lost[0] in text_of(pdf)
    assert "???" in text_of(pdf)
    assert "王小明" in unit_html(words)


def test_a_pdf_of_sami_greek_and_cyrillic_names_loses_nothing() -> None:
    pdf, lost = unit_pdf(words_of("one person who meets all", person="Čáhppes Ŋŧ Ωραία Жук"))

    assert lost == ()
    assert "Čáhppes Ŋŧ Ωραία Жук" in text_of(pdf)


def test_a_sign_that_nobody_sees_is_shown_as_one_in_every_form() -> None:
    words = words_of("a name that turns what follows around")
    pdf, lost = unit_pdf(words)

    assert "Kari\ufffd\ufffd" in unit_html(words)
    assert "Kari\ufffd\ufffd" in unit_csv(words)
    assert "\u202e" not in unit_html(words)
    assert "Kari" in text_of(pdf)
    assert lost == ()


def test_a_pdf_is_tagged_and_has_the_title_and_the_language() -> None:
    words = words_of("who can guide whom, and nobody guides herself", "nn", name="Heimetenesta")

    reader = PdfReader(BytesIO(unit_pdf(words)[0]))

    root: Any = reader.root_object
    assert (root["/MarkInfo"]["/Marked"].value, root["/Lang"]) == (True, "nn")
    assert reader.metadata
    assert reader.metadata.title == "Kompetansen i eininga – Heimetenesta"


def test_the_same_unit_gives_the_same_bytes() -> None:
    words = words_of("who can guide whom, and nobody guides herself")

    assert unit_pdf(words) == unit_pdf(words)
    assert unit_html(words) == unit_html(words)


def test_a_column_of_a_pdf_is_as_wide_as_what_stands_in_it() -> None:
    places: dict[str, float] = {}

    def read(text: str, place: Any, *_: Any) -> None:
        places.setdefault(text.strip(), place[4])

    pdf, _ = unit_pdf(words_of("one person who meets all", person="Kari Nordmann " * 3))
    for page in PdfReader(BytesIO(pdf)).pages:
        page.extract_text(visitor_text=read)

    assert places["Roller"] - places["Person"] > 2 * (places["Filen er fra"] - places["Oppfylt"])


def test_a_pdf_has_no_heading_with_nothing_under_it() -> None:
    words = words_of("one person who meets all")

    assert words.say("unit.heading.guiding") not in text_of(unit_pdf(words)[0])
