"""What a package holds besides pages and tests: links, discussions, assignments."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

from lxml import etree

from kompetanse.importers.asked import plain
from kompetanse.importers.bare_xml import bare, words
from kompetanse.importers.manifest import Resource
from kompetanse.importers.table import clean
from kompetanse.importers.unpacked import Unpacked

_SAFE = ("http", "https", "mailto", "tel")
_LOST = {
    "imsbasiclti": ("a tool on another server (LTI)", "link to it, if it is open to all"),
    "imsapip": ("a test for special needs (APIP)", "import its questions as QTI"),
    "imsiwb": ("a page for a whiteboard", "write it as text, with its pictures"),
    "imsvcard": ("contact data", "persons do not stand in content"),
    "idpf_epub": ("an e-book", "import the EPUB alone"),
}


@dataclass(frozen=True, slots=True)
class Topic:
    """A discussion or an assignment.

    Attributes:
        title: Its title; may be empty.
        html: What it asks for.
        kind: What it is, for the report.
    """

    title: str
    html: str
    kind: str


def link_of(source: Unpacked, resource: Resource, title: str) -> str | None:
    """Return the row of a list that links to where a web link leads; None when that is no address on the web.

    Raises:
        KompetanseError: When its file is damaged.
    """
    root = _root(source, resource)
    url = root.find(".//url") if root is not None else None
    href = "" if url is None else (url.get("href") or words(url)).strip()
    name = clean(title or words(root.find(".//title") if root is not None else None)) or href
    return web_link(name, href)


def web_link(title: str, href: str) -> str | None:
    """Return the row of a list that links to `href`; None when that is no address on the web."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return None
    if parts.scheme.lower() not in _SAFE or any(sign in href for sign in ' <>"\\\n\r\t'):
        return None
    address = href.replace("(", "%28").replace(")", "%29")
    return f"- [{plain(title)}]({address})"


def topic_of(source: Unpacked, resource: Resource) -> Topic | None:
    """Return a discussion or an assignment; None when it is neither.

    Raises:
        KompetanseError: When its file is damaged.
    """
    if not resource.kind.startswith(("imsdt", "assignment")):
        return None
    root = _root(source, resource)
    text = root.find(".//text") if root is not None else None
    title = clean(words(root.find(".//title"))) if root is not None else ""
    kind = "a discussion" if resource.kind.startswith("imsdt") else "an assignment to hand in"
    return Topic(title, _html(text), kind)


def lost(resource: Resource) -> tuple[str, str]:
    """Return what a resource is that nobody can carry over, and what to do."""
    for start, said in _LOST.items():
        if resource.kind.startswith(start):
            return said
    return f"a resource of the kind «{resource.kind[:60]}»", "we do not read it"


def _root(source: Unpacked, resource: Resource) -> etree._Element | None:
    """Return the file of a resource; thin packages have it in the manifest."""
    if resource.entry is None:
        return resource.element
    return bare(source.read(resource.entry), f"{source.file}: {resource.entry}")


def _html(text: etree._Element | None) -> str:
    if text is None:
        return ""
    is_plain = text.get("texttype", "text/html") == "text/plain"
    return f"<p>{escape(text.text or '')}</p>" if is_plain else (text.text or "")
