"""Contrast is enough whatever colour a region chooses; elsewhere the scale is Designsystemet's own."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kompetanse.pages.colours import Scheme, contrast, scale
from kompetanse.pages.tokens import tokens

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])
GROUNDS = ("background-default", "background-tinted", "surface-default", "surface-tinted")
CHOSEN = ("#000000", "#ffffff", "#777777", "#0b57a4", "#1e2b3c", "#0a71c0", "#068718", "#ea9b1b", "#c01b1b",
          "#ff0000", "#00ff00", "#0000ff", "#ffff00", "#7a1f5c", "#2b5f3a", "#f4c430", "#a2682a", "#a66a52")  # fmt: skip
"""Every corner, greys, what we use ourselves, and two whose buttons Designsystemet leaves unreadable."""


def least(
    inks: Mapping[str, str], names: tuple[str, ...], grounds: Mapping[str, str], on: tuple[str, ...]
) -> float:
    return min(contrast(inks[ink], grounds[ground]) for ink, ground in product(names, on))


@SCHEMES
@settings(max_examples=300, deadline=None)
@given(one=COLOURS, other=COLOURS)
def test_text_can_be_read_on_every_ground_of_its_own_colour_and_of_any_other(
    scheme: Scheme, one: str, other: str
):
    ink, ground = scale(one, scheme), scale(other, scheme)

    assert least(ink, ("text-subtle", "text-default"), ground, (*GROUNDS, "surface-hover")) >= 4.5


@SCHEMES
@settings(max_examples=300, deadline=None)
@given(one=COLOURS, other=COLOURS)
def test_links_and_lines_in_the_colour_itself_are_seen(scheme: Scheme, one: str, other: str):
    ink, ground = scale(one, scheme), scale(other, scheme)

    assert least(ink, ("base-ink",), ground, GROUNDS) >= 4.5
    assert least(ink, ("border-default", "border-strong"), ground, GROUNDS) >= 3


@SCHEMES
@settings(max_examples=300, deadline=None)
@given(base=COLOURS)
def test_a_button_can_be_read_at_rest_under_the_pointer_and_pressed(scheme: Scheme, base: str):
    found = scale(base, scheme)

    assert (
        least(found, ("base-contrast-default",), found, ("base-default", "base-hover", "base-active")) >= 4.5
    )


@given(base=COLOURS)
def test_in_light_the_chosen_colour_is_used_as_it_is(base: str):
    assert scale(base, "light")["base-default"] == base


def test_the_scales_are_those_that_tests_js_compares_with_designsystemet(expect: Callable[[Path, str], None]):
    found = {base: {scheme: scale(base, scheme) for scheme in ("light", "dark")} for base in CHOSEN}

    expect(Path(__file__).parent / "colours.json", json.dumps(found, indent=1) + "\n")


def test_a_sheet_has_what_the_region_chose_and_ours_for_the_rest():
    sheet = tokens({"accent": "#2B5F3A"})

    assert "--ds-color-accent-base-default: #2b5f3a;" in sheet
    assert "--ds-color-brand-base-default: #2b5f3a;" in sheet
    assert "--ds-color-neutral-base-default: #1e2b3c;" in sheet
    assert sheet.index("@media screen") < sheet.index("slate")
