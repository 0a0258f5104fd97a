"""`kompetanse check` as the tests call it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kompetanse.cli import main

TODAY = "2026-11-24"


@dataclass(frozen=True, slots=True)
class Checked:
    """What a run of `kompetanse check` gave."""

    exit_code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The problems, of a run with `--format json`."""
        found: list[dict[str, Any]] = json.loads(self.out)["problems"]
        return found

    @property
    def places(self) -> list[tuple[str, int, str]]:
        """File, line and code of each problem, of a run with `--format json`."""
        return [(row["path"], row["line"], row["code"]) for row in self.rows]


Check = Callable[..., Checked]


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Check:
    """Run `kompetanse check` in a region, in English, on a given day."""

    def run(root: Path, *options: str) -> Checked:
        monkeypatch.chdir(root)
        capsys.readouterr()
        exit_code = main(["check", "--notices", "--lang", "en", "--date", TODAY, *options])
        said = capsys.readouterr()
        return Checked(exit_code, said.out, said.err)

    return run


@pytest.fixture
def problems(check: Check) -> Callable[[Path], list[tuple[str, int, str]]]:
    """Return file, line and code of every problem of a region."""

    def find(root: Path) -> list[tuple[str, int, str]]:
        return check(root, "--format", "json").places

    return find
