"""The page of an adopted course says whom it came from, under which licence, and whether it was changed here."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.forking.conftest import NABOVIK

from kompetanse.staging import staged

Run = Callable[..., Any]
TODAY = date(2026, 11, 24)


@pytest.fixture
def pages(nabovik: Callable[..., Path], ours: Path, run: Run) -> Callable[[], dict[str, str]]:
    """Fork the course, and return the staged pages of our region: address → Markdown."""
    nabovik()
    assert run(ours, "fork", "nabovik/brev").exit_code == 0
    return lambda: {file.path: file.text for file in staged(ours, "content", TODAY, TODAY).stage.files}


def credit(page: str) -> str:
    found = re.search(r'<div class="kmp-credit">(.*?)</div>', page, re.DOTALL)
    return re.sub(r"<[^>]+>", "", found[1].replace("</h3>", "|").replace("</p>", "|")) if found else ""


def test_a_course_and_its_modules_say_where_they_came_from(pages: Callable[[], dict[str, str]]) -> None:
    found = pages()

    said = "Kreditering|Tilpasset fra «Brev og arkiv» av Nabovik kommune (kilde, versjon {day}), Creative Commons Attribution 4.0. Uendret.|"
    day = re.search(r"versjon ([^)]+)\)", found["kurs/brev/index.md"])
    assert day
    for address in ("kurs/brev", "kurs/brev/01-les", "kurs/brev/shared/moduler/svar"):
        assert credit(found[f"{address}/index.md"]) == said.format(day=day[1]), address
    assert 'href="https://nabovik.example/kurs/brev/"' in found["kurs/brev/index.md"]
    assert "Attribution-ShareAlike 4.0" in credit(found["kurs/brev/shared/kompetanser/arkiv/index.md"])
    assert credit(found["kompetanser/personvern/index.md"]) == ""


def test_what_was_changed_here_is_said_of_the_course_and_of_the_module(
    ours: Path, pages: Callable[[], dict[str, str]]
) -> None:
    page = ours / "content/kurs/brev/01-les.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nVårt tillegg.\n", encoding="utf-8")

    found = pages()

    assert credit(found["kurs/brev/01-les/index.md"]).endswith("Endret av Testvik.|")
    assert credit(found["kurs/brev/index.md"]).endswith("Endret av Testvik.|")
    assert credit(found["kurs/brev/shared/moduler/svar/index.md"]).endswith("Uendret.|")


@pytest.mark.parametrize(
    ("language", "said"),
    [("nn", "Tilpassa frå «Brev og arkiv» av"), ("en", "Adapted from “Brev og arkiv” by")],
)
def test_the_credit_is_in_the_language_of_the_page(
    ours: Path, pages: Callable[[], dict[str, str]], language: str, said: str
) -> None:
    page = ours / "content/kurs/brev/01-les.md"
    page.write_text(
        page.read_text(encoding="utf-8").replace("type: module", f"type: module\nlanguage: {language}"),
        encoding="utf-8",
    )

    assert said in credit(pages()["kurs/brev/01-les/index.md"])


def test_those_that_the_source_had_it_from_are_named_too(
    ours: Path, pages: Callable[[], dict[str, str]]
) -> None:
    record = ours / "content/kurs/brev/origin.yml"
    chain = "chain:\n- {title: 'Brev <i>A–Å</i>', authors: [KS], licence: NLOD-2.0, url: 'https://ks.example/brev'}\nfiles:"
    record.write_text(record.read_text(encoding="utf-8").replace("files:", chain, 1), encoding="utf-8")

    page = pages()["kurs/brev/index.md"]

    assert (
        "Kilden bygger på:|Tilpasset fra «Brev &lt;i&gt;A–Å&lt;/i&gt;» av KS (kilde), Norsk lisens for offentlige data 2.0."
        in credit(page)
    )


def test_machines_read_the_credit_too(pages: Callable[[], dict[str, str]]) -> None:
    found = re.search(
        r'<script type="application/ld\+json">(.*?)</script>', pages()["kurs/brev/index.md"], re.DOTALL
    )
    raw = found[1] if found else _meta(pages()["kurs/brev/index.md"])
    data = json.loads(raw)

    assert data["creator"] == [{"@type": "Organization", "name": "Nabovik kommune"}]
    assert data["isBasedOn"][0]["url"] == "https://nabovik.example/kurs/brev/"
    assert data["isBasedOn"][0]["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert data["creditText"].startswith("Tilpasset fra «Brev og arkiv» av Nabovik kommune (kilde, versjon ")
    assert str(NABOVIK["region.yml"]).count("CC-BY-SA") == 1


def _meta(page: str) -> str:
    row = next(
        row for row in page.split("\n") if row.lstrip().startswith(("jsonld:", "data:", "structured:"))
    )
    return str(json.loads(row.partition(":")[2].strip()))
