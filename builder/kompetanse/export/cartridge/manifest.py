"""The manifest of a Common Cartridge 1.1: metadata, the order of its parts, and its files.

Its namespace is the default one and stands within the first 1,024 bytes, by which Moodle knows a cartridge; ids begin with a
letter; an address is a file's name, letter by letter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from kompetanse.export.edition import Edition
from kompetanse.export.elements import element, made, many
from kompetanse.export.placing import text_of

_CC = "http://www.imsglobal.org/xsd/imsccv1p1"
_LOM = "http://ltsc.ieee.org/xsd/imsccv1p1/LOM"
_XSD = "http://www.imsglobal.org/profile/cc/ccv1p1"
NAMESPACE = f"{_CC}/imscp_v1p1"
WEBLINK_NAMESPACE = f"{_CC}/imswl_v1p1"

PAGE, WEBLINK = "webcontent", "imswl_xmlv1p1"
ASSESSMENT = "imsqti_xmlv1p2/imscc_xmlv1p1/assessment"

_TITLE, _COURSE = 255, 240
"""Signs that Moodle's tables hold of a part's title, and of a course's with what a second restore adds to it."""


@dataclass(frozen=True, slots=True)
class Resource:
    """A file of the cartridge.

    Attributes:
        id: Begins with a letter.
        kind: What it is, one of the constants of this module.
        file: Its name in the cartridge.
        needs: Ids of the files that it shows.
    """

    id: str
    kind: str
    file: str
    needs: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the table of contents.

    Attributes:
        id: Begins with a letter.
        title: Without markup.
        resource: Id of the resource it leads to; None for a heading.
        items: The lines below it.
    """

    id: str
    title: str
    resource: str | None = None
    items: Sequence[Item] = ()


def manifest(edition: Edition, items: Sequence[Item], resources: Sequence[Resource]) -> Markup:
    """Return the manifest; the first of `items` becomes the first section of a course in Moodle."""
    names = {
        "identifier": f"k-{edition.region.id}-{edition.course.id}",
        "xmlns": NAMESPACE,
        "xmlns:lomimscc": f"{_LOM}/manifest",
        "xmlns:lom": f"{_LOM}/resource",
        "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
        "xsi:schemaLocation": f"{NAMESPACE} {_XSD}/ccv1p1_imscp_v1p2_v1p0.xsd"
        f" {_LOM}/manifest {_XSD}/LOM/ccv1p1_lommanifest_v1p0.xsd",
    }
    root = element("item", *map(_item, items), identifier="root")
    tree = element("organization", root, identifier="O1", structure="rooted-hierarchy")
    return made(
        "manifest",
        names,
        element(
            "metadata",
            element("schema", "IMS Common Cartridge"),
            element("schemaversion", "1.1.0"),
            _lom("lom", *_described(edition)),
        ),
        element("organizations", tree),
        element("resources", *map(_resource, resources)),
    )


def _item(one: Item) -> Markup:
    title = element("title", one.title[:_TITLE])
    return element("item", title, *map(_item, one.items), identifier=one.id, identifierref=one.resource)


def _resource(one: Resource) -> Markup:
    href = one.file if one.kind == PAGE else None
    needs = (element("dependency", identifierref=id_) for id_ in one.needs)
    return element(
        "resource", element("file", href=one.file), *needs, identifier=one.id, type=one.kind, href=href
    )


def _described(edition: Edition) -> Iterator[Markup]:
    """Yield the metadata: what the course is called and about, its version, and under which licence it may be used."""
    course, language = edition.course, edition.course.language
    yield _lom(
        "general",
        _lom(
            "identifier",
            _lom("catalog", edition.region.id),
            _lom("entry", f"{course.id} {edition.stamp}"),
        ),
        _lom("title", _string(language, course.title[:_COURSE].rstrip())),
        _lom("language", language),
        _lom("description", _string(language, course.summary or course.title)),
        *(_lom("keyword", _string(language, tag)) for tag in course.tags),
    )
    if edition.version and edition.version.moment:
        day = _lom("date", _lom("dateTime", edition.version.moment.date()))
        yield _lom("lifeCycle", _lom("contribute", day))
    credit = " ".join(text_of(one) for one in edition.credit)
    yield _lom(
        "rights",
        _lom("copyrightAndOtherRestrictions", _lom("value", "yes")),
        _lom("description", _string(language, f"{credit} {course.licence}".strip())),
    )


def _string(language: str, text: str) -> Markup:
    return made("lomimscc:string", {"language": language}, text)


def _lom(name: str, *children: object) -> Markup:
    return element(f"lomimscc:{name}", *children)


def weblink(title: str, address: str) -> Markup:
    """Return a link to somewhere on the web."""
    inside = many(element("title", title), element("url", href=address, target="_blank"))
    return made("webLink", {"xmlns": WEBLINK_NAMESPACE}, inside)
