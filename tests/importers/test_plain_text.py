"""Foreign text shows as exactly that text."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

from kompetanse.content.body import outline
from kompetanse.importers.plain_text import as_markdown
from kompetanse.importers.table import clean
from kompetanse.render import EXTENSIONS

SIGNS = "aB1 *_[]{}<>()#+-.!|~^=:;&`\\\"'/?0"


def shown(text: str) -> str:
    """Return what a page shows of `text` as an item of a list."""
    markdown = Markdown(extensions=list(EXTENSIONS), extension_configs=dict(EXTENSIONS))
    made = markdown.convert(f"- {as_markdown(text)}\n- last\n")
    found = re.fullmatch(r"<ul>\n<li>(.*?)</li>\n<li>last</li>\n</ul>", made, re.DOTALL)
    assert found, made
    assert "<" not in found[1], made
    return html.unescape(found[1])


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[b](id:x) and [b]: http://x",
        "![b](x.png)",
        "**a** _b_ `c` ~~d~~",
        "R&D, &amp; and &lt;",
        "# a",
        "1. a",
        "- a",
        "> a",
        "!!! note",
        ": a",
        '--8<-- "x"',
        "a {: #x .y }",
        "<quiz>",
        "a\\*b",
        "[^1] *[X]: y",
    ],
)
def test_markup_in_foreign_text_is_shown_and_not_done(text: str):
    assert shown(text) == text


@given(st.text(SIGNS, min_size=1, max_size=30).map(clean).filter(bool))
def test_any_text_is_shown_as_it_is(text: str):
    assert shown(text) == text


@given(st.text(SIGNS, min_size=1, max_size=30).map(clean).filter(bool))
def test_no_text_looks_like_a_link_or_reuse_to_the_check(text: str):
    found = outline(f"- {as_markdown(text)}\n")

    assert found.links == ()
    assert found.reuses == ()
    assert found.headings == ()
