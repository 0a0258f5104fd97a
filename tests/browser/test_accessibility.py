"""WCAG 2.1 A and AA where a page is not as it comes: an open panel, the widest tables, the skip link."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("panel", ["kmp-menu", "kmp-search"])
def test_axe_finds_no_fault_in_an_open_panel(visit, faults, panel):
    seen = visit(width=390)

    seen.page.click(f'[aria-controls="{panel}"]')

    assert faults(seen.page) == []


def test_no_table_makes_a_page_wider_than_a_window_of_320(visit, site):
    seen = visit(width=320, javascript=False)  # no script makes a table there
    pages = [
        file.parent
        for file in sorted(site.folder.rglob("index.html"))
        if "<table" in file.read_text(encoding="utf-8")
    ]

    wide = []
    for folder in pages:
        seen.page.goto(f"{site.home}{folder.relative_to(site.folder).as_posix()}/")
        wide += [folder.name] if seen.scrolls_sideways() else []

    assert len(pages) > 10
    assert wide == []


def test_the_skip_link_leads_to_the_content(visit):
    page = visit().page

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "innhold"
