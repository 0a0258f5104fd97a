"""A course is taken along when the person says so, read without a network, and removed without a trace."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from kompetanse.model.item import Course, Role

TAKE, KEEP, REMOVE = "Ta kurset med deg uten nett", "Lagre kurset", "Fjern kurset fra denne enheten"
TRACES = """async () => [
  ...await caches.keys(), ...Object.keys(localStorage),
  ...(await navigator.serviceWorker.getRegistrations()).map(one => one.scope),
]"""


@pytest.fixture
def course(catalogue, samples):
    """The course with most modules."""
    return next(one for one in catalogue.published(Course) if one.address == samples["course"])


@pytest.fixture
def modules(catalogue, course, site):
    """Where its modules are read."""
    return [
        module.address if module.course else f"{course.address}{module.id}/"
        for module in catalogue.modules_of(course)
    ]


def press(page: Page, name: str) -> None:
    """Press a button by keyboard."""
    page.get_by_role("button", name=name, exact=True).focus()
    page.keyboard.press("Enter")


def take(page: Page) -> None:
    """Take the course of the page along."""
    press(page, TAKE)
    page.get_by_role("button", name=KEEP, exact=True).wait_for()
    press(page, KEEP)
    page.get_by_role("button", name=REMOVE).wait_for()


def said(page: Page) -> str:
    """What is announced."""
    return page.locator("[data-kmp=offline] [role=status]").inner_text()


def test_nothing_is_registered_or_kept_until_the_person_has_seen_the_size_and_said_yes(visit, course):
    page = visit(course.address).page
    before = page.evaluate(TRACES)

    press(page, TAKE)
    page.get_by_role("button", name=KEEP, exact=True).wait_for()

    assert " MB. Vil du lagre" in said(page)
    assert before == page.evaluate(TRACES) == []
    press(page, "Ikke lagre")
    assert "Ingenting er lagret" in said(page)
    assert page.evaluate(TRACES) == []


def test_the_whole_course_is_read_without_a_network_and_its_questions_answered(visit, site, course, modules):
    seen = visit(course.address)
    page = seen.page
    take(page)

    page.context.set_offline(True)
    for address in modules:
        page.goto(site.home + address)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("[...document.images].every(one => one.complete && one.naturalWidth)")
        assert page.evaluate("getComputedStyle(document.querySelector('.kmp-brand')).fontWeight") == "700"
    page.locator(".kmp-quiz input").first.check()
    page.locator(".kmp-quiz button", has_text="Sjekk svaret").first.click()

    assert page.locator("[data-result]").count() == 1
    assert seen.faults == []


def test_links_within_the_course_and_the_search_work_without_a_network(visit, site, course, catalogue):
    page = visit(course.address).page
    take(page)
    page.context.set_offline(True)

    page.get_by_role("link", name="Start kurset").click()
    page.locator("a[rel=next]").click()
    page.goto(f"{site.home}{course.address}index.html?from=mail")
    there = page.locator("h1").inner_text()
    page.fill("#kmp-query", course.title)
    page.wait_for_selector("#kmp-found [role=option]")
    page.keyboard.press("Enter")
    page.wait_for_selector("input[name=role]")

    assert there == course.title
    roles = {one.title for one in catalogue.published(Role)}
    named = page.locator("label:has(input[name=role])").all_inner_texts()
    assert {one.rpartition(" (")[0].strip() for one in named} <= roles


def test_a_page_that_was_not_taken_says_so_and_leads_to_what_was(visit, site, course):
    page = visit(course.address).page
    take(page)
    page.context.set_offline(True)

    page.goto(site.home + "roller/")

    assert "er ikke lagret på denne enheten" in page.get_by_role("alert").inner_text()
    page.locator("[data-kmp=offline-list]").get_by_role("link", name=course.title).click()
    assert page.locator("h1").inner_text() == course.title


def test_a_kept_page_is_brought_up_to_date_when_it_is_read_with_a_network(visit, site, course):
    page = visit(course.address).page
    take(page)
    page.evaluate(
        """async url => {
      const [name] = await caches.keys()
      await (await caches.open(name)).put(url, new Response("old", { headers: { "Content-Type": "text/html" } }))
    }""",
        page.url,
    )

    page.goto(page.url)
    page.wait_for_function(
        """async url => !(await (await caches.match(url)).text()).startsWith("old")""", arg=page.url
    )
    page.context.set_offline(True)
    page.goto(page.url)

    assert page.locator("h1").inner_text() == course.title


def test_a_course_is_removed_without_a_trace(visit, course):
    page = visit(course.address).page
    take(page)
    kept = page.evaluate(TRACES)

    press(page, REMOVE)
    page.get_by_role("button", name=TAKE).wait_for()

    assert len(kept) == 3
    assert page.evaluate(TRACES) == []


def test_deleting_everything_removes_courses_too(visit, site, course):
    page = visit(course.address).page
    take(page)
    press(page, "Lagre fremdriften på denne enheten")

    press(page, "Slett alt på denne enheten")
    press(page, "Ja, slett alt")

    page.wait_for_function(f"async () => (await ({TRACES})()).length === 0")


def test_nothing_half_is_kept_when_the_network_goes_midway(visit, course):
    page = visit(course.address).page
    page.route("**/samlet/", lambda route: route.abort())

    press(page, TAKE)
    page.get_by_role("button", name=TAKE).wait_for()
    page.wait_for_function(
        "document.querySelector('[data-kmp=offline] [role=status]').textContent.includes('kunne ikke hentes')"
    )

    assert page.evaluate(TRACES) == []


def test_nothing_half_is_kept_when_the_device_is_full(visit, course):
    page = visit(course.address).page
    page.evaluate("""() => {
      let left = 3
      const put = Cache.prototype.put
      Cache.prototype.put = function (...given) {
        if (left-- > 0) return put.apply(this, given)
        return Promise.reject(new DOMException("", "QuotaExceededError"))
      }
    }""")

    press(page, TAKE)
    page.get_by_role("button", name=KEEP, exact=True).wait_for()
    press(page, KEEP)
    page.get_by_role("button", name=TAKE).wait_for()

    assert "ikke plass" in said(page)
    assert page.evaluate(TRACES) == []


def test_where_it_is_impossible_it_is_not_offered(visit, course):
    page = visit(course.address, javascript=False).page

    assert page.locator("[data-kmp=offline]:visible").count() == 0


def test_axe_finds_no_fault_in_any_state(visit, site, faults, course):
    page = visit(course.address).page
    press(page, TAKE)
    page.get_by_role("button", name=KEEP, exact=True).wait_for()
    found = faults(page, "main")

    press(page, KEEP)
    page.get_by_role("button", name=REMOVE).wait_for()
    found += faults(page, "main")
    page.goto(site.home + "uten-nett/#kmp-mangler")

    assert found + faults(page, "main") == []
