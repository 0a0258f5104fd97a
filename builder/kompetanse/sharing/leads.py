"""Links of a course to items that do not come along, and where the source has their pages."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote

from kompetanse.content.address import is_index
from kompetanse.content.body import Link
from kompetanse.content.document import Document
from kompetanse.content.elsewhere import reached
from kompetanse.content.library import Library
from kompetanse.content.origin import is_page
from kompetanse.content.target import find
from kompetanse.sharing.offers_of_region import MOST_READ_WHOLE
from kompetanse.sharing.texts import Texts


@dataclass(frozen=True, slots=True)
class Lead:
    """A link of one text to another; paths are from the root of the source's repository.

    Attributes:
        by: The text that it stands in.
        to: The text that it leads to.
        id: Id of that at the source.
        page: Its address on the source's site; None for a draft, which has none.
        path: What the link names; None when it is by id.
    """

    by: PurePosixPath
    to: PurePosixPath
    id: str
    page: str | None
    path: PurePosixPath | None = None


@dataclass(frozen=True, slots=True)
class Onward:
    """What a record of origin says of links that lead to what stays: see `Origin.links` and `Origin.paths`."""

    links: Mapping[str, str]
    paths: Mapping[PurePosixPath, str]


def leads(
    reader: Texts, course: Document, texts: Iterable[Document], also: Collection[str]
) -> Iterator[Lead]:
    """Yield the links of `texts` that lead to an item of the source; what they lead to is read.

    Args:
        reader: The source.
        course: The course's first page.
        texts: Those that a fork may take.
        also: Ids that are looked up too, as if the course's first page linked to them.
    """
    own = list(texts)
    links = [(one, link) for one in own for link in one.outline.links if not link.picture]
    library = _read(reader, links, also)
    for document, link in links:
        found = find(library, library.by_path[document.path], link.target).document
        if found and found.path != document.path:
            yield _lead(library, document, found, _by_path(document, link))
    for id_ in also:
        if id_ in library.by_id:
            yield _lead(library, course, library.by_id[id_], None)


def _lead(library: Library, document: Document, found: Document, path: PurePosixPath | None) -> Lead:
    shown = found.keys is not None and found.keys.status != "draft"
    return Lead(document.path, found.path, library.id_of(found), found.address if shown else None, path)


def _by_path(document: Document, link: Link) -> PurePosixPath | None:
    path = unquote(link.target.partition("#")[0].partition("?")[0])
    if not path or link.target.startswith("id:"):
        return None
    return reached(document.path, document.path.parts[0], path)


def _read(reader: Texts, links: Collection[tuple[Document, Link]], also: Collection[str]) -> Library:
    """Return the source's texts, with those that links lead to among them.

    What no file is called by is looked for in all of them when `source add` has fetched them before.
    """
    library = reader.library()
    open_ = [(one, link) for one, link in links if find(library, one, link.target).kind == "nowhere"]
    named = {link.target[3:].partition("#")[0] for _, link in open_ if link.target.startswith("id:")}
    missing = {*named, *also} - library.by_id.keys()
    reader.read_named(missing)
    reader.read(_called({_by_path(one, link) for one, link in open_} - {None}, reader.names))
    library = reader.library()
    if missing - library.by_id.keys() and len(reader.names) <= MOST_READ_WHOLE:
        reader.read_all()
        library = reader.library()
    return library


def _called(wanted: Collection[PurePosixPath | None], texts: Iterable[str]) -> Iterator[PurePosixPath]:
    """Yield the texts that links by path lead to, be it to the file or to its page."""
    for path in map(PurePosixPath, texts if wanted else ()):
        if path in wanted or path.with_suffix("") in wanted or (is_index(path) and path.parent in wanted):
            yield path


def onward(
    found: Iterable[Lead],
    taken: Collection[PurePosixPath],
    site: str | None,
    inherited: Mapping[str, str],
) -> Onward:
    """Return what the record of origin says of the links of a course.

    Args:
        found: Its links.
        taken: The files that came along, by their path at the source.
        site: Where the source publishes; None when it does not.
        inherited: What the source's own record of the course says, where it had it from another region.
    """
    stay = [one for one in found if one.by in taken and one.to not in taken]
    base = f"{site.rstrip('/')}/" if site else ""
    pages = {one.id: base + one.page for one in stay if base and one.page is not None}
    known = {id_: address for id_, address in {**inherited, **pages}.items() if is_page(address)}
    return Onward(known, {one.path: one.id for one in reversed(stay) if one.path})
