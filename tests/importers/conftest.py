"""Tables as people export them, and `kompetanse import` as the tests call it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kompetanse.cli import main

COLUMNS = (
    "Skills Community,Category,Specialty Area,Work Role,Competency Group ID,Competency Group,"
    "Competency ID,Competency,K S or A,KSA ID,KSA"
).split(",")


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


def nice_row(
    role: str = "Cyber Instructor (OV-TEA-002)",
    competence: tuple[str, str] = ("C017", "Encryption"),
    statement: tuple[str, str, str] = ("Knowledge", "K0018", "Knowledge of encryption algorithms "),
) -> list[str]:
    """Return a row with the columns of the NICE Framework."""
    return [
        *("Cross Functional", "Oversee and Govern (OV)", "Training (TEA)", role),
        *("CG01", "Technical", *competence, *statement),
    ]


def nice(rows: Iterable[list[str]]) -> bytes:
    """Return a table in the form of the NICE Framework: a byte order mark, commas and Windows row ends."""
    stream = io.StringIO()
    csv.writer(stream).writerows([COLUMNS, *rows])
    return stream.getvalue().encode("utf-8-sig")


def big_nice(roles: int = 52, competences: int = 60) -> bytes:
    """Return a table with many roles, each with some of the competences, and five statements for each of them."""
    return nice(
        nice_row(f"Role {role} (OV-TEA-{role:03})", (f"C{one:03}", f"Competency {one}"), statement)
        for role in range(1, roles + 1)
        for one in range(1, competences + 1)
        if (role + one) % 7 == 0 or one == role
        for statement in (
            ("Knowledge", f"K{one:04}", f"Knowledge of area {one} (e.g., Some Standard [SS])."),
            ("Skill", f"S{one:04}", f"Skill in doing {one} & more."),
            ("Ability", f"A{one:04}", f"Ability to keep {one}."),
        )
    )
