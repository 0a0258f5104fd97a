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
from kompetanse.evidence.unit_tables import Shown, tables
from kompetanse.evidence.unit_words import Words

_ACROSS = 6
"""So many roles stand side by side on a sheet of A4."""

_UNPRINTABLE = re.compile(
    "[^\\x20-\\x7e\u00a0-\u024f\u0370-\u03ff\u0400-\u04ff\u2010-\u2027\u20ac\u2190-\u2193✓◐✕\n]"
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


def unit_html(words: Words) -> str:
    """Return a page without scripts and without anything from elsewhere."""
    return _environment().get_template("unit_report.html").render(w=words, tables=tuple(tables(words)))


def unit_pdf(words: Words) -> tuple[bytes, tuple[str, ...]]:
    """Return the same as PDF/UA-1 (ISO 14289-1), and what it had to leave out, in words that stand in it too.

    Raises:
        KompetanseError: When Typst is not there.
    """
    try:
        import typst
    except ImportError as error:
        raise KompetanseError(
            'A PDF needs the package typst. Install it: pip install "kompetanse[pdf]", or use --format html and print it'
        ) from error
    data = _written(words)
    try:
        return _compiled(words, data), ()
    except typst.TypstError:
        lost = (words.count("unit.pdf_signs", len(set(_UNPRINTABLE.findall(data)))),)
        return _compiled(words, _UNPRINTABLE.sub(NO_SIGN, _written(words, lost))), lost


def _compiled(words: Words, data: str) -> bytes:
    import typst

    found = typst.compile(
        (resources.files(__name__.rpartition(".")[0]) / "templates/unit_report.typ").read_bytes(),
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"data": data},
        ignore_system_fonts=True,
        timestamp=datetime.combine(words.unit.today, time(), UTC),
    )
    assert isinstance(found, bytes)  # noqa: S101 (a PDF is one file)
    return found


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
