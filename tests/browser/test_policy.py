"""Every page says what it may load, and breaks nothing of its own by that."""

from __future__ import annotations

import pytest

LISTEN = "addEventListener('securitypolicyviolation', event => (window.broken ??= []).push(event.violatedDirective))"
BROKEN = "window.broken ?? []"


@pytest.fixture
def watched(site, browser):
    """Open a page by its address in a window that notes what its policy stops."""
    context = browser.new_context(reduced_motion="reduce")
    context.add_init_script(LISTEN)
    page = context.new_page()
    yield lambda address: page.goto(site.home + address) and page
    context.close()


def test_no_page_breaks_its_own_policy(watched, samples, sample):
    page = watched(samples[sample])

    page.wait_for_load_state("networkidle")

    assert page.locator('meta[http-equiv="Content-Security-Policy"]').count() == 1
    assert page.evaluate(BROKEN) == []


def test_search_and_the_choice_of_colours_work_under_the_policy(watched):
    page = watched("")
    page.fill("#kmp-query", "kurs")
    page.wait_for_selector("#kmp-found [role=option]")
    page.keyboard.press("Escape")

    page.click("[data-kmp=scheme]")

    assert page.get_attribute("body", "data-md-color-scheme") == "slate"
    assert page.evaluate(BROKEN) == []


def test_a_script_that_was_not_there_when_the_page_was_built_does_not_run(watched):
    page = watched("")

    page.evaluate(
        "document.head.append(Object.assign(document.createElement('script'), {text: 'window.ran = 1'}))"
    )

    assert page.evaluate("window.ran") is None
    assert page.evaluate(BROKEN) == ["script-src-elem"]
