"""Real content that was written for other generators: every file has a page, and nothing stops the build."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).parents[2] / "shared/data"
FOLDERS = {"infoportal": "infoportal/content", "git-novice": "git-novice"}

pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason="the data that nobody here wrote is not beside the project"
)


@dataclass(frozen=True)
class Foreign:
    """A folder of somebody else's Markdown, and what we made of it."""

    content: Path
    site: Path
    sources: dict[str, str]
    problems: list[dict[str, Any]]
    exit_code: int
    said: str


@pytest.fixture(scope="module", params=FOLDERS)
def foreign(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Foreign:
    """The folder as it is, in no region: checked, staged and built."""
    folder = tmp_path_factory.mktemp(request.param)
    shutil.copytree(DATA / FOLDERS[request.param], folder / "content", copy_function=shutil.copyfile)
    _kompetanse(folder, "stage", "stage")
    checked = _kompetanse(folder, "check", "--format", "json", "--date", "2026-11-24")
    built = _kompetanse(folder, "build", "--date", "2026-11-24")
    return Foreign(
        folder / "content",
        folder / "site",
        json.loads((folder / "stage/sources.json").read_text(encoding="utf-8")),
        json.loads(checked.stdout)["problems"],
        built.returncode,
        built.stdout + built.stderr,
    )


def _kompetanse(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    called = [sys.executable, "-m", "kompetanse", *arguments, "--content", "content"]
    return subprocess.run(called, cwd=folder, capture_output=True, text=True, check=False)


def _markdown(content: Path) -> set[str]:
    return {f"content/{path.relative_to(content).as_posix()}" for path in content.rglob("*.md")}


def test_nothing_stops_the_build(foreign: Foreign) -> None:
    assert foreign.exit_code == 0
    assert "Traceback" not in foreign.said
    assert (foreign.site / "index.html").is_file()


def test_every_file_has_a_page_but_those_that_two_files_want(foreign: Foreign) -> None:
    lost = {row["path"] for row in foreign.problems if row["code"] in {"duplicate-address", "duplicate-id"}}
    unreadable = {
        row["path"] for row in foreign.problems if row["key"] == "" and row["code"].startswith("yaml-")
    }

    assert _markdown(foreign.content) - set(foreign.sources.values()) <= lost | unreadable
    assert len(lost | unreadable) <= len(_markdown(foreign.content)) // 20
    assert [page for page in foreign.sources if not _built(foreign.site, page).is_file()] == []


def _built(site: Path, page: str) -> Path:
    return site / page.replace("index.md", "index.html")


def test_every_problem_is_counted_and_has_a_place_and_a_remedy(foreign: Foreign) -> None:
    counted = Counter(row["severity"] for row in foreign.problems)

    for name, number in counted.items():
        assert re.search(rf"^Problems .*\b{number} {name}s?\b", foreign.said, re.MULTILINE)
    assert [row for row in foreign.problems if not row["message"] or not row["remedy"]] == []
    known = _markdown(foreign.content)
    assert [row["path"] for row in foreign.problems if row["line"] and row["path"] not in known] == []
