"""Questions in Moodle's XML: with pictures, id numbers and tags.

Source: Moodle's importer (`question/format/xml`).
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import BinaryIO

from markupsafe import Markup

from kompetanse.export.edition import Choice, Edition, Media
from kompetanse.export.elements import HEAD, element, many
from kompetanse.export.placing import media_in, placed
from kompetanse.export.question_bank import (
    Asked,
    alone,
    answerable,
    asked,
    category,
    in_order,
    part,
    path,
    percent,
    refused,
    shares,
    tags,
    wildcards,
)
from kompetanse.export.reading import credit

_FILE = re.compile("\x00([^\x00]+)\x00")
"""Stands where a file goes, so that none is held in memory; no text has the sign."""

_CHUNK = 3 * 64 * 1024
"""Bytes that are read at once; three make four of base64."""

_PENALTY = "0.3333333"


def package(edition: Edition, to: BinaryIO) -> Sequence[str]:
    """Write the questions of `edition` to `to`, and return what the format could not hold."""
    files = {one.name: one for one in edition.media}
    to.write(f"{HEAD}<quiz>\n".encode())
    for block in _blocks(edition):
        _write(block, files, to)
    to.write(b"</quiz>\n")
    return list(refused(edition))


def _write(block: str, files: Mapping[str, Media], to: BinaryIO) -> None:
    for place, piece in enumerate(_FILE.split(block)):
        if place % 2:
            _write_file(files[piece], to)
        else:
            to.write(piece.encode())
    to.write(b"\n")


def _write_file(media: Media, to: BinaryIO) -> None:
    with media.file.open("rb") as source:
        while data := source.read(_CHUNK):
            to.write(base64.b64encode(data))


def _blocks(edition: Edition) -> Iterator[Markup]:
    whole = category(edition)
    yield _category(path(whole), "".join(credit(edition)))
    found = [one for one in in_order(edition) if answerable(one.task)]
    for title, group in groupby(found, part):
        yield _category(path(whole, title))
        yield from (_question(edition, one) for one in group)


def _category(name: str, info: str = "") -> Markup:
    said = element("info", element("text", info), format="html")
    return element("question", element("category", element("text", name)), said, type="category")


def _question(edition: Edition, one: Asked) -> Markup:
    task = one.task
    return element(
        "question",
        element("name", element("text", one.name)),
        _said(edition, "questiontext", asked(task)),
        _said(edition, "generalfeedback", task.explanation),
        element("defaultgrade", 1),
        element("penalty", _PENALTY),
        element("hidden", 0),
        element("idnumber", task.id),
        *(_short(one) if task.kind == "short" else _choices(edition, one)),
        *_tags(tags(edition)),
        type="shortanswer" if task.kind == "short" else "multichoice",
    )


def _tags(names: Sequence[str]) -> Iterator[Markup]:
    if names:
        yield element("tags", *(element("tag", element("text", name)) for name in names))


def _short(one: Asked) -> Iterator[Markup]:
    yield element("usecase", 0)
    for answer in one.task.answers:
        nothing = element("feedback", element("text"), format="html")
        said = element("text", wildcards(answer))
        yield element("answer", said, nothing, fraction=100, format="plain_text")


def _choices(edition: Edition, one: Asked) -> Iterator[Markup]:
    yield element("single", str(one.task.kind == "single").lower())
    yield element("shuffleanswers", "true")
    yield element("answernumbering", "none")
    for choice, share in zip(one.task.choices, shares(one.task), strict=True):
        yield _answer(edition, choice, share)


def _answer(edition: Edition, choice: Choice, share: float) -> Markup:
    said = _inside(edition, choice.html)
    feedback = _said(edition, "feedback", choice.feedback)
    return element("answer", said, feedback, fraction=percent(share), format="html")


def _said(edition: Edition, tag: str, html: str) -> Markup:
    return element(tag, _inside(edition, html), format="html")


def _inside(edition: Edition, html: str) -> Markup:
    """Return `html` as text, and after it the files that it shows."""
    shown = placed(alone(html, edition.address), lambda _: "", lambda name: f"@@PLUGINFILE@@/{name}")
    files = (
        element("file", Markup("\x00{}\x00").format(name), name=name, path="/", encoding="base64")
        for name in media_in(html)
    )
    return many(element("text", shown), *files)
