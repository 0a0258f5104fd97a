"""Designsystemet's scale of 16 steps for light and dark from one colour, so that text and ground always differ enough.

The steps and their luminance are those of npm `@digdir/designsystemet` 1.15 (dist/src/colors), which asks for a
luminance at each step and not for a lightness: contrast (WCAG 2.1, 1.4.3) is a ratio of luminances. Where that
package leaves contrast to chance, `_mended` and `_ink` do not; decision 007 says how.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Scheme = Literal["light", "dark"]
Colour = tuple[float, float, float]
"""Red, green and blue, 0–255, not rounded."""

STEPS: Mapping[str, tuple[float, float]] = {
    "background-default": (1, 0.009),
    "background-tinted": (0.9, 0.014),
    "surface-default": (1, 0.021),
    "surface-tinted": (0.81, 0.027),
    "surface-hover": (0.7, 0.036),
    "surface-active": (0.59, 0.056),
    "border-subtle": (0.5, 0.08),
    "border-default": (0.19, 0.22),
    "border-strong": (0.11, 0.39),
    "text-subtle": (0.11, 0.39),
    "text-default": (0.0245, 0.84),
}
"""Step → its relative luminance in light and in dark."""

AA = 4.5
"""Least contrast of text and its ground (WCAG 2.1, 1.4.3)."""

_BLACK: Colour = (0, 0, 0)
_WHITE: Colour = (255, 255, 255)


def scale(base: str, scheme: Scheme) -> Mapping[str, str]:
    """Return the colour of each step, `#rrggbb`, from `base`, `#rrggbb`."""
    place = 0 if scheme == "light" else 1
    tint = _read(base) if scheme == "light" else _read(_hex(_duller(_read(base))))
    steps = {name: _hex(_lit(tint, wanted[place])) for name, wanted in STEPS.items()}
    solid = _solid(base, scheme)
    return {**steps, **solid, "base-ink": _ink(solid["base-default"], steps)}


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1–21 (WCAG 2.1, 1.4.3)."""
    return _ratio(_luminance(_read(one)), _luminance(_read(other)))


def _solid(base: str, scheme: Scheme) -> Mapping[str, str]:
    """Return the colour itself, or its mirror in the dark, as a ground; under the pointer; pressed; and what is on it."""
    lightness = _lightness(_luminance(_read(base)))
    if scheme == "dark":
        lightness = 70 if lightness <= 30 else 100 - lightness
    shown = base.lower() if scheme == "light" else _at(base, lightness)
    step = 8 if lightness <= 30 or 49 <= lightness <= 65 else -8
    text = max("#ffffff", "#000000", key=lambda ink: contrast(ink, shown))
    return {
        "base-default": shown,
        "base-hover": _mended(base, lightness, step, text),
        "base-active": _mended(base, lightness, 2 * step, text),
        "base-contrast-subtle": _subtle_on(shown, text),
        "base-contrast-default": text,
    }


def _mended(base: str, lightness: float, step: float, text: str) -> str:
    """Return `base` a step lighter or darker; where `text` cannot be read on that, a step the other way."""
    found = _at(base, lightness + step)
    return found if contrast(found, text) >= AA else _at(base, lightness - step)


def _subtle_on(ground: str, text: str) -> str:
    lightness = _lightness(_luminance(_read(ground)))
    away = 60 if lightness <= 40 or lightness >= 60 else 50
    return _at(ground, lightness + away if text == "#ffffff" else lightness - away)


def _ink(base: str, steps: Mapping[str, str]) -> str:
    """Return `base` where it can be read on every ground, as links and thin lines must be; else the subtle text."""
    grounds = ("background-default", "background-tinted", "surface-default", "surface-tinted")
    readable = min(contrast(base, steps[name]) for name in grounds) >= AA + _ROUNDING
    return base if readable else steps["text-subtle"]


_ROUNDING = 0.15
"""How much contrast the same step of another colour may take away, since eight bits hit no luminance exactly."""


def _at(base: str, lightness: float) -> str:
    """Return `base` at a lightness, 0–100, by way of the grey that has it."""
    grey = 255 * _encoded(_luminance_of(min(100, max(0, lightness))))
    return _hex(_lit(_read(base), _luminance(_read(_hex((grey, grey, grey))))))


def _lit(colour: Colour, wanted: float) -> Colour:
    """Return `colour` mixed with black or white until its luminance is `wanted`, 0–1, within 1e-7 or 21 halvings."""
    if wanted in (0, 1):
        return _WHITE if wanted else _BLACK
    low, high = (_BLACK, colour) if _luminance(colour) > wanted else (colour, _WHITE)
    found = colour
    for _ in range(21):
        found = _halfway(low, high)
        luminance = _luminance(found)
        if abs(wanted - luminance) < 1e-7:
            break
        low, high = (low, found) if luminance > wanted else (found, high)
    return found


def _halfway(one: Colour, other: Colour) -> Colour:
    return (one[0] + other[0]) / 2, (one[1] + other[1]) / 2, (one[2] + other[2]) / 2


def _duller(colour: Colour) -> Colour:
    """Return `colour` with 0.7 of its chroma in OKLCH: strong colours glare on a dark ground."""
    lightness, *hue = _product(
        _LMS_TO_OKLAB, [cone ** (1 / 3) for cone in _product(_RGB_TO_LMS, _linear(colour))]
    )
    cones = _product(_OKLAB_TO_LMS, [lightness, *(0.7 * part for part in hue)])
    red, green, blue = (255 * _encoded(part) for part in _product(_LMS_TO_RGB, [cone**3 for cone in cones]))
    return red, green, blue


_RGB_TO_LMS = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_LMS_TO_OKLAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)
_OKLAB_TO_LMS = (
    (1, 0.3963377774, 0.2158037573),
    (1, -0.1055613458, -0.0638541728),
    (1, -0.0894841775, -1.2914855480),
)
_LMS_TO_RGB = (
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
)
"""Björn Ottosson, «A perceptual color space for image processing», 2020."""


def _product(matrix: tuple[tuple[float, ...], ...], vector: list[float]) -> list[float]:
    return [sum(factor * part for factor, part in zip(row, vector, strict=True)) for row in matrix]


def _ratio(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def _luminance(colour: Colour) -> float:
    """Return relative luminance, 0–1 (WCAG 2.1)."""
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(colour: Colour) -> list[float]:
    parts = (colour[0] / 255, colour[1] / 255, colour[2] / 255)
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def _encoded(part: float) -> float:
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


def _lightness(luminance: float) -> float:
    """Return CIE L*, 0–100, of a relative luminance."""
    return 903.2962962 * luminance if luminance <= 0.0088564516 else float(116 * luminance ** (1 / 3) - 16)


def _luminance_of(lightness: float) -> float:
    """Return the relative luminance of a CIE L*, 0–100."""
    return lightness / 903.2962962 if lightness <= 8 else float(((lightness + 16) / 116) ** 3)


def _read(colour: str) -> Colour:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return red, green, blue


def _hex(colour: Colour) -> str:
    return "#" + "".join(f"{min(255, max(0, int(part + 0.5))):02x}" for part in colour)
