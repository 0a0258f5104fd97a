"""A report that is made for people: as a page that stands alone, a tagged PDF (PDF/UA-1), a workbook, or one table as CSV."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from kompetanse.evidence.spreadsheet import cell
from kompetanse.evidence.typst_pdf import MissingSign, lacking, need_typst, printable, tagged_pdf
from kompetanse.evidence.unit_tables import Shown, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a report says, in one language.

    Attributes:
        day: The day that it holds for; nothing in it comes from a clock.
        summary: In a few sentences, under `summary_heading`.
        proof: What the report is, and what it is not.
        notices: What there is to tell of what was handed over, under `notices_heading`.
        tables: In the order in which they matter.
        flat: Name of the table that a spreadsheet gets as CSV.
    """

    title: str
    language: str
    day: date
    summary_heading: str
    summary: tuple[str, ...]
    proof: str
    notices_heading: str
    notices: tuple[str, ...]
    tables: tuple[Table, ...]
    flat: str = ""


@lru_cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("kompetanse.evidence"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )


def as_html(page: Page) -> str:
    """Return a page without scripts and without anything from elsewhere."""
    return (
        _environment()
        .get_template("unit_report.html")
        .render(p=page, tables=[one.for_people for one in page.tables])
    )


def as_pdf(page: Page, say_lost: Callable[[int], str]) -> tuple[bytes, tuple[str, ...]]:
    """Return the same as PDF/UA-1 (ISO 14289-1), and what it had to leave out, in words that stand in it too.

    Args:
        page: What it says.
        say_lost: Says how many signs the PDF lacks.

    Raises:
        KompetanseError: When Typst is not there.
    """
    need_typst()
    moment = datetime.combine(page.day, time(), UTC)
    data = _written(page)
    try:
        return tagged_pdf("unit_report.typ", data, moment), ()
    except MissingSign:
        lost = (say_lost(len(lacking(data))),)
        return tagged_pdf("unit_report.typ", printable(_written(page, lost)), moment), lost


def _written(page: Page, lost: tuple[str, ...] = ()) -> str:
    return json.dumps(_document(page, lost), ensure_ascii=False)


def _document(page: Page, lost: tuple[str, ...]) -> dict[str, Any]:
    return {
        "title": page.title,
        "language": page.language,
        "summary": page.summary,
        "proof": page.proof,
        "notices_heading": page.notices_heading,
        "notices": [*lost, *page.notices],
        "tables": [_table(one.for_people) for one in page.tables],
    }


def _table(one: Table) -> dict[str, Any]:
    return {
        "heading": one.heading,
        "caption": one.caption,
        "columns": one.columns,
        "rows": [[_shown(cell) for cell in row] for row in one.rows],
        "empty": one.empty,
    }


def _shown(cell: Shown) -> str:
    return " ".join(filter(None, (cell.mark, "\n".join(cell.lines))))


def as_csv(page: Page) -> str:
    """Return the table `page.flat` as Norwegian spreadsheets open it: UTF-8 with a mark, semicolons, CRLF; then what there is to tell."""
    table = next(one for one in page.tables if one.name == page.flat)
    rows = [list(table.columns), *([one.plain for one in row] for row in table.rows)]
    rows += [[""] * (len(table.columns) - 1) + [one] for one in (*page.summary, *page.notices)]
    return "\ufeff" + "".join(";".join(map(cell, row)) + "\r\n" for row in rows)
