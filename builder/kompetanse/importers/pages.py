"""Web pages: one, or a folder or zip of them. Each page is a lesson, in the order of the front page's links, else by name.

One long page is parted at its headings, as a document is.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote

from kompetanse.errors import KompetanseError
from kompetanse.importers import own_page
from kompetanse.importers.found_course import FoundCourse, FoundLesson, Loss
from kompetanse.importers.html_encoding import decoded
from kompetanse.importers.html_head import Head, head
from kompetanse.importers.html_notes import notes
from kompetanse.importers.html_parts import anchors, is_empty, parts, titled
from kompetanse.importers.html_text import written
from kompetanse.importers.html_tree import Element, document, take_out, tree, words
from kompetanse.importers.media import Shelf
from kompetanse.importers.places import InPart, PagePlaces, path_in
from kompetanse.importers.readers import Tell, quiet
from kompetanse.importers.unpacked import Unpacked

MOST = 20 * 2**20
"""Bytes of one page; its tree needs many times that in memory."""

SUFFIXES = (".html", ".htm", ".xhtml", ".xht")
_FRONT = ("index", "default", "start", "forside", "innhold", "toc")
_FEW = 40
"""Characters beside its links that a menu may have: its title."""

_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Opened:
    """A page.

    Attributes:
        entry: Its name in the archive.
        head: What it says of itself.
        root: Its body.
    """

    entry: str
    head: Head
    root: Element


def read(source: Unpacked, tell: Tell = quiet) -> FoundCourse:
    """Read web pages.

    Raises:
        KompetanseError: When there are none, or none says anything.
    """
    entries = [one for one in source.names if one.lower().endswith(SUFFIXES)] or list(source.names[:1])
    if len(entries) == 1 and own_page.is_own(decoded(source.read(entries[0]))):
        return own_page.course_of(source, entries[0], "HTML")
    front = _front(entries)
    seen = {entry: _seen(source, entry) for entry in entries}
    order = _ordered(seen, front)
    if len(order) == 1:
        return _one_page(source, open_page(source, order[0]), tell)
    return _many(source, order, seen, front, tell)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is kept of a page that is not yet read: trees of all pages would fill the memory.

    Attributes:
        head: What it says of itself.
        links: Entries that it links to, in its order, also as frames.
        is_menu: Whether it says nothing but links to other pages.
    """

    head: Head
    links: tuple[str, ...]
    is_menu: bool


def _seen(source: Unpacked, entry: str) -> _Seen:
    html = decoded(source.read(entry, MOST))
    root = document(html, f"{source.file}: {entry}")
    links = tuple(_linked(source, entry, root))
    said = "".join(words(body) for body in root.iter("body"))
    linked = "".join(words(link) for link in root.iter("a"))
    is_menu = len(links) > 1 and len("".join(said.split())) <= len("".join(linked.split())) + _FEW
    return _Seen(head(html), links, is_menu and next(root.iter("img"), None) is None)


def open_page(source: Unpacked, entry: str) -> Opened:
    """Return a page of an archive, without what every page of it repeats."""
    html = decoded(source.read(entry, MOST))
    root = tree(html, f"{source.file}: {entry}")
    for one in list(root.iter("nav")):
        take_out(one)
    return Opened(entry, head(html), root)


def _front(entries: Sequence[str]) -> str | None:
    """Return the front page: the one nearest the top that is called so."""
    shallow = sorted(entries, key=lambda entry: (entry.count("/"), entry))
    named = [entry for entry in shallow if PurePosixPath(entry).stem.lower() in _FRONT]
    return named[0] if named else None


def _ordered(seen: Mapping[str, _Seen], front: str | None) -> list[str]:
    """Return the pages in reading order: the front page, those that it and menus link to, then the others by name and number.

    Menus and frames are no pages to read; where there is nothing else, they are read.
    """
    order = dict.fromkeys([front] if front else [])
    menus = [entry for entry, page in seen.items() if page.is_menu and entry != front]
    for entry in (*order, *menus):
        order |= dict.fromkeys(one for one in seen[entry].links if one in seen)
    order |= dict.fromkeys(sorted(seen, key=_natural))
    return [entry for entry in order if entry not in menus] or list(order)


def _linked(source: Unpacked, entry: str, root: Element) -> Iterator[str]:
    for link in root.iter("a", "frame"):
        url = str(link.get("href") or link.get("src") or "")
        path = unquote(path_in(url)) if _is_near(url) else ""
        found = (
            source.find(posixpath.normpath(posixpath.join(posixpath.dirname(entry), path))) if path else None
        )
        if found:
            yield found


def _is_near(url: str) -> bool:
    return not url.startswith("//") and ":" not in url.partition("/")[0]


def _natural(entry: str) -> tuple[object, ...]:
    """Sort by this: side2 before side10."""
    folder, _, file = entry.lower().rpartition("/")
    return folder.count("/"), folder, _NUMBER.sub(lambda number: number[0].zfill(9), file)


def _one_page(source: Unpacked, page: Opened, tell: Tell) -> FoundCourse:
    shelf = Shelf()
    footnotes = notes(page.root)
    found = parts(page.root)
    title = found.title or page.head.title or PurePosixPath(page.entry).stem
    each = list(found.parts) or [found.lead]
    places = InPart(PagePlaces(source, page.entry, shelf, {}), anchors(found.parts))
    losses: list[Loss] = []
    lessons = []
    for number, part in enumerate(each, 1):
        text = written(part.root, places, f"{source.file.name}: {part.title or page.entry}", footnotes)
        lessons.append(FoundLesson(part.title or title, text.body))
        losses += text.losses
        tell(number, len(each))
    body = ""
    if found.parts and not is_empty(found.lead.root):
        text = written(found.lead.root, places, f"{source.file.name}: {page.entry}", footnotes)
        body, losses = text.body, [*losses, *text.losses]
    if not body and not any(one.body for one in lessons):
        raise KompetanseError(
            f"{source.file}: the page says nothing. A page that a script writes must be saved as it is shown"
        )
    return _course(source, title, page, lessons, body, shelf, losses)


def _many(
    source: Unpacked, order: Sequence[str], seen: Mapping[str, _Seen], front: str | None, tell: Tell
) -> FoundCourse:
    """Return a lesson for each page; the front page says what the course is about."""
    lead = front if order[0] == front else None
    rest = [entry for entry in order if entry != lead]
    shelf = Shelf()
    numbers = {entry: number for number, entry in enumerate(rest)}
    shared = _repeated([seen[entry].head.title for entry in rest])
    lessons, losses = list[FoundLesson](), list[Loss]()
    for number, entry in enumerate(rest, 1):
        page, where = open_page(source, entry), f"{source.file.name}: {entry}"
        own = titled(page.root, "")
        text = written(page.root, PagePlaces(source, entry, shelf, numbers), where)
        title = own or page.head.title.removesuffix(shared).strip(" -–|·") or PurePosixPath(entry).stem
        lessons.append(FoundLesson(title, text.body))
        losses += text.losses
        if not text.body:
            losses.append(Loss(where, "page", _EMPTY))
        tell(number, len(rest))
    about = open_page(source, lead or rest[0])
    body, title = "", ""
    if lead:
        text = written(about.root, PagePlaces(source, lead, shelf, numbers), f"{source.file.name}: {lead}")
        body, title, losses = text.body, text.title, [*text.losses, *losses]
    title = title or about.head.title or source.file.stem
    return _course(source, title, about, lessons, body, shelf, losses)


_EMPTY = "it says nothing; its module is empty. Delete it if it is not needed"


def _repeated(titles: Sequence[str]) -> str:
    """Return what all titles end with after a dash or line, such as the name of the site."""
    ends = {re.split(r"\s[-–|·]\s", title)[-1] for title in titles if re.search(r"\s[-–|·]\s", title)}
    return next(iter(ends)) if len(ends) == 1 and len(titles) > 1 else ""


def _course(
    source: Unpacked,
    title: str,
    page: Opened,
    lessons: Sequence[FoundLesson],
    body: str,
    shelf: Shelf,
    losses: Sequence[Loss],
) -> FoundCourse:
    return FoundCourse(
        title=title,
        source=source.file.name,
        format="HTML",
        lessons=tuple(lessons),
        body=body,
        summary=page.head.description,
        language=page.head.language,
        licence=page.head.licence,
        authors=(page.head.author,) if page.head.author else (),
        media=shelf.media,
        losses=(*losses, *shelf.losses),
    )
