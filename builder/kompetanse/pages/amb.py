"""A course as a record of AMB, the profile of schema.org and LRMI that harvesters of learning resources ask for.

https://dini-ag-kim.github.io/amb/ (DINI-AG KIM). What AMB has no place for, such as the commit, stands in keys of our own,
which a reader of JSON-LD passes by; `docs/open-catalogue.md` describes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kompetanse.model.item import Competence, Course, Item, ItemId, Role, Target
from kompetanse.model.licence import LICENCES, NOASSERTION
from kompetanse.model.origin import Credit
from kompetanse.pages.view import Site

Data = dict[str, Any]

CONTEXT = "https://w3id.org/kim/amb/context.jsonld"
COURSE_TYPE = "https://w3id.org/kim/hcrt/course"
"""What AMB's list of resource types, HCRT, calls a course."""

FREE = "http://w3id.org/kim/conditionsOfAccess/no_login"

_OTHER_LANGUAGE = "no"
"""Named in the context of a text whose own language has no two-letter code, which AMB asks for: the family's code."""

_LICENCE_URL = {
    "MIT": "https://opensource.org/licenses/MIT",
    "Apache-2.0": "https://www.apache.org/licenses/LICENSE-2.0",
    "BSD-3-Clause": "https://www.opensource.org/licenses/BSD-3-Clause",
}
"""Where AMB wants these to be named; of the others it knows those of Creative Commons."""


def record(site: Site, course: Course) -> Data:
    """Return the record of `course`, which says what a fork of it takes when it is the original of its translations."""
    found = {
        "@context": [CONTEXT, {"@language": two_letters(course.language) or _OTHER_LANGUAGE}],
        "id": url(site, course),
        "type": ["LearningResource", "Course"],
        "name": course.title,
        "description": course.summary,
        **_about(site, course),
        **_linked(site, course),
        **_own(site, course),
    }
    return {key: value for key, value in found.items() if value not in (None, [], "", {})}


def url(site: Site, item: Item) -> str:
    """Return the address of `item` in the world; without the site's own address, from the root."""
    return (site.catalogue.region.url or "/") + item.address


def _about(site: Site, course: Course) -> Data:
    changed = site.changed(course)
    day = str(changed.day) if changed else None
    region = site.catalogue.region
    return {
        "inLanguage": sorted(filter(None, {two_letters(one) for one in _languages(site, course)})),
        "license": amb_licence(course.licence),
        "creator": [{"type": "Organization", "name": name} for name in course.authors],
        "publisher": [_named("Organization", region.publisher or region.name, region.url)],
        "dateModified": day,
        "keywords": list(course.tags),
        "isAccessibleForFree": True,
        "conditionsOfAccess": {"id": FREE},
        "learningResourceType": [{"id": COURSE_TYPE}],
        "timeRequired": str(length) if (length := site.catalogue.duration_of(course)) else None,
        "mainEntityOfPage": [_page(site, course, day)],
    }


def _page(site: Site, course: Course, day: str | None) -> Data:
    region = site.catalogue.region
    provider = {"id": region.url or "/", "type": "Service", "name": region.name}
    changed = {"dateModified": day} if day else {}
    return {"id": url(site, course), "type": "WebContent", "provider": provider, **changed}


def _named(kind: str, name: str, address: str | None) -> Data:
    return {"type": kind, **({"id": address} if address else {}), "name": name}


def _languages(site: Site, course: Course) -> Iterator[str]:
    yield course.language
    if site.catalogue.original(course) is course:
        yield from (one.language for one in site.catalogue.translations(course))


def two_letters(language: str) -> str | None:
    """Return the ISO 639-1 code of a BCP 47 tag; None for one that has none, such as that of South Sámi."""
    base = language.partition("-")[0].lower()
    return base if len(base) == 2 else None


def amb_licence(spdx: str) -> Data | None:
    """Return a licence as AMB names it; None for one that its schema refuses, such as NLOD."""
    licence = LICENCES.get(spdx)
    address = _LICENCE_URL.get(spdx) or (licence.url if licence else "")
    known = spdx in _LICENCE_URL or address.startswith("https://creativecommons.org/")
    return {"id": address} if known else None


def _linked(site: Site, course: Course) -> Data:
    catalogue = site.catalogue
    needed = (one.competence for one in course.prerequisites if isinstance(one, Target))
    return {
        "teaches": _concepts(site, (one.competence for one in course.teaches), Competence),
        "competencyRequired": _concepts(site, needed, Competence),
        "audience": _concepts(site, course.audience, Role),
        "hasPart": [
            {"id": url(site, one), "type": ["LearningResource"], "name": one.title}
            for one in catalogue.modules_of(course)
        ],
        "isBasedOn": list(_based_on(course)),
    }


def _based_on(course: Course) -> Iterator[Data]:
    """Yield what `course` was adapted from, nearest first."""
    if not course.adopted:
        return
    origin = course.adopted.origin
    identity = f"{origin.region}/{origin.id}" if origin.region else None
    yield _credited(origin.credit, origin.credit.url or _in_the_web(origin.repository), identity)
    yield from (_credited(one, one.url, None) for one in origin.chain)


def _in_the_web(address: str) -> str | None:
    return address if address.startswith("https://") else None


def _credited(credit: Credit, address: str | None, identity: str | None) -> Data:
    found = {
        "id": address,
        "identifier": identity,
        "type": ["LearningResource", "Course"],
        "name": credit.title,
        "creator": [{"type": "Organization", "name": name} for name in credit.authors],
        "license": amb_licence(credit.licence),
    }
    return {key: value for key, value in found.items() if value}


def _concepts(site: Site, ids: Iterable[ItemId], kind: type[Item]) -> list[Data]:
    found = (site.catalogue.items.get(id_) for id_ in dict.fromkeys(ids))
    shown = (one for one in found if isinstance(one, kind) and site.catalogue.shows(one))
    return [{"id": url(site, one), **_label(one)} for one in shown]


def _label(item: Item) -> Mapping[str, Any]:
    language = two_letters(item.language)
    return {"prefLabel": {language: item.title}} if language else {}


def _own(site: Site, course: Course) -> Data:
    """Return what a fork needs to know, and what AMB has no place for."""
    region, version = site.catalogue.region, site.versions.get(course.id)
    length = site.catalogue.duration_of(course)
    return {
        "identifier": f"{region.id}/{course.id}",
        "region": region.id,
        "language": course.language,
        "licence": course.licence if course.licence != NOASSERTION else None,
        "minutes": length.study_minutes if length else None,
        "levels": sorted({one.level for one in course.teaches}),
        "repository": region.repository if version else None,
        "path": str(version.path) if version else None,
        "commit": version.commit if version else None,
        "contentHash": version.hash if version else None,
        "requires": sorted({one for one in _required(course) if _is_shown(site, one)}),
    }


def _is_shown(site: Site, id_: ItemId) -> bool:
    """Tell whether an item has a page; nothing is said of a draft."""
    found = site.catalogue.items.get(id_)
    return found is not None and site.catalogue.shows(found)


def _required(course: Course) -> Iterator[ItemId]:
    """Yield the ids that `course` refers to and that a fork does not take along."""
    yield from (one.competence for one in course.teaches)
    yield from (one.competence if isinstance(one, Target) else one for one in course.prerequisites)
    yield from course.audience
