"""What spreadsheets open: cells that are never formulas, and a workbook whose bytes depend on what it says alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kompetanse.evidence.report_page import Page
    from kompetanse.evidence.unit_tables import Shown, Table

_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
_QUOTED = re.compile(r'[;"\r\n]')
_NO_NAME = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME = 31
_WIDEST = 50
_LONGEST_CELL = 32_767
"""Limits of the form: ECMA-376, and what spreadsheets take."""


def cell(text: str) -> str:
    """Return one cell of CSV; what a spreadsheet would take for a formula gets an apostrophe (OWASP, CSV Injection)."""
    safe = f"'{text}" if _FORMULA.match(text) else text
    return '"{}"'.format(safe.replace('"', '""')) if _QUOTED.search(safe) else safe


def workbook(page: Page) -> bytes:
    """Return a workbook (Office Open XML) with one sheet for what is said, and one for each table.

    Text is written as text, whatever it starts with: no cell is a formula or a link. Days and numbers are days and numbers.
    """
    import xlsxwriter

    file = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": page.title, "created": datetime.combine(page.day, time())})
        writer = _Writer(book)
        writer.said(page)
        for table in page.tables:
            if table.rows:
                writer.table(table)
    return file.getvalue()


class _Writer:
    """Writes sheets into one workbook."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._names: set[str] = set()
        self._text = book.add_format({"text_wrap": True, "valign": "top"})
        self._head = book.add_format({"bold": True, "text_wrap": True, "bottom": 1})
        self._day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})

    def said(self, page: Page) -> None:
        """Write title, summary and what there is to tell."""
        sheet = self._sheet(page.summary_heading)
        sheet.set_column(0, 0, 100)
        rows = [
            page.title,
            *page.summary,
            page.proof,
            *([page.notices_heading, *page.notices] if page.notices else []),
        ]
        for place, text in enumerate(rows):
            bold = place == 0 or text == page.notices_heading
            sheet.write_string(place, 0, text[:_LONGEST_CELL], self._head if bold else self._text)

    def table(self, table: Table) -> None:
        """Write one table, with a row of column names that stays in view."""
        sheet = self._sheet(table.heading)
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
        for column, name in enumerate(table.columns):
            sheet.set_column(column, column, _width(table, column))
            sheet.write_string(0, column, name, self._head)
        for place, row in enumerate(table.rows, 1):
            for column, shown in enumerate(row):
                self._cell(sheet, place, column, shown)

    def _cell(self, sheet: Any, row: int, column: int, shown: Shown) -> None:
        if isinstance(shown.value, date):
            sheet.write_datetime(row, column, datetime.combine(shown.value, time()), self._day)
        elif isinstance(shown.value, int):
            sheet.write_number(row, column, shown.value, self._text)
        else:
            sheet.write_string(row, column, shown.plain[:_LONGEST_CELL], self._text)

    def _sheet(self, heading: str) -> Any:
        name = next(one for one in _names(heading) if one.casefold() not in self._names)
        self._names.add(name.casefold())
        return self._book.add_worksheet(name)


def _names(heading: str) -> Iterator[str]:
    """Yield names that a sheet may have, from the one that says most."""
    safe = _NO_NAME.sub(" ", heading).strip() or "-"
    yield safe[:_LONGEST_NAME]
    number = 2
    while True:
        end = f" {number}"
        yield f"{safe[: _LONGEST_NAME - len(end)]}{end}"
        number += 1


def _width(table: Table, column: int) -> int:
    longest = max(len(line) for row in table.rows for line in row[column].lines or ("",))
    return min(_WIDEST, max(10, longest, len(table.columns[column])) + 2)
