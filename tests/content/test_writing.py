"""Words that must not stand in a text, and texts that are hard to read."""

from __future__ import annotations

from itertools import count
from pathlib import PurePosixPath

import pytest

from kompetanse.content.checks.writing import check, is_national_identity_number, lix
from kompetanse.content.frontmatter import Source


def found(body: str, raw: str = "") -> list[tuple[int, str]]:
    line = raw.count("\n") + 2 if raw else 1
    return [(one.line, one.code) for one in check(Source(PurePosixPath("content/a.md"), {}, raw, body, line))]


def made(day_and_month: str) -> str:
    """Return a number with right check digits that belongs to nobody: made here, never looked up."""
    for serial in count(100):
        nine = f"{day_and_month}90{serial}"
        for last in range(100):
            if is_national_identity_number(number := f"{nine}{last:02}"):
                return number
    raise AssertionError


SYNTHETIC = {
    "with 80 on the month": made("0181"),
    "with 40 on the month": made("0141"),
    "a D number": made("4181"),
}


@pytest.mark.parametrize("name", SYNTHETIC)
def test_an_identity_number_is_found_however_it_is_written(name: str):
    number = SYNTHETIC[name]

    for written in (
        number,
        f"{number[:6]} {number[6:]}",
        f"{number[:6]}-{number[6:]}",
        f"{number[:6]}\u00a0{number[6:]}",
        f"{number[:2]}.{number[2:4]}.{number[4:6]} {number[6:]}",
    ):
        assert found(f"Ring.\n\nNummeret er {written}.\n") == [(3, "identity-number")]


def test_an_identity_number_is_found_in_front_matter_and_in_code():
    number = SYNTHETIC["with 80 on the month"]

    assert found("Tekst.\n", f"\ntitle: Vakt\nowner: {number}\n") == [(3, "identity-number")]
    assert found(f"`{number}`\n") == [(1, "identity-number")]


def test_every_other_check_digit_passes():
    number = SYNTHETIC["with 80 on the month"]
    others = [f"{number[:9]}{last:02}" for last in range(100) if f"{last:02}" != number[9:]]

    assert [one for one in others if is_national_identity_number(one)] == []


@pytest.mark.parametrize("start", ["0013", "3213", "7281", "0100", "0133", "0193"])
def test_a_day_or_month_that_does_not_exist_passes(start: str):
    numbers = (f"{start}90100{last:02}" for last in range(100))

    assert not any(is_national_identity_number(number) for number in numbers)


@pytest.mark.parametrize(
    "text",
    [
        "Sak 2026/1234567",
        "Saksnummer 202612345678",
        "Konto 1234 56 78903",
        "Konto 12345678903",
        "Telefon +47 22 00 00 00",
        "Org.nr. 987 654 321",
        f"Strekkode 7{SYNTHETIC['a D number']}",
        f"Strekkode {SYNTHETIC['a D number']}7",
    ],
)
def test_case_numbers_accounts_and_barcodes_pass(text: str):
    assert found(text + "\n") == []


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<IFRAME src=x>",
        "<style>p {}</style>",
        "<form>",
        "<p onclick='x()'>",
        "<img src=x onerror = y>",
        "<svg/onload=x>",
        "<img src='x'onerror=y>",
        "<img title='>' onerror=y>",
        '<img title=a"b onerror=y>',
        "<a\nhref=x\nonmouseover=y>",
        "<video formaction=x>",
        "<button>a</button>",
        "<svg></svg>",
        "```\n<script>",
        "<!-- <script>",
        "<!--> <script> -->",
        "<!-- <script> <!-- -->",
        "\\`<script>\\`",
        "``` a b\n<script>\n```",
        "```\n<script>\n````",
        "- a\n\n    ```\n<script>\n    ```",
        "a `b\n<script>\nc`",
        "<div>\n`<script>`\n</div>",
        "[a](/b){ onclick=x }",
        "[a](/b){: href='//x' }",
        '## A { style="x" }',
        '[a](/b){ title="c" formaction=x }',
    ],
)
def test_html_that_runs_is_found(html: str):
    assert {code for _, code in found(f"Tekst.\n\n{html}\n")} == {"active-html"}


@pytest.mark.parametrize(
    "html",
    [
        "<b>fet</b>",
        "<div class='a'>onsdag = 3</div>",
        "`<script>`",
        "<!-- <script> -->",
        "a < b, onsdag = 3",
        "<br>",
        "```html\n<script>\n```",
        "> ~~~ {.html}\n> <script>\n> ~~~",
        "<!--\n<script>\n\n-->",
        "`{ onclick=x }`",
        '![a](b.svg){ .wide #b alt="c=d" width=3 data-e=f }',
        "JavaScript: et språk (javascript: det også)",
        "`[a](javascript:b)`",
    ],
)
def test_html_that_only_shows_passes(html: str):
    assert found(f"Tekst.\n\n{html}\n") == []


@pytest.mark.parametrize(
    "link",
    [
        "[a](java&#115;cript:b)",
        "[a](java&Tab;script:b)",
        "[a](<java\tscript:b>)",
        "<img src='&#1;JavaScript&colon;b'>",
        "<area-a href=vbscript:b>",
        "[a](&#100;ata:text/html,b)",
        "```\n[a](java&#115;cript:b)",
    ],
)
def test_an_address_that_runs_is_found_however_it_is_dressed_up(link: str):
    lines = link.count("\n") + 3

    assert (lines, "unsafe-link") in found(f"Tekst &#10; her.\n\n{link}\n")


def test_a_heading_that_jumps_is_found_at_its_line():
    assert found("## A\n\n### B\n\n## C\n\n#### D\n") == [(7, "heading-jump")]
    assert found("### A\n") == [(1, "heading-jump")]
    assert found("# A\n\n## B\n") == []


def test_a_question_that_is_not_closed_is_found_where_it_opens():
    body = "Tekst.\n\n<quiz>\nA?\n\n- [x] a\n\n<quiz>\nB?\n\n- [x] b\n</quiz>\n"

    assert found(body) == [(3, "quiz-not-closed")]


def test_a_question_in_code_is_an_example():
    assert found("~~~\n<quiz>\n</quiz>\n~~~\n\n`<quiz>`\n\n<!-- <quiz> -->\n") == []


def test_lix_is_words_a_sentence_plus_long_words_in_per_cent():
    ten = "En to tre fire fem seks sju åtte ni langtord. "

    assert lix(ten * 10) == 10 + 10


def test_a_short_text_is_not_judged():
    assert lix("Opplæringsvirksomhetsplanlegging " * 79) is None
    assert lix("Opplæringsvirksomhetsplanlegging " * 80) == 180


def test_lists_headings_and_paragraphs_end_a_sentence():
    rows = ["en to tre fire fem seks sju åtte ni ti"] * 10

    assert lix("\n".join(f"- {row}" for row in rows)) == 10
    assert lix("\n\n".join(rows)) == 10
    assert lix("\n".join(f"## {row}" for row in rows)) == 10


def test_code_addresses_and_questions_are_not_words():
    text = "En to tre fire fem seks sju åtte ni ti. " * 10
    noise = (
        "```\n"
        + "langtlangtord " * 50
        + "\n```\n\n<quiz>\n"
        + "langtlangtord " * 50
        + "\n\n- [x] ja\n</quiz>\n"
    )

    assert lix(text + "\n\n" + noise) == 10
    assert lix(text.replace("ti.", "[ti](https://example.no/langtlangtord/langtlangtord).")) == 10


def test_a_plain_text_is_no_problem_and_a_hard_one_is_told_where_it_starts():
    plain = "\n\n" + "Vi møtes på vakten hver dag. " * 30
    hard = "\n\n" + "Opplæringsvirksomhetsplanlegging forutsetter dokumentasjonsforpliktelser " * 45 + ".\n"

    assert found(plain) == []
    assert found(hard) == [(3, "hard-to-read")]


@pytest.mark.parametrize(
    "piece", ["<a ", "<img ", "<quiz>\n", "```\n", "[", "\n ", "<", "12345 ", "- [x] ", "!!! "]
)
def test_a_hostile_text_is_read_all_the_same(piece: str):
    assert {code for _, code in found(piece * 3000)} <= {"quiz-not-closed", "hard-to-read"}
