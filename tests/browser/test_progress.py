"""Progress is kept when it is asked for, told in words wherever a module is named, and deleted in one place."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page

from kompetanse.model.item import Course

KEY = "eksempelregionen.progress"
LEARNING = "[data-kmp^=progress-]"
MARK, UNDO = "Merk modulen som fullført", "Angre"


@pytest.fixture
def course(catalogue, samples):
    """The course with most modules."""
    return next(one for one in catalogue.published(Course) if one.address == samples["course"])


@pytest.fixture
def modules(catalogue, course):
    """Its modules."""
    return catalogue.modules_of(course)


@pytest.fixture
def at(visit, site):
    """Go to an address in the window that is open."""
    return lambda seen, address: seen.page.goto(site.home + address)


def press(page: Page, name: str) -> None:
    """Press a button by keyboard."""
    page.get_by_role("button", name=name).focus()
    page.keyboard.press("Enter")


def kept(page: Page) -> Any:
    """What the device keeps."""
    return json.loads(page.evaluate("key => localStorage[key] ?? null", KEY) or "null")


def test_nothing_is_kept_before_it_is_asked_for(visit, at, course, modules):
    seen = visit(course.address)

    for one in modules:
        at(seen, one.address)

    assert seen.stored() == []
    assert "Slett alt" in seen.page.locator(LEARNING).inner_text()


def test_a_completed_module_is_told_in_words_wherever_it_stands(visit, at, course, modules):
    seen = visit(modules[0].address)
    page = seen.page

    press(page, MARK)

    assert re.fullmatch(r"Fullført \d+\. \w+ \d{4}", page.locator(f"{LEARNING} .kmp-status").inner_text())
    assert page.evaluate("document.activeElement.textContent") == UNDO
    page.locator(".kmp-outline summary").click()
    assert "(fullført)" in page.locator(".kmp-outline").inner_text()
    at(seen, course.address)
    assert f"1 av {len(modules)} moduler fullført" in page.locator(LEARNING).inner_text()
    assert "(fullført)" in page.locator(".kmp-modules li").first.inner_text()
    at(seen, "kurs/")
    assert f"Påbegynt: 1 av {len(modules)} moduler" in page.locator("article").inner_text()
    assert seen.stored() == [KEY]
    assert seen.faults == []


def test_one_goes_on_where_one_left_from_the_course_and_the_first_page(visit, at, course, modules):
    seen = visit(course.address)
    press(seen.page, "Lagre fremdriften på denne enheten")
    at(seen, modules[1].address)

    at(seen, course.address)
    link = seen.page.get_by_role("link", name=f"Fortsett der du slapp: {modules[1].title}")
    assert link.count() == 1
    at(seen, "")
    seen.page.get_by_role("link", name=f"Fortsett der du slapp: {modules[1].title}").click()

    assert seen.page.url.endswith(modules[1].address)
    assert kept(seen.page)["modules"][modules[1].id]["state"] == "begun"


def test_it_can_be_undone(visit, modules):
    page = visit(modules[0].address).page
    press(page, MARK)

    press(page, UNDO)

    assert page.get_by_role("button", name=MARK).count() == 1
    assert kept(page)["modules"][modules[0].id]["state"] == "begun"


def test_everything_is_deleted_after_one_question(visit, course, modules):
    seen = visit(modules[0].address)
    press(seen.page, MARK)

    press(seen.page, "Slett alt på denne enheten")
    press(seen.page, "Ja, slett alt")

    seen.page.wait_for_selector(f"text={MARK}")
    assert seen.stored() == []
    assert "Alt er slettet" in seen.page.locator(f"{LEARNING} [role=status]").inner_text()


@pytest.mark.parametrize(
    "value",
    [
        "{",
        "[]",
        '{"version":1,"modules":{"gone":{"state":"done","day":"x"}},"courses":{"gone":{"last":"gone"}},"latest":"gone"}',
    ],
)
def test_what_is_damaged_or_gone_breaks_nothing(visit, at, course, modules, value):
    seen = visit(course.address)
    seen.page.evaluate("([key, value]) => localStorage.setItem(key, value)", [KEY, value])

    for address in (course.address, modules[0].address, "kurs/", ""):
        at(seen, address)
        seen.page.wait_for_load_state("networkidle")

    assert seen.faults == []


def test_a_browser_that_forbids_to_store_is_told_of_in_words(visit, modules):
    page = visit(modules[0].address).page
    page.evaluate(
        "() => { Storage.prototype.setItem = () => { throw new DOMException('no', 'SecurityError') } }"
    )

    press(page, MARK)

    assert "tillater ikke lagring" in page.locator(f"{LEARNING} [role=status]").inner_text()


def test_axe_finds_no_fault_where_progress_is_told(visit, at, faults, course, modules):
    seen = visit(modules[0].address)
    press(seen.page, MARK)
    found = faults(seen.page, "main")

    for address in (course.address, "kurs/", ""):
        at(seen, address)
        seen.page.wait_for_load_state("networkidle")
        found += faults(seen.page, "main")

    assert found == []
