"""Windows of the browser that have seen nothing before, and what is wrong with a page in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Literal

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page
from tests.browser.serving import Site

Scheme = Literal["light", "dark"]

WIDTHS = (1280, 390, 320)
LOOKED_AT = WIDTHS[:2]
"""Axe looks at these: the narrowest has the markup and the rules of the style sheet of the one before, and only must not scroll."""

TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"
LISTEN = "addEventListener('securitypolicyviolation', event => (window.broken ??= []).push(event.violatedDirective))"
MOUNTED = "[data-kmp=search][data-mounted]"
"""What stands in a page of ours when its scripts have run."""

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
LOOKS: tuple[tuple[Scheme, Mapping[str, object]], ...] = (
    ("dark", COLOURS),
    ("light", WCAG),
)
"""Light comes last, so that the page is left as most windows have it."""


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

    def broken(self) -> list[str]:
        """Return each directive of the page's policy that something tried to break."""
        found: list[str] = self.page.evaluate("window.broken ?? []")
        return found

    def begin(self, width: int) -> None:
        """Load the page again, with nothing in focus, in a window as wide as that."""
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.reload()
        self.page.wait_for_selector(MOUNTED, state="attached")


@contextmanager
def windows(site: Site, browser: Browser) -> Iterator[Callable[..., Visit]]:
    """Open pages by their address in the site, each in a window that has seen nothing before; close them all in the end."""
    with ExitStack() as opened:

        def open_page(
            address: str = "", *, width: int = 1280, scheme: Scheme = "light", javascript: bool = True
        ) -> Visit:
            context = browser.new_context(
                viewport={"width": width, "height": 900},
                color_scheme=scheme,
                reduced_motion="reduce",
                java_script_enabled=javascript,
            )
            opened.callback(context.close)
            context.add_init_script(LISTEN)
            seen = _watched(context.new_page())
            seen.page.goto(site.home + address)
            if javascript:
                seen.page.wait_for_selector(MOUNTED, state="attached")
            return seen

        yield open_page


def _watched(page: Page) -> Visit:
    seen = Visit(page)
    page.set_default_timeout(10_000)
    page.on("request", lambda request: seen.requests.append(request.url))
    page.on("pageerror", lambda error: seen.faults.append(str(error)))
    page.on("console", lambda said: seen.faults.append(said.text) if said.type == "error" else None)
    return seen


def faults_of(page: Page, part: str | None = None) -> list[str]:
    """Return what is wrong with a page as it stands, in wide and narrow windows, in light and in dark.

    What axe finds, with the elements it points at, and whether the page is wider than its window; with a selector, what axe
    finds in that part, where the rest is the same as elsewhere.
    """
    before = page.viewport_size
    found = [f"{width} {fault}" for width in WIDTHS for fault in faults_at(page, width, part)]
    page.set_viewport_size(before or {"width": WIDTHS[0], "height": 900})
    return found


def faults_at(page: Page, width: int, part: str | None = None) -> Iterator[str]:
    """Yield what is wrong with a page in a window as wide as that."""
    page.set_viewport_size({"width": width, "height": 900})
    if page.evaluate(TOO_WIDE):
        yield "scrolls sideways"
    for scheme, rules in LOOKS if width in LOOKED_AT else ():
        page.emulate_media(color_scheme=scheme)
        if not page.evaluate("'axe' in window"):
            page.evaluate(Axe().axe_script)
        yield from (f"{scheme}: {fault}" for fault in page.evaluate(VIOLATIONS, [part, rules]))
