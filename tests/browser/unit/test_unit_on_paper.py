"""A unit on paper: its name, and every table whole."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader


def test_the_report_on_paper_has_the_name_of_the_unit_and_every_table_whole(full):
    page = full.page
    page.fill("#kmp-unit-name", "Hjemmetjenesten")
    page.set_viewport_size({"width": 390, "height": 900})

    paper = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))

    page.set_viewport_size({"width": 1280, "height": 900})
    page.fill("#kmp-unit-name", "")
    text = " ".join(" ".join(one.extract_text() for one in paper.pages).split())
    assert paper.pages[0].mediabox.width > paper.pages[0].mediabox.height
    assert "Hjemmetjenesten" in text
    for heading in ("Mangler", "Går snart ut", "Roller og kompetanser", "Personer", "Hvem kan veilede hvem"):
        assert heading in text
    assert "Last ned CSV" not in text
    assert text.count("Kreves ikke") == page.locator(".kmp-unit__empty").count()


@pytest.mark.parametrize("width", [1000, 700])
def test_no_table_is_cut_off_on_paper_of_either_direction(full, width):
    page = full.page
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(media="print")

    cut = page.locator(".kmp-unit__scroll, .kmp-unit__told").evaluate_all(
        "all => all.filter(one => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1).length"
    )

    wide = full.scrolls_sideways()
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 1280, "height": 900})
    assert (cut, wide) == (0, False)
