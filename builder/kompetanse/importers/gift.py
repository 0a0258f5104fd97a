"""Read questions in GIFT."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kompetanse.errors import KompetanseError
from kompetanse.importers import question_file
from kompetanse.importers.asked import Fitting, Test
from kompetanse.importers.encoding import decoded
from kompetanse.importers.found_course import FoundCourse
from kompetanse.importers.gift_grammar import GiftCategory, GiftEntry, GiftFault, GiftKind, entries
from kompetanse.importers.language_guess import guess
from kompetanse.importers.moodle_question import MoodleAnswer, MoodleQuestion, Told, take
from kompetanse.importers.readers import Tell, quiet
from kompetanse.importers.unpacked import Unpacked

_ENOUGH = 50_000
"""Signs of a file that tell its language, which decides the words for true and false."""

_QTYPES: Mapping[GiftKind, str] = {
    "description": "description",
    "essay": "essay",
    "choice": "multichoice",
    "match": "match",
    "truefalse": "truefalse",
    "short": "shortanswer",
    "number": "numerical",
}


def read(source: Unpacked, tell: Tell = quiet) -> FoundCourse:
    """Read a file of questions in GIFT.

    Raises:
        KompetanseError: When it is no text, or has no question.
    """
    text = decoded(source.read(source.names[0]))
    if text is None or "\0" in text:
        raise KompetanseError(
            f"{source.file}: we cannot tell which encoding this text has. Save it as UTF-8, and import that"
        )
    return question_file.course(
        source.file, "GIFT", _tests(text, source.file.name, Fitting(guess(text[:_ENOUGH]) or "nb"))
    )


def _tests(text: str, name: str, fitting: Fitting) -> Iterator[tuple[str, Test]]:
    """Yield each category and what it asks."""
    category = ""
    for entry in entries(text):
        where = f"{name}, line {entry.line}"
        if isinstance(entry, GiftFault):
            fitting.lose(where, "a question", entry.says)
            continue
        if isinstance(entry, GiftCategory):
            yield category, fitting.taken()
            category = entry.path
            continue
        take(_question(entry, where), fitting)
    yield category, fitting.taken()


def _question(entry: GiftEntry, where: str) -> MoodleQuestion:
    return MoodleQuestion(
        where=where,
        qtype=_QTYPES[entry.kind],
        name=entry.name,
        id=entry.id,
        stem=Told(entry.stem.html()),
        explanation=Told(entry.explanation.html()),
        answers=tuple(
            MoodleAnswer(
                Told(one.text.html()), one.credit, Told(one.feedback.html()), one.text.text, one.room
            )
            for one in entry.answers
        ),
        single=entry.single,
        pairs=tuple((Told(one.text.html()), one.pair) for one in entry.answers if one.pair),
    )
