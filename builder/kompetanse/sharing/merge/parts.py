"""What a merge gives: text that stands, places it settled, and questions to a person."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

BOM = "\ufeff"


class Where(StrEnum):
    """The two halves of a document."""

    KEYS = "keys"
    BODY = "body"


class Why(StrEnum):
    """Why a person must choose; the message catalogue has words for each under `why.`."""

    BOTH_INSERTED = "both-inserted"
    DELETED_AND_CHANGED = "deleted-and-changed"
    FACTS = "facts"
    ANSWERS = "answers"
    CODE = "code"
    REWRITTEN = "rewritten"
    SAME_WORDS = "same-words"
    TOO_LONG = "too-long"
    SAME_KEY = "same-key"
    REORDERED = "reordered"
    LINES = "lines"
    BINARY = "binary"
    ENCODING = "encoding"
    MARKERS = "markers"
    STRUCTURE = "structure"


@dataclass(frozen=True, slots=True)
class Kept:
    """Text that is as at least one of them wrote it."""

    text: str


@dataclass(frozen=True, slots=True)
class Review:
    """A place that both touched and the merge settled.

    Attributes:
        where: Front matter or text.
        key: Key of the front matter; empty in the text.
        how: `value`, `line`, `sentence`, `word`, `space` or `contained`; the message catalogue has words for each under `how.`.
        base, ours, theirs: The three versions; empty where there was nothing.
        merged: What was made of them.
    """

    where: Where
    key: str
    how: str
    base: str
    ours: str
    theirs: str
    merged: str

    @property
    def text(self) -> str:
        """What stands unless it is taken back."""
        return self.merged


@dataclass(frozen=True, slots=True)
class Question:
    """A place where a person must choose.

    Attributes:
        where: Front matter or text.
        key: Key of the front matter; empty in the text.
        base, ours, theirs: The three versions, whole lines; empty where there is nothing.
        why: Why it is not settled.
    """

    where: Where
    key: str
    base: str
    ours: str
    theirs: str
    why: Why


Part = Kept | Review | Question


@dataclass(frozen=True, slots=True)
class Notice:
    """A change at the source that is told, never taken: its licence, or that it is retired."""

    key: str
    base: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """The three cannot be merged as text; a person chooses one of them whole."""

    why: Why


@dataclass(frozen=True, slots=True)
class Merged:
    r"""A merged document.

    Attributes:
        parts: In the order of the document; rows end in `\n`.
        notices: Changes at the source that were not taken.
        row_end: How our rows end: `\n` or `\r\n`; empty when the parts stand as they are, to the byte.
        bom: Whether our file starts with a byte order mark.
        last_row_ends: Whether the last row ends in a row end.
    """

    parts: tuple[Part, ...]
    notices: tuple[Notice, ...] = ()
    row_end: str = "\n"
    bom: bool = False
    last_row_ends: bool = True

    @property
    def questions(self) -> tuple[Question, ...]:
        """What a person must choose, in order; their numbers count from 0."""
        return tuple(part for part in self.parts if isinstance(part, Question))

    @property
    def reviews(self) -> tuple[Review, ...]:
        """What was settled where both had been, in order; their numbers count from 0."""
        return tuple(part for part in self.parts if isinstance(part, Review))

    @property
    def text(self) -> str | None:
        """The whole document, byte order mark and row ends as ours; None while a question is open."""
        return None if self.questions else self.answered({})

    def answered(self, answers: Mapping[int, str], taken_back: Collection[int] = ()) -> str:
        r"""Return the whole document, with a text for each question.

        Args:
            answers: Text by the question's number; rows end in `\n`.
            taken_back: Numbers of the reviews where our text is to stand as it was.

        Raises:
            KeyError: When a question has no answer.
        """
        written: list[str] = []
        question = review = 0
        for part in self.parts:
            if isinstance(part, Question):
                written.append(_rows(answers[question]))
                question += 1
            elif isinstance(part, Review):
                written.append(part.ours if review in taken_back else part.merged)
                review += 1
            else:
                written.append(part.text)
        return self._finished("".join(written))

    def _finished(self, text: str) -> str:
        if not self.row_end:
            return text
        if not self.last_row_ends:
            text = text.removesuffix("\n")
        return (BOM if self.bom else "") + text.replace("\n", self.row_end)


def _rows(answer: str) -> str:
    text = answer.replace("\r\n", "\n").replace("\r", "\n")
    return text if not text or text.endswith("\n") else text + "\n"
