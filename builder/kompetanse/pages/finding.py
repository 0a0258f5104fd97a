"""The page on which one searches: without scripts, and as long as nothing is asked, a list of all that the site has."""

from __future__ import annotations

import json

from kompetanse.model.catalogue import alphabetical
from kompetanse.model.item import KINDS, Competence, Item, Role
from kompetanse.model.own_address import SEARCH, SEARCH_INDEX
from kompetanse.pages.lists import Listing
from kompetanse.pages.view import View

_WORDS = ("search", "find", "index", "kind", "level", "delivery", "language")
"""Tables of words that the page needs."""


def search(view: View) -> Listing:
    """Write the page on which one searches."""
    title, lead = view.words("search.title"), view.words("find.lead")
    text = view.render(
        "search.html",
        title=title,
        lead=lead,
        address=SEARCH,
        words=view.script_words(*_WORDS),
        titles=json.dumps(_titles(view), ensure_ascii=False),
        index=view.href(SEARCH_INDEX),
        groups=_everything(view),
    )
    return Listing(
        title, lead, text, scripts=("search-page",), styles=("search",), type="SearchResultsPage", hidden=True
    )


def _everything(view: View) -> list[tuple[str, list[Item]]]:
    """Return what stands in the lists of the site, by kind, in the page's language where there is one."""
    groups = ((kind, _sorted(view, cls)) for kind, cls in KINDS.items())
    return [(kind, items) for kind, items in groups if items]


def _sorted(view: View, kind: type[Item]) -> list[Item]:
    items = (view.mine(one) for one in view.catalogue.originals(kind))
    return sorted(items, key=lambda item: (alphabetical(item.title), item.address))


def _titles(view: View) -> dict[str, dict[str, str]]:
    """Return the names by which one narrows a search to a role, a competence or a region, by id."""
    names: dict[str, type[Item]] = {"role": Role, "competence": Competence}
    titles = {
        name: {str(one.id): view.mine(one).title for one in view.catalogue.originals(kind)}
        for name, kind in names.items()
    }
    return titles | _regions(view)


def _regions(view: View) -> dict[str, dict[str, str]]:
    """Return the names of the regions, when others than this one offer something."""
    found = {(one.region or one.source): one.region_name for one in view.site.offers}
    region = view.catalogue.region
    return {"region": {region.id: region.name} | found} if view.site.offered.regions else {}
