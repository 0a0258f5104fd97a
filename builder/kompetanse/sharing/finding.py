"""Where the catalogue of a region is, given the address of its site or of the catalogue itself."""

from __future__ import annotations

import json
from urllib.parse import urljoin, urlsplit

from kompetanse.model.own_address import CATALOGUE, WELL_KNOWN
from kompetanse.model.region import Federated
from kompetanse.sharing.federation import Federation, Outcome
from kompetanse.sharing.web import UnreachableError, Web


def find_catalogue(federation: Federation, address: str) -> tuple[str, Outcome]:
    """Return the address of the catalogue, and what came of asking there."""
    for catalogue in _places(federation.web, address):
        found = federation.look(Federated("", catalogue))
        if found.state != "failed":
            break
    return catalogue, found


def _places(web: Web, address: str) -> list[str]:
    """Return where the catalogue may be, the likeliest first."""
    if urlsplit(address).path.endswith(".json"):
        return [address]
    site = address.partition("?")[0].partition("#")[0].rstrip("/") + "/"
    usual = urljoin(site, CATALOGUE)
    return list(dict.fromkeys((_told(web, urljoin(site, WELL_KNOWN)) or usual, usual)))


def _told(web: Web, address: str) -> str | None:
    """Return what the site says of where its catalogue is; some hosts leave out folders that begin with a dot."""
    try:
        answer = web.get(address)
        told = json.loads((answer.body or b"").decode("utf-8-sig"))
        return urljoin(answer.address, str(told["catalogue"]))
    except (UnreachableError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
