"""Several bodies on one page: what one of them names is not taken for what another does."""

from __future__ import annotations

import pytest

from kompetanse.pages.scope import scoped


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("## A {#a}\n", "### A {#m2-a}\n"),
        ("###### A {.x #a}\n", "###### A {.x #m2-a}\n"),
        ("See [a](#a) and [up](#top).", "See [a](#m2-a) and [up](#top)."),
        ("[a](id:other#a)", "[a](id:other#a)"),
        ('<p id="a"><a href="#a">a</a></p>', '<p id="m2-a"><a href="#m2-a">a</a></p>'),
        ("Text.[^1]\n\n[^1]: Note.\n", "Text.[^m2-1]\n\n[^m2-1]: Note.\n"),
        (
            "[law], [law][] and [the law][law].\n\n[law]: https://lovdata.no/\n",
            "[law][m2-law], [law][m2-law] and [the law][m2-law].\n\n[m2-law]: https://lovdata.no/\n",
        ),
        ("Write `{#a}` or `[a](#a)`.", "Write `{#a}` or `[a](#a)`."),
        ("```\n## A {#a}\n```\n", "```\n## A {#a}\n```\n"),
    ],
)
def test_names_and_headings_fit_a_page_of_many(body: str, expected: str) -> None:
    assert scoped(body, "m2") == expected
