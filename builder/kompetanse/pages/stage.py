"""The whole site as finished Markdown, data files and a menu, ready for any engine."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from markupsafe import Markup, escape

from kompetanse.model.asset import is_published
from kompetanse.model.item import KINDS, Course, Item, ItemId, Page
from kompetanse.model.own_address import INDEX, LICENCE, REVIEW, SCHEMAS
from kompetanse.pages import feeds, jsonld, lists, write
from kompetanse.pages.view import Site, View


@dataclass(frozen=True, slots=True)
class StagedFile:
    """A text file of the staged site.

    Attributes:
        path: Where it lies in the staged folder, such as `kurs/brann/index.md`.
        text: What stands in it.
        source: The author's file that it was made from; None for what the site makes itself.
        changed: Day of its last change, for the sitemap; None when nobody knows.
    """

    path: str
    text: str
    source: PurePosixPath | None = None
    changed: date | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """A site before any engine has seen it.

    Attributes:
        files: Pages and data, by path.
        assets: Files to copy as they are: path in the staged folder → file relative to the region's root.
        menu: Titles and paths of the menu, in order.
        footer: HTML at the bottom of every page.
        language: Language of the site's own words.
        name: Of the region.
        url: Where it will be published, if that is known.
        words: Words that the theme shows outside the text.
    """

    files: tuple[StagedFile, ...]
    assets: Mapping[str, PurePosixPath]
    menu: tuple[tuple[str, str], ...]
    footer: str
    language: str
    name: str
    url: str | None
    words: Mapping[str, str]


_NO_NAME = frozenset('<>:"|?*\\\0')
"""Signs that no folder can have on every system."""

_THEME_WORDS = {
    "menu": "menu",
    "scheme": "scheme.toggle",
    "licence": "footer.licence",
    "review": "footer.review",
    "front": "front",
    "lost": "lost.title",
    "lost_text": "lost.text",
}


def stage(site: Site, assets: frozenset[PurePosixPath], schemas: Mapping[str, Any]) -> Stage:
    """Return the site of `site`.

    Args:
        site: What is shown.
        assets: Files of the content folder that are no documents, relative to the region's root.
        schemas: JSON Schemas by kind, published for editors.
    """
    region = site.catalogue.region
    files = {
        file.path: file
        for file in (
            *_redirects(site),
            *_schemas(schemas),
            *_own_pages(site),
            *_items(site),
            *(StagedFile(*found) for found in feeds.written(site)),
        )
    }
    files |= {file.path: file for file in _lists(site)}
    return Stage(
        files=tuple(files[path] for path in sorted(files)),
        assets={"/".join(path.parts[1:]): path for path in sorted(assets) if is_published(path)},
        menu=tuple(_menu(site)),
        footer=_footer(site.view("", region.language)),
        language=region.language,
        name=region.name,
        url=region.url,
        words={name: site.view("", region.language).words(key) for name, key in _THEME_WORDS.items()},
    )


def _items(site: Site) -> Iterator[StagedFile]:
    for item in site.catalogue.visible(Item):
        view = site.view(item.address, item.language)
        if item.address or not isinstance(item, Page):
            yield _staged(view, item, write.write(view, item))
        if isinstance(item, Course):
            yield from _shared_modules(site, item)


def _shared_modules(site: Site, course: Course) -> Iterator[StagedFile]:
    """Yield shared modules as they are read in `course`; each names its own page as the canonical one."""
    for module in site.catalogue.modules_of(course):
        address = site.view("", course.language).module_address(course, module)
        if address != module.address:
            view = site.view(address, module.language)
            yield _staged(view, module, write.module_in(view, module, course))


def _staged(view: View, item: Item, text: str) -> StagedFile:
    data = jsonld.describe(view.site, item)
    url = view.catalogue.region.url
    head = {
        "title": str(escape(item.title)),
        "description": str(escape(item.summary)) if item.summary else None,
        "language": item.language,
        "canonical": url + item.address if url and view.address != item.address else None,
        "robots": "noindex" if item.status == "retired" else None,
        "jsonld": _in_script(data),
    }
    changed = view.site.changed(item)
    return StagedFile(
        f"{view.address}index.md", _front_matter(head) + text, item.path, changed.day if changed else None
    )


def _front_matter(head: Mapping[str, Any]) -> str:
    """Return front matter that YAML 1.1 and 1.2 read alike: JSON strings."""
    rows = [
        f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in head.items() if value is not None
    ]
    return "\n".join(("---", *rows, "---", "", ""))


def _in_script(data: Mapping[str, Any]) -> str:
    """Return JSON that cannot end the script element it stands in."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _lists(site: Site) -> Iterator[StagedFile]:
    language = site.catalogue.region.language
    for kind, address in INDEX.items():
        own = _own(site, address)
        if own or site.catalogue.published(KINDS[kind]):
            view = site.view(address, language)
            yield _listed(view, lists.index(view, kind, own), own)


def _own_pages(site: Site) -> Iterator[StagedFile]:
    language = site.catalogue.region.language
    own = _own(site, "")
    view = site.view("", own.language if own else language)
    if own:
        yield _staged(view, own, lists.home(view, own).text)
    else:
        yield _listed(view, lists.home(view, None), None)
    review, licence = site.view(REVIEW, language), site.view(LICENCE, language)
    yield _listed(review, lists.review(review), None)
    yield _listed(licence, lists.licence(licence), None)


def _own(site: Site, address: str) -> Page | None:
    """Return the region's own page at an address of ours."""
    return next((item for item in site.catalogue.visible(Page) if item.address == address), None)


def _listed(view: View, page: lists.Listing, own: Page | None) -> StagedFile:
    data = jsonld.collection(view.site, view.address, view.language, page.title, page.lead, page.shown)
    head = {
        "title": str(escape(page.title)),
        "description": str(escape(page.lead)) if page.lead else None,
        "language": view.language,
        "jsonld": _in_script(data),
    }
    source = own.path if own else None
    return StagedFile(f"{view.address}index.md", _front_matter(head) + page.text, source, view.site.today)


def _redirects(site: Site) -> Iterator[StagedFile]:
    for item in site.catalogue.visible(Item):
        for old in item.redirect_from:
            address = old.strip("/") + "/"
            if _is_inside(address):
                view = site.view(address, item.language)
                text = view.render("redirect.html", item=item, href=view.link(item))
                yield StagedFile(f"{address}index.html", text)


def _is_inside(address: str) -> bool:
    """Tell whether the address lies in the site; `check` tells its author, and nothing is ever written elsewhere."""
    return not {"", ".", ".."} & set(address.rstrip("/").split("/")) and not _NO_NAME & set(address)


def _schemas(schemas: Mapping[str, Any]) -> Iterator[StagedFile]:
    for kind, schema in schemas.items():
        text = json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        yield StagedFile(f"{SCHEMAS}{kind}.schema.json", text)


def _menu(site: Site) -> Iterator[tuple[str, str]]:
    view = site.view("", site.catalogue.region.language)
    yield view.words("front"), "index.md"
    for kind, address in INDEX.items():
        if kind != "module" and (_own(site, address) or site.catalogue.published(KINDS[kind])):
            yield view.words(f"index.{kind}"), f"{address}index.md"
    about = site.catalogue.items.get(ItemId("om"))
    if isinstance(about, Page) and about.status == "published":
        yield str(escape(about.title)), f"{about.address}index.md"


def _footer(view: View) -> str:
    """Return the footer as one line of HTML; its own links are absolute or from the root of the site."""
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
