"""Items as schema.org data in JSON-LD, https://schema.org/version/latest/."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from kompetanse.learning.calendar import upcoming
from kompetanse.model.item import (
    Competence,
    Course,
    Item,
    ItemId,
    Module,
    Programme,
    Role,
    Session,
    Target,
    kind_of,
)
from kompetanse.model.licence import LICENCES
from kompetanse.model.own_address import INDEX
from kompetanse.pages.credit import data
from kompetanse.pages.view import Site

Data = dict[str, Any]

_MODE = {"self-paced": "online", "classroom": "onsite", "blended": "blended"}


def describe(site: Site, item: Item) -> Data:
    """Return `item` as one JSON-LD node with what it refers to; a key without value is left out."""
    return _whole(
        {"@context": "https://schema.org", **_common(site, item), **_OWN[kind_of(item)](site, item)}
    )


class Described(Protocol):
    """A page that the site makes itself."""

    @property
    def type(self) -> str:
        """What schema.org calls such a page."""

    @property
    def title(self) -> str:
        """Its heading."""

    @property
    def lead(self) -> str | None:
        """What it is, in a sentence."""

    @property
    def shown(self) -> tuple[tuple[str, str], ...]:
        """Name and address of what it lists."""


def own_page(site: Site, address: str, language: str, page: Described) -> Data:
    """Return the site's own page at `address` as one JSON-LD node, with name and address of what it lists.

    The list of competences holds the set that each of them says it is in; the others hold a plain list.
    """
    return _whole(
        {
            "@context": "https://schema.org",
            "@type": page.type,
            "name": page.title,
            "description": page.lead,
            "url": _base(site) + address,
            "inLanguage": language,
            "publisher": _publisher(site),
            "mainEntity": _term_set(site) if address == INDEX["competence"] else _list(site, page.shown),
        }
    )


def _list(site: Site, shown: Iterable[tuple[str, str]]) -> Data | None:
    rows = [
        {"@type": "ListItem", "position": place, "name": name, "url": urljoin(_base(site), address)}
        for place, (name, address) in enumerate(shown, start=1)
    ]
    return {"@type": "ItemList", "numberOfItems": len(rows), "itemListElement": rows} if rows else None


def _term_set(site: Site) -> Data:
    return _whole(
        {
            **_term_set_reference(site),
            "url": _base(site) + INDEX["competence"],
            "inLanguage": site.catalogue.region.language,
            "publisher": _publisher(site),
            "hasDefinedTerm": [_term(site, one) for one in site.catalogue.published(Competence)],
        }
    )


def _term_set_reference(site: Site) -> Data:
    """Return what every competence says of the set it is in."""
    return {
        "@type": "DefinedTermSet",
        "@id": _base(site) + INDEX["competence"],
        "name": site.catalogue.region.name,
    }


def _publisher(site: Site) -> Data:
    region = site.catalogue.region
    return _whole({"@type": "Organization", "name": region.publisher or region.name, "url": region.url})


def _base(site: Site) -> str:
    """Return the address of the site in the world, or its root."""
    return site.catalogue.region.url or "/"


def _whole(data: Data) -> Data:
    return {key: value for key, value in data.items() if value not in (None, [], "", {})}


def url(site: Site, item: Item) -> str:
    """Return the address of `item` in the world; without the site's own address, from the root."""
    return _base(site) + item.address


def _shown(site: Site, ids: Iterable[ItemId]) -> list[Item]:
    """Return the items of `ids` that have a page; nothing is said of a draft."""
    found = (site.catalogue.items.get(id_) for id_ in ids)
    return [item for item in found if item is not None and site.catalogue.shows(item)]


def _common(site: Site, item: Item) -> Data:
    region = site.catalogue.region
    return {
        "@id": url(site, item),
        "identifier": f"{region.id}/{item.id}",
        "name": item.title,
        "description": item.summary,
        "url": url(site, item),
    }


def _creative(site: Site, item: Item) -> Data:
    changed, licence = site.changed(item), LICENCES.get(item.licence)
    return {
        "inLanguage": item.language,
        "dateModified": str(changed.day) if changed else None,
        "license": licence.url if licence else None,
        "author": [{"@type": "Organization", "name": name} for name in item.authors],
        "publisher": _publisher(site),
        "keywords": list(item.tags),
        "isAccessibleForFree": True,
        "translationOfWork": _translated(site, item),
        **_credit(site, item),
        "expires": str(item.review_due) if item.review_due else None,
    }


def _credit(site: Site, item: Item) -> Data:
    found = site.credited(item)
    return data(item.language, site.publisher, found) if found else {}


def _translated(site: Site, item: Item) -> Data | None:
    original = site.catalogue.original(item)
    return (
        None
        if original is item
        else {"@type": "CreativeWork", "@id": url(site, original), "name": original.title}
    )


def _page(site: Site, item: Item) -> Data:
    return {"@type": "WebPage", **_creative(site, item)}


def _role(site: Site, item: Role) -> Data:
    sets = {"styrk08": "STYRK-08", "isco08": "ISCO-08"}
    found = _shown(site, (one.requirement.competence for one in site.catalogue.requirements(item)))
    return {
        "@type": "Occupation",
        "occupationalCategory": [
            {"@type": "CategoryCode", "codeValue": code, "inCodeSet": sets[name]}
            for name, code in item.codes.items()
            if name in sets
        ],
        "sameAs": item.codes.get("esco"),
        "skills": [_term(site, one) for one in found if isinstance(one, Competence)],
    }


def _term(site: Site, item: Competence) -> Data:
    return {"@type": "DefinedTerm", "@id": url(site, item), "name": item.title, "termCode": item.id}


def _competence(site: Site, item: Competence) -> Data:
    return {
        "@type": "DefinedTerm",
        "termCode": item.id,
        "inDefinedTermSet": _term_set_reference(site),
        "sameAs": list(item.aligned_to),
    }


def _learning(site: Site, item: Item) -> Data:
    duration = (
        site.catalogue.duration_of(item) if isinstance(item, Course) else getattr(item, "duration", None)
    )
    return {**_creative(site, item), "timeRequired": str(duration) if duration else None}


def _module(site: Site, item: Module) -> Data:
    courses = site.catalogue.courses_with(item)
    return {
        "@type": "LearningResource",
        **_learning(site, item),
        "teaches": list(item.objectives),
        "isPartOf": [{"@type": "Course", "@id": url(site, one), "name": one.title} for one in courses],
    }


def _course(site: Site, item: Course) -> Data:
    catalogue = site.catalogue
    taught = _shown(site, (one.competence for one in item.teaches))
    needed = _shown(site, (one.competence for one in item.prerequisites if isinstance(one, Target)))
    before = _shown(site, (one for one in item.prerequisites if not isinstance(one, Target)))
    return {
        "@type": ["Course", "LearningResource"],
        **_learning(site, item),
        "courseCode": item.id,
        "teaches": [_term(site, one) for one in taught if isinstance(one, Competence)],
        "competencyRequired": [_term(site, one) for one in needed if isinstance(one, Competence)],
        "coursePrerequisites": [
            {"@type": "Course", "@id": url(site, one), "name": one.title}
            for one in before
            if isinstance(one, Course)
        ],
        "provider": _whole(
            {"@type": "Organization", "name": catalogue.region.publisher, "url": catalogue.region.url}
        ),
        "hasPart": [
            {"@type": "LearningResource", "@id": url(site, one), "name": one.title}
            for one in catalogue.modules_of(item)
        ],
        "hasCourseInstance": _instances(site, item),
        "educationalCredentialAwarded": _credential(item),
    }


def _instances(site: Site, item: Course) -> list[Data]:
    duration = site.catalogue.duration_of(item)
    workload = {"courseWorkload": str(duration)} if duration else {}
    own = {"@type": "CourseInstance", "courseMode": _MODE[item.delivery], **workload}
    held = [_held(site, one) for one in _meetings(site, item) if not one.cancelled]
    return held if held and item.delivery == "classroom" else [own, *held]


def _meetings(site: Site, item: Course) -> list[Session]:
    """Return the sessions of `item` that are not over yet, by start."""
    sessions = site.catalogue.sessions_of(site.catalogue.original(item))
    coming = {one.session.id for one in upcoming(sessions, site.today)}
    return [one for one in sessions if one.id in coming]


def _held(site: Site, session: Session) -> Data:
    zone = ZoneInfo(site.catalogue.region.timezone)
    place = session.place or site.catalogue.region.municipality(session.municipality)
    return _whole(
        {
            "@type": "CourseInstance",
            "@id": url(site, session),
            "name": session.title,
            "courseMode": "onsite",
            "startDate": session.starts.replace(tzinfo=zone).isoformat(),
            "endDate": session.ends.replace(tzinfo=zone).isoformat(),
            "location": {"@type": "Place", "name": place} if place else None,
        }
    )


def _credential(item: Course) -> Data | None:
    certificate = item.certificate
    if certificate is None:
        return None
    return _whole(
        {
            "@type": "EducationalOccupationalCredential",
            "credentialCategory": "certificate",
            "name": item.title,
            "validFor": str(certificate.valid_for) if certificate.valid_for else None,
        }
    )


def _session(site: Site, item: Session) -> Data:
    status = "EventCancelled" if item.cancelled else "EventScheduled"
    about = [
        {"@type": "Course", "@id": url(site, one), "name": one.title} for one in _shown(site, [item.course])
    ]
    return {
        **_held(site, item),
        "@type": "CourseInstance",
        "inLanguage": item.language,
        "about": about,
        "eventStatus": f"https://schema.org/{status}",
        "maximumAttendeeCapacity": item.seats,
    }


def _programme(site: Site, item: Programme) -> Data:
    found = _shown(site, (step.item for step in item.steps))
    return {
        "@type": "LearningResource",
        **_creative(site, item),
        "learningResourceType": "programme",
        "hasPart": [
            {"@type": "Course", "@id": url(site, one), "name": one.title}
            for one in found
            if isinstance(one, Course)
        ],
    }


_OWN: Mapping[str, Callable[[Site, Any], Data]] = {
    "page": _page,
    "role": _role,
    "competence": _competence,
    "course": _course,
    "module": _module,
    "session": _session,
    "programme": _programme,
}
