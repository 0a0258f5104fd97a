"""A unit as a page that stands alone, and as a tagged PDF (PDF/UA-1)."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime, time
from functools import lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from kompetanse.evidence.typst_pdf import MissingSign, lacking, need_typst, printable, tagged_pdf
from kompetanse.evidence.unit_tables import Shown, tables
from kompetanse.evidence.unit_words import Words

_ACROSS = 6
"""So many roles stand side by side on a sheet of A4."""


@lru_cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("kompetanse.evidence"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )


def unit_html(words: Words) -> str:
    """Return a page without scripts and without anything from elsewhere."""
    return _environment().get_template("unit_report.html").render(w=words, tables=tuple(tables(words)))


def unit_pdf(words: Words) -> tuple[bytes, tuple[str, ...]]:
    """Return the same as PDF/UA-1 (ISO 14289-1), and what it had to leave out, in words that stand in it too.

    Raises:
        KompetanseError: When Typst is not there.
    """
    need_typst()
    moment = datetime.combine(words.unit.today, time(), UTC)
    data = _written(words)
    try:
        return tagged_pdf("unit_report.typ", data, moment), ()
    except MissingSign:
        lost = (words.count("unit.pdf_signs", len(lacking(data))),)
        return tagged_pdf("unit_report.typ", printable(_written(words, lost)), moment), lost


def _written(words: Words, lost: tuple[str, ...] = ()) -> str:
    return json.dumps(_document(words, lost), ensure_ascii=False)


def _document(words: Words, lost: tuple[str, ...]) -> dict[str, Any]:
    return {
        "title": words.title,
        "language": words.language,
        "summary": words.summary(),
        "proof": words.say("unit.sum.proof"),
        "notices_heading": words.say("unit.heading.notices"),
        "notices": [*lost, *words.told()],
        "tables": [
            {**asdict(one), "rows": [[_shown(cell) for cell in row] for row in one.rows]}
            for one in tables(words, _ACROSS)
        ],
    }


def _shown(cell: Shown) -> str:
    return " ".join(filter(None, (cell.mark, "\n".join(cell.lines))))
