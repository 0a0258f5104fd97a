"""What a leader reads of a unit: the most urgent first, in words and numbers, narrowed by filters, by keyboard and by all senses."""

from __future__ import annotations

import re

from tests.browser.unit.handed import cells, opened, put

from kompetanse.model.item import Role


def test_an_average_is_left_out_for_four_and_no_filter_makes_one(visit, asked, tmp_path):
    files = put(tmp_path, asked, 5)
    page = opened(visit, files[:4]).page
    table = page.locator(".kmp-unit__table tbody")
    four = table.inner_text()
    page.set_input_files("#kmp-files", files[4:])
    page.wait_for_selector("text=5 personer")
    cells_of_five = cells(page, ".kmp-unit__table")

    page.select_option("#kmp-unit-role", "ansatt")

    assert "snitt" not in four
    assert "snitt" in page.locator(".kmp-unit__table tbody").text_content()
    assert cells(page, ".kmp-unit__table") == cells_of_five, "a filter hides, it never reckons anew"
    assert "snitt" not in page.locator(".kmp-unit__table tbody").inner_text(), "two have this role"


def test_what_is_missing_and_what_runs_out_comes_before_the_large_table(full):
    headings = full.page.locator(".kmp-unit__view > div h2").all_inner_texts()

    assert headings == [
        "Mangler",
        "Går snart ut",
        "Roller og kompetanser",
        "Personer",
        "Hvem kan veilede hvem",
    ]


def test_a_cell_says_in_a_symbol_a_word_and_in_numbers_and_has_headers_of_row_and_column(full, asked):
    cell = full.page.locator(".kmp-unit__table tbody td:not(.kmp-unit__empty)").first

    symbol = cell.locator(".kmp-status").evaluate("one => getComputedStyle(one, '::before').content")

    assert re.search(r"(Alle|Noen|Ingen) \d+ av \d+", cell.inner_text())
    assert symbol[1] in "✓◐✕"
    assert full.page.locator(".kmp-unit__table tbody th[scope=row]").count() >= len(asked)
    assert full.page.locator(".kmp-unit__table thead th[scope=col]").count() == 3


def test_a_filter_narrows_all_tables_and_says_how_many_are_left(full, catalogue):
    page = full.page
    rows = page.locator(".kmp-unit__table tbody tr:visible")
    number = rows.count()

    page.select_option("#kmp-unit-kind", "statutory")

    left = rows.count()
    assert 0 < left < number
    assert page.locator(".kmp-unit .kmp-filter [role=status]").inner_text() == f"Viser {left} kompetanser"
    page.select_option("#kmp-unit-role", "ansatt")
    title = next(one.title for one in catalogue.published(Role) if one.id == "ansatt")
    assert page.locator(".kmp-unit__table thead th:visible").all_inner_texts() == ["Kompetanse", title]
    page.click(".kmp-unit .kmp-filter button")
    rows.nth(number - 1).wait_for()


def test_the_way_of_the_tab_key_passes_all_that_can_be_used_and_all_that_scrolls(full):
    page = full.page
    page.focus("#kmp-files")
    passed = []

    for _ in range(60):
        page.keyboard.press("Tab")
        passed.append(page.evaluate("document.activeElement.id || document.activeElement.className"))

    places = [
        "kmp-unit-name",
        "kmp-unit__told",
        "kmp-unit-role",
        "kmp-unit-state",
        "kmp-scroll kmp-unit__scroll",
    ]
    assert [one for one in places if one in passed] == places
    assert sorted(passed.index(one) for one in places) == [passed.index(one) for one in places]


def test_axe_finds_no_fault(few, faults):
    assert faults(few.page, "main") == []


def test_axe_finds_no_fault_when_filters_leave_nothing_or_no_file_can_be_used(visit, faults, folder):
    useless = opened(visit, [folder / "damaged.json", folder / "newer.json"])
    filtered = opened(visit, [folder / "p1.json"])
    filtered.page.select_option("#kmp-unit-kind", "statutory")
    filtered.page.select_option("#kmp-unit-role", "ansatt")
    filtered.page.select_option("#kmp-unit-state", "met")

    assert faults(useless.page, "main") + faults(filtered.page, "main") == []
