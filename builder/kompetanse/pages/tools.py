"""The pages in which scripts do the work: an employee maps herself, a leader sees a unit. Nothing leaves the browser."""

from __future__ import annotations

from itertools import groupby

from kompetanse.model.catalogue import alphabetical
from kompetanse.model.item import Role
from kompetanse.model.own_address import INDEX, MAPPING, OFFLINE_PAGE, UNIT
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
