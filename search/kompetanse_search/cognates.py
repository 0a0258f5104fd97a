"""When a word of bokmål and one of nynorsk are the same word: spelling that differs by rule, not by word.

What differs by word stands in `words/nb-nn.txt`.
"""

from __future__ import annotations

import functools
import re

RULES = (
    ("^hv", "kv"),  # hverdag, kvardag
    ("^frem", "fram"),
    ("hjem", "heim"),
    ("sjuk", "syk"),
    ("sjol", "sel"),  # sjølv, selv
    ("vann", "vass"),
    ("skol", "skul"),
    ("ei", "e"),  # eigen, egen
    ("oy", "o"),  # høyre, høre
    ("au", "o"),  # auke, øke
    ("([gkt])j", "\\1"),  # tjeneste, teneste; følgje, følge
    ("giv|gev", "gev"),  # rådgiver, rådgjevar
    ("(lighet|leghet)(en|er|ene|a|ar|ane)?$", "lighet"),
    ("leg(e|t|ere|are|ast|st)?$", "lig"),
    ("lig(e|t|ere|est|st)?$", "lig"),
    ("(ning|else|ing)(en|er|ene|a|ar|ane|n|r|ne)?$", "ing"),  # forbedringer, forbetringar; ytelse, yting
    ("(erne|arane|arar|erar|ere|ar|er|ene|ane)$", "er"),
    ("(en|et|a|e)$", ""),
    ("(.)\\1", "\\1"),  # vedlegg, vedleg
)
"""Pattern → replacement, in order, everywhere it matches. They work on fold keys, so that words which fold alike stay together."""

LEAST_WORD, LEAST_KEY = 6, 4
"""Letters in a word that may have a cognate, and in its key: shorter ones meet by chance."""

_RULES = tuple((re.compile(pattern), replacement) for pattern, replacement in RULES)


@functools.lru_cache(maxsize=200_000)
def cognate_key(key: str) -> str:
    """Return one key for the forms that a word has in bokmål and nynorsk, of its fold key; empty when it is too short."""
    if len(key) < LEAST_WORD or not key.isalpha():
        return ""
    for pattern, replacement in _RULES:
        key = pattern.sub(replacement, key)
    return key if len(key) >= LEAST_KEY else ""
