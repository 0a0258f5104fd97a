"""The picture of a certificate: a title of any length stands in it, and its words are whole."""

from __future__ import annotations

import re

import pytest

from kompetanse.evidence import badge


@pytest.mark.parametrize(
    ("title", "lines", "size"),
    [
        ("Brannvern", ["Brannvern"], 30),
        ("Legemiddelhåndtering – grunnkurs", ["Legemiddelhåndtering", "– grunnkurs"], 25),
        (
            "Arbeidsmiljøutvalgsmedlemsopplæringskurset",
            ["Arbeidsmiljøutvalgsmedlemsopplærin", "gskurset"],
            15,
        ),
    ],
)
def test_a_long_word_gets_smaller_letters_before_it_is_broken(
    title: str, lines: list[str], size: int
) -> None:
    drawn = badge.svg(title, "Testvik", "#0b57a4", "nb")

    rows = re.findall(r'font-size="(\d+)" font-weight="bold">([^<]*)<', drawn)
    assert rows == [(str(size), line) for line in lines]
