"""The pages of one item: its own, those of a course in other forms and with the modules of others, and its former addresses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markupsafe import escape

from kompetanse.model.item import Course, Item, Page, kind_of
from kompetanse.pages import amb, course_views, jsonld, write
from kompetanse.pages.file import StagedFile, front_matter, in_script, scripts
from kompetanse.pages.view import Site, View
from kompetanse.policy import with_policy

_NO_NAME = frozenset('<>:"|?*\\\0')
"""Signs that no folder can have on every system."""


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
        text = front_matter(head) + one.text
        yield StagedFile(f"{one.view.address}index.md", text, course.path, changed.day if changed else None)


_SCRIPTS: Mapping[str, tuple[str, ...]] = {"course": ("progress", "offline"), "module": ("progress",)}
"""The theme's scripts that the pages of a kind need, by name."""


def _staged(view: View, item: Item, text: str) -> StagedFile:
    data = jsonld.describe(view.site, item)
    url = view.catalogue.region.url
    head = {
        "title": str(escape(item.title)),
        "description": str(escape(item.summary)) if item.summary else None,
        "language": item.language,
        "canonical": url + item.address if url and view.address != item.address else None,
        "robots": "noindex" if item.status == "retired" else None,
        "jsonld": in_script(data),
        "amb": in_script(amb.record(view.site, item)) if isinstance(item, Course) else None,
        "scripts": scripts(text, _SCRIPTS.get(kind_of(item), ())),
    }
    changed = view.site.changed(item)
    mapped = not head["canonical"] and not head["robots"]
    day = changed.day if changed else None
    return StagedFile(f"{view.address}index.md", front_matter(head) + text, item.path, day, mapped)


def redirects(site: Site, item: Item) -> Iterator[StagedFile]:
    """Yield a page at each address that `item` had before, which leads on to it."""
    for old in item.redirect_from:
        address = old.strip("/") + "/"
        if _is_inside(address):
            view = site.view(address, item.language)
            text = view.render("redirect.html", item=item, href=view.link(item))
            yield StagedFile(f"{address}index.html", with_policy(text))


def _is_inside(address: str) -> bool:
    """Tell whether the address lies in the site; `check` tells its author, and nothing is ever written elsewhere."""
    return not {"", ".", ".."} & set(address.rstrip("/").split("/")) and not _NO_NAME & set(address)
