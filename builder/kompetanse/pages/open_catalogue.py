"""The open catalogue: what the region offers others, as files that anybody may fetch. `docs/open-catalogue.md` describes them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from kompetanse.model.item import Course, ItemId
from kompetanse.model.licence import NOASSERTION
from kompetanse.model.own_address import CATALOGUE, CATALOGUE_FEED, CATALOGUE_SCHEMA, SCHEMAS, WELL_KNOWN
from kompetanse.model.region import Withdrawal
from kompetanse.pages import amb
from kompetanse.pages.view import Site

VERSION = 1
"""Of the catalogue's form; a reader reads no later one."""

MOST_ENTRIES = 100
"""Newest changes and withdrawals that stand in the feed."""

_ATOM = "http://www.w3.org/2005/Atom"


def written(site: Site) -> Iterator[tuple[str, str]]:
    """Yield address and text of each file of the open catalogue; nothing in them comes from the clock."""
    yield WELL_KNOWN, json.dumps(_well_known(site), ensure_ascii=False, indent=2) + "\n"
    yield CATALOGUE, catalogue(site)
    yield CATALOGUE_FEED, feed(site)


def _well_known(site: Site) -> dict[str, Any]:
    """Return where the rest is; addresses are relative to the site."""
    region = site.catalogue.region
    found = {
        "version": VERSION,
        "region": region.id,
        "name": region.name,
        "site": region.url,
        "repository": region.repository,
        "catalogue": f"../{CATALOGUE}",
        "changes": f"../{CATALOGUE_FEED}",
        "schema": f"../{SCHEMAS}{CATALOGUE_SCHEMA}.schema.json",
    }
    return {key: value for key, value in found.items() if value is not None}


def catalogue(site: Site) -> str:
    """Return `catalogue.json`: a schema.org DataFeed with one course in a row, by id; what is withdrawn comes last."""
    region = site.catalogue.region
    head = {
        "@context": [amb.CONTEXT, {"@language": amb.two_letters(region.language) or "no"}],
        "id": (region.url or "/") + CATALOGUE,
        "type": "DataFeed",
        "version": VERSION,
        "region": region.id,
        "name": region.name,
        "site": region.url,
        "repository": region.repository,
    }
    rows = [f"{json.dumps(key)}: {_row(value)}," for key, value in head.items() if value is not None]
    courses = ",\n".join(_row(_without_parts(amb.record(site, one))) for one in _offered(site))
    gone = ",\n".join(_row(_withdrawn(one)) for one in _taken_back(site))
    return "\n".join(
        ("{", *rows, '"dataFeedElement": [', courses, "],", '"withdrawn": [', gone, "]", "}", "")
    )


def _without_parts(record: amb.Data) -> amb.Data:
    """Leave out the modules, which are half of a record and which stand on the course's page."""
    return {key: value for key, value in record.items() if key != "hasPart"}


def _row(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _offered(site: Site) -> list[Course]:
    gone = {one.id for one in site.catalogue.region.withdrawn}
    open_ = (one for one in site.catalogue.originals(Course) if one.licence != NOASSERTION)
    return sorted((one for one in open_ if one.id not in gone), key=lambda one: one.id)


def _taken_back(site: Site) -> list[Withdrawal]:
    return sorted({one.id: one for one in site.catalogue.region.withdrawn}.values(), key=lambda one: one.id)


def _withdrawn(one: Withdrawal) -> dict[str, str]:
    return {"id": one.id, "reason": one.reason, "date": str(one.day)}


def feed(site: Site) -> str:
    """Return the Atom feed (RFC 4287) of the newest changes and withdrawals."""
    region, view = site.catalogue.region, site.view("", site.catalogue.region.language)
    top = ElementTree.Element("feed", {"xmlns": _ATOM, "xml:lang": region.language})
    entries = sorted((*_changes(site), *_withdrawals(site)), reverse=True)[:MOST_ENTRIES]
    address = (region.url or "/") + CATALOGUE_FEED
    _add(top, "id", address)
    _add(top, "title", view.words("open.feed", region=region.name))
    _add(top, "updated", entries[0][0] if entries else "1970-01-01T00:00:00Z")
    _add(top, "link", rel="self", href=address)
    _add(_add(top, "author"), "name", region.publisher or region.name)
    for updated, id_, title, summary, href in entries:
        entry = _add(top, "entry")
        for name, text in (("id", id_), ("title", title), ("updated", updated), ("summary", summary)):
            _add(entry, name, text)
        _add(entry, "link", rel="alternate", href=href)
    ElementTree.indent(top)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(top, encoding="unicode")}\n'


def _add(parent: ElementTree.Element, name: str, text: str = "", /, **attributes: str) -> ElementTree.Element:
    found = ElementTree.SubElement(parent, name, attributes)
    found.text = text or None
    return found


Entry = tuple[str, str, str, str, str]
"""When, an id that stays, title, summary and address: sorted by when and id."""


def _changes(site: Site) -> Iterator[Entry]:
    for course in _offered(site):
        version = site.versions.get(course.id)
        if version and version.moment:
            here = amb.url(site, course)
            yield f"{version.moment:%Y-%m-%dT%H:%M:%SZ}", here, course.title, course.summary or "", here


def _withdrawals(site: Site) -> Iterator[Entry]:
    region, view = site.catalogue.region, site.view("", site.catalogue.region.language)
    where = (region.url or "/") + CATALOGUE
    for one in _taken_back(site):
        item = site.catalogue.items.get(ItemId(one.id))
        shown = item.title if item and site.catalogue.shows(item) else one.id
        title = view.words("open.withdrawn", title=shown)
        reason = view.words(f"offers.reason.{one.reason}")
        yield f"{one.day}T00:00:00Z", f"{where}#{one.id}", title, reason, where
