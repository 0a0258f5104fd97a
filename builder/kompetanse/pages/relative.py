"""Addresses as they are written on a page, so that a site may lie anywhere."""

from __future__ import annotations

import posixpath
from functools import lru_cache


@lru_cache(maxsize=10_000)
def relative(start: str, address: str) -> str:
    """Return `address` as it is written on the page at `start`; both are relative to the site."""
    here, there = _steps(start), _steps(address)
    same = 0
    for one, other in zip(here, there, strict=False):
        if one != other:
            break
        same += 1
    path = "/".join(("..",) * (len(here) - same) + there[same:]) or "."
    return f"{path}/" if address.endswith("/") or not address else path


@lru_cache(maxsize=10_000)
def _steps(address: str) -> tuple[str, ...]:
    """Return the folders that lead to `address` from the root of the site, and its own name."""
    return tuple(filter(None, posixpath.normpath(posixpath.join("/", address)).split("/")))
