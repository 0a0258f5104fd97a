"""What our own packages write around the text of a course: what one learns, and who made it. It comes back as what it was."""

from __future__ import annotations

import re
from dataclasses import replace

from kompetanse.importers.found_course import FoundCourse, FoundLesson
from kompetanse.importers.html_text import plain
from kompetanse.messages import LANGUAGES, text
from kompetanse.render import html

_RULE = "\n\n* * *\n\n"
_HEADINGS = [text(language, f"{kind}.objectives") for language in LANGUAGES for kind in ("course", "module")]
_OBJECTIVES = re.compile(
    rf"\A\*\*(?:{'|'.join(map(re.escape, _HEADINGS))})\*\*\n\n((?:- [^\n]*(?:\n|\Z))+)\s*"
)


def _sentence(language: str) -> str:
    """Return a pattern of the sentence that says who made a course."""
    whole = re.escape(text(language, "export.licence", title="\0", publisher="\1", licence="\2"))
    return whole.replace("\0", ".*?").replace("\1", "(?P<publisher>.+?)").replace("\2", ".*?")


_CREDIT = tuple(re.compile(_sentence(language)) for language in LANGUAGES)


def without_surroundings(course: FoundCourse) -> FoundCourse:
    """Return a course without them in its body; one that another system made is as it was."""
    body, objectives = _without_objectives(course.body)
    body, publisher = _without_credit(body)
    return replace(
        course,
        body=body,
        objectives=course.objectives or objectives,
        authors=course.authors or ((publisher,) if publisher else ()),
        lessons=tuple(map(_lesson, course.lessons)),
    )


def _lesson(lesson: FoundLesson) -> FoundLesson:
    body, objectives = _without_objectives(lesson.body)
    return replace(lesson, body=body, objectives=lesson.objectives or objectives)


def _without_objectives(body: str) -> tuple[str, tuple[str, ...]]:
    """Return a text without the list of what one learns at its start, and that list."""
    found = _OBJECTIVES.match(body)
    if not found:
        return body, ()
    rows = found[1].strip().split("\n")
    return body[found.end() :].strip(), tuple(plain(html(row.removeprefix("- "))) for row in rows)


def _without_credit(body: str) -> tuple[str, str]:
    """Return a text without what stands after its last rule, when that says who made it, and who that is."""
    above, rule, below = body.rpartition(_RULE)
    if not rule and body.startswith(_RULE.lstrip()):
        above, rule, below = "", _RULE, body.removeprefix(_RULE.lstrip())
    first = plain(html(below.partition("\n\n")[0])) if rule else ""
    match = next(filter(None, (one.fullmatch(first) for one in _CREDIT)), None)
    return (above.strip(), match["publisher"]) if match else (body, "")
