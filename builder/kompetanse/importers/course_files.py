"""A course as it was found → the files of a course in our model."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any

from kompetanse.content.compose import compose
from kompetanse.importers import quiz_text
from kompetanse.importers.found_course import FoundCourse, FoundLesson, FoundMedia, Loss
from kompetanse.importers.language_guess import guess
from kompetanse.importers.plain_text import as_markdown
from kompetanse.importers.wording import Wording, wording
from kompetanse.model.licence import NOASSERTION
from kompetanse.model.quiz import Question, questions
from kompetanse.model.slug import slug

INDEX = PurePosixPath("index.md")
_LONGEST_ID, _LONGEST_NAME, _LONGEST_TITLE, _LONGEST_SUMMARY = 90, 60, 200, 200
_MOST_OBJECTIVES = 6
_LESSON = re.compile(r"\]\(lesson:(\d+)\)")
_SENTENCE = re.compile(r".*?[.!?](?=\s|\Z)")
_LANGUAGES = {"no": "nb", "nor": "nb", "nob": "nb", "nno": "nn", "eng": "en", "sme": "se"}
_TAG = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person who imports says.

    Attributes:
        language: BCP 47 tag of the region.
        taken: Ids that the region has already.
        id, title, licence: Those of the course; None for what the file says.
        given_language: BCP 47 tag of the course; None for what the file says.
        unsettled: What stands as licence where neither they nor the file say one; None for nothing, which means the region's.
        authors: Who is credited.
        places: File of each module by its id, where an earlier import put it.
        renamed: Id that a module has had, by the one that its title gives now.
    """

    language: str
    taken: Collection[str] = frozenset()
    id: str | None = None
    title: str | None = None
    licence: str | None = None
    unsettled: str | None = NOASSERTION
    given_language: str | None = None
    authors: tuple[str, ...] = ()
    places: Mapping[str, PurePosixPath] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CourseFiles:
    """The files of a course.

    Attributes:
        id: The course's id.
        title: Its title.
        texts: Text of each content file, by its path in the course's folder.
        modules: File of each module, by its id, in reading order.
        media: Files beside them.
        questions: How many questions they hold.
        losses: What was not carried over.
        asks: What a person must add or decide, each as a sentence.
    """

    id: str
    title: str
    texts: Mapping[PurePosixPath, str]
    modules: Mapping[str, PurePosixPath]
    media: tuple[FoundMedia, ...]
    questions: int
    losses: tuple[Loss, ...]
    asks: tuple[str, ...]


def course_files(found: FoundCourse, wish: Wish) -> CourseFiles:
    """Return the files of a course; only their writing is left to do."""
    title = _title(wish.title or found.title) or PurePosixPath(found.source).stem
    id_ = (
        wish.id or slug(title)[:_LONGEST_NAME].strip("-") or slug(PurePosixPath(found.source).stem) or "kurs"
    )
    said = _language(wish.given_language or found.language)
    language = said or guess(" ".join(_texts(title, found))) or wish.language
    return _Writer(found, wish, id_, title, language).files()


def _row(written: str) -> str:
    """Return words on one row, without signs that nobody sees."""
    return "".join(sign for sign in " ".join(written.split()) if sign.isprintable())


def _texts(title: str, found: FoundCourse) -> Iterator[str]:
    """Yield what a course says."""
    yield from (title, found.body, *(one.body for one in found.lessons))
    for question in found.questions:
        yield from (question.stem, *(one.text for one in question.options))


def _title(written: str) -> str:
    return _row(written)[:_LONGEST_TITLE].strip()


def _language(tag: str | None) -> str | None:
    """Return a tag as our pages know it: `nb-NO`, `nob` and `no` are nb."""
    first = (tag or "").replace("_", "-").lower().partition("-")[0]
    found = _LANGUAGES.get(first, first)
    return found if _TAG.fullmatch(found) else None


@dataclass
class _Writer:
    """The course while its files are written."""

    found: FoundCourse
    wish: Wish
    id: str
    title: str
    language: str
    losses: list[Loss] = field(default_factory=list)
    count: int = 0

    @property
    def words(self) -> Wording:
        return wording(self.language)

    @property
    def _settled(self) -> str | None:
        """The licence that somebody has said, which holds for the course and each of its modules."""
        return self.wish.licence or self.found.licence

    @property
    def _licence(self) -> str | None:
        return self._settled or self.wish.unsettled

    def files(self) -> CourseFiles:
        lessons = [self._named(number, one) for number, one in enumerate(self.found.lessons, 1)]
        ids = list(self._ids(lessons))
        places = dict(zip(ids, self._places(ids, lessons), strict=True))
        texts = {INDEX: self._index(ids, places)}
        for id_, lesson in zip(ids, lessons, strict=True):
            texts[places[id_]] = self._module(id_, lesson, ids)
        return CourseFiles(
            self.id,
            self.title,
            texts,
            places,
            self.found.media,
            self.count,
            (*self.found.losses, *self.losses),
            tuple(self._asks()),
        )

    def _named(self, number: int, lesson: FoundLesson) -> FoundLesson:
        return replace(lesson, title=_title(lesson.title) or self.words.lesson.format(number=number))

    def _ids(self, lessons: Sequence[FoundLesson]) -> Iterator[str]:
        """Yield an id for each lesson, made from its title, so that it is the same when another lesson is put in."""
        taken = {*self.wish.taken, self.id} - self.wish.places.keys()
        for lesson in lessons:
            base = f"{self.id}-{slug(lesson.title) or 'del'}"[:_LONGEST_ID].strip("-")
            number, id_ = 1, base
            while id_ in taken:
                number += 1
                id_ = f"{base}-{number}"
            taken.add(id_)
            yield self.wish.renamed.get(id_, id_)

    def _places(self, ids: Sequence[str], lessons: Sequence[FoundLesson]) -> Iterator[PurePosixPath]:
        width = max(2, len(str(len(ids))))
        used = {INDEX, *(self.wish.places[id_] for id_ in ids if id_ in self.wish.places)}
        for number, (id_, lesson) in enumerate(zip(ids, lessons, strict=True), 1):
            if id_ in self.wish.places:
                yield self.wish.places[id_]
                continue
            base = f"{number:0{width}}-{slug(lesson.title)[:_LONGEST_NAME].strip('-') or 'del'}"
            again, path = 1, PurePosixPath(f"{base}.md")
            while path in used:
                again += 1
                path = PurePosixPath(f"{base}-{again}.md")
            used.add(path)
            yield path

    def _index(self, ids: Sequence[str], places: Mapping[str, PurePosixPath]) -> str:
        found = self.found
        keys = {
            **self._common("course", self.id, self.title, found.summary),
            "authors": list(self._authors()) or None,
            "licence": self._licence,
            "objectives": self._objectives(found.objectives, found.source),
            "modules": [str(places[id_]) for id_ in ids] or None,
            "certificate": {"pass": found.pass_mark}
            if found.pass_mark is not None and self._asks_anything()
            else None,
        }
        parts = [self._body(found.body, ids), self.words.source.format(file=as_markdown(found.source))]
        if not self._settled:
            parts.append(f'!!! warning "{self.words.no_licence_title}"\n    {self.words.no_licence}')
        return compose(keys, "\n\n".join(filter(None, parts)))

    def _objectives(self, objectives: Sequence[str], where: str) -> list[str] | None:
        """Return as many objectives as an item may have; None where there are none."""
        rows = [row for one in objectives if (row := _row(one))]
        self.losses += [
            Loss(where, f"objective {one}", "at most six stand") for one in rows[_MOST_OBJECTIVES:]
        ]
        return rows[:_MOST_OBJECTIVES] or None

    def _asks_anything(self) -> bool:
        return any(lesson.questions or "<quiz>" in lesson.body for lesson in self.found.lessons)

    def _authors(self) -> Iterator[str]:
        """Yield who is credited: those named by the person who imports, else by a file that states its licence.

        A name that a program wrote into a file is nobody's wish to be credited.
        """
        named = self.wish.authors or (self.found.authors if self.found.licence else ())
        yield from (row for one in named if (row := _row(one)))

    def _common(
        self, kind: str, id_: str, title: str, summary: str, language: str | None = None
    ) -> dict[str, Any]:
        language = (None if self.wish.given_language else _language(language)) or self.language
        return {
            "type": kind,
            "id": id_,
            "title": title,
            "summary": _summary(summary) or None,
            "language": language if language != self.wish.language else None,
            "status": "draft",
        }

    def _module(self, id_: str, lesson: FoundLesson, ids: Sequence[str]) -> str:
        body = self._body(lesson.body, ids)
        parts = [body, *(self._body(one, ids) for one in self._quizzes(body, lesson))]
        keys = {
            **self._common("module", id_, lesson.title, lesson.summary, lesson.language),
            "licence": self._licence,
            "objectives": self._objectives(lesson.objectives, lesson.title),
        }
        return compose(keys, "\n\n".join(filter(None, parts)))

    def _body(self, body: str, ids: Sequence[str]) -> str:
        """Return a text whose links to lessons lead to modules."""

        def target(match: re.Match[str]) -> str:
            number = int(match[1])
            return f"](id:{ids[number] if number < len(ids) else self.id})"

        return _LESSON.sub(target, body).strip("\n")

    def _quizzes(self, body: str, lesson: FoundLesson) -> Iterator[str]:
        standing = [one for _, one in questions(body + "\n")]
        taken = {one.id for one in standing}
        self.count += len(standing)
        for number, question in enumerate(lesson.questions, 1):
            made, lost = quiz_text.fitted(question)
            where = f"{self.found.source}: {lesson.title}, question {number}"
            self.losses += [
                Loss(where, f"question «{_few(question)}»" if made is None else "part of a question", one)
                for one in lost
            ]
            if made:
                made = replace(made, id=_free(made.id, taken))
                taken.add(made.id)
                self.count += 1
                yield quiz_text.as_quiz(made)

    def _asks(self) -> Iterator[str]:
        found, wish = self.found, self.wish
        if not self._settled:
            yield "The file does not state its licence. Ask whoever owns the content, and write it in each file instead of `licence: NOASSERTION` (or import with --licence)"
        if not self._credited() and found.authors:
            yield f"The file names {', '.join(found.authors)}. If they wish to be credited, write them as `authors` (or import with --author)"
        if not (wish.given_language or found.language):
            yield f"The file does not say its language; its words look like {self.language}. If that is wrong, write `language` (or import with --language)"
        yield "Write which competences the course teaches, as `teaches`" + (
            "" if found.objectives else ", and what one can do afterwards, as `objectives`"
        )
        yield "Course and modules are drafts: `kompetanse serve` shows them. When they are ready, delete `status: draft` in each file"

    def _credited(self) -> bool:
        return any(True for _ in self._authors())


def _few(question: Question) -> str:
    return " ".join(question.stem.split())[:60]


def _free(id_: str, taken: Collection[str]) -> str:
    number, free = 1, id_
    while free in taken:
        number += 1
        free = f"{id_}-{number}"
    return free


def _summary(written: str) -> str:
    """Return at most 200 characters: whole sentences where that is possible, else whole words."""
    text = _row(written)
    if len(text) <= _LONGEST_SUMMARY:
        return text
    first = _SENTENCE.match(text)
    if first and len(first[0]) <= _LONGEST_SUMMARY:
        return first[0]
    return text[: _LONGEST_SUMMARY - 1].rpartition(" ")[0] + "…"
