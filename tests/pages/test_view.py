"""Where a page leads: relative addresses, and the source at whichever host it lies."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kompetanse.model.catalogue import Catalogue
from kompetanse.model.item import ItemId
from kompetanse.pages.relative import relative
from kompetanse.pages.view import Site


@pytest.mark.parametrize(
    ("start", "goal", "written"),
    [
        ("", "", "./"),
        ("", "kurs/brann/", "kurs/brann/"),
        ("kurs/brann/", "", "../../"),
        ("kurs/brann/", "kurs/brann/", "./"),
        ("kurs/brann/", "kurs/hlr/plan.svg", "../hlr/plan.svg"),
    ],
)
def test_addresses_are_relative_so_that_a_site_may_lie_anywhere(
    case: Callable[[str], Path], site_of: Callable[[Path], Site], start: str, goal: str, written: str
) -> None:
    view = site_of(case("each-kind")).view(start, "nb")

    assert view.href(goal) == written


_ADDRESSES = st.lists(st.sampled_from(("a", "b", "bb", "..", ".", "")), max_size=5).map("/".join)


@given(start=_ADDRESSES.map(lambda one: f"{one}/"), goal=_ADDRESSES.map(lambda one: f"{one}x"))
def test_a_relative_address_is_the_shortest_path(start: str, goal: str) -> None:
    found = relative(start, goal)

    assert found == posixpath.relpath(posixpath.join("/", goal), posixpath.join("/", start))


@pytest.mark.parametrize(
    ("repository", "edit", "commits"),
    [
        ("https://github.com/a/b", "/edit/main/content/om.md", "/commits/main/content/om.md"),
        ("https://gitlab.a.no/a/b", "/-/edit/main/content/om.md", "/-/commits/main/content/om.md"),
        ("https://git.a.no/a/b", "/_edit/main/content/om.md", "/commits/branch/main/content/om.md"),
        (None, None, None),
    ],
)
def test_a_page_leads_to_its_source(
    case: Callable[[str], Path],
    site_of: Callable[[Path], Site],
    repository: str | None,
    edit: str | None,
    commits: str | None,
) -> None:
    found = site_of(case("each-kind"))
    region = replace(found.catalogue.region, repository=repository)
    site = replace(found, catalogue=Catalogue(region, found.catalogue.items.values()))
    page = site.catalogue.items[ItemId("om")]

    links = [site.source_link(page, action) for action in ("edit", "commits")]

    assert links == [tail and f"{repository}{tail}" for tail in (edit, commits)]
