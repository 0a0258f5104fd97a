"""The text of a page for the search: what the short way reads is what a parser of HTML reads."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kompetanse_search.finished_text import parsed, plain, read

PARTS = [
    "<p>", "</p>", "<br>", "<br/>", '<h2 id="a&amp;b">', "<h2>", "</h2>", '<img alt="to &lt; tre" src="x">', "<img src=x />",
    '<a title="a > b">', "</a>", "<b>", "</b>", "<LI>", "<!-- <p>x</p> -->", "<script>", "</script>", "<", "&lt;p>", "&amp", "&#38;",
    "&", ">", '"', " ", "\n", "ord", "<td class='a'>", "<p hidden>", "</p >", "<br />", '<img alt="a" />', "<code/>", "<h3 />", "\0", "<title>", "<?php x ?>",
]  # fmt: skip


@settings(max_examples=1000)
@given(st.lists(st.sampled_from(PARTS), max_size=12))
def test_the_short_way_reads_what_the_parser_reads(parts: list[str]) -> None:
    html = "".join(parts)

    assert read(html) == parsed(html)


def test_plain_markup_takes_no_parser() -> None:
    html = (
        '<h2 id="brann">Brann &amp; røyk</h2>\n<p>Ring <strong>110</strong>.</p><img alt="Plan" src="a.png">'
    )

    assert plain(html)
    assert read(html).body == "Brann & røyk\nRing 110.\nPlan"
    assert [(one.text, one.anchor) for one in read(html).headings] == [("Brann & røyk", "brann")]
