"""The synonyms that a region writes down in `synonyms.yml`: a list of groups, each a list of words or phrases that mean the same.

- [HLR, hjerte- og lungeredning]
- [HMS, "helse, miljø og sikkerhet"]
"""

from __future__ import annotations

from typing import Any

from kompetanse_search.text import tokens

MOST_FORMS, LONGEST_FORM = 20, 100
"""Forms in a group, and letters in a form."""


class SynonymError(ValueError):
    """A group is not what it should be; says which, from 1, and what it must be."""


def parse(data: Any) -> tuple[tuple[str, ...], ...]:
    """Return the groups in `data`, as YAML gives it; none for an empty file. Raises `SynonymError`."""
    if data is None:
        return ()
    if not isinstance(data, list):
        raise SynonymError("the file must be a list of groups")
    return tuple(_group(one, number) for number, one in enumerate(data, start=1))


def _group(data: Any, number: int) -> tuple[str, ...]:
    if not isinstance(data, list) or not all(isinstance(one, str) for one in data):
        raise SynonymError(f"group {number} must be a list of texts")
    if not 2 <= len(data) <= MOST_FORMS:
        raise SynonymError(f"group {number} must have from 2 to {MOST_FORMS} forms")
    for form in data:
        if len(form) > LONGEST_FORM or not tokens(form):
            raise SynonymError(
                f"group {number}: {form[:LONGEST_FORM]!r} must have a word, and {LONGEST_FORM} letters at most"
            )
    return tuple(data)
