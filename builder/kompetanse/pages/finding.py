"""The page on which one searches: without scripts, and as long as nothing is asked, a list of all that the site has."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256

from kompetanse.model.catalogue import alphabetical
from kompetanse.model.item import KINDS, Competence, Item, Role
from kompetanse.model.own_address import INDEX, SEARCH, SEARCH_INDEX, SEARCH_SCRIPT
from kompetanse.pages.lists import Listing
from kompetanse.pages.view import View

_WORDS = ("search", "find", "index", "kind", "level", "delivery", "language")
"""Tables of words that the page needs."""

_MOST = 200
"""Items of a kind that are listed here; of more the page, which all who search fetch, names the list of the kind instead."""


@dataclass(frozen=True, slots=True)
class Group:
    """What the site has of one kind.

    Attributes:
        kind: Its key.
        count: How many there are.
        items: All of them; empty where they stand in the list of their kind.
        address: Of that list; None where there is none.
    """

    kind: str
    count: int
    items: tuple[Item, ...]
    address: str | None


def search(view: View) -> Listing:
    """Write the page on which one searches."""
    title, lead = view.words("search.title"), view.words("find.lead")
    text = view.render(
        "search.html",
        title=title,
        lead=lead,
        address=SEARCH,
        words=view.script_words(*_WORDS),
        names=view.href(names(view)[0]),
        index=view.href(SEARCH_INDEX),
        groups=_everything(view),
    )
    return Listing(
        title, lead, text, script=SEARCH_SCRIPT, styles=("search",), type="SearchResultsPage", hidden=True
    )


def _everything(view: View) -> list[Group]:
    """Return what stands in the lists of the site, by kind, in the page's language where there is one."""
    groups = (_group(view, kind, cls) for kind, cls in KINDS.items())
    return [group for group in groups if group.count]


def _group(view: View, kind: str, cls: type[Item]) -> Group:
    originals, address = view.catalogue.originals(cls), INDEX.get(kind)
    if address and len(originals) > _MOST:
        return Group(kind, len(originals), (), view.place(address))
    items = sorted(map(view.mine, originals), key=lambda item: (alphabetical(item.title), item.address))
    return Group(kind, len(items), tuple(items), address)


def names(view: View) -> tuple[str, str]:
    """Return address and text of the file with the names by which one narrows a search, in the language of `view`.

    A script like the shards, since it is read from a folder on disk too; its name goes on with a hash of what it holds.
    """
    data = json.dumps(_titles(view), ensure_ascii=False, separators=(",", ":"))
    name = f"navn-{view.language}-{sha256(data.encode()).hexdigest()[:8]}"
    return f"{SEARCH_INDEX}{name}.js", f'kompetanseShard("{name}",{data})\n'


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
