"""EPUB 2 and 3: the chapters of the spine are lessons, their titles those of the table of contents.

https://www.w3.org/TR/epub-33/, sections 4 (container) and 5 (package document).
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote

from lxml import etree

from kompetanse.errors import KompetanseError
from kompetanse.importers import own_book, pages
from kompetanse.importers.found_course import FoundCourse, FoundLesson, Loss
from kompetanse.importers.html_encoding import decoded
from kompetanse.importers.html_head import licence_in
from kompetanse.importers.html_parts import is_empty, titled
from kompetanse.importers.html_text import plain, written
from kompetanse.importers.html_tree import document, words
from kompetanse.importers.media import Shelf
from kompetanse.importers.places import PagePlaces, path_in
from kompetanse.importers.readers import Tell, quiet
from kompetanse.importers.unpacked import Unpacked
from kompetanse.importers.xml_text import local, parsed

_CONTAINER = "META-INF/container.xml"
_LOCKS = ("META-INF/encryption.xml", "META-INF/rights.xml")
_FONTS = ("obfuscation", "fonts")
_NOT_READ = frozenset({"cover", "titlepage", "toc", "nav"})


@dataclass(frozen=True, slots=True)
class _Book:
    """What the package document says.

    Attributes:
        folder: Folder of the package document; links in it are relative to it.
        said: Text of each element of the metadata, by its name.
        spine: Entries in reading order.
        contents: Entry of the table of contents, or None.
        outside: Ids of the spine whose entries are missing.
    """

    folder: str
    said: Mapping[str, tuple[str, ...]]
    spine: Sequence[str]
    contents: str | None
    outside: Sequence[str]


def read(source: Unpacked, tell: Tell = quiet) -> FoundCourse:
    """Read a book.

    Raises:
        KompetanseError: When it is damaged, locked or empty.
    """
    _refuse_locked(source)
    book = _book(source)
    if own_book.is_own(source, book.spine):
        return own_book.course_of(source, book.spine, _course(source, book, (), Shelf(), ()), tell)
    titles = dict(_titles(source, book))
    shelf = Shelf()
    numbers = {entry: number for number, entry in enumerate(book.spine)}
    lessons, losses = (
        [],
        [
            Loss(f"{source.file.name}: {one}", "chapter", "the book names it, and it is not there")
            for one in book.outside
        ],
    )
    for number, entry in enumerate(book.spine, 1):
        page = pages.open_page(source, entry)
        where = f"{source.file.name}: {entry}"
        empty = is_empty(page.root)
        title = titled(page.root, titles.get(entry, "")) or page.head.title or PurePosixPath(entry).stem
        text = written(page.root, PagePlaces(source, entry, shelf, numbers), where)
        losses += text.losses
        lessons.append(FoundLesson(title, text.body))
        if empty:
            losses.append(
                Loss(
                    where,
                    f"chapter «{title}»",
                    "it says nothing; its module is empty. Delete it if it is not needed",
                )
            )
        tell(number, len(book.spine))
    return _course(source, book, lessons, shelf, losses)


def _refuse_locked(source: Unpacked) -> None:
    for name in _LOCKS:
        if name not in source:
            continue
        root = parsed(source.read(name), f"{source.file}: {name}")
        methods = [str(one.get("Algorithm") or "") for one in root.iter() if local(one) == "EncryptionMethod"]
        if name.endswith("rights.xml") or not all(any(font in one for font in _FONTS) for one in methods):
            source.fail(name, "the book is locked (DRM)", "Ask its publisher for one that is not")


def _book(source: Unpacked) -> _Book:
    name = _package(source)
    root = parsed(source.read(name), f"{source.file}: {name}")
    folder = posixpath.dirname(name)
    items = {str(one.get("id")): one for one in root.iter() if local(one) == "item"}
    said: dict[str, list[str]] = {}
    for one in (child for part in root if local(part) == "metadata" for child in part.iter()):
        key = str(one.get("property") or local(one)).rpartition(":")[2]
        text = " ".join((one.text or "").split())
        if text:
            said.setdefault(key, []).append(text)
    places = {id_: _entry(source, folder, str(one.get("href") or "")) for id_, one in items.items()}
    refs = [
        str(one.get("idref")) for one in root.iter() if local(one) == "itemref" and one.get("linear") != "no"
    ]
    spine = [place for ref in refs if (place := places.get(ref)) and not _is_contents(items[ref], ref)]
    if not spine:
        source.fail(name, "the book has no chapters", "Check that you chose the right file")
    return _Book(
        folder,
        {key: tuple(values) for key, values in said.items()},
        tuple(dict.fromkeys(spine)),
        _contents(items, places, root),
        [ref for ref in refs if not places.get(ref)],
    )


def _package(source: Unpacked) -> str:
    """Return the entry of the package document.

    Raises:
        KompetanseError: When the container names none that is there.
    """
    if _CONTAINER in source:
        root = parsed(source.read(_CONTAINER), f"{source.file}: {_CONTAINER}")
        for one in root.iter():
            found = source.find(str(one.get("full-path") or "")) if local(one) == "rootfile" else None
            if found:
                return found
    raise KompetanseError(
        f"{source.file}: {_CONTAINER} does not name the book's package document. Ask for a new copy"
    )


def _entry(source: Unpacked, folder: str, href: str) -> str | None:
    return source.find(posixpath.normpath(posixpath.join(folder, unquote(path_in(href))))) if href else None


def _is_contents(item: etree._Element, id_: str) -> bool:
    """Tell whether an entry of the spine is the table of contents or the cover, which our pages make themselves."""
    marks = (item.get("properties") or "").split()
    return (
        "nav" in marks
        or id_.lower() in _NOT_READ
        or PurePosixPath(item.get("href") or "").stem.lower() in _NOT_READ
    )


def _contents(
    items: Mapping[str, etree._Element], places: Mapping[str, str | None], root: etree._Element
) -> str | None:
    for id_, item in items.items():
        if "nav" in (item.get("properties") or "").split():
            return places[id_]
    spine = next((one for one in root if local(one) == "spine"), None)
    return places.get(str(spine.get("toc"))) if spine is not None and spine.get("toc") else None


def _titles(source: Unpacked, book: _Book) -> Iterator[tuple[str, str]]:
    """Yield the title of each chapter, the last first: the first mention of a file is its title."""
    if book.contents is None:
        return
    folder = posixpath.dirname(book.contents)
    data = source.read(book.contents)
    is_ncx = book.contents.lower().endswith(".ncx")
    found = _of_ncx(source, book.contents, data) if is_ncx else _of_nav(data)
    for href, title in reversed(list(found)):
        entry = _entry(source, folder, href)
        if entry and title:
            yield entry, title


def _of_nav(data: bytes) -> Iterator[tuple[str, str]]:
    for link in document(decoded(data)).iter("a"):
        yield link.get("href") or "", " ".join(words(link).split())


def _of_ncx(source: Unpacked, name: str, data: bytes) -> Iterator[tuple[str, str]]:
    for point in parsed(data, f"{source.file}: {name}").iter():
        if local(point) == "navPoint":
            text = next((one.text or "" for one in point.iter() if local(one) == "text"), "")
            place = next((str(one.get("src") or "") for one in point if local(one) == "content"), "")
            yield place, " ".join(text.split())


def _course(
    source: Unpacked, book: _Book, lessons: Sequence[FoundLesson], shelf: Shelf, losses: Sequence[Loss]
) -> FoundCourse:
    said = book.said
    rights = (licence_in(one) for key in ("rights", "license", "licence") for one in said.get(key, ()))
    return FoundCourse(
        title=next(iter(said.get("title", ())), source.file.stem),
        source=source.file.name,
        format="EPUB",
        lessons=tuple(lessons),
        summary=plain(next(iter(said.get("description", ())), "")),
        language=next(iter(said.get("language", ())), None),
        licence=next(filter(None, rights), None),
        authors=said.get("creator", ()) or said.get("publisher", ()),
        media=shelf.media,
        losses=(*losses, *shelf.losses),
    )
