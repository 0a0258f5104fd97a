"""The search in the header, by keyboard, in readers' own words, and with nothing kept."""

from __future__ import annotations

import pytest
from tests.browser.asking import ACTIVE, FIELD, OPTION, ask

from kompetanse.model.item import Course
from kompetanse.model.own_address import SEARCH, SEARCH_INDEX


def titles(page) -> list[str]:
    """Return the titles of the results in the header."""
    return [one.strip() for one in page.locator(".kmp-search__title").all_inner_texts()]


def results(page, text: str) -> list[str]:
    """Return the titles that the header shows for `text`, and not what stood there before."""
    page.fill(FIELD, text)
    page.wait_for_function(
        "text => new URL(document.querySelector('.kmp-search__all')?.href ?? location).searchParams.get('q') === text",
        arg=text,
    )
    return titles(page)


def active(page) -> str:
    """Return what the field says is chosen, which is what is shown as chosen."""
    id_ = page.get_attribute(FIELD, "aria-activedescendant")
    shown = page.locator(ACTIVE)
    assert shown.count() == (1 if id_ else 0)
    assert not id_ or shown.get_attribute("id") == id_
    return id_ or ""


def test_a_nurse_finds_the_handling_of_medicines_in_her_own_words(visit):
    page = visit().page
    queries = (
        "håndtering av medisiner",
        "legemidel",
        "legemiddelhandtering",
        "legemiddelhåndtering",
        "Legemiddelhaandtering",
        "medisinhandtering",
    )

    found = {query: results(page, query)[:5] for query in queries}

    assert {query for query in queries if not any("egemiddel" in title for title in found[query])} == set()


@pytest.mark.parametrize("width", [1280, 390])
def test_the_header_finds_a_course_by_its_title_grouped_by_kind_with_words_marked(visit, catalogue, width):
    course = catalogue.published(Course)[0]
    page = visit(width=width).page
    if width < 960:
        page.click('[aria-controls="kmp-search"]')

    ask(page, course.title)

    page.wait_for_selector(f'{OPTION}[href$="{course.address}"]')
    group = page.locator("#kmp-found [role=group]", has=page.locator(f'[href$="{course.address}"]'))
    assert page.locator(f"#{group.get_attribute('aria-labelledby')}").inner_text() == "Kurs"
    assert course.title.split()[0].lower() in [
        one.lower() for one in page.locator("#kmp-found mark").all_inner_texts()
    ]


def test_the_keyboard_walks_the_list_and_opens_what_is_chosen(visit):
    page = visit().page
    ask(page, "kurs")
    page.wait_for_selector(OPTION)
    last = page.locator(OPTION).count() - 1

    walked = []
    for key in ("ArrowDown", "ArrowDown", "End", "ArrowDown", "ArrowUp", "Home", "ArrowUp"):
        page.keyboard.press(key)
        walked.append(active(page))
    page.keyboard.press("ArrowDown")
    leads_to = page.locator(ACTIVE).get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(leads_to)

    assert walked == [
        "kmp-option-0",
        "kmp-option-1",
        f"kmp-option-{last}",
        "",
        f"kmp-option-{last}",
        "kmp-option-0",
        "",
    ]


def test_escape_closes_then_clears_and_then_leaves_the_panel(visit):
    page = visit(width=390).page
    page.click('[aria-controls="kmp-search"]')
    ask(page, "kurs")
    page.wait_for_selector(OPTION)

    page.keyboard.press("Escape")
    closed = (
        page.is_visible("#kmp-found"),
        page.input_value(FIELD),
        page.get_attribute(FIELD, "aria-expanded"),
    )
    page.keyboard.press("Escape")
    cleared = page.input_value(FIELD)
    page.keyboard.press("Escape")

    assert closed == (False, "kurs", "false")
    assert cleared == ""
    assert not page.is_visible(FIELD)
    assert page.evaluate("document.activeElement.getAttribute('aria-controls')") == "kmp-search"


def test_tab_leaves_the_list_and_closes_it(visit):
    page = visit().page
    ask(page, "kurs")
    page.wait_for_selector(OPTION)

    page.keyboard.press("Tab")

    assert not page.is_visible(".kmp-search__output")
    assert not page.evaluate("document.querySelector('#kmp-search').contains(document.activeElement)")


def test_how_many_are_found_is_announced_once_the_reader_pauses(visit):
    page = visit().page
    ask(page, "brannvern")

    page.wait_for_function("() => document.querySelector('#kmp-search [role=status]').textContent !== ''")

    said = page.locator("#kmp-search [role=status]").inner_text()
    assert said.split()[0].isdigit()
    assert page.locator(".kmp-search__all").inner_text() == f"Vis alle {said}"


def test_what_finds_nothing_says_so_and_leads_to_everything(visit):
    page = visit().page
    ask(page, "xqzwvj")
    page.wait_for_selector(".kmp-search__note a")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{SEARCH}")

    assert page.locator("[data-kmp-everything] li").count() > 50


def test_a_word_with_an_error_is_asked_about(visit):
    page = visit().page
    ask(page, "branvern")
    page.wait_for_selector(".kmp-search__meant")

    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    assert page.input_value(FIELD) != "branvern"
    assert page.evaluate("document.activeElement.id") == "kmp-query"


def test_enter_without_a_choice_goes_to_the_page_of_search(visit):
    page = visit().page
    ask(page, "brannvern")

    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{SEARCH}?q=brannvern")

    page.wait_for_selector(".kmp-find__list > li")
    assert page.input_value("#kmp-find") == "brannvern"


def test_nothing_is_fetched_before_the_reader_turns_to_the_search_nothing_elsewhere_and_nothing_is_kept(
    visit, site
):
    seen = visit()
    seen.page.wait_for_load_state("networkidle")
    before = list(seen.requests)

    ask(seen.page, "legemidler")
    seen.page.wait_for_selector(OPTION)

    assert [url for url in before if "/search-" in url or f"/{SEARCH}" in url] == []
    assert [url for url in seen.requests if not url.startswith((site.home, "data:"))] == []
    assert [url for url in seen.requests if "legemid" in url or "lunr" in url or "search_index" in url] == []
    assert seen.stored() == []


def test_what_was_fetched_once_answers_without_a_network(visit):
    page = visit().page
    first = results(page, "brannvern")
    results(page, "legemidler")

    page.context.set_offline(True)

    assert results(page, "brannvern") == first


def test_axe_finds_no_fault_in_the_header_whatever_it_shows(visit, faults):
    page = visit().page
    page.evaluate("document.querySelector('#kmp-search').dataset.open = ''")  # so that it shows when narrow

    found = {}
    for query in ("kurs", "branvern", "xqzwvj", "kaffetrakter"):
        if query == "kaffetrakter":
            page.route(f"**/{SEARCH_INDEX}**", lambda route: route.abort())
        page.fill(FIELD, query)
        page.wait_for_timeout(500)
        page.keyboard.press("ArrowDown")
        found[query] = faults(page, "#kmp-search")

    assert found == {key: [] for key in found}
    assert page.locator(".kmp-search__note button").count() == 1


def test_forced_colours_show_what_is_chosen_and_paper_shows_no_search(visit):
    page = visit().page
    ask(page, "kurs")
    page.wait_for_selector(OPTION)
    page.emulate_media(forced_colors="active")
    page.keyboard.press("ArrowDown")

    style = page.locator(ACTIVE).evaluate("one => getComputedStyle(one).outlineStyle")
    page.emulate_media(media="print")

    assert style == "solid"
    assert not page.is_visible(FIELD)
