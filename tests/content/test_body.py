"""What a Markdown body holds that others ask about."""

from __future__ import annotations

import pytest

from kompetanse.content.body import line_at, mask, outline, plain, section


def links(body: str) -> list[tuple[str | None, str, bool]]:
    found = outline(body).links
    assert all(body[link.start : link.end] == link.target for link in found)
    return [(link.text, link.target, link.picture) for link in found]


def headings(body: str) -> list[tuple[int, str, str]]:
    return [(one.level, one.text, one.anchor) for one in outline(body).headings]


HIDDEN = {
    "code": "Skriv `[a](b.md)` slik.",
    "code with two signs": "Skriv ``[a](b.md) ` `` slik.",
    "code over a row end": "Skriv `[a]\n(b.md)` slik.",
    "a block": "```\n[a](b.md)\n```\n",
    "a block with a language": "```markdown title='x'\n[a](b.md)\n```\n",
    "a block with waves": "~~~\n[a](b.md)\n```\n[a](b.md)\n~~~\n",
    "a longer block": "````\n```\n[a](b.md)\n```\n````\n",
    "a block in a list": "- a\n\n    ```\n    [a](b.md)\n    ```\n",
    "a block in a quotation": "> ```\n> [a](b.md)\n> ```\n",
    "a comment": "<!-- [a](b.md) -->",
    "a comment over rows": "<!--\n[a](b.md)\n\n## Tittel\n-->",
    "code in a comment": "<!-- ` --> <!-- [a](b.md) ` -->",
}


@pytest.mark.parametrize("name", HIDDEN)
def test_code_and_comments_hide_what_is_in_them(name: str):
    body = HIDDEN[name]

    masked = mask(body)

    assert links(body) == []
    assert len(masked) == len(body)
    assert [i for i, sign in enumerate(masked) if sign == "\n"] == [
        i for i, sign in enumerate(body) if sign == "\n"
    ]


SHOWN = {
    "in a block that is never closed": "```\n[a](b.md)\n",
    "in a comment that is never closed": "<!-- [a](b.md)",
    "in code whose first sign is escaped": "En \\\\` her [a](b.md) og ` der.",
    "after code": "`kode` [a](b.md)",
    "after a block": "```\nkode\n```\n[a](b.md)",
    "after a comment": "<!-- x --> [a](b.md)",
    "after the start of a comment in code": "Skriv `<!--` først. [a](b.md)",
    "between two lone signs of code": "En ` her.\n\n[a](b.md)\n\nEn ` der.",
    "after signs that do not match": "En `` her, en ` der. [a](b.md)",
    "after waves in a row": "a ~~~ b\n[a](b.md)",
}


@pytest.mark.parametrize("name", SHOWN)
def test_what_stands_outside_code_and_comments_is_seen(name: str):
    assert links(SHOWN[name]) == [("a", "b.md", False)]


LINKS = {
    "[a](b.md)": ("a", "b.md", False),
    "[a](b.md#c)": ("a", "b.md#c", False),
    '[a](b.md "En tittel")': ("a", "b.md", False),
    "[a](b.md 'En tittel')": ("a", "b.md", False),
    "[a](b.md (En tittel))": ("a", "b.md", False),
    '[a](b.md\n"En tittel")': ("a", "b.md", False),
    "[a](<b c.md>)": ("a", "b c.md", False),
    '[a](<b c.md> "En tittel")': ("a", "b c.md", False),
    "[a](b_(c).md)": ("a", "b_(c).md", False),
    "[a]( b.md )": ("a", "b.md", False),
    "[a [b] c](d.md)": ("a [b] c", "d.md", False),
    r"[a \] b](c.md)": (r"a \] b", "c.md", False),
    "[to\nrader](b.md)": ("to\nrader", "b.md", False),
    "[a]()": ("a", "", False),
    "[](b.md)": ("", "b.md", False),
    "[a](id:brann#b)": ("a", "id:brann#b", False),
    "[**a**](b.md){ .knapp }": ("**a**", "b.md", False),
    "![a](b.svg)": ("a", "b.svg", True),
    "![](b.svg)": ("", "b.svg", True),
    '![](b.svg){ alt="Et hus" }': ("Et hus", "b.svg", True),
    "![a](b.svg){ width=300 }": ("a", "b.svg", True),
    "[a]: b.md": ("a", "b.md", False),
    '[a]: <b.md> "En tittel"': ("a", "b.md", False),
    "   [a]: https://example.no": ("a", "https://example.no", False),
    '<a href="b.md">a</a>': ("", "b.md", False),
    "<a class=x href='b.md'>a</a>": ("", "b.md", False),
    "<A HREF=b.md>a</A>": ("", "b.md", False),
    '<img src="b.svg" alt="Et hus">': ("Et hus", "b.svg", True),
    '<img alt="" src="b.svg"/>': ("", "b.svg", True),
    '<img src="b.svg">': (None, "b.svg", True),
}


@pytest.mark.parametrize("body", LINKS)
def test_a_link_is_found_however_it_is_written(body: str):
    assert links(f"Se {body}") == [LINKS[body]] or links(body) == [LINKS[body]]


def test_a_picture_that_is_a_link_is_both():
    assert links("[![Et hus](hus.svg)](hus.md)") == [
        ("![Et hus](hus.svg)", "hus.md", False),
        ("Et hus", "hus.svg", True),
    ]


@pytest.mark.parametrize(
    "body",
    ["[a]", "[a] (b.md)", "[x] ferdig", "[^1]: En note.", "*[HMS]: Helse", "<abbr title='a'>", "[a](b c.md)"],
)
def test_what_looks_like_a_link_and_is_none(body: str):
    assert links(body) == []


HEADINGS = {
    "# Vakt": (1, "Vakt", "vakt"),
    "###### Dypt": (6, "Dypt", "dypt"),
    "## Vakt ##": (2, "Vakt", "vakt"),
    "## C#": (2, "C#", "c"),
    "## Før og etter påske": (2, "Før og etter påske", "for-og-etter-paske"),
    "## Vakt {#egen}": (2, "Vakt", "egen"),
    "## Vakt {: #egen .stor }": (2, "Vakt", "egen"),
    "## Se [reglene](a.md)": (2, "Se [reglene](a.md)", "se-reglene"),
    "## Bruk `git`": (2, "Bruk `git`", "bruk-git"),
    "## `git` og `gh`": (2, "`git` og `gh`", "git-og-gh"),
    "## *Viktig*": (2, "*Viktig*", "viktig"),
    "## !!!": (2, "!!!", "del"),
    "Vakt\n====": (1, "Vakt", "vakt"),
    "Vakt\n----": (2, "Vakt", "vakt"),
    "Vakt {#egen}\n---": (2, "Vakt", "egen"),
    "Bruk `git`\n---": (2, "Bruk `git`", "bruk-git"),
}


@pytest.mark.parametrize("body", HEADINGS)
def test_a_heading_is_found_however_it_is_written(body: str):
    assert headings(f"{body}\n\nTekst.\n") == [HEADINGS[body]]


@pytest.mark.parametrize(
    "body",
    [
        "#tagg",
        "####### sju",
        "\\# a",
        "- a\n---",
        "> a\n---",
        "a\n\n---",
        "```\n# a\n```",
        "    # a",
        "1. a\n---",
    ],
)
def test_what_looks_like_a_heading_and_is_none(body: str):
    assert headings(body) == []


def test_equal_headings_get_different_anchors():
    assert [anchor for _, _, anchor in headings("## Vakt\n\n## Vakt\n\n### Vakt\n")] == [
        "vakt",
        "vakt-2",
        "vakt-3",
    ]


def test_levels_are_those_of_the_headings():
    body = "# En\n\nTo\n---\n\n### Tre\n\n```\n# kode\n```\n"

    assert outline(body).levels == tuple(level for level, _, _ in headings(body)) == (1, 2, 3)


def test_anchors_are_headings_attributes_and_html():
    body = '## Vakt\n\nTekst.\n{: #avsnitt }\n\n<div id="boks"><a name="gammel"></a></div>\n\n`{#kode}`\n'

    assert outline(body).anchors == {"vakt", "avsnitt", "boks", "gammel"}


def test_reuse_is_a_line_of_its_own():
    body = '--8<-- "a"\n\n    --8<-- "b#c"\n\nSkriv --8<-- "d" slik.\n\n```\n--8<-- "e"\n```\n'

    assert [(one.id, one.anchor) for one in outline(body).reuses] == [("a", ""), ("b", "c")]


def test_a_section_ends_at_the_next_heading_of_its_level_or_higher():
    body = "## En\n\nA.\n\n### Under\n\nB.\n\n## To\n\nC.\n"

    assert section(body, outline(body), "en") == "## En\n\nA.\n\n### Under\n\nB.\n"
    assert section(body, outline(body), "under") == "### Under\n\nB.\n"
    assert section(body, outline(body), "to") == "## To\n\nC.\n"
    assert section(body, outline(body), "tre") is None


def test_the_line_of_a_place_is_counted_from_zero():
    assert [line_at("a\nb\nc", place) for place in (0, 2, 4)] == [0, 1, 2]


def test_plain_words_have_no_marks():
    assert plain("**Se** [`reglene`](a.md)") == "Se reglene"


@pytest.mark.parametrize(
    "piece", ["<a ", "<img ", "[", "![", "`x", "<!--", "{#", "[a](", "```\n", "--8<-- ", "](a"]
)
def test_a_hostile_body_is_read_all_the_same(piece: str):
    body = piece * 3000

    found = outline(body)

    assert len(mask(body)) == len(body)
    assert not any(link.picture and link.text for link in found.links)
