"""The JSON-LD contexts of a certificate, from a package and never from the network.

Each is pinned by what it says: a context that says something else would sign something else.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
"""W3C Verifiable Credentials Data Model 2.0."""

OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
"""1EdTech Open Badges 3.0. Never the one without version, whose terms clash with those of the W3C."""

_PINNED: Mapping[str, str] = {
    CREDENTIALS: "b463c8d6a066214123ddd9827b135e1b50e1fc73322cc52a9b12a4f1fc7d86cf",
    OPEN_BADGES: "04b1136ddc4eda9a8966bc7ef182789f233a26739473140ef75d6968c29a2966",
}
"""SHA-256 of each as JSON with sorted keys and without spaces."""


@lru_cache
def context(url: str) -> dict[str, Any]:
    """Return the context at `url`.

    Raises:
        ValueError: When it is none of ours, or the package has another text than the one that was pinned.
    """
    if url not in _PINNED:
        raise ValueError(f"the context {url[:200]} is none that certificates have")
    from openbadgeslib.ob3.contexts import load_context

    found: dict[str, Any] = load_context(url)
    text = json.dumps(found, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    if hashlib.sha256(text.encode("utf-8")).hexdigest() != _PINNED[url]:
        raise ValueError(
            f"the package openbadgeslib has another text of {url} than certificates are made with"
        )
    return found


def loader(url: str, options: object = None) -> dict[str, Any]:
    """Answer PyLD, which asks for a context by its address; it may keep the answer, which never changes."""
    return {"contextUrl": None, "documentUrl": url, "document": context(url), "tag": "static"}


def unknown_terms(document: Mapping[str, Any]) -> frozenset[str]:
    """Return the keys of `document` that no context of it mentions: JSON-LD drops them without a word, unsigned."""
    known = {term for url in document["@context"] for term in _terms(url)}
    used = set(_keys({key: value for key, value in document.items() if key != "@context"}))
    return frozenset(term for term in used - known if not term.startswith("@"))


@lru_cache
def _terms(url: str) -> frozenset[str]:
    return frozenset(_keys(context(url)))


def _keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield key
            yield from _keys(one)
    elif isinstance(value, list):
        for one in value:
            yield from _keys(one)
