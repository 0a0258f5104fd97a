"""WCAG 2.1 A and AA, by axe and by what axe cannot see: reflow, text spacing and the way of the Tab key."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import SAMPLES

WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
TEXT_SPACING = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-bottom: 2em !important }
"""
"""What a reader may set, WCAG 1.4.12."""

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
STOPS = 60


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("sample", SAMPLES)
def test_axe_finds_no_fault(visit, samples, sample, scheme, width):
    seen = visit(samples[sample], scheme=scheme, width=width)

    found = Axe().run(seen.page, options=WCAG).response["violations"]

    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == []


@pytest.mark.parametrize("panel", ["kmp-menu", "kmp-search"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault_in_an_open_panel(visit, panel, scheme):
    seen = visit(width=390, scheme=scheme)

    seen.page.click(f'[aria-controls="{panel}"]')

    assert Axe().run(seen.page, options=WCAG).response["violations"] == []


@pytest.mark.parametrize("sample", SAMPLES)
def test_no_page_is_wider_than_a_window_of_320(visit, samples, sample):
    seen = visit(samples[sample], width=320)

    assert not seen.scrolls_sideways()


@pytest.mark.parametrize("sample", SAMPLES)
def test_the_readers_own_text_spacing_fits(visit, samples, sample):
    seen = visit(samples[sample], width=390)

    seen.page.add_style_tag(content=TEXT_SPACING)

    assert not seen.scrolls_sideways()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("sample", SAMPLES)
def test_every_stop_of_the_tab_key_can_be_seen(visit, samples, sample, width):
    seen = visit(samples[sample], width=width)
    stops = []

    for _ in range(STOPS):
        seen.page.keyboard.press("Tab")
        stops.append(seen.page.evaluate(FOCUSED))
        if stops[-1]["last"]:
            break

    assert "kmp-skip" in stops[0]["name"]
    assert [one["name"] for one in stops if not one["last"] and not (one["inView"] and one["seen"])] == []
    assert [one["name"] for one in stops if not one["last"] and one["ring"] < 3] == []


def test_the_skip_link_leads_to_the_content(visit):
    page = visit().page

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "innhold"


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_page_has_one_main_heading(visit, samples, sample):
    page = visit(samples[sample]).page

    assert page.locator("h1").count() == 1


def test_pages_have_names_of_their_own(visit, samples):
    names = [visit(address).page.title() for address in samples.values()]

    assert sorted(set(names)) == sorted(names)
