"""The pages in which scripts do the work: an employee maps herself, a leader sees a unit. Nothing leaves the browser."""

from __future__ import annotations

import json
from itertools import groupby
from typing import Any

from kompetanse.model.catalogue import alphabetical
from kompetanse.model.item import Role
from kompetanse.model.own_address import CHECK, INDEX, MAPPING, OFFLINE_PAGE, UNIT
from kompetanse.model.region import Region
from kompetanse.pages.lists import Listing
from kompetanse.pages.view import View

_COMMON = (
    "level",
    "evidence",
    "requirement",
    "state",
    "date",
    "month",
    "length",
    "delivery",
    "device",
    "file",
)
"""Tables of words that both pages need."""


def mapping(view: View) -> Listing:
    """Write the page on which an employee maps herself against her roles."""
    return _tool(view, "mapping", MAPPING, ("mapping", "plan"))


def unit(view: View) -> Listing:
    """Write the page on which a leader sees a unit, from files that people have handed over."""
    return _tool(view, "unit", UNIT, ("unit",))


def offline(view: View) -> Listing:
    """Write the page that names the courses kept on the device."""
    title, lead = view.words("offline.title"), view.words("offline.lead")
    text = view.render("offline.html", title=title, lead=lead, address=OFFLINE_PAGE)
    return Listing(title, lead, text, scripts=("offline",), type="WebPage", hidden=True)


def check(view: View) -> Listing:
    """Write the page on which a certificate is checked: the keys of all known issuers stand in it."""
    title, lead = view.words("check.title"), view.words("check.lead")
    region = view.catalogue.region
    issuers = _issuers(region)
    text = view.render(
        "certificate.html",
        title=title,
        lead=lead,
        address=CHECK,
        words=view.script_words("check", "verify", "date", "month"),
        issuers=json.dumps(issuers, ensure_ascii=False),
        names=[one["name"] for one in issuers],
        site=region.url or "",
        source=view.href(""),
    )
    return Listing(title, lead, text, scripts=("certificate",), styles=("certificate",), type="WebPage")


def _issuers(region: Region) -> list[dict[str, Any]]:
    own = region.issuer
    trusted = [(one.did, one.name, one.keys) for one in own.trusts]
    first = [(own.did, own.name or region.publisher, own.keys)] if own.did else []
    return [
        {"did": did, "name": name, "keys": [{"id": key.id, "public": key.public} for key in keys]}
        for did, name, keys in (*first, *trusted)
    ]


def _tool(view: View, name: str, address: str, tables: tuple[str, ...]) -> Listing:
    title, lead = view.words(f"{name}.title"), view.words(f"{name}.lead")
    text = view.render(
        f"{name}.html",
        title=title,
        lead=lead,
        address=address,
        words=view.script_words(*_COMMON, *tables),
        source=view.own_href(f"{MAPPING}data/"),
        roles=_roles_by_area(view),
        list_of_roles=INDEX["role"],
    )
    return Listing(title, lead, text, scripts=(name,), styles=(name,), type="WebPage")


def _roles_by_area(view: View) -> list[tuple[str, list[Role]]]:
    """Return the roles in the page's language, by area; those without one come last."""
    roles = [view.mine(one) for one in view.catalogue.originals(Role)]
    by_area = sorted(roles, key=lambda one: (one.area is None, alphabetical(one.area or "")))
    return [(area, list(found)) for area, found in groupby(by_area, key=lambda one: one.area or "")]
