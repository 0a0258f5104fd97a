"""What holds for every kind of page, asked of each in one window.

Accessible (WCAG 2.1 A and AA) by axe and by what axe cannot see: reflow, text spacing and the way of the Tab key.
"""

from __future__ import annotations

import re

import pytest
from tests.browser.conftest import SAMPLES
from tests.browser.windows import windows

from kompetanse.model.item import Item

TEXT_SPACING = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-bottom: 2em !important }
"""
"""What a reader may set, WCAG 1.4.12."""

ADOPT = "text => { const sheet = new CSSStyleSheet(); sheet.replaceSync(text); document.adoptedStyleSheets = [sheet] }"
"""Use a sheet of the reader's, which the page's policy does not ask about."""

FOCUSED = """() => {
  const element = document.activeElement
  const box = element.getBoundingClientRect()
  const style = getComputedStyle(element)
  return {
    name: element.outerHTML.slice(0, 120),
    last: element === document.body,
    inView: box.width > 0 && box.height > 0 && box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight,
    seen: element.checkVisibility({opacityProperty: true, visibilityProperty: true}),
    ring: style.outlineStyle === 'solid' ? parseFloat(style.outlineWidth) : 0,
  }
}"""
STOPS = 40


@pytest.fixture(scope="module", params=SAMPLES)
def sample(request):
    """Every kind of page in turn; pytest asks all that is asked of one before it goes to the next."""
    return request.param


@pytest.fixture(scope="module")
def seen(site, browser, samples, sample):
    """That page, as it comes; a test that changes more than size and colours loads it again."""
    with windows(site, browser) as open_page:
        yield open_page(samples[sample])


def test_it_asks_nobody_else_keeps_nothing_and_has_no_fault(seen, site):
    seen.page.wait_for_load_state("networkidle")

    assert [url for url in seen.requests if not url.startswith(site.home)] == []
    assert seen.stored() == []
    assert seen.faults == []


def test_it_does_not_break_its_own_policy(seen):
    assert seen.page.locator('meta[http-equiv="Content-Security-Policy"]').count() == 1
    assert seen.broken() == []


def test_it_says_its_language(seen, catalogue, samples, sample):
    languages = {item.address: item.language for item in catalogue.visible(Item)}

    said = seen.page.get_attribute("html", "lang")

    assert said == languages.get(samples[sample], catalogue.region.language)


def test_it_has_one_main_heading(seen):
    assert seen.page.locator("h1").count() == 1


def test_axe_finds_no_fault_on_a_wide_or_narrow_window(seen, faults):
    assert faults(seen.page) == []


def test_it_is_not_wider_than_a_window_of_320_even_with_the_readers_text_spacing(seen):
    seen.page.set_viewport_size({"width": 320, "height": 900})
    wide = seen.scrolls_sideways()

    seen.page.evaluate(ADOPT, TEXT_SPACING)

    assert (wide, seen.scrolls_sideways()) == (False, False)


@pytest.mark.parametrize("width", [1280, 390])
def test_every_stop_of_the_tab_key_can_be_seen(seen, width):
    seen.begin(width)
    stops = []

    for _ in range(STOPS):
        seen.page.keyboard.press("Tab")
        stops.append(seen.page.evaluate(FOCUSED))
        if stops[-1]["last"]:
            break

    assert "kmp-skip" in stops[0]["name"]
    assert [one["name"] for one in stops if not one["last"] and not (one["inView"] and one["seen"])] == []
    assert [one["name"] for one in stops if not one["last"] and one["ring"] < 3] == []


def test_pages_have_names_of_their_own(built, samples):
    files = [
        built / address / ("" if address.endswith(".html") else "index.html") for address in samples.values()
    ]

    names = {*re.findall("<title>.+?</title>", "".join(file.read_text(encoding="utf-8") for file in files))}

    assert len(names) == len(samples)
