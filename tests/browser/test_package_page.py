"""The page of a package, from a folder on a disk: it asks for nothing, is there for everybody, and can be read without its script."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from tests.export.odd import ODD, edition_of, package, unpacked, written


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the odd course as one HTML file, and unpacked from its SCORM package."""
    folder = tmp_path_factory.mktemp("disk")
    made = edition_of(written(folder / "region", ODD), "rart")
    (folder / "rart.html").write_bytes(package("html", made)[0])
    unpacked(package("scorm12", made)[0], folder / "scorm12")
    return folder


class Opened:
    """A file that is open.

    Attributes:
        page: The page.
        faults: Errors, and all that was asked for but does not lie on the disk.
    """

    def __init__(self, context: BrowserContext, path: Path) -> None:
        self.faults: list[str] = []
        self.page: Page = context.new_page()
        self.page.set_default_timeout(10_000)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", lambda said: self.faults.append(said.text) if said.type == "error" else None)
        self.page.on("requestfailed", lambda request: self.faults.append(request.url))
        self.page.on("request", lambda request: self._asked(request.url))
        self.page.goto(path.as_uri())

    def _asked(self, url: str) -> None:
        if not url.startswith(("file:", "data:")):
            self.faults.append(url)


@pytest.fixture
def opened(browser: Browser) -> Iterator[Callable[..., Opened]]:
    """Open a file; in the end nothing may have gone wrong."""
    seen: list[Opened] = []

    def open_file(path: Path, *, javascript: bool = True) -> Opened:
        context = browser.new_context(
            viewport={"width": 1280, "height": 900}, reduced_motion="reduce", java_script_enabled=javascript
        )
        seen.append(Opened(context, path))
        return seen[-1]

    yield open_file
    for one in seen:
        one.page.context.close()
        assert one.faults == []


def test_the_single_file_can_be_read_and_answered(disk: Path, opened: Callable[..., Opened]) -> None:
    page = opened(disk / "rart.html").page
    page.get_by_role("link", name="Tegn").first.click()
    shown = page.locator(".kmp-lesson[data-shown]")
    block = shown.locator('[data-question="en"]')
    block.locator("input").nth(1).check()
    block.get_by_role("button", name="Sjekk svaret").click()

    assert block.get_by_role("status").inner_text().startswith("✓ Riktig.")
    assert page.locator(".kmp-told").inner_text() == "Svarene blir verken lagret eller sendt."
    assert shown.locator("img").evaluate_all("all => all.map(one => one.naturalWidth)") == [1, 1, 1]
    assert shown.locator("a[download]").get_attribute("download") == "skjema-ae.pdf"
    assert page.title() == 'Tegn: <&"> 😀 ærlig – Rart & <godt> «kurs» 😀'


def test_without_its_script_the_whole_course_stands_there(disk: Path, opened: Callable[..., Opened]) -> None:
    page = opened(disk / "rart.html", javascript=False).page

    assert page.locator(".kmp-lesson:visible").count() == 3
    assert page.locator("details.kmp-quiz__answer:visible").count() == 3
    assert (
        page.locator(".kmp-steps:visible, .kmp-contents__toggle:visible, .kmp-progress:visible").count() == 0
    )


def test_it_is_there_for_everybody(
    disk: Path, opened: Callable[..., Opened], faults: Callable[..., list[str]]
) -> None:
    page = opened(disk / "rart.html").page
    page.goto(page.url + "#m1-forste")
    for block in page.locator(".kmp-lesson[data-shown] .kmp-quiz").all()[:2]:
        block.locator("input").first.check()
        block.get_by_role("button", name="Sjekk svaret").click()
    asked = faults(page)
    page.goto(page.url.partition("#")[0] + "#m2-andre")
    page.locator("section.kmp-standing:visible").wait_for()

    assert asked == []
    assert faults(page) == []


def test_the_readme_is_there_for_everybody(
    disk: Path, opened: Callable[..., Opened], faults: Callable[..., list[str]]
) -> None:
    visit = opened(disk / "scorm12/les-meg.html")
    before = list(visit.faults)

    assert faults(visit.page) == []
    visit.faults[:] = before  # axe asks for the style sheet itself, which file: does not let it


def test_the_keyboard_goes_through_a_course(disk: Path, opened: Callable[..., Opened]) -> None:
    page = opened(disk / "scorm12/index.html").page
    page.set_viewport_size({"width": 390, "height": 800})
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.tagName === 'H1'")

    assert first == "Gå til innholdet"
    assert page.evaluate("document.activeElement.closest('.kmp-lesson').id") == "m1-forste"
    assert page.locator(".kmp-contents li:visible").count() == 0
    assert page.locator("[aria-current]").count() == 1
