"""Drawings as pictures, for systems that show no SVG; without Typst (the extra `pdf`) there are none."""

from __future__ import annotations

from importlib.util import find_spec

from kompetanse.evidence.typst_pdf import picture

_PIXELS_PER_INCH = 192
"""Twice what a screen shows, so that small text in a drawing can be read."""


def as_png(svg: str) -> bytes | None:
    """Return `svg` as PNG; None when nothing here can draw it."""
    if find_spec("typst") is None:
        return None
    try:
        return picture(svg, _PIXELS_PER_INCH)
    except RuntimeError:  # Typst's own error, and no drawing
        return None
