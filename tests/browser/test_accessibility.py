"""WCAG 2.1 A and AA, by axe and by what axe cannot see: reflow, text spacing and the way of the Tab key."""

from __future__ import annotations

import pytest

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


def test_axe_finds_no_fault_on_a_wide_or_narrow_window(visit, faults, samples, sample):
    page = visit(samples[sample]).page

    assert faults(page) == []


@pytest.mark.parametrize("panel", ["kmp-menu", "kmp-search"])
def test_axe_finds_no_fault_in_an_open_panel(visit, faults, panel):
    seen = visit(width=390)

    seen.page.click(f'[aria-controls="{panel}"]')

    assert faults(seen.page) == []


def test_no_page_is_wider_than_a_window_of_320_even_with_the_readers_text_spacing(visit, samples, sample):
    seen = visit(samples[sample], width=320)
    wide = seen.scrolls_sideways()

    seen.page.evaluate(ADOPT, TEXT_SPACING)

    assert (wide, seen.scrolls_sideways()) == (False, False)


def test_no_table_makes_a_page_wider_than_a_window_of_320(visit, site):
    seen = visit(width=320)
    pages = [
        file.parent
        for file in sorted(site.folder.rglob("index.html"))
        if "<table" in file.read_text(encoding="utf-8")
    ]

    wide = []
    for folder in pages:
        seen.page.goto(f"{site.home}{folder.relative_to(site.folder).as_posix()}/")
        wide += [folder.name] if seen.scrolls_sideways() else []

    assert len(pages) > 10
    assert wide == []


@pytest.mark.parametrize("width", [1280, 390])
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


def test_pages_have_one_main_heading_and_names_of_their_own(visit, site, samples):
    page = visit().page
    names, headings = set(), set()

    for address in samples.values():
        page.goto(site.home + address)
        names.add(page.title())
        headings.add(page.locator("h1").count())

    assert len(names) == len(samples)
    assert headings == {1}
