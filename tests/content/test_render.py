"""What may stand on a page, whoever wrote it."""

from __future__ import annotations

import pytest
from markdown import markdown

from kompetanse.render import EXTENSIONS, clean


def shown(body: str) -> str:
    return clean(markdown(body, extensions=list(EXTENSIONS), extension_configs=dict(EXTENSIONS)))


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href='java&#10;script:alert(1)'>a</a>",
        "[a](javascript&colon;alert(1))",
        "[a](data:text/html,x)",
        "[a](/a){ onclick=alert(1) }",
        "<button formaction='javascript:alert(1)'>a</button>",
        "<form action='https://example.no'><input></form>",
        "<svg><a href='javascript:alert(1)'>a</a></svg>",
        "<p style='position:fixed;background:url(https://example.no)'>a</p>",
        "<iframe src='https://example.no'></iframe>",
        "```\n<script>alert(1)</script>\n\n<script>alert(2)</script>".replace("```", "<!-- "),
    ],
)
def test_nothing_that_runs_sends_or_restyles_is_left(body: str) -> None:
    html = shown(body).lower()

    gone = ("<script", "<svg", "<iframe", "<!--", " on", "script:", "data:", "action=", "position")
    assert [sign for sign in gone if sign in html] == []


@pytest.mark.parametrize(
    "html",
    [
        '<p class="kmp-lead" id="a" lang="nn">a <a href="../b/#c" hreflang="nb" rel="next" title="t">b</a></p>',
        '<a href="mailto:a@example.no">a</a>, <a href="tel:+4722000000">b</a>',
        '<table><thead><tr><th scope="col" style="text-align:right">a</th></tr></thead></table>',
        '<form class="kmp-filter" data-kmp="filter" role="search" aria-label="a" hidden=""><label for="b">c</label>'
        '<input id="b" name="c" type="search" autocomplete="off"><select name="d"><option value="">e</option></select>'
        '<button type="reset">f</button></form>',
        '<details open=""><summary>a</summary><time datetime="2026-01-01">b</time></details>',
        '<ol start="3"><li>a<br><abbr title="b">c</abbr><sup id="fnref:1">1</sup></li></ol>',
        '<figure><img alt="a" src="b.svg" width="3" height="4" loading="lazy"><figcaption>c</figcaption></figure>',
        '<div class="highlight"><pre><span></span><code>a &lt; b\n</code></pre></div>',
    ],
)
def test_what_our_pages_are_made_of_is_left_as_it_is(html: str) -> None:
    assert clean(html) == html
