"""What a leader sees of a unit in the browser is what the command says, to the same digit and byte."""

from __future__ import annotations

import re

import pytest
from tests.browser.unit.handed import UNIT, cells, csv_of, opened

NAME = "Heimetenesta =1"


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_csv_of_the_browser_is_that_of_the_command_byte_for_byte(visit, full, folder, report, language):
    files = sorted(folder.iterdir())
    page = full.page if language == "nb" else opened(visit, files, f"{language}/{UNIT}").page
    page.fill("#kmp-unit-name", NAME)

    theirs = csv_of(page)

    page.fill("#kmp-unit-name", "")
    assert theirs == report("csv", "--language", language, "--name", NAME).read_bytes()
    assert b"'=HYPERLINK" in theirs
    assert f"\r\n{NAME};".encode() in theirs
    assert not re.search(
        r"\b(unit|file|state|level|month)\.[a-z0-9]|\{\w+\}", page.locator(".kmp-unit").inner_text()
    )


def test_every_table_and_sentence_is_that_of_the_command(full, written):
    for name in ("missing", "expiring", "table", "people", "guiding"):
        assert cells(full.page, f".kmp-unit__{name}") == cells(written, f".{name}"), name
    for name in ("summary", "notices"):
        ours = full.page.locator(f".kmp-unit__{name} li").all_inner_texts()
        assert ours == written.locator(f".{name} li").all_inner_texts(), name


def test_axe_finds_no_fault_in_the_report_of_the_command_which_fetches_nothing(written, faults):
    assert faults(written) == []
    assert written.locator("html").get_attribute("lang") == "nb"
    assert written.locator("script, link, img").count() == 0
    assert written.evaluate("performance.getEntriesByType('resource').length") == 0
