"""The region's colours as a sheet of Designsystemet's tokens, which the theme's own sheet is written with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from kompetanse.pages.colours import Scheme, scale

SHEET = "assets/kompetanse/tokens.css"
"""Where the sheet lies in the site."""

_BASES = {"accent": "#0b57a4", "neutral": "#1e2b3c"}
_FEEDBACK = {"info": "#0a71c0", "success": "#068718", "warning": "#ea9b1b", "danger": "#c01b1b"}
"""Designsystemet's own; green means done in every region."""

_RADII = (
    "--ds-border-radius-sm: .1rem",
    "--ds-border-radius-md: .2rem",
    "--ds-border-radius-full: 624.9375rem",
)
_HEAD = "/* Made from the colours of region.yml. Names as in Designsystemet; base-ink is ours: the base where it can be read. */"


Chooser = Literal["reader", "system"]
"""Who chooses light or dark: the reader by the theme's button, or their system alone."""

_DARK: Mapping[Chooser, tuple[str, str]] = {
    "reader": ("screen", 'body[data-md-color-scheme="slate"]'),
    "system": ("screen and (prefers-color-scheme: dark)", "body"),
}
"""The medium and the element that dark colours are for; paper is light."""


def tokens(colours: Mapping[str, str], chooser: Chooser = "reader") -> str:
    """Return the sheet; `colours` holds `accent`, `neutral` or `brand`, `#rrggbb`, and what it lacks is ours."""
    medium, element = _DARK[chooser]
    bases = {**_BASES, **colours}
    bases = {**bases, "brand": bases.get("brand", bases["accent"]), **_FEEDBACK}
    light = _rule("body", [*_RADII, "color-scheme: light", *_colours(bases, "light")])
    dark = _rule(element, ["color-scheme: dark", *_colours(bases, "dark")])
    return f"{_HEAD}\n@layer tokens {{\n{light}@media {medium} {{\n{dark}}}\n}}\n"


def _colours(bases: Mapping[str, str], scheme: Scheme) -> Iterator[str]:
    for name, base in bases.items():
        yield from (f"--ds-color-{name}-{step}: {colour}" for step, colour in scale(base, scheme).items())


def _rule(selector: str, lines: list[str]) -> str:
    return f"{selector} {{\n" + "".join(f"  {line};\n" for line in lines) + "}\n"
