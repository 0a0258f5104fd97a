"""What is known of Moodle's activities and texts by their names alone."""

from __future__ import annotations

import re

from kompetanse.importers.html_text import plain
from kompetanse.messages import LANGUAGES, text

_MORE = re.compile(r"<(?:img|a|li|table|h[1-6]|video|audio)\b|</p>\s*<p", re.IGNORECASE)
_SUMMARY = 200

ABOUT = {text(language, "export.about").casefold() for language in LANGUAGES}
"""What our own packages call the page that says what a course is about."""

PAGES = ("page", "book", "lesson")
"""Activities that are read."""

ALONE = {"forum": "a discussion", "assign": "an assignment", "workshop": "a workshop"}
"""Activities that need others, or somebody who reads the answer."""

LOST = {
    "scorm": "import the SCORM package alone",
    "h5pactivity": "import the H5P content alone",
    "hvp": "import the H5P content alone",
    "imscp": "import the content package alone",
    "lti": "it is a tool on another server; link to it if it is open to all",
    "feedback": "a form needs somebody who reads the answers",
    "choice": "a vote needs somebody who counts",
    "glossary": "its entries are written by people; write those that are needed as a list",
}
"""Why an activity is not read, and what to do."""


def is_sentence(html: str) -> bool:
    """Tell whether a text is a summary as we have them: one short paragraph without pictures and links, or nothing."""
    return len(plain(html)) <= _SUMMARY and not _MORE.search(html)
