"""Answer what an update left open: the places of each file, the answers, and the one change that they come to.

The three versions are merged anew with what we have now, so that an edit made in the meantime counts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Literal

from kompetanse.content import yaml_text
from kompetanse.content.frontmatter import divide
from kompetanse.errors import KompetanseError, Problem
from kompetanse.sharing.merge import Merged, Question, Refusal, Review, Where, merge
from kompetanse.sharing.merge.fences import fenced, has_markers
from kompetanse.sharing.questions import Asked, Questions

TEXT, DATA = frozenset({".md", ".markdown"}), frozenset({".yml", ".yaml"})

Choice = Literal["ours", "theirs", "both", "own"]
NOT_TO_BE_TAKEN = frozenset({"place-taken", "file-and-folder", "not-here"})
"""Reasons why the source's file cannot be put in place: something of ours stands there, or the file itself is nowhere."""
WITHOUT_BASE = frozenset({"place-taken", "file-and-folder"})
"""Those of them after which it has no base: its place is another file's, in our folder and among the copies."""


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


@dataclass(frozen=True, slots=True)
class Case:
    """One file that waits.

    Attributes:
        path: In the course's folder.
        asked: What was stored.
        base, ours: Our versions: the one that the last merge was made from, and the one we have; None for no file.
        merged: The three, merged; None when it is a question about the whole file.
        places: What is to be chosen; none when an edit in the meantime has settled it.
        reviews: What the merge settles in it.
    """

    path: PurePosixPath
    asked: Asked
    base: bytes | None
    ours: bytes | None
    merged: Merged | None
    places: tuple[Place, ...]
    reviews: tuple[Review, ...] = ()


def cases(
    questions: Questions, bases: Mapping[PurePosixPath, bytes], ours: Mapping[PurePosixPath, bytes]
) -> tuple[Case, ...]:
    """Return the files that wait, by path, with their places numbered.

    Args:
        questions: What is stored.
        bases: The versions that the last merge was made from.
        ours: What we have now.
    """
    found: list[Case] = []
    number = 1
    for path, asked in sorted(questions.files.items()):
        one = _case(path, asked, bases.get(path), ours.get(path), number)
        found.append(one)
        number += len(one.places)
    return tuple(found)


def _case(path: PurePosixPath, asked: Asked, base: bytes | None, ours: bytes | None, number: int) -> Case:
    if ours == asked.theirs:
        return Case(path, asked, base, ours, None, ())
    if asked.why in NOT_TO_BE_TAKEN:
        base = None if asked.why in WITHOUT_BASE else base
        return Case(path, asked, base, ours, None, (_whole(path, asked, base, ours, number, asked.why),))
    merged = _merged(path, base, ours, asked.theirs)
    if not isinstance(merged, Merged):
        why = merged.why.value if merged else asked.why
        return Case(path, asked, base, ours, None, (_whole(path, asked, base, ours, number, why),))
    return Case(path, asked, base, ours, merged, tuple(_places(path, merged, number)), merged.reviews)


def _merged(
    path: PurePosixPath, base: bytes | None, ours: bytes | None, theirs: bytes | None
) -> Merged | Refusal | None:
    kind = path.suffix.lower()
    if base is None or ours is None or theirs is None or kind not in TEXT | DATA:
        return None
    return merge(base, ours, theirs, data=kind in DATA)


def _whole(
    path: PurePosixPath, asked: Asked, base: bytes | None, ours: bytes | None, number: int, why: str
) -> Place:
    z, o, t = (None if one is None else _text(one) for one in (base, ours, asked.theirs))
    choices: tuple[Choice, ...] = ("ours",) if asked.why in NOT_TO_BE_TAKEN else ("ours", "theirs")
    sizes = (_size(base), _size(ours), _size(asked.theirs))
    return Place(number, path, "file", "", "", z, o, t, why, choices, sizes)


def _size(data: bytes | None) -> int | None:
    return None if data is None else len(data)


def _text(data: bytes) -> str | None:
    try:
        return None if b"\0" in data else data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return None


def _places(path: PurePosixPath, merged: Merged, number: int) -> Iterator[Place]:
    written = ""
    for part in merged.parts:
        if isinstance(part, Question):
            yield _place(path, part, number, written)
            number += 1
            written += part.ours
        else:
            written += part.text


def _place(path: PurePosixPath, one: Question, number: int, before: str) -> Place:
    if one.where is Where.KEYS:
        own: tuple[Choice, ...] = ("ours", "theirs", "own")
        return Place(number, path, "key", one.key, "", one.base, one.ours, one.theirs, one.why.value, own)
    both: tuple[Choice, ...] = ("both",) if one.ours.strip() and one.theirs.strip() else ()
    choices: tuple[Choice, ...] = ("ours", "theirs", *both, "own")
    heading = _heading(before)
    return Place(number, path, "text", "", heading, one.base, one.ours, one.theirs, one.why.value, choices)


def _heading(before: str) -> str:
    rows = before.split("\n")
    titles = [
        row.lstrip("#").strip()
        for row, code in zip(rows, fenced(rows), strict=True)
        if row.startswith("#") and not code
    ]
    return titles[-1] if titles else ""


# --- answers ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Settled:
    """A file that is answered for: its contents, or None when it is to be gone."""

    path: PurePosixPath
    data: bytes | None


def settle(case: Case, answers: Mapping[int, Answer], taken_back: Collection[int] = ()) -> Settled | None:
    """Return the file with its places answered; None when one of them has no answer.

    Args:
        case: The file.
        answers: By the place's number.
        taken_back: Numbers, from 0, of the case's reviews where our text shall stand as it was.

    Raises:
        KompetanseError: When what comes of it could not be read again.
    """
    if any(place.number not in answers for place in case.places):
        return None
    if case.merged is None:
        return Settled(case.path, _whole_answer(case, answers))
    texts = [answer_text(place, answers[place.number]) for place in case.places]
    text = case.merged.answered(dict(enumerate(texts)), taken_back)
    _check(case, text)
    return Settled(case.path, text.encode())


def _whole_answer(case: Case, answers: Mapping[int, Answer]) -> bytes | None:
    if not case.places:
        return case.ours
    place = case.places[0]
    choice = answers[place.number].choice
    _refuse_other(place, choice)
    return case.asked.theirs if choice == "theirs" else case.ours


def answer_text(place: Place, answer: Answer) -> str:
    """Return the text that comes to stand in a place.

    Raises:
        KompetanseError: When it cannot be answered so.
    """
    _refuse_other(place, answer.choice)
    if answer.choice == "own":
        return _own(place, answer.text)
    if answer.choice == "both":
        return _both(place.ours or "", place.theirs or "")
    return (place.ours if answer.choice == "ours" else place.theirs) or ""


def _refuse_other(place: Place, choice: Choice) -> None:
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


def _check(case: Case, text: str) -> None:
    """Refuse a text that holds conflict markers, or whose front matter can no more be read."""
    if has_markers(text):
        raise KompetanseError(
            f"{case.path}: the text has rows that look like git's conflict markers. Take them out"
        )
    if _is_readable(case.path, (case.ours or b"").decode(errors="replace")) and not _is_readable(
        case.path, text
    ):
        raise KompetanseError(
            f"{case.path}: its front matter could not be read any more. Answer its keys anew"
        )


def _is_readable(path: PurePosixPath, text: str) -> bool:
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    found = divide(path, text)
    raw = text if path.suffix.lower() in DATA else "" if isinstance(found, Problem) else found.raw
    try:
        yaml_text.load(raw)
    except yaml_text.Fault:
        return False
    return not isinstance(found, Problem)


# --- what was settled -------------------------------------------------------------------------------------------------


def without(data: bytes, reviews: Iterable[Review]) -> bytes:
    """Return a file with our text again where the merge had settled something.

    Raises:
        KompetanseError: When a place has changed since.
    """
    text = data.decode()
    ends = "\r\n" if "\r\n" in text else "\n"
    text = text.replace("\r\n", "\n")
    for review in reviews:
        if not review.merged or text.count(review.merged) != 1:
            first = " ".join(review.merged.split())[:60]
            raise KompetanseError(f"«{first}» was changed since it was merged. Edit the file instead")
        text = text.replace(review.merged, review.ours)
    return text.replace("\n", ends).encode()


def left(
    questions: Questions, settled: Collection[PurePosixPath], looked_over: Collection[PurePosixPath]
) -> Questions:
    """Return what still waits after files were answered for, and others looked over."""
    return replace(
        questions,
        files={path: one for path, one in questions.files.items() if path not in settled},
        reviews={path: one for path, one in questions.reviews.items() if path not in looked_over},
    )
