"""A report in HTML, as it opens from a disk: on a wide screen, on a phone, and on paper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.windows import TOO_WIDE, faults_of

from kompetanse.evidence.report_page import Page as Report
from kompetanse.evidence.report_page import as_html
from kompetanse.evidence.unit_tables import Shown, Table

COLUMNS = ("Kompetanse", "Person", "Nivå", "Status", "Bygger på", "Samlinger som er satt opp", "Frist")
ROWS = tuple(
    (
        Shown(("Håndtere legemidler", "Lovpålagt", "Forskrift om legemiddelhåndtering § 4")),
        Shown((f"Anne-Marie Solbakken-Kristoffersen {number}",)),
        Shown(("Krever 3 Selvstendig", "Har 2 Under veiledning")),
        Shown(("Mangler",), "missing"),
        Shown(("Kursbevis 653425c9-83b2-4632-88f1-c7d25a4fa887, utstedt av Kompetanseregionen",)),
        Shown(("",)),
        Shown(("26. november 2026",), value=date(2026, 11, 26)),
    )
    for number in range(3)
)


@pytest.fixture
def report(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """A report with a table of seven columns."""
    table = Table("proof", "Krav for krav", "Hvert krav til hver person", COLUMNS, ROWS)
    made = Report(
        title="Dokumentasjon av kompetanse",
        language="nb",
        day=date(2026, 11, 26),
        summary_heading="Kort sagt",
        summary=("3 krav er ikke oppfylt.",),
        proof="Rapporten er ingen delegering.",
        notices_heading="Om filene",
        notices=(f"{'lang' * 30}.pdf er ikke regnet med.",),
        tables=(table,),
    )
    (tmp_path / "rapport.html").write_text(as_html(made), encoding="utf-8")
    page = browser.new_page()
    page.goto((tmp_path / "rapport.html").as_uri())
    yield page
    page.close()


def test_it_is_read_without_scrolling_sideways_on_any_screen(report: Page) -> None:
    assert faults_of(report) == []

    report.set_viewport_size({"width": 390, "height": 900})
    assert report.get_by_role("columnheader", name="Bygger på").count() == 1
    assert report.get_by_role("rowheader").count() == len(ROWS)
    assert report.get_by_role("cell").count() == len(ROWS) * (len(COLUMNS) - 1)


def test_a_sheet_of_a4_has_room_for_it(report: Page) -> None:
    report.set_viewport_size({"width": 1009, "height": 680})  # A4 across, less 15 mm on each side
    report.emulate_media(media="print")

    assert not report.evaluate(TOO_WIDE)
    assert report.pdf(format="A4").startswith(b"%PDF")
