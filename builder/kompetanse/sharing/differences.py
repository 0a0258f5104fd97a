"""What two versions of a course differ in, as authors read it: by key, by heading and paragraph, with the words marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Any

from rapidfuzz.distance import Indel

from kompetanse.content import yaml_text
from kompetanse.content.frontmatter import divide
from kompetanse.errors import Problem
from kompetanse.sharing.merge.fences import fenced
from kompetanse.sharing.merge.sequences import runs

ALIKE = 0.4
"""Share of the words that two paragraphs have in common when one is the other, rewritten."""
LONGEST = 20_000
"""Characters of two paragraphs together; in longer ones no words are marked."""

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
_FENCE = re.compile(r"[ \t>]*(?:`{3}|~{3})")
_HEADING = re.compile(r"(#{1,6})[ \t]+(.+?)[ \t#]*$")
_TEXT = frozenset({".md", ".markdown", ".yml", ".yaml", ".txt", ".csv"})
_DATA = frozenset({".yml", ".yaml"})


class Sort(StrEnum):
    """What happened to a file, a key, a paragraph or a word."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Words:
    """Some text that is in both, only in the old or only in the new."""

    sort: Sort
    text: str


@dataclass(frozen=True, slots=True)
class KeyChange:
    """A key of the front matter with its values in words; None where it is not given."""

    key: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph that was added, removed or changed, under its headings.

    Attributes:
        headings: Those it stands under, the outermost first.
        sort: What happened to it.
        words: Its text, the old and the new in one.
    """

    headings: tuple[str, ...]
    sort: Sort
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class FileDifference:
    """What one file differs in.

    Attributes:
        path: Where it lies in our folder.
        sort: Whether it is new, gone or changed.
        is_text: Whether it can be shown in words; a picture cannot.
        keys: Front matter.
        passages: Text, in order.
        layout: Whether nothing but spaces and row ends differ.
    """

    path: PurePosixPath
    sort: Sort
    is_text: bool = True
    keys: tuple[KeyChange, ...] = ()
    passages: tuple[Passage, ...] = ()
    layout: bool = False


Contents = Mapping[PurePosixPath, bytes]


def differences(before: Contents, after: Contents) -> tuple[FileDifference, ...]:
    """Return what differs between two versions of a course, by path; files that are the same are left out."""
    paths = sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))
    return tuple(difference(path, before.get(path), after.get(path)) for path in paths)


def difference(path: PurePosixPath, before: bytes | None, after: bytes | None) -> FileDifference:
    """Return what two versions of one file differ in; None is no such file."""
    sort = Sort.ADDED if before is None else Sort.REMOVED if after is None else Sort.CHANGED
    old, new = _decoded(path, before), _decoded(path, after)
    if old is None or new is None:
        return FileDifference(path, sort, is_text=False)
    keys = tuple(_key_changes(_meta(path, old), _meta(path, new)))
    passages = () if path.suffix.lower() in _DATA else tuple(_passages(_body(old), _body(new)))
    return FileDifference(
        path, sort, keys=keys, passages=passages, layout=sort is Sort.CHANGED and not (keys or passages)
    )


def _decoded(path: PurePosixPath, data: bytes | None) -> str | None:
    r"""Return a text with `\n` at its row ends; None for what is no text."""
    if data is None:
        return ""
    if path.suffix.lower() not in _TEXT or b"\0" in data:
        return None
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        return None


def _meta(path: PurePosixPath, text: str) -> dict[str, Any]:
    """Return the keys of a text; what is no mapping counts as one key without a name."""
    raw = text if path.suffix.lower() in _DATA else _raw(text)
    try:
        found = yaml_text.load(raw)
    except yaml_text.Fault:
        return {"": raw}
    return found if isinstance(found, dict) else {"": raw} if raw.strip() else {}


def _raw(text: str) -> str:
    found = divide(PurePosixPath(), text)
    return "" if isinstance(found, Problem) else found.raw


def _body(text: str) -> str:
    found = divide(PurePosixPath(), text)
    return text if isinstance(found, Problem) else found.body


def _key_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[KeyChange]:
    for key in dict.fromkeys((*before, *after)):
        old, new = before.get(key), after.get(key)
        if old != new:
            yield KeyChange(key, _said(old), _said(new))


def _said(value: Any) -> str | None:
    """Return a value as one reads it aloud: `80`, `brannvern, personvern`, `competence brannvern, level 2`."""
    if value is None:
        return None
    if isinstance(value, list):
        between = "; " if any(isinstance(one, dict) for one in value) else ", "
        return between.join(_said(one) or "" for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{key} {_said(one)}" for key, one in value.items())
    return str(value).lower() if isinstance(value, bool) else str(value)


# --- text ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Paragraph:
    text: str
    headings: tuple[str, ...]

    @property
    def words(self) -> str:
        """Its text without regard to how it is laid out."""
        return " ".join(self.text.split())


def _paragraphs(body: str) -> Iterator[_Paragraph]:
    """Yield what blank rows part; a block of code is one, and a heading stands alone."""
    trail: list[tuple[int, str]] = []
    waiting: list[str] = []
    rows = body.split("\n")
    for row, code in zip(rows, fenced(rows), strict=True):
        heading = None if code else _HEADING.match(row)
        if (heading or not (row.strip() or code)) and waiting:
            yield _Paragraph("\n".join(waiting), tuple(title for _, title in trail))
            waiting = []
        if heading:
            trail = [one for one in trail if one[0] < len(heading[1])]
            yield _Paragraph(row, tuple(title for _, title in trail))
            trail.append((len(heading[1]), heading[2]))
        elif row.strip() or code:
            waiting.append(row)
    if waiting:
        yield _Paragraph("\n".join(waiting), tuple(title for _, title in trail))


def _passages(before: str, after: str) -> Iterator[Passage]:
    old, new = tuple(_paragraphs(before)), tuple(_paragraphs(after))
    at = at_new = 0
    steps = [*runs([one.words for one in old], [one.words for one in new]), (len(old), len(new), 0)]
    for start, start_new, size in steps:
        yield from _between(old[at:start], new[at_new:start_new])
        at, at_new = start + size, start_new + size


def _between(old: Sequence[_Paragraph], new: Sequence[_Paragraph]) -> Iterator[Passage]:
    """Yield what became of the paragraphs between two that are the same; those that are alike are one, rewritten."""
    left = list(new)
    for one in old:
        place = next((i for i, other in enumerate(left) if _alike(one.text, other.text)), None)
        if place is None:
            yield Passage(one.headings, Sort.REMOVED, (Words(Sort.REMOVED, one.text),))
            continue
        yield from _added(left[:place])
        yield Passage(left[place].headings, Sort.CHANGED, tuple(marked(one.text, left[place].text)))
        left = left[place + 1 :]
    yield from _added(left)


def _added(new: Sequence[_Paragraph]) -> Iterator[Passage]:
    return (Passage(one.headings, Sort.ADDED, (Words(Sort.ADDED, one.text),)) for one in new)


def _alike(old: str, new: str) -> bool:
    if len(old) + len(new) > LONGEST or old.startswith("#") != new.startswith("#"):
        return False
    return Indel.normalized_similarity(_words(old), _words(new)) >= ALIKE


def _words(text: str) -> list[str]:
    return [one for one in _TOKEN.findall(text) if not one.isspace()]


def marked(before: str, after: str) -> Iterator[Words]:
    """Yield the words of two versions of a paragraph in the order of reading, each marked as old, new or in both.

    How the rows are broken is no difference, but in code.
    """
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    at = at_new = 0
    for start, start_new, size in [*_in_step(old, new), (len(old), len(new), 0)]:
        if at < start:
            yield Words(Sort.REMOVED, "".join(old[at:start]))
        if at_new < start_new:
            yield Words(Sort.ADDED, "".join(new[at_new:start_new]))
        if size:
            yield Words(Sort.SAME, "".join(new[start_new : start_new + size]))
        at, at_new = start + size, start_new + size


def _in_step(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Yield where two rows of words agree, and not only in a space between words that do not."""
    code = any(_FENCE.match(one) for one in ("".join(old[:3]), "".join(new[:3])))
    first, second = (side if code else [" " if one.isspace() else one for one in side] for side in (old, new))
    found = runs(first, second)
    for start, start_new, size in found:
        edge = start == 0 or start + size == len(old)
        if edge or not all(one.isspace() for one in old[start : start + size]):
            yield start, start_new, size
