"""Addresses in HTML of others: which may be followed, and how they are written in Markdown."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from kompetanse.importers.html_around import Around

_WEB = re.compile(r"https?://\S.*", re.IGNORECASE)
_OPEN = re.compile(r"(?:mailto|tel):[^\s]+", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_NOT_IN_ADDRESS = re.compile(r"[\s<>()\"'\\`*\[\]{}^|]")


def is_on_web(url: str) -> bool:
    """Tell whether an address is one of another site."""
    return bool(_WEB.fullmatch(url)) or url.startswith("//")


def target(around: Around, url: str) -> str | None:
    """Return where a link leads, as it is written in Markdown; None when it leads nowhere outside its system."""
    plain = "".join(sign for sign in url if sign.isprintable()).strip()
    if _WEB.fullmatch(plain) or _OPEN.fullmatch(plain):
        return _on_web(plain)
    if plain.startswith("//"):
        return _on_web(f"https:{plain}")
    if _SCHEME.match(plain):
        return None
    found = around.link(plain)
    return None if found is None else written(found)


def _on_web(url: str) -> str | None:
    try:
        host = urlsplit(url).netloc
    except ValueError:
        return None
    return None if url.lower().startswith("http") and not host else written(url)


def written(url: str) -> str:
    """Return an address in which no sign ends it or means something in Markdown."""
    return _NOT_IN_ADDRESS.sub(lambda sign: quote(sign[0], safe=""), url)


def host(url: str) -> str:
    """Return the host of an address, or the address itself when it has none."""
    try:
        return urlsplit(url).netloc or url
    except ValueError:
        return url
