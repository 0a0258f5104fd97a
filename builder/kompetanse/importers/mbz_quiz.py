"""The tests of a Moodle backup: which questions a quiz or a lesson asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from kompetanse.importers.bare_xml import number
from kompetanse.importers.mbz_backup import value
from kompetanse.importers.mbz_questions import Bank
from kompetanse.importers.moodle_question import MoodleAnswer, MoodleQuestion, Told

_ASKED = {
    "1": "shortanswer",
    "2": "multichoice",
    "3": "multichoice",
    "5": "match",
    "8": "numerical",
    "10": "essay",
}
"""Numbers of the question types of the activity «Lesson»; true/false has its own words as answers."""

_NEXT = "-1"

Lost = tuple[str, str]
"""What was lost, and why."""


def quiz_questions(quiz: etree._Element, bank: Bank) -> Iterator[MoodleQuestion | Lost]:
    """Yield the questions of a quiz in their order, and what became of the places that hold none."""
    listed = value(quiz, "questions")  # until Moodle 2.6; 0 is the end of a page
    if listed:
        for id_ in listed.split(","):
            if id_.strip() not in ("", "0"):
                yield bank.question(id_.strip()) or _absent(id_)
        return
    rows = sorted(
        quiz.iterfind("question_instances/question_instance"), key=lambda one: number(value(one, "slot"))
    )
    for row in rows:
        yield _in_slot(row, bank)


def _in_slot(row: etree._Element, bank: Bank) -> MoodleQuestion | Lost:
    reference = next(row.iter("question_reference"), None)
    if reference is not None:
        id_ = value(reference, "questionbankentryid")
        return bank.entry(id_, value(reference, "version")) or _absent(id_)
    if next(row.iter("question_set_reference"), None) is not None:
        return (
            "a question that is drawn at random",
            "here each question is asked; its bank comes after the last lesson",
        )
    id_ = value(row, "questionid") or value(row, "question")
    return bank.question(id_) or _absent(id_)


def _absent(id_: str) -> Lost:
    return f"question {id_[:20]}", "the backup does not have it"


def lesson_pages(lesson: etree._Element) -> list[etree._Element]:
    """Return the pages of the activity «Lesson» in their order."""
    pages = {one.get("id", ""): one for one in lesson.iterfind("pages/page")}
    following = {value(one, "prevpageid"): one for one in pages.values()}
    found: list[etree._Element] = []
    at = "0"
    while at in following and following[at] not in found:
        found.append(following[at])
        at = following[at].get("id", "")
    return [*found, *(one for one in pages.values() if one not in found)]


def lesson_question(
    page: etree._Element, where: str, told: Callable[[str, str], Told]
) -> MoodleQuestion | None:
    """Return the question that a page of «Lesson» asks; None for a page to read.

    Args:
        page: The page.
        where: Its place, for the report.
        told: Gives an HTML text its files: HTML, and the name of the area.
    """
    qtype = _ASKED.get(value(page, "qtype"))
    if qtype is None:
        return None
    rows = page.findall("answers/answer")
    scored = any(number(value(one, "score")) > 0 for one in rows)
    answers = tuple(
        MoodleAnswer(
            told(value(one, "answer_text"), "page_answers"),
            100.0 if (number(value(one, "score")) > 0 if scored else value(one, "jumpto") == _NEXT) else 0.0,
            told(value(one, "response"), "page_responses"),
            value(one, "answer_text").strip(),
        )
        for one in rows
    )
    return MoodleQuestion(
        where=where,
        qtype=qtype,
        name=value(page, "title"),
        id="",
        stem=told(value(page, "contents"), "page_contents"),
        answers=answers,
        single=value(page, "qoption") != "1",
        pairs=tuple(
            (one.told, value(row, "response")) for one, row in zip(answers[2:], rows[2:], strict=True)
        )
        if qtype == "match"
        else (),
    )
