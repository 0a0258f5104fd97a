"""Golden cases: a small region and every page that is made of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kompetanse.pages.stage import Stage
from kompetanse.pages.tokens import SHEET  # the same in every case; test_colours sees to it

CASES = sorted(path for path in (Path(__file__).parent / "cases").iterdir() if path.is_dir())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(
    case: Path,
    stage_of: Callable[[Path], Stage],
    expect: Callable[[Path, str], None],
    request: pytest.FixtureRequest,
) -> None:
    made = {file.path: file.text for file in stage_of(case).files if file.path != SHEET}
    expected = case / "expected"
    if request.config.getoption("--update-expected"):
        shutil.rmtree(expected, ignore_errors=True)

    for path, text in made.items():
        (expected / path).parent.mkdir(parents=True, exist_ok=True)
        expect(expected / path, text)

    there = {path.relative_to(expected).as_posix() for path in expected.rglob("*") if path.is_file()}
    assert there == set(made)
