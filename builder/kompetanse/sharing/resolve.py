"""Answer what an update left open: the places of each file, the answers, and the one change that they come to.

The three versions are merged anew with what we have now, so that an edit made in the meantime counts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from kompetanse.content import yaml_text
from kompetanse.content.frontmatter import divide
from kompetanse.errors import KompetanseError, Problem
from kompetanse.sharing.merge import Merged, Question, Refusal, Review, Where, merge
from kompetanse.sharing.merge.fences import fenced, has_markers
from kompetanse.sharing.places import Answer, Choice, Place, answer_text, refuse_other
from kompetanse.sharing.questions import Asked, Questions

TEXT, DATA = frozenset({".md", ".markdown"}), frozenset({".yml", ".yaml"})

NOT_TO_BE_TAKEN = frozenset({"place-taken", "file-and-folder", "not-here"})
"""Reasons why the source's file cannot be put in place: something of ours stands there, or the file itself is nowhere."""
WITHOUT_BASE = frozenset({"place-taken", "file-and-folder"})
"""Those of them after which it has no base: its place is another file's, in our folder and among the copies."""


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
    refuse_other(place, choice)
    return case.asked.theirs if choice == "theirs" else case.ours


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
