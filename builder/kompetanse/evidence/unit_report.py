"""A unit as a page that stands alone, and as a tagged PDF (PDF/UA-1)."""

from __future__ import annotations

from kompetanse.evidence.report_page import Page, as_html, as_pdf
from kompetanse.evidence.unit_tables import tables
from kompetanse.evidence.unit_words import Words

_ACROSS = 6
"""So many roles stand side by side on a sheet of A4."""


def unit_page(words: Words, across: int | None = None) -> Page:
    """Return what is told of a unit; `across` is how many roles stand side by side at most."""
    return Page(
        title=words.title,
        language=words.language,
        day=words.unit.today,
        summary_heading=words.say("unit.sum.heading"),
        summary=words.summary(),
        proof=words.say("unit.sum.proof"),
        notices_heading=words.say("unit.heading.notices"),
        notices=words.told(),
        tables=tuple(tables(words, across)),
    )


def unit_html(words: Words) -> str:
    """Return a page without scripts and without anything from elsewhere."""
    return as_html(unit_page(words))


def unit_pdf(words: Words) -> tuple[bytes, tuple[str, ...]]:
    """Return the same as PDF/UA-1 (ISO 14289-1), and what it had to leave out, in words that stand in it too.

    Raises:
        KompetanseError: When Typst is not there.
    """
    return as_pdf(unit_page(words, _ACROSS), lambda count: words.count("unit.pdf_signs", count))
