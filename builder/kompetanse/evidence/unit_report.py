"""A unit as a page that stands alone, and as a tagged PDF (PDF/UA-1)."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from datetime import UTC, datetime, time
from functools import lru_cache
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from kompetanse.errors import KompetanseError
from kompetanse.evidence.unit_tables import tables
from kompetanse.evidence.unit_words import Words

_ACROSS = 6
"""So many roles stand side by side on a sheet of A4."""

_PRINTABLE = re.compile(
    "[^\\x20-\\x7e\u00a0-\u024f\u0370-\u03ff\u0400-\u04ff\u2010-\u2027\u20ac\u2190-\u2193✓◐◷✕\n]"
)
"""Signs that the fonts of the PDF may lack."""

NO_SIGN = "?"
"""Stands in a PDF for a sign that no font of ours has."""


@lru_cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("kompetanse.evidence"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )


def unit_html(words: Words, name: str) -> str:
    """Return a page without scripts and without anything from elsewhere; `name` is that of the unit, or empty."""
    return (
        _environment()
        .get_template("unit_report.html")
        .render(w=words, name=name, tables=tuple(tables(words)))
    )


def unit_pdf(words: Words, name: str) -> bytes:
    """Return the same as PDF/UA-1 (ISO 14289-1).

    Raises:
        KompetanseError: When Typst is not there.
    """
    try:
        import typst
    except ImportError as error:
        raise KompetanseError(
            'A PDF needs the package typst. Install it: pip install "kompetanse[pdf]", or use --format html and print it'
        ) from error
    data = _document(words, name)
    try:
        return _compiled(words, data)
    except typst.TypstError:
        return _compiled(words, _PRINTABLE.sub(NO_SIGN, json.dumps(data, ensure_ascii=False)))


def _compiled(words: Words, data: Any) -> bytes:
    import typst

    written = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
    found = typst.compile(
        (resources.files(__name__.rpartition(".")[0]) / "templates/unit_report.typ").read_bytes(),
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"data": written},
        ignore_system_fonts=True,
        timestamp=datetime.combine(words.unit.today, time(), UTC),
    )
    assert isinstance(found, bytes)  # noqa: S101 (a PDF is one file)
    return found


def _document(words: Words, name: str) -> dict[str, Any]:
    unit = words.unit
    return {
        "title": " – ".join(filter(None, (words.say("unit.title"), name))),
        "language": words.language,
        "summary": words.summary(),
        "proof": words.say("unit.sum.proof"),
        "notices_heading": words.say("unit.heading.notices"),
        "notices": [*map(words.notice, unit.notices), *map(words.change, unit.changes)],
        "tables": [
            {
                **asdict(one),
                "rows": [
                    [" ".join(filter(None, (cell.mark, "\n".join(cell.lines)))) for cell in row]
                    for row in one.rows
                ],
            }
            for one in tables(words, _ACROSS)
        ],
    }
