"""Where a link in a body leads: an item, a file beside it, a place outside, or nowhere."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal
from urllib.parse import unquote

from kompetanse.content.address import is_index
from kompetanse.content.document import Document
from kompetanse.content.elsewhere import elsewhere, folder_of, reached_at_source
from kompetanse.content.library import TEXT_SUFFIXES, Library
from kompetanse.content.schema import KEYS
from kompetanse.model.own_address import (
    ALL_SESSIONS,
    ASSESSMENT,
    CATALOGUE,
    CATALOGUE_FEED,
    CATALOGUE_SCHEMA,
    FOLDER_SCRIPT,
    ISSUER_KEYS,
    OFFLINE,
    SCHEMAS,
    SEARCH_SCRIPT,
    SITEMAP,
    is_feed,
    is_status_list,
)
from kompetanse.model.slug import slug

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")

Kind = Literal["item", "asset", "outside", "unsafe", "generated", "nowhere", "stayed"]

GENERATED_FILES = (
    "404.html",
    SITEMAP,
    CATALOGUE,
    CATALOGUE_FEED,
    ALL_SESSIONS,
    ISSUER_KEYS,
    OFFLINE,
    SEARCH_SCRIPT,
    FOLDER_SCRIPT,
    *(f"{SCHEMAS}{kind}.schema.json" for kind in (*KEYS, "region", ASSESSMENT, CATALOGUE_SCHEMA)),
)
"""Files that the site makes itself."""

THEME_FILES = "assets/kompetanse/"
"""The folder of the theme's own files."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads.

    Attributes:
        kind: What is there; `stayed` is nowhere, too, and belongs to the source of an adopted course.
        document: The item, when `kind` is `item`.
        asset: The file, when `kind` is `asset`.
        anchor: The place on the page; empty for its top.
        address: The source's page, when a link of an adopted course leads there in place of what is written.
    """

    kind: Kind
    document: Document | None = None
    asset: PurePosixPath | None = None
    anchor: str = ""
    address: str = ""


def find(library: Library, document: Document, written: str) -> Target:
    """Return where `written` leads from `document`."""
    found = _find(library, document, written)
    if found.kind != "nowhere" or not library.adopted or folder_of(library, document) is None:
        return found
    there = elsewhere(library, document, written)
    if isinstance(there, Document):
        return Target("item", there, anchor=unquote(written.partition("#")[2]))
    return Target("outside", address=there) if there else Target("stayed")


def _find(library: Library, document: Document, written: str) -> Target:
    if not written.strip():
        return Target("nowhere")
    if written.startswith("id:"):
        id_, _, anchor = written[3:].partition("#")
        found = library.by_id.get(id_)
        return Target("item", found, anchor=anchor) if found else Target("nowhere")
    if _SCHEME.match(written):
        return _outside(written)
    path, _, anchor = written.partition("#")
    anchor, path = unquote(anchor), unquote(path.partition("?")[0])
    if not path:
        return Target("item", document, anchor=anchor)
    return _by_path(library, document, path, anchor)


def _outside(written: str) -> Target:
    scheme = written.partition(":")[0].lower()
    return Target("unsafe" if scheme in {"javascript", "vbscript", "data", "file"} else "outside")


def _by_path(library: Library, document: Document, path: str, anchor: str) -> Target:
    moved = _as_at_source(library, document, path, anchor) if library.moved else None
    if moved:
        return moved
    top = document.path.parts[0]
    base = top if path.startswith("/") else str(document.path.parent)
    joined = posixpath.normpath(posixpath.join(base, path.lstrip("/")))
    if joined != top and not joined.startswith(top + "/"):
        return Target("nowhere")
    file = PurePosixPath(joined)
    found = library.by_path.get(file) if file.suffix in TEXT_SUFFIXES else None
    if found:
        return Target("item", found, anchor=anchor)
    if file in library.assets:
        return Target("asset", asset=file)
    if path.startswith("/"):
        return _by_address(library, "/".join(file.parts[1:]), anchor)
    return _by_page(library, document, path, anchor)


def _as_at_source(library: Library, document: Document, path: str, anchor: str) -> Target | None:
    """Follow a link of an adopted course to a file that lay outside of its folder at the source, as it led there."""
    folder = folder_of(library, document)
    if folder is None:
        return None
    origin = library.adopted[folder].origin
    file = reached_at_source(origin, document.path.relative_to(folder), path)
    here = library.moved[folder].get(file)
    if here is None and file.is_relative_to(origin.path):
        here = folder / file.relative_to(origin.path)
    if here in library.by_path:
        return Target("item", library.by_path[here], anchor=anchor)
    return Target("asset", asset=here) if here in library.assets else None


def _by_page(library: Library, document: Document, path: str, anchor: str) -> Target:
    """Follow a link that was written for the published page: `../brann/` from `kurs/hlr/`, or from the file's folder."""
    page = document.address
    file_folder = (
        posixpath.join(posixpath.dirname(page.rstrip("/")), "") if not is_index(document.path) else page
    )
    for base in (file_folder, page):
        address = posixpath.normpath(posixpath.join("/", base, path)).lstrip("/")
        found = _by_address(library, address, anchor)
        if found.kind != "nowhere":
            return found
    return Target("nowhere")


def _by_address(library: Library, path: str, anchor: str) -> Target:
    if is_feed(path) or is_status_list(path):
        return Target("generated")
    address = "".join(f"{slug(part)}/" for part in path.split("/") if part and part != ".")
    found = library.by_address.get(address)
    if found:
        return Target("item", found, anchor=anchor)
    return Target("generated") if address in library.generated else Target("nowhere")
