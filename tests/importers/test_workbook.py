"""A table that somebody keeps in Excel, read as it stands."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from tests.importers.packed import zipped

from kompetanse.errors import KompetanseError
from kompetanse.importers.columns import known
from kompetanse.importers.table import Table, read_table


def book(*sheets: tuple[str, list[list[object]]]) -> bytes:
    """Return a workbook of some sheets."""
    made = Workbook()
    made.remove(made.active or made.create_sheet())
    for name, rows in sheets:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    data = io.BytesIO()
    made.save(data)
    return data.getvalue()


ROWS: list[list[object]] = [
    ["Kompetansekrav 2026 – Nordvik kommune"],
    [],
    ["Rolle", "Kompetanse", "Nivå", "Krav", None, "Merknad"],
    ["Renholder", "Brannvern", 2.0, "obligatorisk", None, datetime(2026, 11, 1)],  # noqa: DTZ001 (a cell has no zone)
    [None, None, None],
    ["Vaktmester", "Blåbær  og\nærfugl", "3", "anbefalt"],
]
PLAN: list[list[object]] = [["Kapittel", "Side"], ["Om planen", 1]]


def read(folder: Path, data: bytes) -> Table:
    path = folder / "krav.xlsx"
    path.write_bytes(data)
    return read_table(path, known)


def test_the_sheet_and_row_with_known_columns_are_found_under_a_title(tmp_path: Path):
    table = read(tmp_path, book(("Forside", PLAN), ("Krav", ROWS)))

    assert (table.encoding, table.delimiter) == ("xlsx", "Krav")
    assert (table.header.line, table.header.cells[:3]) == (3, ("Rolle", "Kompetanse", "Nivå"))
    assert [(row.line, row.cells) for row in table.rows] == [
        (4, ("Renholder", "Brannvern", "2", "obligatorisk", "", "2026-11-01")),
        (5, ()),
        (6, ("Vaktmester", "Blåbær og ærfugl", "3", "anbefalt")),
    ]


def test_requirements_are_imported_from_a_workbook(run, region, tmp_path: Path):
    path = tmp_path / "krav.xlsx"
    path.write_bytes(book(("Krav", ROWS)))
    root = region({"region.yml": "id: no.nordvik\nname: Nordvik\nlanguages: [nb]\n"})

    done = run(root, "import", "framework", str(path))

    assert "sheet «Krav»" in done.out
    assert "competence: brannvern\n    level: 2\n" in (root / "content/roller/renholder.md").read_text(
        "utf-8"
    )


def damaged(**changes: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(book(("Krav", ROWS)))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    return zipped(files | {name.replace("__", "/"): data for name, data in changes.items()})


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (book(("Tom", [[]])), "no rows under its column names"),
        (damaged(**{"xl/worksheets/sheet1.xml": b"<worksheet"}), "damaged"),
        (damaged(**{"xl/workbook.xml": b"<kake/>"}), "damaged|no rows"),
        (
            damaged(**{"xl/worksheets/sheet1.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet>&b;</worksheet>'}),
            "declares entities",
        ),
        (damaged(**{"xl/media/x.png": b"\0" * 60_000_000}), "unfolds to more"),
    ],
)  # fmt: skip
def test_a_workbook_that_is_wrong_or_means_harm_is_refused(tmp_path: Path, data: bytes, says: str):
    with pytest.raises(KompetanseError, match=rf"krav\.xlsx.*({says})"):
        read(tmp_path, data)
