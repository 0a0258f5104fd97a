"""The search as readers meet it: in the header and on its own page, by keyboard, in the address, and when it fails."""

from __future__ import annotations

import shutil
from typing import Any

import pytest
from tests.browser.asking import FIELD, OPTION, ask

from kompetanse.model.item import Item
from kompetanse.model.own_address import SEARCH, SEARCH_INDEX

MADE = ".kmp-find img, .kmp-find script, #kmp-search img, #kmp-search script"


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


def find(page, text: str) -> None:
    """Write `text` on the page of search and wait for what is said about it."""
    page.fill("#kmp-find", text)
    page.wait_for_function("() => document.querySelector('.kmp-find__total').textContent !== ''")
    page.wait_for_timeout(200)


def total(page) -> int:
    """Return how many results the page of search says there are."""
    return int(page.locator(".kmp-find__total").inner_text().split()[0])


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
