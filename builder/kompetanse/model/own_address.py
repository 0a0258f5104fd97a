"""The addresses that the site itself owns: the list of each kind, and the pages and files it makes."""

from __future__ import annotations

import re
from typing import Literal

from kompetanse.model.issuer import FOLDER
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

MAPPING, UNIT = "kartlegging/", "enhet/"
"""Where an employee maps herself, and where a leader sees a unit."""

ASSESSMENT = "assessment"
"""Name of the schema of the file in which an employee hands over how she has mapped herself."""

OFFLINE = "offline-worker.js"
"""The service worker, at the root of the site since it serves what lies below it."""

OFFLINE_PAGE = "uten-nett/"
"""Which courses are kept on the device; shown in place of what is not, where there is no network."""

SEARCH = "sok/"
"""Where one searches, and where all that the site has is listed."""

SEARCH_INDEX = f"{SEARCH}indeks/"
"""The folder of what the search reads; one for all languages."""

SEARCH_SCRIPT = f"{SEARCH}sok.js"
"""The search as one script, fetched when a reader turns to it."""

FOLDER_SCRIPT = f"{SEARCH}fra-mappe.js"
"""The header as a script for pages that are opened from a folder on disk, where browsers load no modules."""

ISSUER, STATUS = f"{FOLDER}/", "status/"
"""The folders of the issuer's public keys, and of the lists that tell which certificates are withdrawn."""

ISSUER_KEYS = f"{ISSUER}did.json"

_STATUS = re.compile(rf"{STATUS}[1-9][0-9]*\.json")


def status_list(number: int) -> str:
    """Return the address of a list of withdrawn certificates, counted from 1."""
    return f"{STATUS}{number}.json"


def is_status_list(address: str) -> bool:
    """Tell whether `address` may be that of a list of withdrawn certificates."""
    return bool(_STATUS.fullmatch(address))


CHECK = "bevis/"
"""Where one reads how a certificate is checked; the address that stands on all of them."""

ADOPTED = "tilpasset/"
"""The courses that came from other regions, and what is known of their sources."""

OFFERS = "andre-regioner/"
"""What other regions offer."""

CATALOGUE, CATALOGUE_FEED, WELL_KNOWN = "catalogue.json", "catalogue.atom.xml", ".well-known/kompetanse.json"
"""What the region offers others: the catalogue, the feed of its changes, and where those are."""

CATALOGUE_SCHEMA = "catalogue"
"""Name of the schema of the catalogue."""

SITEMAP = "sitemap.xml"


def part_of_sitemap(number: int) -> str:
    """Return the name of a part of the site's map, from 1."""
    return f"sitemap-{number}.xml"


OWN_PAGES = (REVIEW, LICENCE, MAPPING, UNIT, OFFLINE_PAGE, SEARCH, OFFERS, ADOPTED, CHECK)
"""Pages that are the site's alone."""

COURSE_VIEWS = WHOLE, INSTRUCTOR, EXERCISES = "samlet/", "kursholder/", "ovelser/"
"""Under a course: all of it as one page, as its instructor sees it, and its exercises only."""


def in_language(address: str, language: str, own: str) -> str:
    """Return where the page at `address` lies in `language`, on a site whose own language is `own`."""
    return address if language == own else f"{language}/{address}"


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
