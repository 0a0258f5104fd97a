"""A lesson as a page of Moodle, in the looks that its theme has."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from kompetanse.export.archive import Entry
from kompetanse.export.edition import Lesson, Media
from kompetanse.export.moodle.activity import Activity, Section, clipped, context_of
from kompetanse.export.moodle.backup import Backup, Place
from kompetanse.export.moodle.record import record
from kompetanse.export.placing import media_in, placed

_LOOKS = {
    "warning": "warning",
    "danger": "danger",
    "exercise": "info",
    "keypoints": "success",
}
"""Our blocks that stand out → what Bootstrap, which Moodle's theme is made of, calls it."""

_BLOCK = re.compile(r'<div class="admonition( [^"]*)?">')
_TITLE = re.compile(r'<p class="(admonition-title|kmp-quiz__title)">')
_PICTURE = re.compile(r"<img (?![^>]*\bclass=)")


def page(
    backup: Backup,
    number: int,
    section: Section,
    lesson: Lesson,
    html: str,
    media: Mapping[str, Media],
    at: Callable[[str], str],
) -> Activity:
    """Return a page that is done when it is seen.

    Args:
        backup: What it is part of.
        number: Its number.
        section: Where it stands.
        lesson: What it is.
        html: What it shows, with addresses of an edition.
        media: The course's files by their names.
        at: Returns where a lesson is read.
    """
    place = Place(context_of(number), "mod_page", "content")
    files = [backup.store(Entry(name, media[name].file), media[name].type, place) for name in media_in(html)]
    shown = placed(dressed(html), at, lambda name: f"@@PLUGINFILE@@/{name}")
    body = record("page", _fields(backup, lesson, shown), id=number)
    done = {"completionview": 1}
    return Activity(number, "page", clipped(lesson.title), section, body, lesson.id, done, files=files)


def _fields(backup: Backup, lesson: Lesson, shown: str) -> Mapping[str, object]:
    return {
        "name": clipped(lesson.title),
        "intro": "",
        "introformat": 1,
        "content": f'<div lang="{lesson.language}">{shown}</div>',
        "contentformat": 1,
        "legacyfiles": 0,
        "legacyfileslast": None,
        "display": 5,
        "displayoptions": f'a:2:{{s:10:"printintro";i:0;s:17:"printlastmodified";i:{int(backup.dated)};}}',
        "revision": 1,
        "timemodified": backup.moment,
    }


def dressed(html: str) -> str:
    """Return `html` in the looks of Moodle's theme: blocks that stand out, tables and pictures that fit the page.

    Our own classes stay, so that an import knows a block again.
    """
    found = _TITLE.sub(r'<p class="\1 font-weight-bold fw-bold">', _BLOCK.sub(_looks, html))
    return _PICTURE.sub('<img class="img-fluid" ', found.replace("<table>", '<table class="generaltable">'))


def _looks(match: re.Match[str]) -> str:
    names = (match[1] or "").split()
    look = next((_LOOKS[name] for name in names if name in _LOOKS), "secondary")
    return f'<div class="{" ".join(("admonition", *names))} alert alert-{look}">'
