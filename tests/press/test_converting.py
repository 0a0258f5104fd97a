"""Which headings the table of contents of a page shows."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown.extensions.toc import nest_toc_tokens

from kompetanse.press.converting import converted


@settings(max_examples=100)
@given(st.lists(st.integers(1, 6), max_size=8))
def test_the_outermost_headings_are_those_of_the_engine(levels: list[int]) -> None:
    text = "\n\n".join(f"{'#' * level} Del {place} {{#del-{place}}}" for place, level in enumerate(levels))
    headings: Any = [{"level": level, "id": f"del-{place}"} for place, level in enumerate(levels)]

    assert [one.anchor for one in converted(text).toc] == [one["id"] for one in nest_toc_tokens(headings)]
