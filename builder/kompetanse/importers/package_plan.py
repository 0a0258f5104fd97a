"""Which lessons a package becomes: each row at the top of its table of contents, and what stands in none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from kompetanse.importers.manifest import Manifest, Node, Resource
from kompetanse.messages import LANGUAGES, text

PAGES = (".html", ".htm", ".xhtml")


@dataclass(frozen=True, slots=True)
class Part:
    """What becomes a lesson, or the text of the course itself.

    Attributes:
        title: Its title; may be empty.
        nodes: Its rows; the first is the one at the top.
        listed: Whether it stands in the table of contents.
    """

    title: str
    nodes: tuple[Node, ...]
    listed: bool = True

    @property
    def pages(self) -> Iterator[str]:
        """Entries of its pages."""
        for node in self.nodes:
            for one in node.walk():
                if one.resource and is_page(one.resource) and one.resource.entry:
                    yield one.resource.entry


@dataclass(frozen=True, slots=True)
class Plan:
    """The parts of a package.

    Attributes:
        title: What its table of contents calls it; may be empty.
        about: What becomes the text of the course, if anything.
        lessons: What become lessons, in their order.
    """

    title: str
    about: Part | None
    lessons: tuple[Part, ...]


def plan(manifest: Manifest) -> Plan:
    """Return the parts of a package."""
    title, nodes = _top(manifest)
    parts = [*_parts(nodes), *_unlisted(manifest)]
    has_about = bool(parts) and _is_about(parts[0]) and len(parts) > 1
    return Plan(title, parts[0] if has_about else None, tuple(parts[1:] if has_about else parts))


def is_page(resource: Resource) -> bool:
    """Tell whether a resource opens a page."""
    name = resource.entry or resource.href.partition("?")[0].partition("#")[0]
    return PurePosixPath(name).suffix.lower() in PAGES and "qti" not in resource.kind


def is_questions(resource: Resource) -> bool:
    """Tell whether a resource holds questions."""
    return "qti" in resource.kind and not is_page(resource)


def is_item(resource: Resource) -> bool:
    """Tell whether a resource holds one question of QTI 2 or 3, which a test may refer to."""
    return "qti" in resource.kind and "item" in resource.kind


def _top(manifest: Manifest) -> tuple[str, Sequence[Node]]:
    """Return the uppermost rows; a single row that only holds all others is no lesson."""
    title, nodes = "", manifest.nodes
    while len(nodes) == 1 and nodes[0].children and not nodes[0].resource:
        is_lesson = not any(one.children for one in nodes[0].children)
        if nodes[0].title not in ("", manifest.title) and is_lesson:
            break
        title, nodes = nodes[0].title or title, nodes[0].children
    return title, nodes


def _parts(nodes: Sequence[Node]) -> Iterator[Part]:
    """Yield a part per row; links and files at the top go to the part before them."""
    held: list[Node] = []
    for node in nodes:
        starts = bool(node.children) or node.resource is None or _is_whole(node.resource)
        if held and starts:
            yield Part(held[0].title, tuple(held))
            held = []
        held.append(node)
    if held:
        yield Part(held[0].title, tuple(held))


def _is_whole(resource: Resource) -> bool:
    return is_page(resource) or is_questions(resource)


def _unlisted(manifest: Manifest) -> Iterator[Part]:
    """Yield pages and tests that the table of contents does not name, questions of no test last and together."""
    listed = {one.resource.id for node in manifest.nodes for one in node.walk() if one.resource}
    others = [one for one in manifest.resources.values() if one.id not in listed]
    within = {name for one in manifest.resources.values() for name in one.files if name != one.entry}
    needed = {
        need.get("identifierref", "")
        for one in manifest.resources.values()
        for need in one.element.iterfind("dependency")
    }
    for one in others:
        is_apart = one.id not in needed and one.entry is not None and one.entry not in within
        if is_page(one) and one.kind == "webcontent" and is_apart:
            yield Part("", (Node("", one, ()),), listed=False)
    has_test = any(is_questions(one) and not is_item(one) for one in manifest.resources.values())
    for one in others:
        if is_questions(one) and not is_item(one):
            yield Part("", (Node("", one, ()),), listed=False)
    items = [Node("", one, ()) for one in others if is_item(one)]
    if items and not has_test:
        yield Part("", tuple(items), listed=not manifest.nodes)


def _is_about(part: Part) -> bool:
    """Tell whether a part is what we ourselves write first in a package."""
    return part.title.casefold() in {text(language, "export.about").casefold() for language in LANGUAGES}


def missing(manifest: Manifest) -> Iterator[tuple[str, str]]:
    """Yield each file that the manifest names and that is not there, with the resource that wants it."""
    for one in manifest.resources.values():
        for name in one.missing:
            yield one.id, name
        if one.href and one.entry is None and one.href not in one.missing and "://" not in one.href:
            yield one.id, one.href
