"""Tables as people export them, and `kompetanse import` as the tests call it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kompetanse.cli import main


@dataclass(frozen=True, slots=True)
class Done:
    """What a run of `kompetanse` gave."""

    exit_code: int
    out: str
    err: str

    @property
    def report(self) -> dict[str, Any]:
        """The report, of a run with `--json`."""
        found: dict[str, Any] = json.loads(self.out)
        return found


Run = Callable[..., Done]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `kompetanse` in a folder."""

    def call(folder: Path, *arguments: str) -> Done:
        with monkeypatch.context() as patch:
            patch.chdir(folder)
            capsys.readouterr()
            exit_code = main(list(arguments))
        said = capsys.readouterr()
        return Done(int(exit_code), said.out, said.err)

    return call


@pytest.fixture
def table(tmp_path: Path) -> Callable[[str | bytes], Path]:
    """Write a table beside the region."""

    def write(text: str | bytes) -> Path:
        path = tmp_path / "tabell.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write
