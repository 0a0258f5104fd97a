"""Nothing leaves the site, and nothing is kept on the device before the reader acts (ekomloven § 3-15)."""

from __future__ import annotations

import pytest

SCHEME = "[data-kmp=scheme]"


def test_a_search_keeps_nothing(visit, site, catalogue):
    seen = visit()

    seen.page.fill("#kmp-query", "kurs")
    seen.page.wait_for_selector("#kmp-found [role=option]")

    assert seen.stored() == []
    assert [url for url in seen.requests if not url.startswith(site.home)] == []
    assert seen.faults == []


def test_the_choice_of_colours_is_kept_when_it_is_made_and_only_that(visit):
    seen = visit()

    seen.page.click(SCHEME)

    assert seen.stored() == ["kompetanse.scheme"]
    assert seen.page.get_attribute("body", "data-md-color-scheme") == "slate"


def test_the_choice_of_colours_lasts_over_pages(visit, site, samples):
    page = visit().page
    page.click(SCHEME)

    page.goto(site.home + samples["course"])

    assert page.get_attribute("body", "data-md-color-scheme") == "slate"
    assert page.get_attribute(SCHEME, "aria-pressed") == "true"


@pytest.mark.parametrize(("scheme", "shown"), [("light", "default"), ("dark", "slate")])
def test_colours_follow_the_system_until_then(visit, scheme, shown):
    page = visit(scheme=scheme).page

    assert page.get_attribute("body", "data-md-color-scheme") == shown
