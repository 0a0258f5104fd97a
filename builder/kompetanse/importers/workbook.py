"""The rows of an Excel workbook, as the cells show them; formulas are the values that Excel last saw."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any, BinaryIO

from kompetanse.content.file_kinds import BROKEN
from kompetanse.errors import KompetanseError

START = b"PK\x03\x04"
"""How a workbook begins, as every zip does."""

MOST_ROWS = 200_000
_MOST_CELLS = 500
_AGAIN = "Save it from the spreadsheet as «CSV UTF-8 (comma delimited)» and import that file"


def is_workbook(path: Path) -> bool:
    """Tell whether a file is a workbook, by what is in it; False where it cannot be read, which others say."""
    try:
        with path.open("rb") as stream:
            if stream.read(4) != START:
                return False
        with zipfile.ZipFile(path) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except BROKEN:
        return False


def sheets(path: Path) -> Iterator[tuple[str, list[list[str]]]]:
    """Yield the name and the rows of each sheet, each row with its cells as text.

    Raises:
        KompetanseError: When it cannot be read here, is damaged, or is larger than any table of people and roles.
    """
    if not (find_spec("openpyxl") and find_spec("lxml")):
        raise KompetanseError(
            f'{path} is an Excel workbook. To read it, install more packages: pip install "kompetanse[import]". Or save it as CSV UTF-8'
        )
    _refuse_harmful(path)
    with path.open("rb") as stream:  # openpyxl leaves a file open over which it falls
        book = _opened(path, stream)
        try:
            for sheet in book.worksheets:
                yield str(sheet.title), _rows(path, sheet)
        finally:
            book.close()


def _refuse_harmful(path: Path) -> None:
    """Unfold everything once within limits, and stop at XML that declares entities: openpyxl asks neither."""
    from kompetanse.importers.archives import opened

    with opened(path) as source:
        for name in source.names:
            tail = b""
            for piece in source.pieces(name):
                if (
                    name.endswith((".xml", ".rels"))
                    and b"<!" in (held := (tail + piece).replace(b"\0", b""))
                    and (b"<!DOCTYPE" in held or b"<!ENTITY" in held)
                ):
                    source.fail(name, "it declares entities, which no workbook does", _AGAIN)
                tail = piece[-16:]


def _opened(path: Path, stream: BinaryIO) -> Any:
    from openpyxl import load_workbook

    try:
        return load_workbook(stream, read_only=True, data_only=True, keep_links=False)
    except Exception as error:
        raise KompetanseError(f"{path}: this workbook is damaged. {_AGAIN}") from error


def _rows(path: Path, sheet: Any) -> list[list[str]]:
    found: list[list[str]] = []
    try:
        for row in sheet.iter_rows(values_only=True, max_col=_MOST_CELLS):
            found.append([_shown(value) for value in row])
            if len(found) > MOST_ROWS:
                raise KompetanseError(
                    f"{path}: a sheet has more than {MOST_ROWS:,} rows. Split it, and import each part"
                )
    except KompetanseError:
        raise
    except Exception as error:
        raise KompetanseError(f"{path}: the sheet «{str(sheet.title)[:40]}» is damaged. {_AGAIN}") from error
    return found


def _shown(value: Any) -> str:
    """Return a cell as a table in text would have it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return (
            value.date().isoformat()
            if value.time() == datetime.min.time()
            else value.isoformat(" ", "minutes")
        )
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
