"""Lists narrow by words and choices, say how many are left, and stand complete without JavaScript."""

from __future__ import annotations

import pytest

from kompetanse.model.item import Course, Role

ROWS = "[data-kmp-list] > li"
WORDS = "#kmp-words"
STATUS = '.kmp-filter [role="status"]'


def folded(text: str) -> str:
    """Write as one does on a keyboard without Norwegian letters."""
    return text.lower().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")


def titles(page) -> list[str]:
    """Return what is left of the list."""
    found: list[str] = page.locator(f"{ROWS}:visible > a").all_inner_texts()
    return found


def test_words_narrow_a_list_and_the_count_is_announced(visit, catalogue, samples):
    wanted = next(one for one in catalogue.published(Course) if set("æøå") & set(one.title.lower()))
    page = visit(samples["courses"]).page

    page.fill(WORDS, wanted.title.upper())

    assert titles(page) == [wanted.title]
    assert page.locator(STATUS).inner_text().startswith("1 ")


@pytest.mark.parametrize("sample", ["roles", "competences", "courses"])
def test_norwegian_letters_are_found_without_them(visit, samples, sample):
    page = visit(samples[sample]).page
    wanted = next(one for one in titles(page) if set("æøå") & set(one.lower()))

    page.fill(WORDS, folded(wanted))

    assert wanted in titles(page)


def test_what_nothing_matches_leaves_an_empty_list_and_says_so(visit, samples):
    page = visit(samples["roles"]).page

    page.fill(WORDS, "qqq")

    assert titles(page) == []
    assert page.locator(STATUS).inner_text().startswith("0 ")
    assert page.locator("main h2:visible").count() == page.locator("main .kmp-facts h2").count()


@pytest.mark.parametrize("sample", ["roles", "competences", "courses", "calendar"])
def test_a_choice_leaves_what_has_it(visit, samples, sample):
    page = visit(samples[sample]).page
    choice = page.locator(".kmp-filter select").first
    name, value = choice.get_attribute("name"), choice.locator("option").nth(1).get_attribute("value")

    choice.select_option(value)

    left = [one.get_attribute(f"data-{name}").split() for one in page.locator(f"{ROWS}:visible").all()]
    assert left
    assert all(value in values for values in left)
    assert page.locator(STATUS).inner_text().startswith(f"{len(left)} ")


def test_the_calendar_narrows_to_what_serves_a_role(visit, catalogue, samples):
    page = visit(samples["calendar"]).page
    served = page.locator(ROWS).first.get_attribute("data-role").split()

    page.select_option("#kmp-role", served[0])

    left = [one.get_attribute("data-role").split() for one in page.locator(f"{ROWS}:visible").all()]
    assert 0 < len(left) < page.locator(ROWS).count()
    assert all(served[0] in roles for roles in left)


def test_without_javascript_one_can_subscribe_and_download(visit, samples):
    page = visit(samples["calendar"], javascript=False).page
    page.locator("details.kmp-feeds summary").last.click()

    feed = page.locator("details.kmp-feeds a:visible").first.get_attribute("href")
    page.goto(page.url.rstrip("/") + "/../" + samples["session"])
    with page.expect_download() as download:
        page.click(".kmp-button[download]")

    assert feed.endswith(".ics")
    assert download.value.path().read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")


def test_the_reset_button_shows_all_again(visit, samples):
    page = visit(samples["courses"]).page
    every = titles(page)
    page.fill(WORDS, "qqq")

    page.click(".kmp-filter button[type=reset]")

    page.wait_for_function(f"() => document.querySelectorAll('{ROWS}:not([hidden])').length === {len(every)}")
    assert titles(page) == every


@pytest.mark.parametrize(("sample", "cls"), [("roles", Role), ("courses", Course)])
def test_without_javascript_a_list_is_complete_and_has_no_form(visit, catalogue, samples, sample, cls):
    page = visit(samples[sample], javascript=False).page

    assert len(titles(page)) == len(catalogue.originals(cls))
    assert not page.is_visible(".kmp-filter")


def test_without_javascript_the_menu_of_a_narrow_screen_stands_open(visit):
    page = visit(width=390, javascript=False).page

    assert page.is_visible("#kmp-menu nav a")
    assert page.locator("header button:visible").count() == 0


def test_without_javascript_text_stands_and_answers_can_be_opened(visit, module_with_questions):
    module = module_with_questions
    page = visit(module.address, javascript=False).page
    answer = page.locator("details.kmp-quiz__answer").first

    answer.locator("summary").click()

    assert page.locator("h1").inner_text() == module.title
    assert page.locator(".kmp-quiz").count() == module.body.count("<quiz>")
    assert answer.locator("> :not(summary)").first.is_visible()
