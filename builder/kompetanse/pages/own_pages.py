"""The pages that the site makes itself, one by one, and the data that their scripts read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from markupsafe import escape

from kompetanse.model.item import KINDS, Page
from kompetanse.model.own_address import (
    CHECK,
    INDEX,
    LICENCE,
    MAPPING,
    OFFLINE_PAGE,
    REVIEW,
    SEARCH,
    UNIT,
)
from kompetanse.pages import adopted, data, finding, home, jsonld, lists, offers, tools
from kompetanse.pages.file import DENSE, StagedFile, front_matter, in_script, scripts
from kompetanse.pages.view import View


def list_of(view: View, kind: str) -> Iterator[StagedFile]:
    """Yield the list of the items of `kind`, where there are any, or the region has a text for it."""
    here = view.at(INDEX[kind])
    own = view.site.own(here.address)
    if own or view.catalogue.published(KINDS[kind]):
        yield _listed(here, lists.index(here, kind, own), own)


def first(view: View) -> Iterator[StagedFile]:
    """Yield the first page."""
    here = view.at("")
    own = view.site.own(here.address)
    yield _listed(here, home.home(here, own), own)


SINGLE: Mapping[str, Callable[[View], lists.Listing]] = {
    REVIEW: lists.review,
    LICENCE: lists.licence,
    MAPPING: tools.mapping,
    UNIT: tools.unit,
    OFFLINE_PAGE: tools.offline,
    SEARCH: finding.search,
}
"""Pages that the site makes one of in each language."""


def single(view: View, address: str) -> Iterator[StagedFile]:
    """Yield the page that `SINGLE` names by its address."""
    here = view.at(address)
    yield _listed(here, SINGLE[address](here))


def check(view: View) -> Iterator[StagedFile]:
    """Yield the page on which a certificate is checked, on a site that can."""
    if view.catalogue.region.issuer.is_known:
        here = view.at(CHECK)
        yield _listed(here, tools.check(here))


def of_others(view: View) -> Iterator[StagedFile]:
    """Yield the pages of what other regions offer, and of what was adopted."""
    for address, page in (*offers.pages(view), *adopted.pages(view)):
        yield _listed(view.at(address), page)


def names(view: View) -> Iterator[StagedFile]:
    """Yield the names by which one narrows a search."""
    yield StagedFile(*finding.names(view))


def framework(view: View) -> Iterator[StagedFile]:
    """Yield the names that the pages of mapping and of the unit read."""
    yield from _data(view, [(data.INDEX, data.index(view.at(MAPPING)))])


def courses(view: View) -> Iterator[StagedFile]:
    """Yield all courses with their modules, for those who go on where they left."""
    yield from _data(view, [(data.COURSES, data.courses(view.at(MAPPING)))])


def role(view: View, id_: str) -> Iterator[StagedFile]:
    """Yield what the pages of mapping and of the unit read of the role `id_`."""
    yield from _data(view, data.role(view.at(MAPPING), id_))


def _data(view: View, files: Iterable[tuple[str, Mapping[str, Any]]]) -> Iterator[StagedFile]:
    folder = view.place(MAPPING)
    for name, found in files:
        yield StagedFile(f"{folder}{name}", DENSE(found) + "\n")


def _listed(view: View, page: lists.Listing, own: Page | None = None) -> StagedFile:
    node = jsonld.own_page(view.site, view.address, view.language, page)
    head = {
        "title": str(escape(page.title)),
        "description": str(escape(page.lead)) if page.lead else None,
        "language": view.language,
        "robots": "noindex" if page.hidden else None,
        "jsonld": in_script(node),
        "scripts": scripts(page.text, page.scripts),
        "script": page.script,
        "styles": page.styles or None,
    }
    source = own.path if own else None
    text = front_matter(head) + page.text
    return StagedFile(f"{view.address}index.md", text, source, view.site.today, not page.hidden)
