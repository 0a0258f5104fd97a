"""HTML of others becomes Markdown that says the same and does nothing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kompetanse.content.body import outline
from kompetanse.errors import KompetanseError
from kompetanse.importers.html_text import inline, markdown, plain
from kompetanse.importers.html_tree import tree, words
from kompetanse.importers.places import NOWHERE
from kompetanse.model.quiz import questions
from kompetanse.render import clean
from kompetanse.render import html as rendered


class Beside:
    """A page with a picture and one more page beside it."""

    def link(self, url: str) -> str | None:
        return "lesson:1" if url.partition("#")[0] == "side2.html" else None

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


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>En <b>to </b>tre<em>fire</em>fem</p>", "En **to** tre*fire*fem"),
        ("<p><b>a</b><b>b</b> <i>c</i><b>d</b></p>", "**ab** *c***d**"),
        ("<h1>Kurs</h1><h3>Del</h3><h6>Under</h6><h3>Del</h3>", "## Del\n\n### Under\n\n## Del"),
        ("<p>a</p><h1>Del</h1>", "a\n\n## Del"),
        ("<h2>C#</h2>", "## C\\#"),
        ("<p>a<br>b<br><br>c</p>", "a  \nb\n\nc"),
        ("<ul><li>a<ul><li>b</ul><li>c</ul>", "- a\n    - b\n- c"),
        ("<ul><li><p>a</p><p>b</p><li>c</ul>", "- a\n\n    b\n\n- c"),
        ("<ol start=3><li>a<li>b</ol><ol><li>c</ol>", "3. a\n4. b\n\n<!-- -->\n\n1. c"),
        ("<table><tr><td>A|B<tr><td>c<br>d</table>", "| A\\|B |\n| --- |\n| c<br>d |"),
        ("<table><tr><td><p>Bare en ramme</p></table>", "Bare en ramme"),
        ("<table><tr><td><img src=x width=1 height=1><td><p>a<p>b</table>", "a\n\nb"),
        ("<table><tr><td>x<tr><td><h2>Del</h2><p>y</table>", "x\n\n## Del\n\ny"),
        (
            "<table><tr><th>A<th>B<tr><td><ul><li>x<li>y</ul><td>z</table>",
            "| A | B |\n| --- | --- |\n| • x<br>• y | z |",
        ),
        (
            "<table><tr><td rowspan=2>A<td>B<tr><td>C<tr><td colspan=2>D</table>",
            "| A | B |\n| --- | --- |\n|  | C |\n| D |  |",
        ),
        ("<pre class=language-python>a = 1\n  b</pre>", "```python\na = 1\n  b\n```"),
        ("<pre>```\nx\n```</pre>", "````\n```\nx\n```\n````"),
        ("<p><code>a`b</code> <code>x</code></p>", "`` a`b `` `x`"),
        ("<blockquote><p>a<p>b</blockquote>", "> a\n>\n> b"),
        ('<details><summary>Si "ja"</summary><p>a</details>', '??? note "Si &quot;ja&quot;"\n    a'),
        ('<div class="alert alert-warning"><p>Pass på</p></div>', '!!! warning ""\n    Pass på'),
        (
            '<details class="instructor"><summary>For kursholderen</summary><p>Hent vann.</details>',
            "!!! instructor\n    Hent vann.",
        ),
        (
            '<div class="admonition exercise"><p class="admonition-title">Øv</p>x</div>',
            '!!! exercise "Øv"\n    x',
        ),
        (
            '<h2 id="a">A</h2><p>x <a href="#s">ned</a></p><section id="s"><h2>B</h2><p>y</section>',
            "## A\n\nx [ned](#b)\n\n## B\n\ny",
        ),
        ("<dl><dt>Ord<dd>Forklart<dd>To ganger</dl>", "Ord\n:   Forklart\n\n:   To ganger"),
        (
            "<figure><img src=%C3%A5rshjul.png alt=Hjul><figcaption>Figur</figcaption></figure>",
            "![Hjul](bilder/arshjul.png)\n\n*Figur*",
        ),
        (
            "<img src=%C3%A5rshjul.png alt='Et [hjul] &amp; \"mer\"'>",
            '![Et \\[hjul\\] & "mer"](bilder/arshjul.png)',
        ),
        ("<p>H<sub>2</sub>O <u>under</u> <kbd>Ctrl</kbd>", "H<sub>2</sub>O under <kbd>Ctrl</kbd>"),
        ('<a href="side2.html#x">neste</a>', "[neste](lesson:1)"),
        ('<a href="https://a.no/x y">a</a>', "[a](https://a.no/x%20y)"),
        ('<a href="https://a.no/x_(y)">a</a>', "[a](https://a.no/x_%28y%29)"),
        (
            '<a href="javascript:alert(1)">a</a><a href="data:text/html,x">b</a><a href="//a.no">c</a>',
            "ab[c](https://a.no)",
        ),
        ('<h2 id="a">En <b>ting</b></h2><p><a href="#a">opp</a>', "## En **ting**\n\n[opp](#en-ting)"),
        (
            '<p>x<sup><a id=r href="#n">1</a></sup><ol><li id=n>Note <a href="#r">↑</a></ol>',
            "x[^1]\n\n[^1]: Note",
        ),
        ("<hr>", "* * *"),
        ("<style>p{}</style><script>alert(1)</script><!-- x --><p onclick=x>a", "a"),
    ],
)
def test_each_element_has_its_form(html: str, expected: str):
    assert written(html) == expected


@pytest.mark.parametrize(
    "text",
    [
        "# a",
        "1. a",
        "- a",
        "+ a",
        "> a",
        "!!! note",
        "??? note",
        ": a",
        "===",
        "---",
        "```",
        "~~~",
        "| a |",
        "[^1]: a",
        "*[A]: a",
        '--8<-- "x"',
        "<quiz>",
        "{: .x }",
        "&lt;",
        "&copy;",
        "[a](id:b)",
        "![a](b)",
        "[[a]]",
        "+47 22",
        "-5",
        "a\\",
        "http://a.no",
    ],
)
def test_signs_in_a_text_are_only_signs(text: str):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    for html in (
        f"<p>{escaped}</p>",
        f"<p>x<br>{escaped}</p>",
        f"<ul><li>{escaped}</li></ul>",
        f"<h2>{escaped}</h2>",
    ):
        body = written(html)
        shown = shown_words(rendered(body))
        assert [one for one in shown if one != "x"] == text.split(), body
        assert not outline(body).reuses


def test_a_row_is_one_row():
    assert inline("<p>Er 2 &lt; 3?</p><ul><li><b>Ja</b></ul>", NOWHERE, "x").body == "Er 2 &lt; 3? • **Ja**"
    assert plain("<h1>Et <em>navn</em>\n&amp; mer</h1>") == "Et navn & mer"


@pytest.mark.parametrize(
    ("alt", "kept", "told"),
    [
        ("IMG_1234.JPG", "", "it has no alternative text"),
        (
            "Et bilde som inneholder brann Automatisk generert beskrivelse",
            "Et bilde som inneholder brann",
            "a program guessed it",
        ),
        ("A fire. Description automatically generated", "A fire", "a program guessed it"),
        ("En brann", "En brann", ""),
    ],
)
def test_an_alternative_text_is_what_a_person_wrote(alt: str, kept: str, told: str):
    text = markdown(f'<img src="%C3%A5rshjul.png" alt="{alt}">', Beside(), "x")

    assert text.body == f"![{kept}](bilder/arshjul.png)"
    assert told in " ".join(one.why for one in text.losses)
    assert bool(text.losses) == bool(told)


def test_a_page_that_nests_deep_keeps_its_words_or_is_refused():
    assert written("<div>" * 1_500 + "<b>" * 300 + "x").strip("*") == "x"
    with pytest.raises(KompetanseError, match=r"side1\.html: it nests thousands of elements deep"):
        written("<div>" * 5_000 + "x")


def test_merged_cells_do_not_fill_the_memory():
    assert len(written("<table>" + "<tr><td colspan=9999 rowspan=9999>x" * 50 + "</table>")) < 100_000
