"""What a page may load: its own origin, and the scripts that stand in it."""

from __future__ import annotations

from kompetanse.policy import with_policy

PAGE = '<!doctype html>\n<html><head>\n<meta charset="utf-8">\n{}</head><body></body></html>\n'
HELLO = "'sha256-mTytrf2QssaOZNGNRT1WCtMRd3ocH8LJxQQu5qMUanU='"
"""openssl dgst -sha256 -binary | base64, of `hello()`."""


def rule(html: str, name: str) -> str:
    """Return one rule of the page's policy."""
    policy = html.split('data-kmp="policy" content="')[1].split('"')[0]
    return next(one for one in policy.split("; ") if one.startswith(name + " "))


def test_the_policy_comes_right_after_the_charset():
    found = with_policy(PAGE.format(""))

    assert '<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy"' in found


def test_a_script_that_runs_is_named_by_its_hash():
    found = with_policy(PAGE.format("<script>hello()</script><script type=module>hello()</script>"))

    assert rule(found, "script-src") == f"script-src 'self' {HELLO}"


def test_data_and_scripts_with_an_address_need_none():
    found = with_policy(
        PAGE.format('<script src="a.js"></script><script type="application/ld+json">{}</script>')
    )

    assert rule(found, "script-src") == "script-src 'self'"


def test_a_sheet_in_the_page_is_named_by_its_hash():
    found = with_policy(PAGE.format("<style>hello()</style>"))

    assert rule(found, "style-src-elem") == f"style-src-elem 'self' {HELLO}"


def test_what_a_comment_or_an_attribute_says_does_not_run():
    found = with_policy(
        PAGE.format('<!-- <script>hello()</script> --><meta content="<script>hello()</script>">')
    )

    assert rule(found, "script-src") == "script-src 'self'"


def test_ends_of_lines_count_as_a_browser_reads_them():
    unix, windows = (with_policy(PAGE.format(f"<script>a(){end}b()</script>")) for end in ("\n", "\r\n"))

    assert rule(unix, "script-src") == rule(windows, "script-src")


def test_twice_is_as_good_as_once():
    once = with_policy(PAGE.format("<script>hello()</script>"))

    assert with_policy(once) == once
    assert with_policy(once.replace("hello()", "bye()")).count("Content-Security-Policy") == 1


def test_a_fragment_stays_as_it_is():
    assert with_policy("<p>Hei</p>") == "<p>Hei</p>"
