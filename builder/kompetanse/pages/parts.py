"""A site as parts, each of which can be made alone: what one is made from stands in the tables that it reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from kompetanse.model.item import Item, ItemId, Role, Session
from kompetanse.model.own_address import INDEX
from kompetanse.pages import feeds, open_catalogue, own_pages
from kompetanse.pages.file import StagedFile
from kompetanse.pages.item_pages import pages_of, redirects
from kompetanse.pages.tokens import SHEET, tokens
from kompetanse.pages.view import Site, View

Name = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Some files of the site that are made together.

    Attributes:
        name: Tells it from others; the same for the same part of a later state.
        make: Makes its files from the site, and from nothing else.
        is_list: Whether it tells of many items, and so is made anew at nearly every change.
    """

    name: Name
    make: Callable[[Site], Iterable[StagedFile]]
    is_list: bool = False


def parts(site: Site) -> Iterator[Part]:
    """Yield the parts of `site`; of two files at one path the one that comes later stands."""
    visible = site.catalogue.visible(Item)
    yield from (_redirects(item.id) for item in visible if item.redirect_from)
    yield from (_pages(item.id) for item in visible)
    yield from (_data(language, role.id) for language in site.languages for role in _roles(site))
    yield from (_in_each_language(site, "names", own_pages.names))
    yield from (_in_each_language(site, "framework", own_pages.framework))
    yield from (_in_each_language(site, "courses", own_pages.courses))
    yield from (_calendar(one.id) for one in site.catalogue.visible(Session))
    yield Part(("calendars",), lambda site: (StagedFile(*found) for found in feeds.calendars(site)), True)
    yield Part(("open",), lambda site: (StagedFile(*found) for found in open_catalogue.written(site)), True)
    for language in site.languages:
        yield from _own(language)
    yield Part(("colours",), lambda site: [StagedFile(SHEET, tokens(site.catalogue.region.colours))])


def _roles(site: Site) -> Iterable[Role]:
    return site.catalogue.originals(Role)


def _redirects(id_: ItemId) -> Part:
    return Part(("redirects", id_), lambda site: redirects(site, site.catalogue.items[id_]))


def _pages(id_: ItemId) -> Part:
    return Part(("item", id_), lambda site: pages_of(site, site.catalogue.items[id_]))


def _calendar(id_: ItemId) -> Part:
    return Part(("calendar", id_), lambda site: [StagedFile(*feeds.of_session(site, id_))])


def _data(language: str, id_: ItemId) -> Part:
    return Part(("role", language, id_), lambda site: own_pages.role(site.view("", language), id_))


def _in_each_language(site: Site, name: str, make: Callable[[View], Iterable[StagedFile]]) -> Iterator[Part]:
    yield from (_in_language(language, name, make) for language in site.languages)


def _in_language(language: str, name: str, make: Callable[[View], Iterable[StagedFile]]) -> Part:
    return Part((name, language), lambda site: make(site.view("", language)), True)


def _own(language: str) -> Iterator[Part]:
    """Yield the pages that the site makes itself in `language`."""
    yield from (_list(language, kind) for kind in INDEX)
    yield _in_language(language, "first", own_pages.first)
    yield from (_single(language, address) for address in own_pages.SINGLE)
    yield _in_language(language, "check", own_pages.check)
    yield _in_language(language, "others", own_pages.of_others)


def _list(language: str, kind: str) -> Part:
    return _in_language(language, f"list {kind}", lambda view: own_pages.list_of(view, kind))


def _single(language: str, address: str) -> Part:
    return _in_language(language, f"page {address}", lambda view: own_pages.single(view, address))
