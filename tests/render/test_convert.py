"""A text that is taken apart gives what Python-Markdown gives for it in one go, byte for byte."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kompetanse.render import EXTENSIONS, clean, convert, convert_clean
from kompetanse.render.blocks import written
from kompetanse.render.chunks import Kind, chunks
from kompetanse.render.seams import InseparableError
from kompetanse.render.whole import whole

TOP = Path(__file__).parents[2]
DATA = TOP.parent / "shared/data"

QUIZ = """\
<div class="kmp-quiz" data-kind="short" data-words="{&#34;a&#34;: &#34;å & b&#34;}" data-answers="[&#34;x&#34;]" markdown="1">

<p class="kmp-quiz__title">Oppgave 1</p>

<div class="kmp-quiz__stem" markdown="1">

Hva mangler: ett ____ i *teksten*?

</div>

<p class="kmp-quiz__how">Velg ett svar.</p>

- en
- to


<details class="kmp-quiz__answer" markdown="1"><summary>Vis svaret</summary>

- **Feil:** en<br><span class="kmp-quiz__feedback">Nei.</span>
**Svar:** to

<div class="kmp-quiz__explanation" markdown="1">

Fordi. Se [siden](../).

</div>

</details>

</div>"""
"""A question as pages write it."""

BLOCKS = [
    "Ren tekst om *brann* og **røyk**, se [siden](../kurs/) og `kode`.",
    "To rader\nmed § 4, «sitat» og 50 %.",
    "Rad med to mellomrom  \nog en rad til.",
    "Stjerner * og _strek_ og __to__ og *a **b** c* og **a*b**c*.",
    "Tegn: < & > \" ' &amp; &lt; \\* \\[x] {#a} {: .b} \\",
    "<https://example.no> og <b>fet</b> og <br> og ![bilde](a.png) og [tom]() og [ref] og [x][y].",
    '[lenke](a_b_c.md){ .knapp } og [med *em*](x) og [to](a b) og [t](u "tittel")',
    "# Tittel {#tittel}",
    "## Med *em* og `kode` {#med-em}",
    "## Uten anker",
    '## Nynorsk {#nn lang="nn"}',
    "100 mg *går\nover* og **to\n  rader** her\n2,5 mg, 10. og\n10.5 mg",
    "(Åpent) **é**\nÉn til\n`kode` først\n§ 4\n, og – ja",
    "- 0,5 mg\n- ,5 mg\n  1 g\n- § 4 `a*b*`\n- 75 mg : 25 mg",
    "![Bilde med § og (parentes).](../bilder/a_b.svg)\n![b](c){ .d }",
    "- ![Bilde](a.png) og ord\n- ![x]",
    '### Med klasse {#k .kmp-part lang="nn"}',
    "## Tegn & < {#tegn}",
    "#Ikke tittel",
    "Tittel\n======",
    "- en\n- to **fet**\n- tre",
    "- en\n  som går over to\n- to",
    "- en\nlat rad\n- to",
    "- en\n    - under\n- to",
    "- [ ] punkt\n- [x] gjort",
    "* stjerne\n* to",
    "1. en\n2. to",
    "1. **Stans:** en\n   som går over to\n2. [§ 4](x) her\n3. Fyll inn: ett ____ her",
    '- **Riktig:** ja<br><span class="kmp-quiz__feedback">Ja. *Da* går det.</span>\n- **Feil:** nei',
    "Fyll inn ____ og ____.",
    "Fyll inn ____.",
    "### 2. Med tall {#2-med-tall}",
    "### 2. Uten anker",
    "    innrykk",
    "  litt innrykk",
    "- ny liste etter",
    "> sitat\n> mer",
    '!!! note "Merk"\n    Innhold med **fet**.\n\n    - punkt\n\n    Mer.',
    '??? instructor "For deg som holder kurset"\n    Skjult.',
    '!!! example inline "Med ____ og *em*"\n    Rad en\n    og to.\n\n    1. en\n    2. to\n\n    Mer.',
    '???+ note "Åpen"\n    - en\n    - to\n\n    - tre',
    '!!! note ""\n    Uten navn.',
    '??? note "Med ## tittel"\n    ## Tittel {#inni}',
    "```python\nprint('a')\n\n# ikke tittel\n```",
    "~~~\n```\n~~~",
    "```\nåpen",
    "| a | b |\n|---|---|\n| 1 | **2** |",
    "a | b\n--- | ---\n1 | 2",
    "| a | b |\n|---|---|\n| `=B2*C2` | |\n| `a` og `b` | ![a](b) |",
    "| a | b |\n|---|---|\n| `a|b` | c |\n| ` | ` |",
    "Begrep\n: Forklaring",
    ": løs",
    "*[HLR]: hjerte-lunge-redning",
    "HLR er viktig.",
    "[ref]: https://example.no",
    "Fotnote[^1] her.",
    "[^1]: Noten.",
    "***",
    "---",
    "[TOC]",
    '<p class="kmp-lead">Ingress</p>',
    '<nav><ol>\n<li><a href="../">Forside</a></li>\n</ol></nav>\n<h1 id="top">Tittel</h1>',
    "<div>\n\n<p>luft</p>\n\n</div>",
    '<div markdown="1">\n\n**fet** tekst\n\n</div>',
    '<div class="a" markdown>\n## Anker {#anker}\n</div>',
    '<details markdown="1"><summary>S</summary>\n\n- a\n- b\n\n</details>',
    QUIZ,
    QUIZ.replace("- en", "- <b>en</b>"),
    '<div markdown="1">\n\n</div>',
    '<div data-a="&lt;&quot;&amp;amp;{x}" class="b" markdown="1">\n\nTekst\n\n- en\n\n- to\n\n</div>',
    '<div class="a" markdown="1">\n\n<p class="kmp-b">*ikke* em</p>\n\nTekst\n\n    kode\n\n</div>',
    '<dl class="kmp-card"><dt>Tid</dt><dd>30 min &amp; pause</dd></dl>\nTekst rett under',
    "<p>a</p><p>b</p>",
    "<span>inline</span> først",
    "<div>aldri lukket",
    "</div>",
    "<!-- kommentar -->",
    '<img src="a.png" alt="a > b">',
    '<p title="a > b">x</p>',
    "<hr>",
    "Tekst\n<p>html</p>",
    "$$x$$ og ~~strøket~~ og ==merket== og H~2~O",
    "Tabulator\ther",
    "Tegn som ikke er noe: &# &#x; &#1 &;",
    "2026. var et år",
    "+ pluss",
    "",
]
"""One of each thing that a text may hold, those that are taken apart and those that are not."""


def _same(text: str) -> None:
    html, headings = whole(text)
    assert convert(text) == (html, headings)
    assert convert_clean(text) == (clean(html), headings)


@pytest.mark.parametrize("block", BLOCKS)
def test_each_block_alone(block: str) -> None:
    _same(block)


@pytest.mark.parametrize("first", BLOCKS)
def test_each_two_blocks(first: str) -> None:
    for second in BLOCKS:
        _same(f"{first}\n\n{second}")


@settings(max_examples=150)
@given(st.lists(st.sampled_from(BLOCKS), max_size=8), st.sampled_from(["\n\n", "\n", "\n \n\n"]))
def test_any_blocks_together(blocks: list[str], between: str) -> None:
    _same(between.join(blocks))


INLINE = [
    "a",
    " ",
    ".",
    "*",
    "**",
    "_",
    "____",
    "`",
    "<br>",
    "[b](c)",
    "![d](e)",
    "1",
    "</span>",
    '<span class="kmp-x">',
    "å",
    "\n",
]
"""What words are made of."""


@settings(max_examples=300)
@given(st.lists(st.sampled_from(INLINE), max_size=12), st.sampled_from(["a", "- a", "1. a", "| a", "## a"]))
def test_any_words(parts: list[str], start: str) -> None:
    _same(start + "".join(parts))


@settings(max_examples=300)
@given(st.text("ab *_`[]()<>#-!&\\\n1.:|{}~\"' å", max_size=40))
def test_any_signs(text: str) -> None:
    _same(text)


@pytest.mark.parametrize(
    "folder", [TOP / "content", DATA / "infoportal", DATA / "git-novice"], ids=lambda one: one.name
)
def test_real_texts(folder: Path) -> None:
    if not folder.is_dir():
        pytest.skip("the data that nobody here wrote is not beside the project")
    for file in sorted(folder.rglob("*.md")):
        _same(file.read_text(encoding="utf-8").partition("\n---\n")[2])


@pytest.mark.parametrize(
    "text",
    [
        "Ren *tekst* og [lenke](../kurs/).",
        "## Tittel {#tittel}",
        "### Med klasse {#tittel .kmp-part}",
        "- en\n  rad til\n- to `kode`",
        "1. en\n2. **to:** og ____ her",
        "Ett *ord\nog* ![to](b.png)\n10 mg er *mye*, og\n`$F$1`.",
        "- 0,5 mg\n- ,5 mg\n- Én gang",
        "![Et bilde](../a.svg)",
        '## Nynorsk {#nn .kmp-part lang="nn"}',
        "| a | b |\n|---|---|\n| `=B2*C2` | |",
        '!!! note "Merk"\n    Innhold med **fet**.\n\n    - punkt\n\n    Mer.',
        '???+ instructor "For deg"\n    Skjult.',
        "| a | b |\n|---|---|\n| 1 | **2** |",
        QUIZ,
    ],
)
def test_the_plainest_texts_take_no_engine(text: str) -> None:
    assert written(text) == whole(text)


@settings(max_examples=300)
@given(st.lists(st.sampled_from(QUIZ.split("\n")), max_size=20))
def test_any_rows_of_a_question(rows: list[str]) -> None:
    _same("\n".join(rows))


def test_a_text_is_taken_apart_where_nothing_reaches_across() -> None:
    text = "<p>a</p>\n\nTekst\n\n- en\n\n    mer\n\n## To {#to}\n\n```\na\n\nb\n```\n"

    found = chunks(text)

    assert [chunk.text for chunk in found] == [
        "<p>a</p>\n",
        "Tekst",
        "- en\n\n    mer",
        "## To {#to}",
        "```\na\n\nb\n```",
    ]
    assert [chunk.kind for chunk in found] == [Kind.HTML, *[Kind.TEXT] * 4]


@pytest.mark.parametrize("text", ["[a]: b", "*[A]: b", "[^1]: c", "<!-- x -->", "```\nåpen", "a\tb", "<div>"])
def test_a_text_that_may_reach_across_is_not_taken_apart(text: str) -> None:
    with pytest.raises(InseparableError):
        chunks(f"Foran\n\n{text}\n\nEtter")


def test_the_extensions_are_those_that_the_rules_were_made_for() -> None:
    """Whoever adds one asks first what of it reaches across, and adds a block to this test."""
    assert list(EXTENSIONS) == [
        "abbr",
        "admonition",
        "attr_list",
        "def_list",
        "footnotes",
        "md_in_html",
        "tables",
        "toc",
        "pymdownx.details",
        "pymdownx.superfences",
        "pymdownx.highlight",
        "pymdownx.betterem",
        "sane_lists",
    ]
