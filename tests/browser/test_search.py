"""The search as readers meet it: in the header and on its own page, by keyboard, in the address, and when it fails."""

from __future__ import annotations

import shutil
from typing import Any

import pytest

from kompetanse.model.item import Course, Item
from kompetanse.model.own_address import SEARCH, SEARCH_INDEX

MADE = ".kmp-find img, .kmp-find script, #kmp-search img, #kmp-search script"
FIELD, OPTION, ACTIVE = "#kmp-query", "#kmp-found [role=option]", "#kmp-found [aria-selected=true]"
MEDICINES = "Legemiddelhåndtering"
STRANGE = (
    "<img src=x onerror=\"document.title='run'\">",
    "<script>document.title='run'</script>",
    '"><svg onload=alert(1)>',
    "kurs:* (a OR b) [1] {2} \\",
    "👩‍⚕️ 💊",
    "\u200fשלום עולם\u200e",
    "\u0000\u200b\u00adhånd\u00adtering",
    "a" * 10_000,
    "kurs " * 2_000,
)


def ask(page, text: str) -> None:
    """Write `text` in the header and wait for what is said about it."""
    page.fill(FIELD, text)
    page.wait_for_selector(".kmp-search__output:not([hidden])")


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


def find(page, text: str) -> None:
    """Write `text` on the page of search and wait for what is said about it."""
    page.fill("#kmp-find", text)
    page.wait_for_function("() => document.querySelector('.kmp-find__total').textContent !== ''")
    page.wait_for_timeout(200)


def total(page) -> int:
    """Return how many results the page of search says there are."""
    return int(page.locator(".kmp-find__total").inner_text().split()[0])


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


def test_all_results_lead_to_pages_that_are_there(visit, site):
    page = visit(f"{SEARCH}?q=kurs").page
    page.wait_for_selector(".kmp-find__list > li")
    while page.get_by_role("button", name="Vis flere").count():
        page.get_by_role("button", name="Vis flere").click()
        page.wait_for_timeout(100)

    links = page.evaluate("[...document.querySelectorAll('.kmp-find__list a')].map(one => one.href)")

    assert len(links) >= total(page) > 20
    for link in links:
        path, _, anchor = link.removeprefix(site.home).partition("#")
        written = (site.folder / path / "index.html").read_text(encoding="utf-8")
        assert not anchor or f'id="{anchor}"' in written


def test_facets_narrow_and_their_counts_agree(visit):
    page = visit(f"{SEARCH}?q=legemidler").page
    page.wait_for_selector(".kmp-find__facet input")
    all_of_them = total(page)
    boxes = page.locator("input[name=kind]")
    values = {box.get_attribute("value"): box for box in boxes.all()}
    promised = {}
    for value, box in values.items():
        said = box.locator("xpath=..").inner_text()
        promised[value] = int(said.rpartition("(")[2].rstrip(")"))

    got = {}
    for value in values:
        page.check(f"input[name=kind][value={value}]")
        page.wait_for_function("value => location.search.endsWith(`kind=${value}`)", arg=value)
        page.wait_for_timeout(200)
        got[value] = total(page)
        assert page.evaluate("document.activeElement.name") == "kind"
        page.get_by_role("button", name="Nullstill valgene").click()
        page.wait_for_function("() => !location.search.includes('kind')")
        page.wait_for_timeout(100)

    assert got == promised
    assert sum(promised.values()) == all_of_them == total(page)


def test_two_values_of_a_facet_widen_and_two_facets_narrow(visit):
    page = visit(f"{SEARCH}?q=legemidler").page
    page.wait_for_selector("input[name=kind]")

    page.check("input[name=kind] >> nth=0")
    page.wait_for_timeout(200)
    one = total(page)
    page.check("input[name=kind] >> nth=1")
    page.wait_for_timeout(200)

    assert total(page) > one


def test_of_many_values_all_are_shown_at_a_press_and_the_focus_goes_on_in_them(visit):
    page = visit(f"{SEARCH}?q=kommune").page
    page.wait_for_selector("input[name=competence]")
    before = page.locator("input[name=competence]").count()

    page.get_by_role("button", name="Vis alle").focus()
    page.keyboard.press("Enter")
    page.wait_for_function(
        "before => document.querySelectorAll('input[name=competence]').length > before", arg=before
    )

    focused = page.evaluate(
        "[...document.querySelectorAll('input[name=competence]')].indexOf(document.activeElement)"
    )
    assert focused == before == 20


def test_the_address_keeps_the_query_through_reload_and_back(visit):
    page = visit(SEARCH).page
    find(page, "brannvern")
    page.keyboard.press("Enter")
    find(page, "legemidler")
    page.keyboard.press("Enter")
    page.check("input[name=kind] >> nth=0")
    page.wait_for_timeout(200)
    narrowed = total(page)

    page.reload()
    page.wait_for_selector(".kmp-find__list > li")
    reloaded = (
        page.input_value("#kmp-find"),
        total(page),
        page.locator("input[name=kind] >> nth=0").is_checked(),
    )
    page.go_back()
    page.wait_for_timeout(300)
    page.go_back()
    page.wait_for_timeout(300)

    assert reloaded == ("legemidler", narrowed, True)
    assert page.input_value("#kmp-find") == "brannvern"
    assert "q=brannvern" in page.url


def test_nothing_that_is_typed_runs_or_breaks_anything(visit):
    seen = visit(SEARCH)
    before = seen.page.title()

    for query in STRANGE:
        seen.page.fill("#kmp-find", query)
        seen.page.fill(FIELD, query)
        seen.page.wait_for_timeout(200)
        made = seen.page.locator(MADE).count()
        with seen.page.expect_event("load"):  # an address that is only rewritten is no page that loads
            seen.page.keyboard.press("Enter")
        seen.page.wait_for_timeout(200)

        assert (seen.page.title(), made, seen.page.locator(MADE).count()) == (before, 0, 0), query
        assert not seen.scrolls_sideways(), query
    assert seen.faults == []


def test_without_scripts_the_page_of_search_lists_everything_by_kind(visit, catalogue):
    page = visit(SEARCH, javascript=False).page

    listed = page.evaluate("[...document.querySelectorAll('[data-kmp-everything] a')].map(one => one.href)")

    assert page.locator("[data-kmp-everything] h2").all_inner_texts()[:3] == ["Roller", "Kompetanser", "Kurs"]
    assert len(listed) == len(catalogue.originals(Item))
    assert not page.is_visible("[data-kmp=find]")
    assert not page.is_visible(FIELD)


def test_an_index_that_is_missing_is_told_with_the_list_and_another_try(visit):
    seen = visit(SEARCH)
    page = seen.page
    page.route(f"**/{SEARCH_INDEX}**", lambda route: route.fulfill(status=404, body="gone"))

    page.fill("#kmp-find", "brannvern")
    page.wait_for_selector(".kmp-find .kmp-alert")
    told = page.locator(".kmp-find .kmp-alert").inner_text()
    listed = page.is_visible("[data-kmp-everything]")
    page.fill(FIELD, "brannvern")
    page.wait_for_selector(".kmp-search__note button")
    page.unroute(f"**/{SEARCH_INDEX}**")
    page.click(".kmp-search__note button")

    page.wait_for_selector(OPTION)
    assert "Søket svarer ikke" in told
    assert listed


def test_an_index_of_another_region_is_not_searched(visit):
    page = visit(SEARCH).page
    page.evaluate("document.querySelector('meta[name=\"kompetanse:region\"]').content = 'en-annen'")

    page.fill("#kmp-find", "brannvern")
    page.wait_for_selector(".kmp-find .kmp-alert")

    assert "Last siden på nytt" in page.locator(".kmp-find .kmp-alert").inner_text()


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


def test_results_say_where_they_have_what_was_asked_for_and_nothing_moves_when_it_comes(visit):
    page = visit().page
    held: list[Any] = []

    def hold(route: Any) -> None:
        held.append(route)

    page.route(f"**/{SEARCH_INDEX}x-*", hold)
    page.goto(page.url + f"{SEARCH}?q=dosett")
    page.wait_for_function("() => document.querySelectorAll('.kmp-find__list > li').length > 3")
    page.wait_for_timeout(400)
    tops = "[...document.querySelectorAll('.kmp-find__list > li')].map(one => one.offsetTop)"
    marks = page.locator(".kmp-find__extract mark").count()
    before = page.evaluate(tops)

    for route in held:
        route.continue_()
    page.wait_for_function(
        "marks => document.querySelectorAll('.kmp-find__extract mark').length > marks", arg=marks
    )
    page.wait_for_timeout(200)

    assert page.evaluate(tops) == before
    marked = page.locator(".kmp-find__extract mark").all_inner_texts()
    assert all(one.lower().startswith("dosett") for one in marked)


def test_the_site_has_nothing_of_another_search(built):
    assert not (built / "search").exists()
    assert not (built / "assets/javascripts").exists()


def test_it_searches_from_a_folder_on_disk(browser, built, tmp_path):
    folder = tmp_path / "site"
    shutil.copytree(built, folder)
    context = browser.new_context()
    page = context.new_page()
    page.goto((folder / "kurs/index.html").as_uri())

    ask(page, "brannvern")
    page.wait_for_selector(OPTION)
    page.keyboard.press("Enter")
    page.wait_for_selector(".kmp-find__list > li")
    page.click(".kmp-find__title >> nth=0")
    page.wait_for_load_state()

    assert page.url.startswith(folder.as_uri())
    assert page.url.endswith("index.html")
    context.close()


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


def test_axe_finds_no_fault_on_the_page_of_search_whatever_it_shows(visit, faults):
    page = visit(f"{SEARCH}?q=branvern&kind=course&kind=role&role=x").page

    found = {}
    for query in ("", "xqzwvj", "kurs"):
        page.fill("#kmp-find", query or page.input_value("#kmp-find"))
        page.wait_for_timeout(500)
        page.evaluate("document.querySelector('.kmp-find__narrow').open = true")
        found[query] = faults(page, ".kmp-find")

    assert found == {key: [] for key in found}


@pytest.mark.parametrize("language", ["nn", "en"])
def test_each_language_of_the_site_has_its_page_of_search(visit, language):
    page = visit(f"{language}/{SEARCH}?q=legemiddel").page

    page.wait_for_selector(".kmp-find__list > li")

    assert page.evaluate("document.documentElement.lang") == language


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
