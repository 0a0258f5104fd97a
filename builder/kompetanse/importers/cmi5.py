"""Read cmi5 packages: each assignable unit that lies in the package is a page; our own come back whole."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from kompetanse.errors import KompetanseError
from kompetanse.importers import cartridge, own_page
from kompetanse.importers.bare_xml import bare, number, words
from kompetanse.importers.found_course import FoundCourse
from kompetanse.importers.html_encoding import decoded
from kompetanse.importers.manifest import Manifest, Node, Resource, located
from kompetanse.importers.readers import Tell, quiet
from kompetanse.importers.table import clean
from kompetanse.importers.unpacked import Unpacked

NAME = "cmi5.xml"
_DEEPEST = 20


def read(source: Unpacked, tell: Tell = quiet) -> FoundCourse:
    """Read a package.

    Raises:
        KompetanseError: When its course structure or a file of it is damaged, or none of its units lies in it.
    """
    root = bare(source.read(NAME), f"{source.file}: {NAME}")
    nodes = tuple(_nodes(root, source, 0))
    launched = [
        one.resource.entry for node in nodes for one in node.walk() if one.resource and one.resource.entry
    ]
    if not launched:
        raise KompetanseError(
            f"{source.file}: its units lie on a server, not in the package. Ask for the pages themselves"
        )
    if len(launched) == 1 and own_page.is_own(decoded(source.read(launched[0]))):
        return own_page.course_of(source, launched[0], "cmi5")
    return cartridge.course_of(source, _manifest(root, nodes), tell, "cmi5")


def _manifest(root: etree._Element, nodes: tuple[Node, ...]) -> Manifest:
    course = root.find("course")
    title = None if course is None else course.find("title/langstring")
    resources = {one.resource.id: one.resource for node in nodes for one in node.walk() if one.resource}
    return Manifest(
        entry=NAME,
        schema="cmi5",
        version="",
        title=clean(words(title)),
        description="" if course is None else clean(words(course.find("description/langstring"))),
        language=(title.get("lang") if title is not None else "") or None,
        licence=None,
        nodes=nodes,
        resources=resources,
        namespaces="",
    )


def _nodes(parent: etree._Element, source: Unpacked, depth: int) -> Iterator[Node]:
    for one in parent.iterchildren("block", "au"):
        title = clean(words(one.find("title/langstring")))
        if one.tag == "block":
            yield Node(title, None, tuple(_nodes(one, source, depth + 1)) if depth < _DEEPEST else ())
        else:
            share = round(100 * number(one.get("masteryScore")))
            yield Node(title, _resource(one, source), (), share if 0 < share <= 100 else None)


def _resource(one: etree._Element, source: Unpacked) -> Resource:
    href = words(one.find("url"))
    entry = located(source, "", href) if "://" not in href else None
    return Resource(one.get("id", ""), "webcontent", href, entry, (), (), "sco", one)
