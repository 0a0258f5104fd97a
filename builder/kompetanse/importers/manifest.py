"""`imsmanifest.xml`, the table of contents of Common Cartridge, SCORM and QTI packages (IMS Content Packaging 1.1–1.2)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from kompetanse.errors import KompetanseError
from kompetanse.importers.bare_xml import bare, number, words
from kompetanse.importers.entry_names import normal
from kompetanse.importers.html_head import licence_in
from kompetanse.importers.table import clean
from kompetanse.importers.unpacked import Unpacked

NAME = "imsmanifest.xml"
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Resource:
    """A file or more that belong together.

    Attributes:
        id: Its identifier.
        kind: Its type, in small letters, such as `webcontent`.
        href: Where it is opened, as it is written; may be empty.
        entry: Entry of the archive that this means; None when it is not there.
        files: Entries of its files that are there.
        missing: Names of its files that are not.
        scorm: `sco` or `asset` in SCORM; else empty.
        element: The element itself, for what stands inside.
    """

    id: str
    kind: str
    href: str
    entry: str | None
    files: tuple[str, ...]
    missing: tuple[str, ...]
    scorm: str
    element: etree._Element


@dataclass(frozen=True, slots=True)
class Node:
    """A row of the table of contents.

    Attributes:
        title: Its title; may be empty.
        resource: What it opens, if anything.
        children: Rows below it.
        mastery: Share of the score that passes, in per cent; None when it does not say.
    """

    title: str
    resource: Resource | None
    children: tuple[Node, ...]
    mastery: int | None = None

    def walk(self) -> Iterator[Node]:
        """Yield it and all rows below it, in their order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest.

    Attributes:
        entry: Its entry in the archive.
        schema, version: What it says it is; may be empty.
        title, description: What it calls the package; may be empty.
        language: BCP 47 tag, where it says.
        licence: SPDX identifier, where it names one that we know.
        nodes: The rows of its table of contents.
        resources: Every resource by its identifier.
        namespaces: All namespaces that it names, for telling versions.
    """

    entry: str
    schema: str
    version: str
    title: str
    description: str
    language: str | None
    licence: str | None
    nodes: tuple[Node, ...]
    resources: Mapping[str, Resource]
    namespaces: str


def entry_of(source: Unpacked) -> str | None:
    """Return the manifest of an archive: at its root, or in the only folder that has one, the uppermost first."""
    return next(iter(_all(source)), None)


def others_of(source: Unpacked) -> list[str]:
    """Return the manifests of an archive that are not its own: of packages packed together."""
    return _all(source)[1:]


def _all(source: Unpacked) -> list[str]:
    found = [name for name in source.names if posixpath.basename(name).lower() == NAME]
    return sorted(found, key=lambda name: (name.count("/"), name))


def read_manifest(source: Unpacked) -> Manifest:
    """Read the manifest of an archive.

    Raises:
        KompetanseError: When it has none, or one that is no manifest.
    """
    entry = entry_of(source)
    if entry is None:
        raise KompetanseError(f"{source.file}: it has no {NAME}. Export the package again")
    data = source.read(entry)
    root = bare(data, f"{source.file}: {entry}")
    if root.tag != "manifest":
        source.fail(entry, f"its root is <{root.tag}>, not <manifest>", "Export the package again")
    resources = {one.id: one for one in _resources(root, source, posixpath.dirname(entry))}
    organization = _organization(root)
    lom = root.find("metadata/lom")
    return Manifest(
        entry=entry,
        schema=words(root.find("metadata/schema")),
        version=words(root.find("metadata/schemaversion")),
        title=_said(lom, "general/title") or _title(organization),
        description=_said(lom, "general/description"),
        language=_language(lom, root),
        licence=licence_in(words(lom.find("rights")))
        if lom is not None and lom.find("rights") is not None
        else None,
        nodes=() if organization is None else tuple(_nodes(organization, resources, 0)),
        resources=resources,
        namespaces=data[:4096].decode("utf-8", errors="replace"),
    )


def located(source: Unpacked, base: str, href: str) -> str | None:
    """Return the entry that `href`, written in the folder `base`, means: literally, or as an address."""
    path = "" if href.startswith("//") else href.partition("?")[0].partition("#")[0]
    for written in (href, path, unquote(path)):
        whole = posixpath.normpath(posixpath.join(base, written.replace("\\", "/").lstrip("/")))
        if written and not whole.startswith(".."):
            found = source.find(normal(whole))
            if found:
                return found
    return None


def _resources(root: etree._Element, source: Unpacked, base: str) -> Iterator[Resource]:
    for group in root.iterfind("resources"):
        folder = posixpath.join(base, group.get("base", ""))
        for one in group.iterfind("resource"):
            yield _resource(one, source, posixpath.join(folder, one.get("base", "")))


def _resource(one: etree._Element, source: Unpacked, base: str) -> Resource:
    href = one.get("href", "").strip()
    names = [file.get("href", "").strip() for file in one.iterfind("file")]
    found = [(name, located(source, base, name)) for name in names if name]
    entries = tuple(entry for _, entry in found if entry)
    return Resource(
        id=one.get("identifier", ""),
        kind=one.get("type", "").strip().lower(),
        href=href,
        entry=located(source, base, href) if href else (entries[0] if entries else None),
        files=entries,
        missing=tuple(name for name, entry in found if not entry),
        scorm=(one.get("scormtype") or one.get("scormType") or "").lower(),
        element=one,
    )


def _organization(root: etree._Element) -> etree._Element | None:
    group = root.find("organizations")
    if group is None:
        return None
    every = group.findall("organization")
    named = [one for one in every if one.get("identifier") == group.get("default")]
    return next(iter([*named, *every]), None)


def _nodes(parent: etree._Element, resources: Mapping[str, Resource], depth: int) -> Iterator[Node]:
    """Yield the rows below `parent`; those that nest too deep stand beside each other."""
    for one in parent.iterfind("item"):
        deep = depth >= _DEEPEST
        resource = resources.get(one.get("identifierref", ""))
        below = () if deep else tuple(_nodes(one, resources, depth + 1))
        yield Node(_title(one), resource, below, _mastery(one))
        if deep:
            for inner in one.iter("item"):
                if inner is not one:
                    yield Node(_title(inner), resources.get(inner.get("identifierref", "")), ())


def _title(element: etree._Element | None) -> str:
    return "" if element is None else clean(words(element.find("title")))


def _mastery(one: etree._Element) -> int | None:
    """Return the pass mark of SCORM 1.2 (per cent) or 2004 (a share of 1)."""
    score = one.find("masteryscore")
    measure = one.find("sequencing/objectives/primaryObjective/minNormalizedMeasure")
    if score is not None:
        share = number(words(score))
    elif measure is not None:
        share = 100 * number(words(measure))
    else:
        return None
    return round(share) if 0 < share <= 100 else None


def _said(lom: etree._Element | None, path: str) -> str:
    found = None if lom is None else lom.find(path)
    if found is None:
        return ""
    string = next(found.iter("string", "langstring"), None)
    return clean(words(found if string is None else string))


def _language(lom: etree._Element | None, root: etree._Element) -> str | None:
    said = _said(lom, "general/language") or (words(lom.find("general/language")) if lom is not None else "")
    strings = [] if lom is None else list(lom.iterfind("general/title//*"))
    named = [one.get("language") or one.get("lang") or "" for one in strings]
    found = next((one for one in (said, *named, root.get("lang", "")) if one), "")
    return (
        found.replace("_", "-")
        if 2 <= len(found) <= 12 and found.lower() not in ("x-none", "und", "none")
        else None
    )
