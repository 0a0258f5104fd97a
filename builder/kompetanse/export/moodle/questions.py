"""The question bank of a backup: one category, in the context of the quiz that asks."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from kompetanse.export.archive import Entry
from kompetanse.export.edition import Choice, Edition, Media, Task
from kompetanse.export.elements import element, many
from kompetanse.export.moodle.backup import Backup, Place
from kompetanse.export.moodle.record import record
from kompetanse.export.placing import media_in, placed
from kompetanse.export.question_bank import (
    Asked,
    alone,
    asked,
    category,
    shares,
    tags,
    wildcards,
)

TOP, CATEGORY = 1, 2
"""Numbers of the categories."""

_MODULE = 70
"""Moodle's number for the context of an activity. With the course's, Moodle 5.1 makes one question bank more."""

_PLAIN, _HTML = 0, 1


def write_bank(backup: Backup, edition: Edition, quiz: int, context: int, found: Sequence[Asked]) -> None:
    """Write the questions of activity `quiz`; the entry of the question at place N, from 1, has the number N."""
    bank = _Bank(backup, edition, quiz, context, {one.name: one for one in edition.media})
    entries = [bank.entry(number, one) for number, one in enumerate(found, 1)]
    top = bank.category(TOP, "top", 0)
    backup.write(
        "questions.xml",
        element("question_categories", top, bank.category(CATEGORY, category(edition), TOP, entries)),
    )


def write_no_bank(backup: Backup) -> None:
    """Write that there are no questions."""
    backup.write("questions.xml", element("question_categories"))


@dataclass
class _Bank:
    """The bank of one quiz; it knows the numbers of answers, which no two in a backup share."""

    backup: Backup
    edition: Edition
    quiz: int
    context: int
    media: dict[str, Media]
    _answers: int = field(default=0)

    def category(self, number: int, name: str, parent: int, entries: Sequence[Markup] = ()) -> Markup:
        fields = {
            "name": name,
            "contextid": self.context,
            "contextlevel": _MODULE,
            "contextinstanceid": self.quiz,
            "info": "",
            "infoformat": _HTML,
            "stamp": self._stamp(f"category {number}"),
            "parent": parent,
            "sortorder": 999,
            "idnumber": None,
            "question_bank_entries": many(*entries),
        }
        return record("question_category", fields, id=number)

    def entry(self, number: int, one: Asked) -> Markup:
        """Return a question with its one version."""
        version = {"version": 1, "status": "ready", "questions": self._question(number, one)}
        fields = {
            "questioncategoryid": CATEGORY,
            "idnumber": one.task.id,
            "ownerid": None,
            "question_version": record("question_versions", version, id=number),
        }
        return record("question_bank_entry", fields, id=number)

    def _question(self, number: int, one: Asked) -> Markup:
        kind = "shortanswer" if one.task.kind == "short" else "multichoice"
        options = self._short if one.task.kind == "short" else self._choices
        fields = {
            "parent": 0,
            "name": one.name,
            "questiontext": self._shown(asked(one.task), "questiontext", number),
            "questiontextformat": _HTML,
            "generalfeedback": self._shown(one.task.explanation, "generalfeedback", number),
            "generalfeedbackformat": _HTML,
            "defaultmark": 1,
            "penalty": "0.3333333",
            "qtype": kind,
            "length": 1,
            "stamp": self._stamp(one.task.id),
            "timecreated": self.backup.moment,
            "timemodified": self.backup.moment,
            "createdby": None,
            "modifiedby": None,
            f"plugin_qtype_{kind}_question": many(*options(number, one.task)),
            "question_hints": "",
            "tags": many(*self._tags(number)),
        }
        return record("question", fields, id=number)

    def _tags(self, number: int) -> Iterator[Markup]:
        for place, tag in enumerate(tags(self.edition)):
            yield record("tag", {"name": tag.lower(), "rawname": tag}, id=number * 1000 + place)

    def _choices(self, number: int, task: Task) -> Iterator[Markup]:
        both = zip(task.choices, shares(task), strict=True)
        yield element("answers", *(self._choice(choice, share) for choice, share in both))
        fields = {
            "layout": 0,
            "single": int(task.kind == "single"),
            "shuffleanswers": 1,
            **{
                name: value
                for which in ("correct", "partiallycorrect", "incorrect")
                for name, value in ((f"{which}feedback", ""), (f"{which}feedbackformat", _HTML))
            },
            "answernumbering": "none",
            "shownumcorrect": 0,
            "showstandardinstruction": 1,
        }
        yield record("multichoice", fields, id=number)

    def _short(self, number: int, task: Task) -> Iterator[Markup]:
        spellings = (self._answer(wildcards(one), 1, "", _PLAIN) for one in task.answers)
        yield element("answers", *(made(self._next()) for made in spellings))
        yield record("shortanswer", {"usecase": 0}, id=number)

    def _choice(self, choice: Choice, share: float) -> Markup:
        number = self._next()
        said = self._shown(choice.html, "answer", number)
        feedback = self._shown(choice.feedback, "answerfeedback", number)
        return self._answer(said, share / 100, feedback, _HTML)(number)

    @staticmethod
    def _answer(said: str, fraction: float, feedback: str, kind: int) -> Callable[[int], Markup]:
        fields = {
            "answertext": said,
            "answerformat": kind,
            "fraction": f"{fraction:.7f}",
            "feedback": feedback,
            "feedbackformat": _HTML,
        }
        return lambda number: record("answer", fields, id=number)

    def _next(self) -> int:
        self._answers += 1
        return self._answers

    def _shown(self, html: str, area: str, item: int) -> str:
        """Return `html` as it stands in the bank, and store the files that it shows."""
        for name in media_in(html):
            found = self.media[name]
            place = Place(self.context, "question", area, item)
            self.backup.store(Entry(name, found.file), found.type, place)
        whole = alone(html, self.edition.address)
        return placed(whole, lambda _: "", lambda name: f"@@PLUGINFILE@@/{name}")

    def _stamp(self, what: str) -> str:
        """Return what tells a record from all others of the world, the same for the same version of a course."""
        mark = f"{self.edition.region.id} {self.edition.course.id} {self.edition.stamp} {what}"
        return f"kompetanse+{hashlib.sha256(mark.encode()).hexdigest()[:32]}"
