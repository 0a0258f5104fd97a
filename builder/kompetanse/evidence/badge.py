"""The picture of a certificate, into which it is baked: who issues, and for which course; nothing about anybody."""

from __future__ import annotations

from functools import lru_cache
from textwrap import wrap

from jinja2 import Environment, PackageLoader, StrictUndefined

from kompetanse.evidence.typst_pdf import picture
from kompetanse.messages import text

_ACROSS, _DOWN = 17, 4
_SIZE = 30
"""Letters of the title; so many stand across, and smaller ones where a word is longer."""

_MOST_ACROSS = 34
_MIDDLE, _LINE = 190, 36
_DOTS_PER_INCH = 160


@lru_cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("kompetanse.evidence"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )


@lru_cache(maxsize=32)
def svg(course: str, issuer: str, colour: str, language: str) -> str:
    """Return the picture as SVG; `colour` is `#rrggbb`."""
    across = min(max(_ACROSS, *map(len, course.split() or [""])), _MOST_ACROSS)
    lines = wrap(course, across, max_lines=_DOWN, placeholder=" …") or [""]
    return (
        _environment()
        .get_template("badge.svg")
        .render(
            title=text(language, "certificate.badge", course=course, issuer=issuer),
            lines=lines,
            first=_MIDDLE - (len(lines) - 1) * _LINE // 2,
            size=_SIZE * _ACROSS // across,
            issuer=wrap(issuer, 30, max_lines=1, placeholder=" …")[0] if issuer.strip() else "",
            colour=colour,
        )
    )


@lru_cache(maxsize=32)
def png(drawn: str) -> bytes:
    """Return what `svg` drew as PNG."""
    return picture(drawn, _DOTS_PER_INCH)
