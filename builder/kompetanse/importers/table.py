"""A CSV file, or a sheet of a workbook, as rows of clean cells, each with its line in the file."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from kompetanse.errors import KompetanseError
from kompetanse.importers.encoding import read_text
from kompetanse.importers.workbook import is_workbook, sheets

DELIMITERS = (";", ",", "\t")

_CELL = 131_072
_ABOVE = 20
"""Rows of a sheet among which its column names are looked for."""
_SAYS_DELIMITER = re.compile(r'\A"?sep=([;,|\t])"?[ \t]*(?:\r\n|\r|\n)')
_SPACE = re.compile(r"\s+")
_UNSEEN = frozenset({"Cc", "Cf"})


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table.

    Attributes:
        line: Line in the file, from 1, on which it starts.
        cells: Its cells, cleaned; a formula is the text that it is.
    """

    line: int
    cells: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return not any(self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file, or a sheet of a workbook.

    Attributes:
        path: The file.
        encoding: As it was read; of a workbook `xlsx`.
        delimiter: The sign between its cells; of a workbook the name of the sheet.
        header: Its first row that is not empty.
        rows: All rows after it, empty ones too.
    """

    path: Path
    encoding: str
    delimiter: str
    header: Row
    rows: tuple[Row, ...]


def read_table(path: Path, known: Callable[[Sequence[str]], int]) -> Table:
    """Read the CSV file or workbook `path`.

    Args:
        path: The file.
        known: How many of some column names mean something to us; the delimiter or sheet that gives most is taken.

    Raises:
        KompetanseError: When it is no CSV and no workbook, has no rows, or ends inside a quoted cell.
    """
    if is_workbook(path):
        return _sheet(path, known)
    text, encoding = read_text(path)
    said = _SAYS_DELIMITER.match(text)
    skipped = said[0] if said else ""
    rest = text[len(skipped) :]
    delimiter = said[1] if said else max(DELIMITERS, key=lambda sign: _score(rest, sign, known))
    rows = list(_rows(path, rest, delimiter, 1 if skipped else 0))
    first = next((place for place, row in enumerate(rows) if not row.is_empty), len(rows))
    if all(row.is_empty for row in rows[first + 1 :]):
        raise KompetanseError(
            f"{path} has no rows under its column names. Export the table again, with all its rows"
        )
    return Table(path, encoding, delimiter, rows[first], tuple(rows[first + 1 :]))


def _sheet(path: Path, known: Callable[[Sequence[str]], int]) -> Table:
    """Return the sheet whose column names mean most; its first rows may be a title above them."""
    found = [
        Table(path, "xlsx", name, rows[place], tuple(rows[place + 1 :]))
        for name, cells in sheets(path)
        if (rows := [Row(line, _trimmed(map(clean, row))) for line, row in enumerate(cells, 1)])
        for place in [_header_of(rows, known)]
    ]
    held = [table for table in found if any(not row.is_empty for row in table.rows)]
    if not held:
        raise KompetanseError(f"{path} has no rows under its column names. Write them on its first sheet")
    return max(held, key=lambda table: known(table.header.cells))


def _header_of(rows: Sequence[Row], known: Callable[[Sequence[str]], int]) -> int:
    """Return the place of the column names: among the first rows the one that means most, else the first with words."""
    first = next((place for place, row in enumerate(rows) if not row.is_empty), 0)
    near = range(first, min(first + _ABOVE, len(rows)))
    return max(near, key=lambda place: (known(rows[place].cells), -place))


def _trimmed(cells: Iterable[str]) -> tuple[str, ...]:
    """Return cells without the empty ones after the last: a sheet is as wide as its widest row."""
    found = list(cells)
    while found and not found[-1]:
        found.pop()
    return tuple(found)


def _score(text: str, delimiter: str, known: Callable[[Sequence[str]], int]) -> tuple[int, int]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    try:
        header = next((cells for cells in reader if any(map(str.strip, cells))), [])
    except csv.Error:
        return 0, 0
    return known([clean(cell) for cell in header]), len(header)


def _rows(path: Path, text: str, delimiter: str, skipped: int) -> Iterator[Row]:
    """Yield the rows; a quote that is never closed is told at the line where it opens."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1 + skipped
    try:
        for cells in reader:
            yield Row(line, tuple(map(clean, cells)))
            line = reader.line_num + 1 + skipped
    except csv.Error as error:
        raise KompetanseError(f"{path}, line {line}: {_reason(str(error), delimiter)}") from error


def _reason(said: str, delimiter: str) -> str:
    if "unexpected end" in said:
        return 'a cell starts with " and is never closed. Put a " at its end, or write the quote twice: ""'
    if "expected after" in said:
        return (
            f'there is text between a closing " and the next {delimiter!r}. '
            'Write a quote inside a cell twice: ""'
        )
    if "field larger" in said:
        return f'a cell is longer than {_CELL} signs. Look for a " that is never closed'
    return f"this is no CSV ({said}). Export the table again as CSV UTF-8"


def clean(text: str) -> str:
    """Return `text` on one line, composed, without control signs and doubled spaces."""
    spaced = _SPACE.sub(" ", text)
    seen = "".join(sign for sign in spaced if unicodedata.category(sign) not in _UNSEEN)
    return _SPACE.sub(" ", unicodedata.normalize("NFC", seen)).strip()
