"""Pages that stay open in a real browser, which tell when a text has come into them."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Page, sync_playwright

BROWSER = next(
    filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "google-chrome"))), None
)
"""The first that is there; None if there is none."""

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)

TELLS = """() => {
  const told = new Set()
  const look = () => {
    for (const [mark] of document.body?.textContent.matchAll(/(?:Nytt avsnitt|Omdøpt) [0-9]+-[a-z]+/g) ?? []) {
      if (!told.has(mark)) told.add(mark), tell(mark, performance.timeOrigin + performance.now())
    }
  }
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true })
  addEventListener("DOMContentLoaded", look)
}"""
"""Runs before a page's own scripts, after each reload too. The time is the system's, in milliseconds, as Python's is."""


class Window:
    """A page that is open.

    Attributes:
        page: The page.
        seen: For each text that has come into it, the first time that it was there, in seconds since 1970.
    """

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.seen = page, dict[str, float]()
        page.expose_function("tell", self._tell)
        page.add_init_script(f"({TELLS})()")
        page.goto(address)

    def _tell(self, mark: str, milliseconds: float) -> None:
        self.seen.setdefault(mark, milliseconds / 1000)

    def wait(self, mark: str, since: float, limit: float) -> float:
        """Return the seconds from `since` until `mark` was in the page.

        Raises:
            TimeoutError: It did not come within `limit` seconds.
        """
        while mark not in self.seen:
            if time.time() - since > limit:
                raise TimeoutError(f"not in the open page in {limit:.0f} s")
            self.page.wait_for_timeout(2)
        return self.seen[mark] - since


@contextmanager
def windows(addresses: Mapping[str, str]) -> Iterator[dict[str, Window]]:
    """Open each address in a window of its own, all seen; the windows by the names of the addresses."""
    with sync_playwright() as playwright:
        browser: Any = playwright.chromium.launch(executable_path=BROWSER, args=list(FLAGS))
        yield {name: Window(browser.new_context().new_page(), address) for name, address in addresses.items()}
        browser.close()
