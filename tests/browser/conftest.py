"""The reference region as its readers meet it: built once, served at its own path, seen in a real browser."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Literal
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, sync_playwright

from kompetanse.model.catalogue import Catalogue
from kompetanse.model.item import Competence, Course, Module, Programme, Role, Session
from kompetanse.model.item import Page as TextPage
from kompetanse.model.own_address import (
    EXERCISES,
    INDEX,
    INSTRUCTOR,
    LICENCE,
    MAPPING,
    OFFLINE_PAGE,
    REVIEW,
    SEARCH,
    UNIT,
    WHOLE,
)
from kompetanse.staging import staged

ROOT = Path(__file__).resolve().parents[2]
TODAY = "2026-11-24"
"""The day that pages are made for, so that there are coming sessions on any day."""

BROWSER_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)

WIDTHS = (1280, 390, 320)
LOOKED_AT = WIDTHS[:2]
"""Axe looks at these: the narrowest has the markup and the rules of the style sheet of the one before, and only must not scroll."""

TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"
WCAG = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]},
    "resultTypes": ["violations"],
}
"""The rules that the law asks for (forskrift om universell utforming av IKT); only faults are written out."""
COLOURS = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}
"""Those of them that ask about colours: all that can differ between light and dark, since the elements are the same."""
VIOLATIONS = """([part, rules]) => axe.run(part ?? document, rules).then(({violations}) =>
  violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html}`)))"""
LOOKS: tuple[tuple[Literal["light", "dark"], Mapping[str, object]], ...] = (
    ("light", WCAG),
    ("dark", COLOURS),
)

SAMPLES = (
    "home",
    "roles",
    "role",
    "competences",
    "competence",
    "courses",
    "course",
    "whole course",
    "instructor",
    "exercises",
    "modules",
    "module",
    "shared module",
    "calendar",
    "session",
    "cancelled session",
    "programmes",
    "programme",
    "text",
    "nynorsk",
    "review",
    "licence",
    "mapping",
    "unit",
    "offline",
    "search",
    "lost",
)
"""One page of each kind; the fixture `samples` says where they lie."""


@dataclass(frozen=True, slots=True)
class Site:
    """A built site that is being served.

    Attributes:
        origin: Scheme, host and port.
        home: Where the first page lies.
        folder: The built files.
    """

    origin: str
    home: str
    folder: Path


@dataclass(slots=True)
class Visit:
    """One page in one browser window.

    Attributes:
        page: The page.
        requests: Addresses of all that it asked for.
        faults: What it wrote to the console as errors, and exceptions.
    """

    page: Page
    requests: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def stored(self) -> list[str]:
        """Return the name of everything that is kept on the device."""
        found: list[str] = self.page.evaluate(
            "[...Object.keys(localStorage), ...Object.keys(sessionStorage), document.cookie].filter(Boolean)"
        )
        return found

    def scrolls_sideways(self) -> bool:
        """Tell whether the page is wider than its window."""
        return bool(self.page.evaluate(TOO_WIDE))


class _Handler(SimpleHTTPRequestHandler):
    """Serves a folder under a path, and its 404.html for what it does not hold."""

    def __init__(self, *arguments, prefix: str, **options):
        self.prefix = prefix
        super().__init__(*arguments, **options)

    def translate_path(self, path: str) -> str:
        if not path.startswith(self.prefix):
            return str(Path(self.directory) / "no-such-file")
        return super().translate_path("/" + path.removeprefix(self.prefix))

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        text = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, format: str, *values: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The reference region's items."""
    return staged(ROOT, "content", date.fromisoformat(TODAY)).catalogue


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reference region's site; what is wrong with the content is told by other tests."""
    folder = tmp_path_factory.mktemp("reference") / "site"
    command = [sys.executable, "-m", "kompetanse", "build", "--date", TODAY, "--output", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (folder / "404.html").exists(), done.stdout + done.stderr
    return folder


@pytest.fixture(scope="session")
def site(built: Path, catalogue: Catalogue) -> Iterator[Site]:
    """The built site, served on this machine at the path of its own address."""
    prefix = urlsplit(catalogue.region.url or "/").path or "/"
    handler = partial(_Handler, directory=str(built), prefix=prefix)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        origin = f"http://127.0.0.1:{server.server_port}"
        yield Site(origin, origin + prefix, built)
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        pytest.fail("The browser tests need Chromium. Install it: apt-get install chromium, or make browser")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=list(BROWSER_FLAGS))
        yield found
        found.close()


def _windows(site: Site, browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Open pages, each in a window that has seen nothing before, and close them all in the end."""
    with ExitStack() as windows:

        def open_page(
            address: str = "",
            *,
            width: int = 1280,
            scheme: Literal["light", "dark"] = "light",
            javascript: bool = True,
        ) -> Visit:
            context = browser.new_context(
                viewport={"width": width, "height": 900},
                color_scheme=scheme,
                reduced_motion="reduce",
                java_script_enabled=javascript,
            )
            windows.callback(context.close)
            seen = Visit(context.new_page())
            seen.page.set_default_timeout(10_000)
            seen.page.on("request", lambda request: seen.requests.append(request.url))
            seen.page.on("pageerror", lambda error: seen.faults.append(str(error)))
            seen.page.on(
                "console", lambda said: seen.faults.append(said.text) if said.type == "error" else None
            )
            seen.page.goto(site.home + address)
            if javascript:
                seen.page.wait_for_selector("[data-kmp=search][data-mounted]", state="attached")
            return seen

        yield open_page


@pytest.fixture
def visit(site: Site, browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Open a page by its address in the site, in a window that has seen nothing before."""
    yield from _windows(site, browser)


@pytest.fixture(scope="module")
def visit_once(site: Site, browser: Browser) -> Iterator[Callable[..., Visit]]:
    """The same for a page that all tests of a module look at, each leaving it as it was."""
    yield from _windows(site, browser)


@pytest.fixture(scope="session")
def faults() -> Callable[..., list[str]]:
    """Tell what is wrong with a page as it stands, in wide and narrow windows, in light and in dark.

    What axe finds, with the elements it points at, and whether the page is wider than its window; with a selector, what axe
    finds in that part, where the rest is the same as elsewhere.
    """

    def find(page: Page, part: str | None = None) -> list[str]:
        before = page.viewport_size
        found = [f"{width} {fault}" for width in WIDTHS for fault in _faults(page, width, part)]
        page.set_viewport_size(before or {"width": WIDTHS[0], "height": 900})
        return found

    return find


def _faults(page: Page, width: int, part: str | None) -> Iterator[str]:
    page.set_viewport_size({"width": width, "height": 900})
    if page.evaluate(TOO_WIDE):
        yield "scrolls sideways"
    for scheme, rules in LOOKS if width in LOOKED_AT else ():
        page.emulate_media(color_scheme=scheme)
        if not page.evaluate("'axe' in window"):
            page.evaluate(Axe().axe_script)
        yield from (f"{scheme}: {fault}" for fault in page.evaluate(VIOLATIONS, [part, rules]))


@pytest.fixture(params=SAMPLES)
def sample(request: pytest.FixtureRequest) -> str:
    """Every kind of page in turn, for a test that does not name its own."""
    name: str = request.param
    return name


@pytest.fixture(scope="session")
def module_with_questions(catalogue: Catalogue) -> Module:
    """The module with most questions."""
    return max(catalogue.published(Module), key=lambda one: one.body.count("<quiz>"))


@pytest.fixture(scope="session")
def samples(catalogue: Catalogue, module_with_questions: Module) -> Mapping[str, str]:
    """Where one page of each kind lies: of several the one with most on it, but the long views of a course that is short."""
    lists = {"roles": "role", "competences": "competence", "courses": "course", "modules": "module"}
    lists |= {"calendar": "session", "programmes": "programme"}
    sessions = catalogue.published(Session)
    shared, course = _shared(catalogue)
    courses = sorted(catalogue.published(Course), key=lambda one: len(catalogue.modules_of(one)))
    largest = courses[-1].address
    printed = next(one.address for one in courses if _has_all_views(catalogue, one))
    return {
        "whole course": printed + WHOLE,
        "instructor": printed + INSTRUCTOR,
        "exercises": printed + EXERCISES,
        **{name: INDEX[kind] for name, kind in lists.items()},
        "home": "",
        "role": max(catalogue.published(Role), key=lambda one: len(catalogue.requirements(one))).address,
        "competence": max(
            catalogue.published(Competence), key=lambda one: len(catalogue.courses_teaching(one))
        ).address,
        "course": largest,
        "module": module_with_questions.address,
        "shared module": course.address + shared.address.rstrip("/").rpartition("/")[2] + "/",
        "session": next(one.address for one in sessions if not one.cancelled),
        "cancelled session": next(one.address for one in sessions if one.cancelled),
        "programme": catalogue.published(Programme)[0].address,
        "text": next(one.address for one in catalogue.published(TextPage) if one.address),
        "nynorsk": next(one.address for one in catalogue.published(Course) if one.language == "nn"),
        "review": REVIEW,
        "licence": LICENCE,
        "mapping": MAPPING,
        "unit": UNIT,
        "offline": OFFLINE_PAGE,
        "search": SEARCH,
        "lost": "404.html",
    }


def _has_all_views(catalogue: Catalogue, course: Course) -> bool:
    text = "".join(one.body for one in catalogue.modules_of(course))
    return course.language == catalogue.region.language and all(
        part in text for part in ("!!! instructor", "!!! exercise", "<quiz")
    )


def _shared(catalogue: Catalogue) -> tuple[Module, Course]:
    """Return a module that belongs to no course, and one that reads it."""
    return next(
        (module, course)
        for module in catalogue.published(Module)
        if module.course is None
        for course in catalogue.courses_with(module)
    )
