"""The whole site as finished Markdown, data files and a menu, ready for any engine."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from markupsafe import escape

from kompetanse.model.asset import is_published
from kompetanse.model.item import KINDS, Course, Item, Page, kind_of
from kompetanse.model.own_address import (
    CHECK,
    INDEX,
    LICENCE,
    MAPPING,
    OFFLINE_PAGE,
    REVIEW,
    SCHEMAS,
    SEARCH,
    UNIT,
)
from kompetanse.pages import (
    adopted,
    amb,
    course_views,
    data,
    feeds,
    finding,
    home,
    jsonld,
    lists,
    offers,
    open_catalogue,
    sitemap,
    tools,
    write,
)
from kompetanse.pages.frame import Frame, frames
from kompetanse.pages.tokens import SHEET, tokens
from kompetanse.pages.view import Site, View
from kompetanse.policy import with_policy
from kompetanse.timing import timed


@dataclass(frozen=True, slots=True)
class StagedFile:
    """A text file of the staged site.

    Attributes:
        path: Where it lies in the staged folder, such as `kurs/brann/index.md`.
        text: What stands in it.
        source: The author's file that it was made from; None for what the site makes itself.
        changed: Day of its last change, for the sitemap; None when nobody knows.
        mapped: Whether it is a page that the map of the site names: one that searches may find, at the address it is known by.
    """

    path: str
    text: str
    source: PurePosixPath | None = None
    changed: date | None = None
    mapped: bool = False


@dataclass(frozen=True, slots=True)
class Stage:
    """A site before any engine has seen it.

    Attributes:
        files: Pages and data, by path.
        assets: Files to copy as they are: path in the staged folder → file relative to the region's root.
        frames: What stands around the pages of each language of the site, the region's own first.
        region: Id of the region.
        name: Of the region.
        url: Where it will be published, if that is known.
    """

    files: tuple[StagedFile, ...]
    assets: Mapping[str, PurePosixPath]
    frames: Mapping[str, Frame]
    region: str
    name: str
    url: str | None

    @property
    def language(self) -> str:
        """Language of the site's own words."""
        return next(iter(self.frames))


_NO_NAME = frozenset('<>:"|?*\\\0')
"""Signs that no folder can have on every system."""


@timed("stage")
def stage(site: Site, assets: frozenset[PurePosixPath], schemas: Mapping[str, Any]) -> Stage:
    """Return the site of `site`.

    Args:
        site: What is shown.
        assets: Files of the content folder that are no documents, relative to the region's root.
        schemas: JSON Schemas by kind, published for editors.
    """
    region = site.catalogue.region
    made = (
        *_redirects(site),
        *_schemas(schemas),
        *_items(site),
        *_data(site),
        *(StagedFile(*found) for found in feeds.written(site)),
        *(StagedFile(*found) for found in open_catalogue.written(site)),
        *_own_pages(site),
        StagedFile(SHEET, tokens(region.colours)),
    )
    files = {file.path: file for file in made}
    files |= {file.path: file for file in _map(region.url, files.values())}
    return Stage(
        files=tuple(files[path] for path in sorted(files)),
        assets=published_files(assets),
        frames=frames(site),
        region=region.id,
        name=region.name,
        url=region.url,
    )


def published_files(assets: Iterable[PurePosixPath]) -> Mapping[str, PurePosixPath]:
    """Return where each of `assets` that may be on the site lies there: its address → the file, from the region's root."""
    return {"/".join(path.parts[1:]): path for path in sorted(assets) if is_published(path)}


def _map(base: str | None, files: Iterable[StagedFile]) -> Iterator[StagedFile]:
    """Yield the map of the site; without an address of its own a site can be on none."""
    pages = [(file.path.removesuffix("index.md"), file.changed) for file in files if file.mapped]
    yield from (StagedFile(*found) for found in (sitemap.files(base, pages) if base else ()))


def _items(site: Site) -> Iterator[StagedFile]:
    for item in site.catalogue.visible(Item):
        yield from pages_of(site, item)


def pages_of(site: Site, item: Item) -> Iterator[StagedFile]:
    """Yield the pages of `item`: its own, and those of a course in other forms and with the modules of others."""
    view = site.view(item.address, item.language)
    if item.address or not isinstance(item, Page):
        yield _staged(view, item, write.write(view, item))
    if isinstance(item, Course):
        yield from _shared_modules(site, item)
        yield from _forms(view, item)


def _shared_modules(site: Site, course: Course) -> Iterator[StagedFile]:
    """Yield shared modules as they are read in `course`; each names its own page as the canonical one."""
    for module in site.catalogue.modules_of(course):
        address = site.view("", course.language).module_address(course, module)
        if address != module.address:
            view = site.view(address, module.language)
            yield _staged(view, module, write.module_in(view, module, course))


def _forms(view: View, course: Course) -> Iterator[StagedFile]:
    """Yield `course` in its other forms, which no search finds: what stands there stands on its own pages."""
    changed = view.site.changed(course)
    for one in course_views.write(view, course):
        head = {
            "title": str(escape(one.title)),
            "language": course.language,
            "robots": "noindex",
        }
        text = _front_matter(head) + one.text
        yield StagedFile(f"{one.view.address}index.md", text, course.path, changed.day if changed else None)


_SCRIPTS: Mapping[str, tuple[str, ...]] = {"course": ("progress", "offline"), "module": ("progress",)}
"""The theme's scripts that the pages of a kind need, by name."""


def _scripts(text: str, others: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return the scripts that a page needs: `others`, and that of the questions where there are any."""
    quiz = ("quiz",) if 'data-kmp="quiz"' in text else ()
    return (*others, *quiz) or None


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
        "amb": _in_script(amb.record(view.site, item)) if isinstance(item, Course) else None,
        "scripts": _scripts(text, _SCRIPTS.get(kind_of(item), ())),
    }
    changed = view.site.changed(item)
    mapped = not head["canonical"] and not head["robots"]
    day = changed.day if changed else None
    return StagedFile(f"{view.address}index.md", _front_matter(head) + text, item.path, day, mapped)


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


def _own_pages(site: Site) -> Iterator[StagedFile]:
    for language in site.languages:
        view = site.view("", language)
        yield from _lists(view)
        first = view.at("")
        own = site.own(first.address)
        yield _listed(first, home.home(first, own), own)
        for address, make in _SINGLE.items():
            one = view.at(address)
            yield _listed(one, make(one))
        if site.catalogue.region.issuer.is_known:
            here = view.at(CHECK)
            yield _listed(here, tools.check(here))
        for address, page in (*offers.pages(view), *adopted.pages(view)):
            yield _listed(view.at(address), page)


def _lists(view: View) -> Iterator[StagedFile]:
    for kind, address in INDEX.items():
        here = view.at(address)
        own = view.site.own(here.address)
        if own or view.catalogue.published(KINDS[kind]):
            yield _listed(here, lists.index(here, kind, own), own)


_SINGLE: Mapping[str, Callable[[View], lists.Listing]] = {
    REVIEW: lists.review,
    LICENCE: lists.licence,
    MAPPING: tools.mapping,
    UNIT: tools.unit,
    OFFLINE_PAGE: tools.offline,
    SEARCH: finding.search,
}
"""Pages that the site makes one of in each language."""


def _data(site: Site) -> Iterator[StagedFile]:
    """Yield what the pages of mapping, of the unit and of search read, once for each language."""
    for language in site.languages:
        yield StagedFile(*finding.names(site.view("", language)))
        view = site.view("", language).at(MAPPING)
        for name, found in data.files(view):
            yield StagedFile(
                f"{view.address}{name}", json.dumps(found, ensure_ascii=False, separators=(",", ":")) + "\n"
            )


def _listed(view: View, page: lists.Listing, own: Page | None = None) -> StagedFile:
    data = jsonld.own_page(view.site, view.address, view.language, page)
    head = {
        "title": str(escape(page.title)),
        "description": str(escape(page.lead)) if page.lead else None,
        "language": view.language,
        "robots": "noindex" if page.hidden else None,
        "jsonld": _in_script(data),
        "scripts": _scripts(page.text, page.scripts),
        "script": page.script,
        "styles": page.styles or None,
    }
    source = own.path if own else None
    text = _front_matter(head) + page.text
    return StagedFile(f"{view.address}index.md", text, source, view.site.today, not page.hidden)


def _redirects(site: Site) -> Iterator[StagedFile]:
    for item in site.catalogue.visible(Item):
        for old in item.redirect_from:
            address = old.strip("/") + "/"
            if _is_inside(address):
                view = site.view(address, item.language)
                text = view.render("redirect.html", item=item, href=view.link(item))
                yield StagedFile(f"{address}index.html", with_policy(text))


def _is_inside(address: str) -> bool:
    """Tell whether the address lies in the site; `check` tells its author, and nothing is ever written elsewhere."""
    return not {"", ".", ".."} & set(address.rstrip("/").split("/")) and not _NO_NAME & set(address)


def _schemas(schemas: Mapping[str, Any]) -> Iterator[StagedFile]:
    for kind, schema in schemas.items():
        text = json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        yield StagedFile(f"{SCHEMAS}{kind}.schema.json", text)
