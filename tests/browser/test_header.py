"""Menu and search of the header, with the keyboard alone."""

from __future__ import annotations

import pytest

MENU, SEARCH = '[aria-controls="kmp-menu"]', '[aria-controls="kmp-search"]'


def walk_to(page, selector: str) -> None:
    """Press Tab until the focus is on what `selector` names."""
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab never came to {selector}")


def has_focus(page, selector: str) -> bool:
    return bool(page.evaluate("selector => document.activeElement.matches(selector)", selector))


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_the_menu_of_a_narrow_screen_opens_by_key_and_escape_closes_it(visit, key):
    page = visit(width=390).page
    walk_to(page, MENU)

    page.keyboard.press(key)

    assert page.is_visible("#kmp-menu nav a")
    assert page.get_attribute(MENU, "aria-expanded") == "true"
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('#kmp-menu').contains(document.activeElement)")
    page.keyboard.press("Escape")
    assert not page.is_visible("#kmp-menu nav a")
    assert page.get_attribute(MENU, "aria-expanded") == "false"
    assert has_focus(page, MENU)


def test_the_search_of_a_narrow_screen_opens_by_key_and_escape_closes_it(visit):
    page = visit(width=390).page
    walk_to(page, SEARCH)

    page.keyboard.press("Enter")

    assert has_focus(page, "#kmp-query")
    page.keyboard.press("Escape")
    assert not page.is_visible("#kmp-query")
    assert has_focus(page, SEARCH)


def test_one_panel_closes_the_other(visit):
    page = visit(width=390).page
    page.click(SEARCH)

    page.click(MENU)

    assert page.is_visible("#kmp-menu nav a")
    assert not page.is_visible("#kmp-query")
    assert page.get_attribute(SEARCH, "aria-expanded") == "false"


def test_the_menu_of_a_wide_screen_stands_open(visit):
    page = visit(width=1280).page

    assert page.is_visible("#kmp-menu nav a")
    assert not page.is_visible(MENU)


@pytest.mark.parametrize(("sample", "current"), [("courses", "page"), ("course", "true")])
def test_the_menu_says_where_one_is(visit, samples, sample, current):
    page = visit(samples[sample]).page

    marked = page.locator("#kmp-menu [aria-current]")
    assert marked.count() == 1
    assert marked.get_attribute("aria-current") == current
    assert page.evaluate("document.querySelector('#kmp-menu [aria-current]').href").endswith(
        samples["courses"]
    )


@pytest.mark.parametrize("key", ["f", "s", "/"])
def test_a_single_letter_is_no_shortcut(visit, key):
    page = visit().page

    page.keyboard.press(key)

    assert not has_focus(page, "#kmp-query")


def test_an_unknown_address_gets_a_page_that_leads_home(visit, site):
    page = visit("finnes/ikke/her/").page

    page.click("main a.kmp-button")

    assert page.url == site.home
