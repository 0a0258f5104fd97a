"""A course that attacks whoever adopts it, in a real browser: nothing of it ran, and nobody else was asked."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.browser.serving import Site, served
from tests.forking.conftest import OURS
from tests.forking.hostile import HOSTILE

from kompetanse.model.own_address import WHOLE


def _write(root: Path, files: dict[str, str | bytes]) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    for command in (("init", "-q", "-b", "main"), ("add", "--all"), ("commit", "-q", "-m", "Content")):
        subprocess.run(["git", *command], cwd=root, check=True)
    return root


def _kompetanse(root: Path, *arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kompetanse", *arguments],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in {0, 1}, done.stderr


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Our region with the hostile course, built and served."""
    folder = tmp_path_factory.mktemp("hostile")
    theirs = _write(folder / "nabovik", dict(HOSTILE))
    region = f"id: t\nname: Testvik\nsources:\n- {{name: nabovik, repository: {theirs}}}\n"
    ours = _write(folder / "region", {**OURS, "region.yml": region})
    _kompetanse(ours, "fork", "nabovik/felle")
    _kompetanse(ours, "build", "--date", "2026-11-24", "--output", str(folder / "site"))
    with served(folder / "site") as site:
        yield site


@pytest.mark.parametrize("address", [f"kurs/felle/{WHOLE}", "kurs/felle/", "kurs/"])
def test_nothing_of_it_ran_and_nobody_else_was_asked(visit, site, address):
    seen = visit(address)
    seen.page.wait_for_load_state("networkidle")

    seen.page.mouse.move(300, 300)
    for summary in seen.page.locator("article details > summary").all():
        summary.click()

    assert seen.page.evaluate("window.X") is None
    assert [url for url in seen.requests if not url.startswith(site.home)] == []
    assert [one for one in seen.faults if "404" not in one] == []  # some of its pictures do not exist


def test_it_can_be_found_without_harm(visit, site):
    seen = visit()

    seen.page.fill("#kmp-query", "felle")
    seen.page.wait_for_selector("#kmp-found [role=option]")

    assert seen.page.evaluate("window.X") is None
    assert [url for url in seen.requests if not url.startswith(site.home)] == []
    assert seen.faults == []
