"""Every page says what it may load, and breaks nothing of its own by that."""

from __future__ import annotations


def test_search_and_the_choice_of_colours_work_under_the_policy(visit):
    seen = visit()
    page = seen.page
    page.fill("#kmp-query", "kurs")
    page.wait_for_selector("#kmp-found [role=option]")
    page.keyboard.press("Escape")

    page.click("[data-kmp=scheme]")

    assert page.get_attribute("body", "data-md-color-scheme") == "slate"
    assert seen.broken() == []


def test_a_script_that_was_not_there_when_the_page_was_built_does_not_run(visit):
    seen = visit()

    seen.page.evaluate(
        "document.head.append(Object.assign(document.createElement('script'), {text: 'window.ran = 1'}))"
    )

    assert seen.page.evaluate("window.ran") is None
    assert seen.broken() == ["script-src-elem"]
