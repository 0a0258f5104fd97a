"""A section of a Moodle course as the text and the questions of a lesson."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from lxml import etree

from kompetanse.importers import html_text
from kompetanse.importers.asked import Asked, Fitting, plain
from kompetanse.importers.found_course import FoundLesson, Loss
from kompetanse.importers.html_text import plain as words
from kompetanse.importers.html_tree import tree
from kompetanse.importers.mbz_backup import Activity, Section, value
from kompetanse.importers.mbz_files import Area, Files
from kompetanse.importers.mbz_questions import Bank
from kompetanse.importers.mbz_quiz import lesson_pages, lesson_question, quiz_questions
from kompetanse.importers.mbz_words import ABOUT, ALONE, LOST, PAGES, is_sentence
from kompetanse.importers.media import PICTURES, Shelf
from kompetanse.importers.moodle_question import MoodleQuestion, Told, take
from kompetanse.importers.moodle_text import FORMATS, Marked
from kompetanse.importers.own_quiz import has_any, put_in, taken_out
from kompetanse.importers.package_kinds import web_link
from kompetanse.importers.saying import OwnFiles, Saying
from kompetanse.importers.sections import heading, joined, lowered
from kompetanse.importers.table import clean
from kompetanse.model.quiz import Question

_WRAPPED = re.compile(r"""\s*<div lang=["']([A-Za-z-]{2,12})["']>""")
_LINK = re.compile(r"\$@[A-Z]+VIEWBYID[A-Z]*\*([0-9]{1,12})")

_PLACE = re.compile(r"(?:\\?_){4,}")
"""Where a short answer goes; a Moodle question has a longer one than a page."""


@dataclass
class MoodleText:
    """The lessons of a backup, one at a time.

    Attributes:
        source: Name of the backup.
        course: Number of the course's context.
        files, bank: What it holds.
        shelf: Where its files go.
        fitting: Takes in its questions.
        lessons: Number of each activity → the number of its lesson.
        inside: Number of each subsection activity → its section.
        losses: What was not carried over.
        limited: How many activities wait for others.
    """

    source: str
    course: str
    files: Files
    bank: Bank
    shelf: Shelf
    fitting: Fitting
    lessons: Mapping[str, int]
    inside: Mapping[str, Section]
    losses: list[Loss] = field(default_factory=list)
    limited: int = 0
    _questions: list[Question] = field(default_factory=list)
    _own: dict[str, str] = field(default_factory=dict)

    def section(self, section: Section) -> FoundLesson:
        """Return a section as a lesson; its title may be empty."""
        pages = [one for one in section.activities if one.kind in PAGES and not one.hidden]
        names = {section.name.casefold()} | (ABOUT if section.number == 0 else set())
        same = pages[0].id if pages and pages[0].name.casefold() in names else ""
        short = is_sentence(section.summary) and section.number != 0
        blocks = ["" if short else self.summary(section), *self._activities(section, 2, same)]
        questions, self._questions = tuple(self._questions), []
        summary = words(section.summary) if short else ""
        return FoundLesson(section.name, joined(blocks), questions, summary, language=_language(pages))

    def summary(self, section: Section) -> str:
        """Return what a section says of itself."""
        area = Area(self.course, "course", "section", section.id)
        return self._markdown(
            Marked(section.summary, "html").html(), area, self._where(section.name or "summary")
        )

    def html(self, html: str, area: Area, name: str) -> str:
        """Return the Markdown of a text of the course itself."""
        return self._markdown(html, area, self._where(name))

    def left(self) -> FoundLesson:
        """Return the questions of the bank that no quiz asks for."""
        for question in self.bank.unused():
            take(question, self.fitting)
        body = self._settle()
        questions, self._questions = tuple(self._questions), []
        return FoundLesson("", body, questions)

    def _activities(self, section: Section, level: int, same: str = "") -> Iterator[str]:
        """Yield the blocks of the activities; `same` is the number of the one that is called as the lesson."""
        for one in section.activities:
            if one.hidden:
                self._lose(one, f"{one.kind} «{one.name[:80]}»", "learners do not see it in Moodle either")
                continue
            self.limited += one.limited
            yield from _KINDS.get(one.kind, MoodleText._other)(self, one, level, one.id == same)

    def _where(self, name: str) -> str:
        return f"{self.source}: {name}"

    def _lose(self, activity: Activity, what: str, why: str) -> None:
        self.losses.append(Loss(self._where(activity.name or activity.kind), what, why))

    def _link(self, url: str) -> str | None:
        match = _LINK.match(url)
        number = self.lessons.get(match[1]) if match else None
        return None if number is None else f"lesson:{number}"

    def _told(self, html: str, area: Area, where: str) -> Told:
        return Told(html, OwnFiles(lambda path: self.files.find(area, path), self.shelf, where, self._link))

    def _markdown(self, html: str, area: Area, where: str) -> str:
        told = self._told(html, area, where)
        saying = Saying(where, self.losses, told.places)
        if not has_any(html):
            return saying.block(told.html)
        root = tree(told.html)
        questions = taken_out(root, saying)
        found = html_text.written(root, told.places, where)
        self.losses += found.losses
        self._own |= {one.id: " ".join(one.stem.split()) for one in questions}
        body, left = put_in(found.body, questions)
        self._questions += left
        return body

    def _field(self, activity: Activity, name: str, area: str = "", row: etree._Element | None = None) -> str:
        """Return the Markdown of a field, beside which stands how it is written."""
        inner = activity.row if row is None else row
        format_ = FORMATS.get(value(inner, f"{name}format"), "html")
        item = "0" if row is None else row.get("id", "0")
        here = Area(activity.context, f"mod_{activity.kind}", area or name, item)
        return self._markdown(
            Marked(value(inner, name), format_).html(), here, self._where(activity.name or activity.kind)
        )

    def _page(self, activity: Activity, level: int, is_same: bool) -> Iterator[str]:
        if not is_same:
            yield heading(level, activity.name)
        shift = level - 2 if is_same else level - 1
        yield lowered(self._field(activity, "intro"), shift)
        yield lowered(self._field(activity, "content"), shift)

    def _label(self, activity: Activity, level: int, is_same: bool) -> Iterator[str]:
        yield lowered(self._field(activity, "intro"), level - 2)

    def _url(self, activity: Activity, level: int, is_same: bool) -> Iterator[str]:
        yield self._field(activity, "intro")
        row = web_link(activity.name, value(activity.row, "externalurl").strip())
        if row is None:
            self._lose(activity, "a link", "it leads to no address on the web")
        yield row or ""

    def _files(self, activity: Activity, level: int, is_same: bool) -> Iterator[str]:
        yield self._field(activity, "intro")
        found = self.files.of(Area(activity.context, f"mod_{activity.kind}", "content"))
        for stored in found:
            title = activity.name if len(found) == 1 else PurePosixPath(stored.name).stem
            data = self.files.keep(stored)
            if data is None:
                self._lose(activity, f"file {stored.path[:100]}", "the backup names it, but does not have it")
                continue
            kept = self.shelf.put(stored.name, data, self._where(activity.name))
            is_picture = kept is not None and PurePosixPath(kept).suffix in PICTURES
            yield f"{'!' if is_picture else '- '}[{plain(title)}]({kept})" if kept else ""

    def _book(self, activity: Activity, level: int, is_same: bool) -> Iterator[str]:
        if not is_same:
            yield heading(level, activity.name)
        base = level - 1 if is_same else level
        yield lowered(self._field(activity, "intro"), base - 1)
        for row in sorted(
            activity.row.iterfind("chapters/chapter"), key=lambda one: _number(value(one, "pagenum"))
        ):
            title = clean(value(row, "title"))
            if value(row, "hidden") == "1":
                self._lose(activity, f"chapter «{title[:80]}»", "learners do not see it in Moodle either")
                continue
            deep = base + 1 + (value(row, "subchapter") == "1")
            yield heading(deep, title) if title else ""
            yield lowered(self._field(activity, "content", "chapter", row), deep - 1)

    def _lesson(self, activity: Activity, level: int, is_same: bool) -> Iterator[str]:
        if not is_same:
            yield heading(level, activity.name)
        base = level - 1 if is_same else level
        yield lowered(self._field(activity, "intro"), base - 1)
        self._lose(activity, "the ways through the lesson", "here its pages stand after each other")
        for row in lesson_pages(activity.row):
            where = self._where(f"{activity.name}: {clean(value(row, 'title'))}")
            told = self._lesson_told(activity, row, where)
            question = lesson_question(row, where, told)
            if question:
                take(question, self.fitting)
                yield from self._settled()
            else:
                yield heading(base + 1, clean(value(row, "title")))
                yield lowered(self._field(activity, "contents", "page_contents", row), base)

    def _lesson_told(self, activity: Activity, row: etree._Element, where: str) -> Callable[[str, str], Told]:
        item = row.get("id", "0")
        return lambda html, area: self._told(html, Area(activity.context, "mod_lesson", area, item), where)

    def _quiz(self, activity: Activity, level: int, is_same: bool) -> Iterator[str]:
        asked = list(quiz_questions(activity.row, self.bank))
        new = [one for one in asked if not (isinstance(one, MoodleQuestion) and self._stands_on_a_page(one))]
        if asked and not new:
            self._lose(
                activity, f"quiz «{activity.name[:80]}»", "its questions stand on the pages that ask them"
            )
            return
        yield lowered(self._field(activity, "intro"), level - 2)
        for found in new:
            if isinstance(found, MoodleQuestion):
                take(found, self.fitting)
            else:
                self._lose(activity, *found)
        yield from self._settled()

    def _exercise(self, activity: Activity, level: int, is_same: bool) -> Iterator[str]:
        stem = self._field(activity, "intro")
        where = self._where(activity.name)
        if stem:
            asked = Asked(where, stem, title=activity.name)
            self.fitting.exercise(
                asked, "", f"{ALONE[activity.kind]} needs others, or somebody who reads the answer"
            )
            yield from self._settled()
        else:
            self._lose(
                activity,
                f"{activity.kind} «{activity.name[:80]}»",
                "it needs others, and has no text of its own",
            )

    def _subsection(self, activity: Activity, level: int, is_same: bool) -> Iterator[str]:
        inner = self.inside.get(activity.row.get("id", ""))
        if inner:
            yield heading(level, activity.name)
            yield lowered(self.summary(inner), level - 1)
            yield from self._activities(inner, level + 1)

    def _other(self, activity: Activity, level: int, is_same: bool) -> Iterator[str]:
        why = LOST.get(activity.kind, "we do not read it")
        self._lose(activity, f"{activity.kind[:40]} «{activity.name[:80]}»", why)
        yield lowered(self._field(activity, "intro"), level - 2)

    def _stands_on_a_page(self, question: MoodleQuestion) -> bool:
        """Tell whether a page asks the same, as the pages that we write do."""
        asked = Saying(question.where, [], question.stem.places).block(question.stem.html)
        own = self._own.get(question.id)
        return own is not None and _PLACE.sub("_", own) == _PLACE.sub("_", " ".join(asked.split()))

    def _settled(self) -> Iterator[str]:
        yield self._settle()

    def _settle(self) -> str:
        test = self.fitting.taken()
        self._questions += test.questions
        self.losses += test.losses
        return test.body


def _language(pages: Sequence[Activity]) -> str | None:
    """Return the language that the first page is wrapped in, as ours are."""
    match = _WRAPPED.match(value(pages[0].row, "content")) if pages else None
    return match[1] if match else None


def _number(written: str) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 9 else 0


Show = Callable[[MoodleText, Activity, int, bool], Iterator[str]]
_KINDS: Mapping[str, Show] = {
    "page": MoodleText._page,
    "label": MoodleText._label,
    "url": MoodleText._url,
    "resource": MoodleText._files,
    "folder": MoodleText._files,
    "book": MoodleText._book,
    "lesson": MoodleText._lesson,
    "quiz": MoodleText._quiz,
    "forum": MoodleText._exercise,
    "assign": MoodleText._exercise,
    "workshop": MoodleText._exercise,
    "subsection": MoodleText._subsection,
}
