"""What stands around every page: menu, footer and the theme's own words, once for each language of the site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from kompetanse.model.item import KINDS, ItemId, Page
from kompetanse.model.own_address import (
    ADOPTED,
    CHECK,
    INDEX,
    LICENCE,
    MAPPING,
    OFFERS,
    REVIEW,
    SEARCH,
    SEARCH_INDEX,
    UNIT,
)
from kompetanse.pages import adopted
from kompetanse.pages.view import Site, View

_WORDS = {
    "menu_word": "menu",
    "scheme": "scheme.toggle",
    "front": "front",
    "lost": "lost.title",
    "lost_text": "lost.text",
}


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page in one language.

    Attributes:
        home: Address of the first page.
        menu: Titles and addresses, in order.
        footer: One line of HTML, whose links lead out of the site.
        links: Titles and addresses of the footer's links within the site.
        search: Address of the page on which one searches.
        index: Address of the folder that the search reads.
        words: Words that the theme shows, by their name in templates.
        checks: Whether the site has a page on which certificates are checked.
    """

    home: str
    menu: tuple[tuple[str, str], ...]
    footer: str
    links: tuple[tuple[str, str], ...]
    search: str
    index: str
    words: Mapping[str, str]
    checks: bool = False


def frames(site: Site) -> Mapping[str, Frame]:
    """Return the frame of each language of the site, the region's own first."""
    return {language: _frame(site.view("", language)) for language in site.languages}


def _frame(view: View) -> Frame:
    return Frame(
        home=view.place(""),
        menu=tuple(_menu(view)),
        footer=_footer(view),
        links=(
            (view.words("footer.everything"), view.place(SEARCH)),
            (view.words("footer.licence"), view.place(LICENCE)),
            (view.words("footer.review"), view.place(REVIEW)),
            (view.words("unit.title"), view.place(UNIT)),
            *_check(view),
            *([(view.words("offers.title"), view.place(OFFERS))] if view.site.offered.regions else []),
            *([(view.words("adopted.title"), view.place(ADOPTED))] if adopted.courses(view) else []),
        ),
        search=view.place(SEARCH),
        index=SEARCH_INDEX,
        words={
            **{name: view.words(key) for name, key in _WORDS.items()},
            "search_word": view.words("search.title"),
            "search_results": view.words("search.results"),
            "search_words": view.script_words("search", "index"),
        },
        checks=view.catalogue.region.issuer.is_known,
    )


def _check(view: View) -> Iterator[tuple[str, str]]:
    """Yield the link to where a certificate is checked, on a site that can."""
    if view.catalogue.region.issuer.is_known:
        yield view.words("check.title"), view.place(CHECK)


def _menu(view: View) -> Iterator[tuple[str, str]]:
    yield view.words("front"), view.place("")
    yield view.words("mapping.menu"), view.place(MAPPING)
    for kind, address in INDEX.items():
        if kind != "module" and (view.site.own(address) or view.catalogue.published(KINDS[kind])):
            yield view.words(f"index.{kind}"), view.place(address)
    about = view.item(ItemId("om"))
    if isinstance(about, Page) and about.status == "published":
        yield str(escape(about.title)), about.address


def _footer(view: View) -> str:
    region = view.catalogue.region
    found = [
        (region.accessibility_statement, "footer.accessibility"),
        (region.privacy_statement, "footer.privacy"),
        (_contact(region.contact), "footer.contact"),
    ]
    links = [Markup('<a href="{}">{}</a>').format(href, view.words(key)) for href, key in found if href]
    return " · ".join([str(escape(region.publisher or region.name)), *map(str, links)])


def _contact(written: str | None) -> str | None:
    """Return what the contact links to: a web address, or a mailbox; nothing for anything else."""
    if not written or written.startswith(("https://", "http://", "mailto:")):
        return written
    return f"mailto:{written}" if "@" in written and ":" not in written else None
