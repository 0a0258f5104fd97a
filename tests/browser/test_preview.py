"""The preview as an author has it: a page that stands open shows what is saved, and says that its search is on the way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from kompetanse.preview.server import free_port

PAGE = "---\ntype: module\nid: varsle\ntitle: Varsle\n---\n\n{}\n"


@pytest.fixture
def home(region: Callable[[Mapping[str, str]], Path]) -> Iterator[tuple[Path, str]]:
    """A region that is previewed, and where."""
    root = region({"content/moduler/varsle.md": PAGE.format("Ring 110.")})
    port = free_port(19000 + os.getpid() % 2000)
    command = [sys.executable, "-m", "kompetanse", "serve", "--port", str(port)]
    with subprocess.Popen(command, cwd=root, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        try:
            yield root, next(row.split()[2] for row in process.stderr if row.startswith("Look at"))
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(20)


def test_a_saved_text_reaches_the_open_page_and_the_search_comes(
    home: tuple[Path, str], browser: Browser
) -> None:
    root, address = home
    page = browser.new_page()
    try:
        page.goto(f"{address}moduler/varsle/")
        field = page.locator('[data-kmp="search"] input').first
        field.focus()
        told = page.locator("[data-kmp=preview]")
        expect(told).to_contain_text("Søket lages")
        expect(told).to_have_count(0, timeout=30_000)  # it is there
        field.fill("vars")
        expect(page.get_by_role("option").first).to_contain_text("Varsle")

        (root / "content/moduler/varsle.md").write_text(
            PAGE.format("Ring brannvesenet først."), encoding="utf-8"
        )

        expect(page.get_by_text("Ring brannvesenet først.")).to_be_visible()
    finally:
        page.close()
