"""The question bank of a Moodle backup, as Moodle 4 keeps it and as older ones did."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from kompetanse.importers.asked import Answer
from kompetanse.importers.bare_xml import number
from kompetanse.importers.cloze import Gap
from kompetanse.importers.html_text import plain
from kompetanse.importers.mbz_backup import value
from kompetanse.importers.mbz_files import Area, Files
from kompetanse.importers.media import Shelf
from kompetanse.importers.moodle_question import MoodleAnswer, MoodleQuestion, Told
from kompetanse.importers.moodle_rest import rest
from kompetanse.importers.moodle_text import FORMATS, Marked
from kompetanse.importers.saying import OwnFiles
from kompetanse.importers.table import clean


@dataclass(frozen=True, slots=True)
class _Version:
    """One version of a question.

    Attributes:
        row: The element `question`.
        context: Number of the context of its category.
        id_number: Of its entry in the bank; may be empty.
        entry: Number of that entry; empty in old backups.
        version: Its number; 0 in old backups.
    """

    row: etree._Element
    context: str
    id_number: str
    entry: str
    version: int


class Bank:
    """The questions of a backup."""

    def __init__(self, root: etree._Element | None, files: Files, shelf: Shelf, source: str) -> None:
        self._files, self._shelf, self._source = files, shelf, source
        self._by_entry: dict[str, list[_Version]] = {}
        self._by_id: dict[str, _Version] = {}
        self._used: set[str] = set()
        for category in [] if root is None else root.iterfind("question_category"):
            for found in _versions(category):
                self._by_id[found.row.get("id", "")] = found
                if found.entry:
                    self._by_entry.setdefault(found.entry, []).append(found)

    def entry(self, id_: str, version: str) -> MoodleQuestion | None:
        """Return a question by its entry: the version that is asked for, else the newest; None when it is not there."""
        versions = self._by_entry.get(f"entry {id_}", [])
        asked = [one for one in versions if str(one.version) == version]
        found = max(asked or versions, key=lambda one: one.version, default=None)
        return self._question(found) if found else None

    def question(self, id_: str) -> MoodleQuestion | None:
        """Return a question by its number, as old backups call it; None when it is not there."""
        return self._question(self._by_id[id_]) if id_ in self._by_id else None

    def unused(self) -> Iterator[MoodleQuestion]:
        """Yield the newest version of the questions that were never asked for, apart from parts of others."""
        newest = {max(versions, key=lambda one: one.version).row for versions in self._by_entry.values()}
        for id_, found in list(self._by_id.items()):
            is_asked = id_ in self._used or found.entry in self._used
            is_old = found.entry != "" and found.row not in newest
            if not is_asked and not is_old and value(found.row, "parent") in ("", "0"):
                yield _Row(found, self).question()

    def _question(self, found: _Version) -> MoodleQuestion:
        self._used |= {found.entry or found.row.get("id", "")}
        return _Row(found, self).question()

    def gap(self, id_: str) -> Gap | None:
        """Return a part of a text with gaps."""
        found = self._by_id.get(id_)
        if found is None:
            return None
        answers = tuple(
            Answer(
                plain(value(one, "answertext")),
                100 * number(value(one, "fraction")),
                plain(value(one, "feedback")),
            )
            for one in found.row.iter("answer")
        )
        return Gap(value(found.row, "qtype"), answers)

    def told(self, html: str, context: str, area: str, item: str, where: str) -> Told:
        """Return a text with the files that it may call."""
        here = Area(context, "question", area, item)
        return Told(html, OwnFiles(lambda path: self._files.find(here, path), self._shelf, where))

    def place(self, row: etree._Element) -> str:
        """Return where a question stands, for the report."""
        return f"{self._source}: question «{clean(value(row, 'name'))[:80]}»"


def _versions(category: etree._Element) -> Iterator[_Version]:
    """Yield the questions of a category, in all their versions; drafts only where there is nothing else, as Moodle does."""
    context = value(category, "contextid")
    for entry in category.iterfind("question_bank_entries/question_bank_entry"):
        versions = entry.findall("question_version/question_versions")
        ready = [one for one in versions if value(one, "status") in ("ready", "")]
        for version in ready or versions:
            for row in version.iterfind("questions/question"):
                count = int(number(value(version, "version")))
                yield _Version(row, context, value(entry, "idnumber"), f"entry {entry.get('id', '')}", count)
    for row in category.iterfind("questions/question"):
        yield _Version(row, context, value(row, "idnumber"), "", 0)


@dataclass(frozen=True, slots=True)
class _Row:
    """A question of the bank."""

    found: _Version
    bank: Bank

    def question(self) -> MoodleQuestion:
        row, qtype = self.found.row, value(self.found.row, "qtype")
        plugin = row.find(f"plugin_qtype_{qtype}_question") if qtype.isidentifier() else None
        answers = [] if plugin is None else list(plugin.iterfind("answers/answer"))
        question = MoodleQuestion(
            where=self.bank.place(row),
            qtype=qtype,
            name=clean(value(row, "name")),
            id=self.found.id_number,
            stem=self.told(row, "questiontext"),
            explanation=self.told(row, "generalfeedback"),
            answers=tuple(map(self._answer, answers)),
            choices=tuple(value(one, "answertext") for one in answers),
            rest=tuple(self._rest(plugin)),
        )
        return question if plugin is None else self._with_rules(question, plugin, answers)

    def told(self, row: etree._Element, field: str, area: str = "") -> Told:
        """Return a text of a row: `field`, beside which stands how it is written."""
        format_ = FORMATS.get(value(row, f"{field}format"), "html")
        html = Marked(value(row, field), format_).html()
        return self.bank.told(
            html, self.found.context, area or field, row.get("id", ""), self.bank.place(self.found.row)
        )

    def _answer(self, one: etree._Element) -> MoodleAnswer:
        format_ = FORMATS.get(value(one, "answerformat"), "moodle")
        place = self.bank.place(self.found.row)
        html = Marked(value(one, "answertext"), format_).html()
        return MoodleAnswer(
            self.bank.told(html, self.found.context, "answer", one.get("id", ""), place),
            100 * number(value(one, "fraction")),
            self.told(one, "feedback", "answerfeedback"),
            value(one, "answertext").strip(),
        )

    def _rest(self, plugin: etree._Element | None) -> Iterator[tuple[str, str]]:
        def text(name: str) -> str:
            found = None if plugin is None else next(plugin.iter(name), None)
            return "" if found is None else value(found, ".")

        hints = sum(
            bool(value(one, "hint")) for one in self.found.row.iterfind("question_hints/question_hint")
        )
        return rest(text, hints)

    def _with_rules(
        self, question: MoodleQuestion, plugin: etree._Element, answers: list[etree._Element]
    ) -> MoodleQuestion:
        """Return the question with what its type says besides."""
        if question.qtype == "multichoice":
            return replace(question, single=value(plugin, "multichoice/single") != "0")
        if question.qtype == "truefalse":
            order = [value(plugin, f"truefalse/{word}answer") for word in ("true", "false")]
            by_id = {one.get("id", ""): answer for one, answer in zip(answers, question.answers, strict=True)}
            return replace(question, answers=tuple(by_id[id_] for id_ in order if id_ in by_id))
        if question.qtype == "shortanswer":
            return replace(question, case_counts=value(plugin, "shortanswer/usecase") == "1")
        if question.qtype == "numerical":
            return self._with_rooms(question, plugin, answers)
        return self._with_parts(question, plugin, answers)

    def _with_rooms(
        self, question: MoodleQuestion, plugin: etree._Element, answers: list[etree._Element]
    ) -> MoodleQuestion:
        rooms = {value(one, "answer"): value(one, "tolerance") for one in plugin.iter("numerical_record")}
        found = [
            replace(answer, room=rooms.get(one.get("id", ""), ""))
            for one, answer in zip(answers, question.answers, strict=True)
        ]
        return replace(question, answers=tuple(found))

    def _with_parts(
        self, question: MoodleQuestion, plugin: etree._Element, answers: list[etree._Element]
    ) -> MoodleQuestion:
        if question.qtype == "match":
            pairs = (
                (self.told(one, "questiontext", "subquestion"), value(one, "answertext"))
                for one in plugin.iter("match")
            )
            return replace(question, pairs=tuple(pairs))
        if question.qtype == "multianswer":
            parts = value(plugin, "multianswer/sequence").split(",")
            return replace(question, gaps=tuple(filter(None, map(self.bank.gap, parts))))
        if question.qtype == "ordering":
            order = sorted(
                zip(answers, question.answers, strict=True), key=lambda one: number(value(one[0], "fraction"))
            )
            return replace(question, answers=tuple(answer for _, answer in order))
        return question
