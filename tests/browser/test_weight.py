"""What a reader with a poor connection waits for: few requests, and little in them."""

from __future__ import annotations

import gzip

import pytest

KILOBYTES = 120
OWN_SCRIPTS = 40
REQUESTS = 15
PACKED = ("font/", "image/png", "image/jpeg", "image/webp")
"""Types that are compressed as they are."""


def over_the_wire(response) -> int:
    """Return the bytes of a response's body as a web server sends them, gzipped where that helps."""
    if response.headers.get("content-type", "").startswith(PACKED) or response.url.endswith(".woff2"):
        return len(response.body())
    return len(gzip.compress(response.body(), 9))


@pytest.fixture
def sizes(site, browser, samples, name):
    """Bytes over the wire of each file that the page of that name asks a new reader's browser for."""
    context = browser.new_context(viewport={"width": 390, "height": 900})
    page = context.new_page()
    responses = []
    page.on("response", lambda response: responses.append(response))  # noqa: PLW0108 - Playwright marks what it is given

    page.goto(site.home + samples[name], wait_until="networkidle")

    yield {one.url.removeprefix(site.home): over_the_wire(one) for one in responses}
    context.close()


@pytest.mark.parametrize("name", ["home", "role", "course", "module"])
def test_a_page_is_light(sizes):
    assert len(sizes) <= REQUESTS, sizes
    assert sum(sizes.values()) <= KILOBYTES * 1000, sizes


@pytest.mark.parametrize("name", ["course", "mapping", "unit"])
def test_a_page_has_little_javascript_of_ours(sizes):
    own = {
        url: size
        for url, size in sizes.items()
        if url.startswith("assets/kompetanse/") and url.endswith(".js")
    }

    assert 0 < sum(own.values()) <= OWN_SCRIPTS * 1000, own


def test_the_search_is_fetched_when_the_reader_turns_to_it(visit):
    seen = visit()
    before = [url for url in seen.requests if "/search-" in url or "/sok/" in url]

    with seen.page.expect_response("**/sok/indeks/manifest.js"):
        seen.page.focus("#kmp-query")

    assert before == []
