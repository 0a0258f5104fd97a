"""One place where a person must choose, and the text that an answer to it comes to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from kompetanse.content import yaml_text
from kompetanse.errors import KompetanseError

Choice = Literal["ours", "theirs", "both", "own"]


@dataclass(frozen=True, slots=True)
class Place:
    """A place where a person must choose.

    Attributes:
        number: From 1, through the whole course.
        path: File, in the course's folder.
        sort: `text`, `key` of the front matter, or `file`: the whole of it.
        key: Key of the front matter; empty otherwise.
        heading: The heading it stands under; empty at the top.
        base, ours, theirs: The three versions; None for no file, and for one that is no text.
        why: Stable name of the reason.
        choices: What can be answered.
        sizes: Bytes of the three files, where it is about the whole file; None for no file.
    """

    number: int
    path: PurePosixPath
    sort: Literal["text", "key", "file"]
    key: str
    heading: str
    base: str | None
    ours: str | None
    theirs: str | None
    why: str
    choices: tuple[Choice, ...]
    sizes: tuple[int | None, int | None, int | None] = (None, None, None)

    @property
    def is_value(self) -> bool:
        """Whether it is a key whose value stands on one row, so that a person writes the value alone."""
        return self.sort == "key" and (self.ours or "").count("\n") == 1

    @property
    def start(self) -> str:
        """What a text of their own starts from."""
        text = self.ours or ""
        return text.removeprefix(f"{self.key}:").strip() if self.is_value else text


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person chose; `text` is their own."""

    choice: Choice
    text: str = ""


def answer_text(place: Place, answer: Answer) -> str:
    """Return the text that comes to stand in a place.

    Raises:
        KompetanseError: When it cannot be answered so.
    """
    refuse_other(place, answer.choice)
    if answer.choice == "own":
        return _own(place, answer.text)
    if answer.choice == "both":
        return _both(place.ours or "", place.theirs or "")
    return (place.ours if answer.choice == "ours" else place.theirs) or ""


def refuse_other(place: Place, choice: Choice) -> None:
    """Raise `KompetanseError` when a place cannot be answered so."""
    if choice not in place.choices:
        raise KompetanseError(
            f"Question {place.number} cannot be answered with {choice}. Choose one of: {', '.join(place.choices)}"
        )


def _both(ours: str, theirs: str) -> str:
    """Return both texts, ours first; a blank row parts paragraphs, and none parts items of a list or rows of a table."""
    last, first = ours.rstrip("\n").rpartition("\n")[2].lstrip(), theirs.lstrip("\n").lstrip()
    alike = last[:1] == first[:1] and last[:1] in {"-", "*", "+", "|"}
    blank = "" if alike or ours.endswith("\n\n") or theirs.startswith("\n") else "\n"
    return ours + blank + theirs


def _own(place: Place, text: str) -> str:
    """Return a person's own text; of a key they may write the value alone."""
    text = text.replace("\r\n", "\n").strip("\n")
    if place.sort != "key" or not text.strip():
        return text + "\n" if text.strip() else ""
    written = text if text.startswith(f"{place.key}:") else f"{place.key}: {_value(text)}"
    try:
        found = yaml_text.load(written)
    except yaml_text.Fault as fault:
        raise KompetanseError(
            f"Question {place.number}: this cannot be the value of {place.key}. Put it in quotes"
        ) from fault
    if not isinstance(found, dict) or set(found) - {place.key}:
        raise KompetanseError(f"Question {place.number}: write the value of {place.key} alone")
    return written + "\n"


def _value(text: str) -> str:
    """Return a value as YAML reads it as it was written; what would break it is put in quotes."""
    try:
        yaml_text.load(f"a: {text}")
    except yaml_text.Fault:
        return "'" + text.replace("'", "''") + "'"
    return text
