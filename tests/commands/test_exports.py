"""No export of ours has a formula in it, whatever a person, a unit, a competence or a place is called (OWASP, CSV Injection)."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from tests.commands.test_unit_report import mapping

EVIL = "=cmd|' /C calc'!A0"
HELD = "Navn;Rolle;Kompetanse;Nivå;Dato;Bekreftet av\r\n"


@pytest.fixture
def place(demo: Path) -> Path:
    """A region whose competence and course are called by formulas."""
    for name in ("kompetanser/brannvern.md", "kurs/brannkurs/index.md"):
        path = demo / "content" / name
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("title: Brann", f'title: "{EVIL}" #', 1), encoding="utf-8")
    return demo


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """A unit of that name, with six people of such names, and a form."""
    folder = tmp_path / "enheter" / EVIL.replace("/", "")
    folder.mkdir(parents=True)
    for number in range(6):
        (folder / f"={number}.json").write_text(mapping(number, name=f"{EVIL}{number}"), encoding="utf-8")
    (folder / "skjema.csv").write_text(f"{HELD}@SUM(1);Vaktmester;{EVIL};2;24.11.2026;+Ola\r\n", "utf-8")
    return folder


EXPORTS = [
    ("report", "unit", "UNIT"),
    ("report", "unit", "UNIT/=1.json", "UNIT/=2.json"),
    ("report", "unit", "UNIT", "--summary"),
    ("report", "municipality", "UNIT"),
    ("plan", "UNIT"),
]


@pytest.mark.parametrize("command", EXPORTS, ids=" ".join)
def test_no_cell_of_an_export_is_a_formula(
    place: Path, unit: Path, run: Callable[..., Any], tmp_path: Path, command: tuple[str, ...]
) -> None:
    given = [one.replace("UNIT", str(unit)) for one in command]
    given += ["--name", EVIL, "--date", "2026-11-25"]

    table = run(place, *given, "--format", "csv").out
    run(place, *given, "--format", "xlsx", "-o", str(tmp_path / "x.xlsx"))

    cells = [
        cell for row in csv.reader(io.StringIO(table.removeprefix("\ufeff")), delimiter=";") for cell in row
    ]
    assert any(EVIL in cell for cell in cells)
    assert [cell for cell in cells if cell.startswith(tuple("=+-@\t\r\n"))] == []
    sheets = load_workbook(tmp_path / "x.xlsx")
    assert {cell.data_type for sheet in sheets for row in sheet.iter_rows() for cell in row} <= set("snd")


def test_neither_is_one_of_the_form(place: Path, run: Callable[..., Any]) -> None:
    form = run(place, "report", "form", "vaktmester", "--person", EVIL).out

    assert f"'{EVIL};" in form
    assert f"\n{EVIL}" not in form
