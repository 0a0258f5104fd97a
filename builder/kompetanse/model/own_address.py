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
