"""What Typst makes of a template of ours and of data; the only place that knows it."""

from __future__ import annotations

import re
from datetime import datetime
from importlib import resources
from typing import Any

from kompetanse.errors import KompetanseError

_UNPRINTABLE = re.compile(
    "[^\\x20-\\x7e\u00a0-\u024f\u0370-\u03ff\u0400-\u04ff\u2010-\u2027\u20ac\u2190-\u2193✓◐✕\n]"
)
"""Signs that the fonts of the PDF may lack."""

NO_SIGN = "?"
"""Stands in a PDF for a sign that no font of ours has."""


class MissingSign(Exception):  # noqa: N818 (the text is at fault, and is written with other signs)
    """A text has a sign that no font of ours has."""


def lacking(text: str) -> frozenset[str]:
    """Return the signs of `text` that a PDF may lack."""
    return frozenset(_UNPRINTABLE.findall(text))


def printable(text: str) -> str:
    """Return `text` with a question mark for each sign that a PDF may lack."""
    return _UNPRINTABLE.sub(NO_SIGN, text)


def need_typst() -> None:
    """Stop when Typst is not there.

    Raises:
        KompetanseError: When it is not.
    """
    try:
        import typst  # noqa: F401 (whether it is there)
    except ImportError as error:
        raise KompetanseError(
            'A PDF needs the package typst. Install it: pip install "kompetanse[pdf]", or use another --format'
        ) from error


def tagged_pdf(template: str, data: str, moment: datetime) -> bytes:
    """Return the template of that name as PDF/UA-1 (ISO 14289-1); `data` is JSON, and nothing in it is read as code.

    Raises:
        MissingSign: When a text has a sign that no font has.
    """
    import typst

    try:
        return _bytes(
            typst.compile(
                _template(template),
                format="pdf",
                pdf_standards=["ua-1"],
                sys_inputs={"data": data},
                ignore_system_fonts=True,
                timestamp=moment,
            )
        )
    except typst.TypstError as error:
        raise MissingSign from error


def picture(svg: str, pixels_per_inch: float) -> bytes:
    """Return `svg` as PNG."""
    import typst

    return _bytes(
        typst.compile(
            _template("picture.typ"),
            format="png",
            ppi=pixels_per_inch,
            sys_inputs={"svg": svg},
            ignore_system_fonts=True,
        )
    )


def _template(name: str) -> bytes:
    return (resources.files(__name__.rpartition(".")[0]) / "templates" / name).read_bytes()


def _bytes(found: Any) -> bytes:
    assert isinstance(found, bytes)  # noqa: S101 (one page is one file)
    return found
