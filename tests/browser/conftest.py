"""The reference region as its readers meet it: built once, served at its own path, seen in a real browser."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, sync_playwright
from tests.browser.mapping import ROLE
from tests.browser.serving import Site, served
from tests.browser.windows import Visit, faults_of, windows
from tests.conftest import Once

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

BROWSERS = ("chromium-headless-shell", "chromium", "google-chrome")
"""The first that is there is used: the one without any windows opens a page in a third of the time."""

BROWSER_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
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
"""One page of each kind, which `test_every_page.py` visits in turn; the fixture `samples` says where they lie."""


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The reference region's items."""
    return staged(ROOT, "content", date.fromisoformat(TODAY)).catalogue


@pytest.fixture(scope="session")
def built(once: Once) -> Path:
    """The reference region's site; what is wrong with the content is told by other tests."""

    def build(folder: Path) -> None:
        command = [sys.executable, "-m", "kompetanse", "build", "--date", TODAY, "--output", str(folder)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert (folder / "404.html").exists(), done.stdout + done.stderr

    return once("reference", build)


@pytest.fixture(scope="session")
def site(built: Path, catalogue: Catalogue) -> Iterator[Site]:
    """The built site, served on this machine at the path of its own address."""
    with served(built, urlsplit(catalogue.region.url or "/").path or "/") as site:
        yield site


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.fail(
            "The browser tests need Chromium. Install it: apt-get install chromium-headless-shell, or make headless"
        )
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=list(BROWSER_FLAGS))
        yield found
        found.close()


@pytest.fixture
def visit(site: Site, browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Open a page by its address in the site, in a window that has seen nothing before."""
    with windows(site, browser) as open_page:
        yield open_page


@pytest.fixture(scope="module")
def visit_once(site: Site, browser: Browser) -> Iterator[Callable[..., Visit]]:
    """The same for a page that all tests of a module look at, each leaving it as it was."""
    with windows(site, browser) as open_page:
        yield open_page


@pytest.fixture(scope="session")
def faults() -> Callable[..., list[str]]:
    """Tell what is wrong with a page as it stands; see `faults_of`."""
    return faults_of


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


@pytest.fixture
def requirements(catalogue):
    """What the role of the mappings asks for."""
    return [one.requirement for one in catalogue.requirements(catalogue.items[ROLE])]
