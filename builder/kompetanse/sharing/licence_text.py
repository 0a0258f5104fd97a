"""Which licence a text names: by its SPDX identifier, by the title of a well-known text, or by what only that text says.

Sources: https://spdx.org/licenses/ for identifiers and titles; Creative Commons' and NLOD's own pages for addresses.
"""

from __future__ import annotations

import re

from kompetanse.model.licence import LICENCES

_TAG = re.compile(r"SPDX-License-Identifier:[ \t]*([A-Za-z0-9.+-]+)")
_CC = re.compile(
    r"creativecommons\.org/licenses/(by(?:-nc)?(?:-sa|-nd)?)/(\d\.\d)"
    r"|\bCC[ -](BY(?:[ -]NC)?(?:[ -](?:SA|ND))?)[ -](\d\.\d)",
    re.IGNORECASE,
)
_CC_WORDS = re.compile(
    r"(?:Creative[ \n]+Commons[ \n]+)?Attribution(-NonCommercial)?(-ShareAlike|-NoDerivatives)?[ \n]+(\d\.\d)[ \n]+International"
)
_TITLES = {
    "CC0-1.0": re.compile(r"CC0[ -]1\.0|publicdomain/zero/1\.0", re.IGNORECASE),
    "NLOD-2.0": re.compile(
        r"(?:NLOD|nlod/no)[ /(-]*2\.0|Norsk lisens for offentlige data \(NLOD\) 2\.0", re.IGNORECASE
    ),
    "NLOD-1.0": re.compile(r"(?:NLOD|nlod/no)[ /(-]*1\.0", re.IGNORECASE),
    "Apache-2.0": re.compile(r"Apache License\s+Version 2\.0|apache\.org/licenses/LICENSE-2\.0"),
    "EUPL-1.2": re.compile(r"EUPL[ -]?v?\.? ?1\.2|European Union Public Licence v\. ?1\.2", re.IGNORECASE),
    "BSD-3-Clause": re.compile(
        r"BSD[ -]3-Clause|Redistribution and use in source and binary forms[^§]*?Neither the name"
    ),
    "MIT": re.compile(r"\bMIT License|Permission is hereby granted, free of charge, to any person obtaining"),
}
_CONTENT = ("CC", "NLOD")
"""Licences meant for texts; where a file names one of them and one for programs, the texts have the former."""


def licence_in(text: str) -> str | None:
    """Return the SPDX identifier of the licence that `text` names, or None when it names none, or several for texts."""
    word = text.strip()
    known = {one.casefold(): one for one in LICENCES}
    if word.casefold() in known:
        return known[word.casefold()]
    tag = _TAG.search(text)
    if tag:
        return known.get(tag[1].casefold(), tag[1])
    found = {*_creative_commons(text), *(id_ for id_, mark in _TITLES.items() if mark.search(text))}
    for_texts = {one for one in found if one.startswith(_CONTENT)}
    chosen = for_texts or found
    return chosen.pop() if len(chosen) == 1 else None


def _creative_commons(text: str) -> set[str]:
    found = {
        f"CC-{(match[1] or match[3]).upper().replace(' ', '-')}-{match[2] or match[4]}"
        for match in _CC.finditer(text)
    }
    for match in _CC_WORDS.finditer(text):
        kind = {"-ShareAlike": "-SA", "-NoDerivatives": "-ND", None: ""}[match[2]]
        found.add(f"CC-BY{'-NC' if match[1] else ''}{kind}-{match[3]}")
    return found
