"""The page of `kompetanse resolve --browser`, from the command to the commit, by keyboard."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.commands import adopted

from kompetanse.sharing import questions

Region = Callable[..., Path]


@pytest.fixture
def command(region: Region) -> Iterator[subprocess.Popen[str]]:
    """The command, serving its page."""
    root = adopted.waiting(region)
    call = [sys.executable, "-m", "kompetanse", "resolve", "brann", "--browser"]
    with subprocess.Popen(
        call, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        yield process
        process.terminate()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A window that has seen nothing before."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


def test_questions_are_answered_by_keyboard_and_saved_in_one_commit(
    command: subprocess.Popen[str], page: Page, faults: Callable[[Page], list[str]], tmp_path: Path
) -> None:
    assert command.stdout
    address = command.stdout.readline().rpartition(" ")[2].strip()
    requests: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)

    page.goto(address)

    assert page.title() == "Spørsmål om «Brannvern»"
    assert page.locator("#progress").inner_text() == "0 av 4 besvart"
    assert faults(page) == []
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.value") == "own"
    page.keyboard.press("Tab")
    page.keyboard.press("Control+A")
    with page.expect_response(
        lambda reply: reply.url.endswith("/keep") and "Felles" in (reply.request.post_data or "")
    ):
        page.keyboard.type("Felles tittel")
    page.locator("input[name=q3][value=both]").check()
    with page.expect_response(lambda reply: reply.url.endswith("/keep")):
        page.locator("input[name=q4][value=theirs]").check()
    assert page.locator("#progress").inner_text() == "4 av 4 besvart"

    page.reload()

    assert page.locator("#progress").inner_text() == "4 av 4 besvart"
    assert page.locator("#t2").input_value() == "Felles tittel"
    assert faults(page) == []
    page.get_by_role("button", name="Lagre svarene").press("Enter")
    page.get_by_role("heading", name="Svarene er lagret").wait_for()
    assert faults(page) == []
    assert command.wait(20) == 0
    text = (tmp_path / "region" / adopted.COURSE / "index.md").read_text(encoding="utf-8")
    assert "title: Felles tittel\n" in text
    assert "Møt opp 3. mars på brannstasjonen.\n\nMøt opp 1. april på brannstasjonen.\n" in text
    assert (tmp_path / "region" / adopted.COURSE / "gammel.md").exists()
    assert not (tmp_path / "region" / questions.path_of("brann")).exists()
    origin = address[: address.index("/", 8)]
    assert [url for url in requests if not url.startswith((origin, "data:"))] == []
    assert errors == []


def test_the_page_works_without_javascript_and_can_be_left_without_a_trace(
    command: subprocess.Popen[str], browser: Browser, tmp_path: Path
) -> None:
    assert command.stdout
    address = command.stdout.readline().rpartition(" ")[2].strip()
    context = browser.new_context(viewport={"width": 390, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.goto(address)

    page.get_by_label("Ta kildens").first.check()
    page.get_by_role("button", name="Avslutt uten å lagre").click()

    page.get_by_role("heading", name="Avsluttet").wait_for()
    context.close()
    assert command.wait(20) == 0
    assert (tmp_path / "region" / questions.path_of("brann")).exists()
