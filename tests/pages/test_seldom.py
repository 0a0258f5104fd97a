"""What is looked for only where a word of it stands is found as `re` finds it in the whole text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.pages import markdown, scope
from kompetanse.pages.seldom import Seldom

PATTERNS = {
    "fences": markdown.BLOCK_CODE,
    "code": markdown.CODE,
    "exercises": markdown._EXERCISE,
    "blocks for instructors": markdown._INSTRUCTOR,
    "questions": markdown._QUIZ_OR_CODE,
    "blocks": markdown._BLOCK,
    "headings": scope._HEADING,
    "labels": scope._LABEL,
}

PIECES = (
    *(
        "\n",
        "\n\n",
        "    ",
        " ",
        "\t",
        "> ",
        "x",
        "æ",
        "`",
        "``",
        "```",
        "~~~",
        "~~~~",
        "#",
        "## ",
        "[a]",
        "[a]: ",
        "]:",
    ),
    *("!!! exercise", "??? exercise", "???+ exercise", "!!! instructor", '!!! example "T"', "??? keypoints"),
    *("<quiz>\n", "</quiz>", "<quiz>", "- [x] ja\n", "href=", '"#a"'),
)


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=PATTERNS)
@given(text=st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_finds_what_re_finds(pattern: Seldom, text: str) -> None:
    whole = re.compile(pattern._pattern.pattern, re.MULTILINE)

    found = [(one.span(), one.groups()) for one in pattern.finditer(text)]

    assert found == [(one.span(), one.groups()) for one in whole.finditer(text)]


def test_puts_the_change_of_each_match_in_its_place() -> None:
    headings = Seldom(("#",), r"^(#+) ")

    assert headings.sub(lambda found: f"{found[1]}# ", "# A\ntext #1\n## B") == "## A\ntext #1\n### B"
    assert headings.sub(lambda found: "", "no heading") == "no heading"


LINK = r"(\]\(\s*<?|^ {0,3}\[[^\]]+\]:[ \t]*<?|\b(?:href|src)=[\"'])(id|asset):([^\s)>\"'#]*)(#[^\s)>\"']*)?"
TO_ANCHOR = r"(\]\(\s*<?#|\]:[ \t]*<?#|\bhref=[\"']#)(?!top\b)([^\s)>\"']+)"
LINK_PIECES = (
    *(
        "[",
        "]",
        "](",
        "]:",
        "(",
        " ",
        "\n",
        "   [x",
        "x",
        "<",
        "id:",
        "id:ab",
        "asset:c.svg",
        "#del",
        '"',
        ")",
    ),
    *("href=", 'href="', "src=", "src='", "xhref=", " href='#", "](#", "]: #", "#top", "æ"),
)


@given(text=st.lists(st.sampled_from(LINK_PIECES), max_size=25).map("".join))
def test_what_looks_back_for_speed_finds_what_looks_at_every_letter(text: str) -> None:
    links = markdown._LINK_OR_LABEL if "]:" in text else markdown._LINK

    for fast, plain in ((links, LINK), (scope._TO_ANCHOR, TO_ANCHOR)):
        found = [(one.span(), one.groups()) for one in fast.finditer(text)]
        assert found == [(one.span(), one.groups()) for one in re.finditer(plain, text, re.MULTILINE)]
