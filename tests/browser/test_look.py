"""What the sheets promise beside contrast: an own font that is light, rings of focus, the reader's own colours."""

from __future__ import annotations

from pathlib import Path

import pytest

FONT = Path(__file__).parents[2] / "theme/kompetanse_theme/assets/fonts/source-sans-3-latin-wght-normal.woff2"


def style(page, selector: str, name: str, pseudo: str = "") -> str:
    """Return what the browser makes of a property."""
    found: str = page.eval_on_selector(
        selector,
        "(one, [name, pseudo]) => getComputedStyle(one, pseudo).getPropertyValue(name)",
        [name, pseudo],
    )
    return found


@pytest.mark.skipif(not FONT.is_file(), reason="the font is not fetched: make assets")
def test_the_font_is_the_sites_own_and_sami_letters_are_fetched_only_where_they_stand(visit):
    seen = visit()
    seen.page.wait_for_function("() => document.fonts.check('1em \"Source Sans 3\"')")
    before = [url for url in seen.requests if "latin-ext" in url]

    with seen.page.expect_response("**/*latin-ext*"):
        seen.page.evaluate("document.querySelector('h1').textContent = 'Sámegiella ŧ'")

    assert before == []


def test_the_focus_has_two_rings(visit):
    page = visit().page

    page.keyboard.press("Tab")

    assert style(page, ":focus", "outline-style") == "solid"
    assert style(page, ":focus", "outline-width") == "3px"
    assert "0px 0px 0px 3px" in style(page, ":focus", "box-shadow")


def test_forced_colours_keep_what_a_bar_shows(visit, samples):
    page = visit(samples["competence"]).page

    page.emulate_media(forced_colors="active")

    assert "linear-gradient" in style(page, ".kmp-levels > li", "background-image", "::before")


def test_paper_is_light_in_a_dark_scheme(visit):
    page = visit(scheme="dark").page
    dark = style(page, "body", "--kmp-ground")

    page.emulate_media(media="print", color_scheme="dark")

    assert dark != "#ffffff"
    assert style(page, "body", "--kmp-ground") == "#ffffff"


def test_on_paper_a_box_that_is_folded_is_read_but_answers_are_not(visit, samples):
    page = visit(samples["module"]).page
    page.evaluate(
        "document.querySelector('.kmp-quiz__answer').insertAdjacentHTML('beforebegin', '<details><p>Mer</p></details>')"
    )
    box, answer = page.locator("details:not([class]) p"), page.locator(".kmp-quiz__answer p").first
    assert not box.is_visible()

    page.emulate_media(media="print")

    assert box.bounding_box()["height"] > 0
    assert not answer.is_visible()


def test_the_list_of_headings_marks_the_one_that_is_read_after_a_jump_too(visit, samples):
    page = visit(samples["module"]).page

    page.evaluate("document.querySelector('.kmp-quiz').scrollIntoView({behavior: 'instant'})")

    page.wait_for_selector(".kmp-toc [aria-current]")
    marked = page.locator(".kmp-toc [aria-current]")
    heading = page.locator(f"h2[id='{marked.get_attribute('href').lstrip('#')}']")
    assert marked.count() == 1
    assert heading.evaluate("one => one.getBoundingClientRect().top <= innerHeight / 4")
