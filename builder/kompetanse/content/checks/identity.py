"""Is every item somebody, and is everybody somewhere: ids and addresses that are there and stand once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from kompetanse.content.document import Document
from kompetanse.content.library import Library
from kompetanse.content.target import GENERATED_FILES, THEME_FILES
from kompetanse.errors import Problem, Severity
from kompetanse.model.item import read_under
from kompetanse.model.own_address import (
    COURSE_VIEWS,
    INDEX,
    OWN_PAGES,
    SEARCH_INDEX,
    file_of,
    is_feed,
    is_status_list,
)

_NO_NAME = frozenset('<>:"|?*\\\0')
"""Signs that no folder can have on every system, and so no former address."""

_FOLDERS = (THEME_FILES, SEARCH_INDEX)
"""Folders that are the site's alone."""

_PAGE = "index.html"
_SITE = "kompetanse"
"""Who has the files that the site makes itself, in messages."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A file of the site that a file of the region asks for.

    Attributes:
        output: The file, relative to the site.
        path: Who asks.
        line: Where it asks; 0 for the file as a whole.
        key: The key that asks; empty for the file's name.
        is_the_sites: Whether the site makes it itself, so that nobody may have it.
    """

    output: str
    path: PurePosixPath
    line: int = 0
    key: str = ""
    is_the_sites: bool = False


def check(library: Library) -> Iterator[Problem]:
    """Yield what is wrong with ids, addresses, redirects and translations."""
    yield from _ids(library)
    outputs: dict[str, str] = {}
    yield from _addresses(library, outputs)
    yield from _redirects(library, outputs)
    yield from _translations(library)


def _ids(library: Library) -> Iterator[Problem]:
    first: dict[str, Document] = {}
    for document in library.documents:
        id_ = library.id_of(document)
        if "id" not in document.source.meta and document.kind != "page":
            yield document.source.problem("id", "id-from-name", Severity.NOTICE, id=id_)
        known = first.setdefault(id_, document)
        if known is not document and (document.given_id or known.address != document.address):
            yield document.source.problem("id", "duplicate-id", id=id_, other=str(known.path))


def _addresses(library: Library, outputs: dict[str, str]) -> Iterator[Problem]:
    """Yield every file of the site that two would write, and fill `outputs` with who writes which."""
    outputs |= dict.fromkeys(
        (*GENERATED_FILES, *(f"{address}{_PAGE}" for address in _own_pages(library))), _SITE
    )
    for claim in (*_pages(library), *_shared_modules(library), *_calendars(library), *_assets(library)):
        other = _SITE if claim.is_the_sites else outputs.setdefault(claim.output, str(claim.path))
        if other != str(claim.path):
            values = {"address": f"/{claim.output.removesuffix(_PAGE)}", "other": other}
            yield Problem(claim.path, claim.line, claim.key, "duplicate-address", Severity.ERROR, values)


def _own_pages(library: Library) -> Iterator[str]:
    yield from library.in_each_language(OWN_PAGES)
    yield from (f"{course.address}{one}" for course, _ in library.of_kind("course") for one in COURSE_VIEWS)


def _pages(library: Library) -> Iterator[Claim]:
    lists = library.in_each_language(("", *INDEX.values()))
    for document in library.documents:
        is_list = document.address in lists
        yield Claim(
            f"{document.address}{_PAGE}", document.path, is_the_sites=is_list and document.kind != "page"
        )


def _shared_modules(library: Library) -> Iterator[Claim]:
    """Yield the modules that courses take in from elsewhere, each of which gets a page under the course too."""
    for course, _ in library.of_kind("course"):
        own = {library.id_of(course), library.original(course)}
        found = {one.path: one for _, one in library.modules_of(course) if one and one.kind == "module"}
        for module in found.values():
            home = library.course_of(module)
            if home is None or library.id_of(home) not in own:
                output = f"{read_under(course.address, library.id_of(module))}{_PAGE}"
                yield Claim(output, course.path, course.source.line_of("modules"), "modules")


def _calendars(library: Library) -> Iterator[Claim]:
    """Yield the calendar file that lies beside the page of each session."""
    for document, _ in library.of_kind("session"):
        yield Claim(file_of(document.address), document.path)


def _assets(library: Library) -> Iterator[Claim]:
    for path in sorted(library.assets):
        output = "/".join(path.parts[1:])
        sites = output.startswith(_FOLDERS) or is_feed(output) or is_status_list(output)
        yield Claim(output, path, is_the_sites=sites)


def _redirects(library: Library, outputs: dict[str, str]) -> Iterator[Problem]:
    """Yield former addresses that are none, or that something else has: a page, a file, another redirect."""
    for document in library.documents:
        for place, old in enumerate(document.keys.redirect_from if document.keys else ()):
            address = old.strip("/") + "/" if old.strip("/") else ""
            key = f"redirect_from[{place}]"
            if ".." in old.split("/") or _NO_NAME & set(old) or not address:
                yield document.source.problem(key, "bad-redirect", address=old)
            elif (
                address in library.generated
                or is_feed(address.rstrip("/"))
                or {f"{address}{_PAGE}", address.rstrip("/")} & outputs.keys()
            ):
                yield document.source.problem(key, "redirect-taken", address=old)
            outputs[f"{address}{_PAGE}"] = str(document.path)


def _translations(library: Library) -> Iterator[Problem]:
    for document in library.documents:
        original = library.by_id.get(library.original(document) or "")
        if original is None:
            continue
        key = "translation_of"
        if original.kind != document.kind:
            yield document.source.problem(
                key,
                "translation-of-other-kind",
                kind=document.kind,
                other_kind=original.kind,
                id=library.id_of(original),
            )
        elif original.language == document.language:
            yield document.source.problem(
                key, "translation-same-language", language=document.language, id=library.id_of(original)
            )
