"""The addresses that the site itself owns: the list of each kind, and the pages and files it makes."""

from __future__ import annotations

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

OWN_PAGES = (REVIEW, LICENCE, MAPPING, UNIT, OFFLINE_PAGE)
"""Pages that are the site's alone."""

CALENDAR = "samling.ics"
"""Under a session: its calendar file."""

COURSE_VIEWS = WHOLE, INSTRUCTOR, EXERCISES = "samlet/", "kursholder/", "ovelser/"
"""Under a course: all of it as one page, as its instructor sees it, and its exercises only."""


def in_language(address: str, language: str, own: str) -> str:
    """Return where the page at `address` lies in `language`, on a site whose own language is `own`."""
    return address if language == own else f"{language}/{address}"
