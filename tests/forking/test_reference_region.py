"""Everything that the reference region offers, taken by a region that has nothing yet."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.forking.conftest import git

TOP = Path(__file__).parents[2]


def test_all_its_courses_can_be_forked_into_one_region_without_an_error_in_the_check(
    tmp_path: Path,
    region: Callable[..., Path],
    commit: Callable[[Path], Path],
    run: Callable[..., Any],
    errors: Callable[[Path], list[str]],
) -> None:
    source = tmp_path / "kilde"
    shutil.copytree(TOP / "content", source / "content")
    shutil.copy(TOP / "region.yml", source)
    commit(source)
    ours = commit(region({"content/index.md": "# Forside\n\nVelkommen.\n"}))
    run(ours, "source", "add", str(source))
    git(ours, "add", "--all")
    git(ours, "commit", "--quiet", "--message", "Source")

    courses = [one["id"] for one in json.loads(run(ours, "catalogue", "--json").out)]
    forks = [run(ours, "fork", f"eksempelregionen/{one}") for one in courses]

    assert len(courses) >= 6
    assert [one.err for one in forks if one.exit_code] == []
    assert errors(ours) == []
