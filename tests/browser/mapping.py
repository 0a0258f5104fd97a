"""How a test maps somebody, and the files that come of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

MAPPING = "kartlegging/"


ROLE = "helsefagarbeider"


def begin(visit: Callable[..., Any], role: str = ROLE, **options: Any) -> Any:
    """Open the page and begin with `role`."""
    seen = visit(f"{MAPPING}#rolle={role}", **options)
    seen.page.click("text=Start kartleggingen")
    seen.page.wait_for_selector(".kmp-question")
    return seen


def answer_all(page: Page, value: str = "2") -> None:
    """Give every question the same answer."""
    while question := page.query_selector(".kmp-question"):
        page.check(f'input[name=level][value="{value}"]')
        page.click(".kmp-question button:not([type=button])")
        page.wait_for_function("question => !question.isConnected", arg=question)
    page.wait_for_selector(".kmp-result table")


def answer_one(page: Page, value: str = "2") -> None:
    """Answer the first question and go to the result, where it does not matter what it says."""
    page.check(f'input[name=level][value="{value}"]')
    page.click("text=Se resultatet")
    page.wait_for_selector(".kmp-result table")


def downloaded(page: Page, button: str) -> dict[str, Any]:
    """Press `button` and return the file that comes."""
    with page.expect_download() as coming:
        page.click(button)
    found: dict[str, Any] = json.loads(Path(coming.value.path()).read_text(encoding="utf-8"))
    return found


def upload(page: Page, name: str, content: str | bytes) -> None:
    """Open a file from the first view."""
    data = content if isinstance(content, bytes) else content.encode()
    page.set_input_files("#kmp-open", {"name": name, "mimeType": "application/json", "buffer": data})


def whole(**changed: Any) -> dict[str, Any]:
    """A file that is in order."""
    return {
        "type": "kompetanse-assessment",
        "version": 1,
        "region": "eksempelregionen",
        "content_version": None,
        "made": "2026-11-20",
        "person": "5a3c1f0e-8d7b-4f7e-9b1d-2f6a0c4e7d11",
        "name": "",
        "roles": [ROLE],
        "answers": [
            {
                "competence": "legemiddelhandtering",
                "title": "Legemiddelhåndtering",
                "level": 3,
                "day": "2026-11-20",
            }
        ],
        **changed,
    }


def answered(requirements: list[Any], level: int) -> dict[str, Any]:
    """A file with the same answer to all that the role asks for."""
    answer = whole()["answers"][0]
    return whole(answers=[{**answer, "competence": one.competence, "level": level} for one in requirements])
