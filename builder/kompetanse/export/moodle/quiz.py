"""The test of a course: a quiz with all its questions, which passes at the course's pass mark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from markupsafe import Markup, escape

from kompetanse.export.elements import element, many
from kompetanse.export.moodle.activity import Activity, Section, clipped, context_of, grade_item
from kompetanse.export.moodle.backup import Backup
from kompetanse.export.moodle.questions import CATEGORY, TOP
from kompetanse.export.moodle.record import field, record
from kompetanse.export.question_bank import Asked
from kompetanse.messages import plural, text

_DURING, _RIGHT_AFTER, _LATER, _CLOSED = 0x10000, 0x01000, 0x00100, 0x00010
_AFTER = _RIGHT_AFTER | _LATER | _CLOSED
_ALWAYS = _DURING | _AFTER
"""When what is shown (Moodle's review options). Without «during» no feedback is seen afterwards either."""

_SHOWN = (
    "attempt",
    "correctness",
    "maxmarks",
    "marks",
    "specificfeedback",
    "generalfeedback",
    "rightanswer",
)
_MOST = 100
"""Points for all right answers, so that the points are per cent."""


def quiz(
    backup: Backup,
    number: int,
    section: Section,
    found: Sequence[Asked],
    language: str,
    mark: int,
    after: Sequence[int],
    competencies: Sequence[Markup],
) -> Activity:
    """Return the test.

    Args:
        backup: What it is part of.
        number: Its number.
        section: Where it stands.
        found: Its questions, in their order.
        language: Of its words.
        mark: What passes, in per cent. With 0 it is done when it is answered: Moodle takes a grade to pass of 0 for none
            (`grade_grade::is_passed`), and a quiz that must be passed would never be done.
        after: Numbers of the activities that must be done before it opens.
        competencies: What it gives evidence of.
    """
    name = text(language, "moodle.test")
    return Activity(
        number,
        "quiz",
        name,
        section,
        _body(backup, number, name, found, language, mark),
        "test",
        {"completiongradeitemnumber": 0, "completionpassgrade": int(mark > 0)},
        after,
        categories=(TOP, CATEGORY),
        grade=grade_item(backup, number, "quiz", name, _MOST, mark),
        competencies=competencies,
    )


def _body(backup: Backup, number: int, name: str, found: Sequence[Asked], language: str, mark: int) -> Markup:
    intro = plural(language, "moodle.test_intro", len(found), mark=mark)
    return record(
        "quiz",
        {
            "name": name,
            "intro": f"<p>{escape(intro)}</p>",
            "introformat": 1,
            "timeopen": 0,
            "timeclose": 0,
            "timelimit": 0,
            "overduehandling": "autosubmit",
            "graceperiod": 0,
            "preferredbehaviour": "deferredfeedback",
            "canredoquestions": 0,
            "attempts_number": 0,
            "attemptonlast": 0,
            "grademethod": 1,
            "decimalpoints": 2,
            "questiondecimalpoints": -1,
            **{f"review{what}": _ALWAYS for what in _SHOWN},
            "reviewoverallfeedback": _AFTER,
            "questionsperpage": 0,
            "navmethod": "free",
            "shuffleanswers": 0,
            "sumgrades": len(found),
            "grade": _MOST,
            "timecreated": backup.moment,
            "timemodified": backup.moment,
            "password": "",
            "subnet": "",
            "browsersecurity": "-",
            "delay1": 0,
            "delay2": 0,
            "showuserpicture": 0,
            "showblocks": 0,
            "completionattemptsexhausted": 0,
            "completionminattempts": 0,
            "allowofflineattempts": 0,
            "quiz_grade_items": "",
            "question_instances": many(*_slots(number, found)),
            "sections": many(*_parts(found)),
            "feedbacks": many(*_feedback(language, mark)),
            "overrides": "",
            "grades": "",
            "attempts": "",
        },
        id=number,
    )


def _slots(quiz: int, found: Sequence[Asked]) -> Iterator[Markup]:
    """Yield the questions' places; those of one lesson stand on one page."""
    pages = {place: page for page, (place, _) in enumerate(groupby(found, lambda one: one.place), 1)}
    for number, one in enumerate(found, 1):
        fields = {
            "quizid": quiz,
            "slot": number,
            "page": pages[one.place],
            "displaynumber": None,
            "requireprevious": 0,
            "maxmark": 1,
            "quizgradeitemid": None,
        }
        reference = {
            "usingcontextid": context_of(quiz),
            "component": "mod_quiz",
            "questionarea": "slot",
            "questionbankentryid": number,
            "version": None,
        }
        rows = (field(name, value) for name, value in fields.items())
        yield element(
            "question_instance", *rows, record("question_reference", reference, id=number), id=number
        )


def _parts(found: Sequence[Asked]) -> Iterator[Markup]:
    """Yield the test's own sections: each lesson's questions under its title."""
    first = 1
    for number, (_, group) in enumerate(groupby(found, lambda one: one.place), 1):
        rows = list(group)
        fields = {"firstslot": first, "heading": clipped(rows[0].lesson.title), "shufflequestions": 0}
        yield record("section", fields, id=number)
        first += len(rows)


def _feedback(language: str, mark: int) -> Iterator[Markup]:
    """Yield what is said of a result; the upper bound of each is not in it, so that the highest lies above all points."""
    said = (("passed", mark, _MOST + 1), ("missed", 0, mark))
    for number, (key, low, high) in enumerate(said if mark else said[:1], 1):
        fields = {
            "feedbacktext": f"<p>{escape(text(language, f'moodle.{key}'))}</p>",
            "feedbacktextformat": 1,
            "mingrade": low,
            "maxgrade": high,
        }
        yield record("feedback", fields, id=number)
