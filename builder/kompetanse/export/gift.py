"""Questions in GIFT, Moodle's text format: read by many, written by hand, without pictures.

Source: Moodle's importer (`question/format/gift`): what it takes as a sign of its own is escaped, and a question is one
paragraph, so that rows of HTML are written in one with `\\n` between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import BinaryIO

from kompetanse.export.edition import Choice, Edition, Task
from kompetanse.export.placing import media_in, text_of
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
    without_pictures,
)

_OWN = re.compile(r"[~=#{}:\\]")
_OTHER_FILE = re.compile(r'<(a|audio|video)\b(?=[^>]*"media:)[^>]*>(.*?)</\1>', re.DOTALL)
_MATCHES = "->"
"""Makes a short answer a question of pairs, and cannot be escaped."""


def package(edition: Edition, to: BinaryIO) -> Sequence[str]:
    """Write the questions of `edition` to `to`, and return what GIFT could not hold."""
    found = [one for one in in_order(edition) if answerable(one.task) and _has_answer(one.task)]
    to.write(("\n\n".join(_blocks(edition, found)) + "\n").encode())
    return list(_lost(edition))


def _blocks(edition: Edition, found: Sequence[Asked]) -> Iterator[str]:
    head = "".join(f"// {' '.join(text_of(one).split())}\n" for one in edition.credit)
    yield f"{head}$CATEGORY: {path(category(edition))}"
    for title, group in groupby(found, part):
        yield f"$CATEGORY: {path(category(edition), ' '.join(title.split()))}"
        yield from (_question(edition, one) for one in group)


def _question(edition: Edition, one: Asked) -> str:
    task = one.task
    marks = " ".join([f"[id:{task.id}]", *(f"[tag:{tag}]" for tag in tags(edition))])
    rows = _spellings(task) if task.kind == "short" else _choices(edition, task)
    general = [f"####{_html(edition, task.explanation)}"] if task.explanation else []
    answers = "\n".join(f"\t{row}" for row in (*rows, *general))
    return f"// {marks}\n::{_escaped(one.name)}::[html]{_html(edition, asked(task))}{{\n{answers}\n}}"


def _choices(edition: Edition, task: Task) -> Iterator[str]:
    for choice, share in zip(task.choices, shares(task), strict=True):
        sign = ("=" if choice.right else "~") if task.kind == "single" else f"~%{percent(share)}%"
        feedback = f"#{_html(edition, choice.feedback)}" if choice.feedback else ""
        yield f"{sign}{_chosen(edition, choice)}{feedback}"


def _chosen(edition: Edition, choice: Choice) -> str:
    """Return what is chosen; its format is named where its first sign would be read as a weight or a format."""
    written = _html(edition, choice.html)
    return f"[html]{written}" if written[:1] in ("%", "[") else written


def _spellings(task: Task) -> Iterator[str]:
    for answer in task.answers:
        if _MATCHES not in answer:
            weight = "%100%" if answer.startswith("%") else ""
            plain = "[plain]" if answer.startswith("[") else ""
            yield f"={weight}{plain}{_escaped(wildcards(answer))}"


def _has_answer(task: Task) -> bool:
    """Tell whether an answer is left: Moodle takes a question without one for an essay."""
    return task.kind != "short" or bool(list(_spellings(task)))


def _html(edition: Edition, html: str) -> str:
    shown = without_pictures(alone(html, edition.address))
    return _escaped(_OTHER_FILE.sub(r"\2", shown).strip())


def _escaped(text: str) -> str:
    return _OWN.sub(r"\\\g<0>", text).replace("\r", "").replace("\n", "\\n")


def _lost(edition: Edition) -> Iterator[str]:
    yield from refused(edition)
    for task in edition.tasks:
        if not _has_answer(task):
            yield f"{task.id}: left out, since {_MATCHES} is in every spelling, which GIFT takes for pairs"
        elif any(_MATCHES in answer for answer in task.answers):
            yield f"{task.id}: a spelling with {_MATCHES} was left out, which GIFT takes for pairs"
        if _shows_media(task):
            yield f"{task.id}: GIFT holds no pictures. Their text stands instead; moodle-xml has them"


def _shows_media(task: Task) -> bool:
    parts = (
        task.html,
        task.explanation,
        *(part for one in task.choices for part in (one.html, one.feedback)),
    )
    return any(media_in(part) for part in parts)
