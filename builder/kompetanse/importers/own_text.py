"""What our own packages write around the text of a course: what one learns, and who made it. It comes back as what it was."""

from __future__ import annotations

import re
from dataclasses import replace

from kompetanse.importers.found_course import FoundCourse
from kompetanse.importers.html_text import plain
from kompetanse.messages import LANGUAGES, text
from kompetanse.render import html

_RULE = "\n\n* * *\n\n"
_OBJECTIVES = re.compile(
    r"\A\*\*(?:"
    + "|".join(re.escape(text(language, "course.objectives")) for language in LANGUAGES)
    + r")\*\*\n\n((?:- [^\n]*(?:\n|\Z))+)\s*"
)


def _sentence(language: str) -> str:
    """Return a pattern of the sentence that says who made a course."""
    whole = re.escape(text(language, "export.licence", title="\0", publisher="\1", licence="\2"))
    return whole.replace("\0", ".*?").replace("\1", "(?P<publisher>.+?)").replace("\2", ".*?")


_CREDIT = tuple(re.compile(_sentence(language)) for language in LANGUAGES)


def without_surroundings(course: FoundCourse) -> FoundCourse:
    """Return a course without them in its body; one that another system made is as it was."""
    body, objectives = course.body, course.objectives
    found = _OBJECTIVES.match(body)
    if found and not objectives:
        objectives = tuple(plain(html(row.removeprefix("- "))) for row in found[1].strip().split("\n"))
        body = body[found.end() :]
    body, publisher = _without_credit(body)
    authors = course.authors or ((publisher,) if publisher else ())
    return replace(course, body=body.strip(), objectives=objectives, authors=authors)


def _without_credit(body: str) -> tuple[str, str]:
    """Return a text without what stands after its last rule, when that says who made it, and who that is."""
    above, rule, below = body.rpartition(_RULE)
    if not rule and body.startswith(_RULE.lstrip()):
        above, rule, below = "", _RULE, body.removeprefix(_RULE.lstrip())
    first = plain(html(below.partition("\n\n")[0])) if rule else ""
    match = next(filter(None, (one.fullmatch(first) for one in _CREDIT)), None)
    return (above, match["publisher"]) if match else (body, "")
