"""HTML of others becomes Markdown that says the same and does nothing."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from kompetanse.importers.html_text import markdown
from kompetanse.importers.html_tree import tree, words
from kompetanse.model.quiz import questions
from kompetanse.render import clean
from kompetanse.render import html as rendered


class Beside:
    """A page with a picture and one more page beside it."""

    def link(self, url: str) -> str | None:
        return "lesson:1" if url == "side2.html" else None

    def picture(self, url: str) -> str | None:
        return "bilder/arshjul.png" if url == "%C3%A5rshjul.png" else None


def written(html: str) -> str:
    return markdown(html, Beside(), "side1.html").body


def shown_words(html: str) -> list[str]:
    """Return the words that a reader sees; bullets and dashes stand for lists and rows within a cell."""
    return re.sub("[•–]", " ", words(tree(html))).split()


SIGNS = st.text("aÆ1 .*_[](){}<>#+-!|~^=:;&`\\\"'/?0", max_size=12).map(
    lambda text: text.replace("&", "&amp;").replace("<", "&lt;")
)
INLINE = st.recursive(
    SIGNS,
    lambda inner: (
        st.builds(
            lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
            st.sampled_from(["b", "em", "strong", "i", "span", "code", "sub", "mark", "u"]),
            st.lists(inner, max_size=3),
        )
        | st.just("<br>")
    ),
    max_leaves=5,
)
BLOCK = st.recursive(
    st.builds(
        lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>",
        st.sampled_from(["p", "h2", "h3", "div", "pre"]),
        st.lists(INLINE, max_size=3),
    ),
    lambda inner: st.builds(
        lambda wrap, parts: wrap[0] + "".join(wrap[1] + part + wrap[2] for part in parts) + wrap[3],
        st.sampled_from(
            [
                ("<ul>", "<li>", "</li>", "</ul>"),
                ("<ol>", "<li>x", "</li>", "</ol>"),
                ("<blockquote>", "", "", "</blockquote>"),
                ("<details><summary>Mer</summary>", "", "", "</details>"),
                ("<dl><dt>Ord</dt>", "<dd>", "</dd>", "</dl>"),
                ("<table><tr><td>A<td>B</tr>", "<tr><td>", "<td>x</tr>", "</table>"),
            ]
        ),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=6,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(BLOCK, max_size=4).map("".join))
def test_the_text_says_the_same_and_does_nothing(html: str):
    body = written(html)
    made = rendered(body)

    assert shown_words(made) == shown_words(html), body
    assert clean(made).count("<") == made.replace("<!-- -->", "").count("<"), body
    assert not list(questions(body))
