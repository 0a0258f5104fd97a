"""What AMB's JSON Schema asks of a record, in our own words: https://dini-ag-kim.github.io/amb/, version 20231019.

Only what our records say is known here; any other key is a fault, so that nothing is added without looking AMB up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

CONTEXT = "https://w3id.org/kim/amb/context.jsonld"
OWN = {
    "identifier": str,
    "region": str,
    "language": str,
    "licence": str,
    "minutes": int,
    "levels": list,
    "repository": str,
    "path": str,
    "commit": str,
    "contentHash": str,
    "requires": list,
}
"""Keys of ours, which AMB's schema lets stand."""

_URI = re.compile(r"https?://[^\s/]+/\S*")
_TWO = re.compile(r"[a-z]{2}")
_LICENCES = re.compile(
    r"https?://creativecommons\.org/(licenses|licences|publicdomain)/.*|https?://www\.gnu\.org/licenses/.*"
    r"|https?://www\.apache\.org/licenses/.*|https?://opensource\.org/licenses/MIT"
    r"|https?://www\.opensource\.org/licenses/BSD.*"
)
_RESOURCE_TYPES = re.compile(r"https://w3id\.org/kim/hcrt/.*|http://w3id\.org/openeduhub/vocabs/new_lrt/.*")

Rule = Callable[[Any], bool]


def _is_uri(value: Any) -> bool:
    return isinstance(value, str) and bool(_URI.fullmatch(value))


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_day(value: Any) -> bool:
    try:
        return bool(date.fromisoformat(value)) and len(value) == 10
    except (TypeError, ValueError):
        return False


def _list_of(rule: Rule) -> Rule:
    return lambda value: isinstance(value, list) and all(map(rule, value))


def _object(required: set[str], **rules: Rule) -> Rule:
    def check(value: Any) -> bool:
        known = isinstance(value, dict) and required <= value.keys() <= rules.keys()
        return known and all(rules[key](one) for key, one in value.items())

    return check


def _is_context(value: Any) -> bool:
    languages = [one.get("@language", "") for one in value if isinstance(one, dict)]
    return CONTEXT in value and len(languages) == 1 and bool(_TWO.fullmatch(languages[0]))


def _is_type(value: Any) -> bool:
    return "LearningResource" in value and {*value} <= {"LearningResource", "Course"}


def _is_labels(value: Any) -> bool:
    return isinstance(value, dict) and all(
        _TWO.fullmatch(key) and _is_text(one) for key, one in value.items()
    )


_LICENCE = _object({"id"}, id=lambda value: bool(_LICENCES.fullmatch(value)))
_AGENT = _object(
    {"name", "type"}, type=lambda value: value in {"Person", "Organization"}, id=_is_uri, name=_is_text
)
_CONCEPT = _object({"id"}, id=_is_uri, prefLabel=_is_labels)
_PROVIDER = _object({"id"}, id=_is_uri, type=_is_text, name=_is_text)
_BASE = _object(
    {"name"},
    id=_is_uri,
    type=_is_type,
    name=_is_text,
    creator=_list_of(_AGENT),
    license=_LICENCE,
    identifier=_is_text,
)
RULES: Mapping[str, Rule] = {
    "@context": _is_context,
    "id": _is_uri,
    "type": _is_type,
    "name": _is_text,
    "description": _is_text,
    "inLanguage": _list_of(lambda value: bool(_TWO.fullmatch(value))),
    "license": _LICENCE,
    "creator": _list_of(_AGENT),
    "publisher": _list_of(_AGENT),
    "dateModified": _is_day,
    "keywords": _list_of(_is_text),
    "isAccessibleForFree": lambda value: isinstance(value, bool),
    "conditionsOfAccess": _object(
        {"id"}, id=lambda value: value.startswith("http://w3id.org/kim/conditionsOfAccess/")
    ),
    "learningResourceType": lambda value: any(_RESOURCE_TYPES.fullmatch(one["id"]) for one in value),
    "timeRequired": _is_text,
    "mainEntityOfPage": _list_of(
        _object(
            {"id"},
            id=_is_uri,
            type=lambda value: value == "WebContent",
            provider=_PROVIDER,
            dateModified=_is_day,
        )
    ),
    "teaches": _list_of(_CONCEPT),
    "competencyRequired": _list_of(_CONCEPT),
    "audience": _list_of(_CONCEPT),
    "hasPart": _list_of(_object({"id"}, id=_is_uri, type=_is_type, name=_is_text)),
    "isBasedOn": _list_of(_BASE),
}


def faults(record: Mapping[str, Any]) -> Iterator[str]:
    """Yield what AMB refuses in `record`, by its key."""
    yield from (key for key in ("@context", "id", "name", "type") if key not in record)
    for key, value in record.items():
        if key in OWN:
            if not isinstance(value, OWN[key]):
                yield key
        elif key not in RULES or not RULES[key](value):
            yield key
