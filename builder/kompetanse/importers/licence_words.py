"""The licence that a text names, by the identifier that we know it by."""

from __future__ import annotations

import re

from kompetanse.model.licence import LICENCES

_ADDRESS = re.compile(r"creativecommons\.org/licenses/(by(?:-[a-z]{2}){0,2})/4\.0", re.IGNORECASE)
_WORDS = re.compile(r"\bCC[ -](BY(?:[ -](?:NC|ND|SA)){0,2})[ -]4\.0\b", re.IGNORECASE)
_ZERO = re.compile(r"creativecommons\.org/publicdomain/zero/1\.0|\bCC0(?:[ -]1\.0)?\b", re.IGNORECASE)


def licence_in(text: str) -> str | None:
    """Return the SPDX identifier of the only licence that `text` names in full; None when it names none, or several."""
    found = {
        f"CC-{kind.upper().replace(' ', '-')}-4.0" for kind in _ADDRESS.findall(text) + _WORDS.findall(text)
    }
    found |= {"CC0-1.0"} if _ZERO.search(text) else set()
    found |= {
        one.id for one in LICENCES.values() if one.url in text or re.search(rf"\b{re.escape(one.id)}\b", text)
    }
    known = found & set(LICENCES)
    return known.pop() if len(known) == 1 and found == known else None
