"""The addresses that the site itself owns: the list of each kind, and the pages and files it makes."""

from __future__ import annotations

import re
from typing import Literal

from kompetanse.model.slug import slug

INDEX = {
    "role": "roller/",
    "competence": "kompetanser/",
    "course": "kurs/",
    "module": "moduler/",
    "session": "samlinger/",
    "programme": "lop/",
}
"""Addresses of the lists of each kind."""

REVIEW, LICENCE, SCHEMAS = "redaksjon/", "lisens/", "skjema/"

FEEDS = "kalender/"
"""The folder of calendars that one subscribes to: all sessions, and those of a municipality, a course or a role."""

ALL_SESSIONS = f"{FEEDS}alle.ics"

_FEED_KIND = {"municipality": "kommune", "course": "kurs", "role": "rolle"}
_FEED = re.compile(rf"{FEEDS}(?:alle|(?:kommune|kurs|rolle)-[a-z0-9-]+)\.ics")


def feed_of(kind: Literal["municipality", "course", "role"], name: str) -> str:
    """Return the address of the calendar of a municipality, by number, or of a course or a role, by id."""
    return f"{FEEDS}{_FEED_KIND[kind]}-{slug(name)}.ics"


def is_feed(address: str) -> bool:
    """Tell whether `address` may be that of a calendar of ours."""
    return bool(_FEED.fullmatch(address))


def file_of(session: str) -> str:
    """Return the address of the calendar file of one session, from that of its page."""
    return f"{session}samling.ics"
