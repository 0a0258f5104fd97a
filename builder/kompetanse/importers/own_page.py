"""Read a course from the page that our own packages show it on: SCORM, cmi5, and the single HTML file.

What marks it is `export/reader/templates/course.html` and `export/asked.py`: a lesson is `section.kmp-lesson`, a question
`div.kmp-quiz` whose attributes say what is right. No script is read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from kompetanse.importers import html_text, quiz_text
from kompetanse.importers.bare_xml import inner_html
from kompetanse.importers.found_course import FoundCourse, FoundLesson, Loss
from kompetanse.importers.html_encoding import decoded
from kompetanse.importers.html_head import head
from kompetanse.importers.html_tree import Element, take_out, tree, words
from kompetanse.importers.media import Shelf
from kompetanse.importers.places import PagePlaces
from kompetanse.importers.saying import Saying
from kompetanse.importers.table import clean
from kompetanse.importers.unpacked import Unpacked
from kompetanse.model.quiz import Option, Question

_LESSON, _QUIZ = "kmp-lesson", "kmp-quiz"
_SIGN = "kmp9question{}kmp9"
"""A word that stands for a question while the text around it is read."""


def is_own(html: str) -> bool:
    """Tell whether a page is one of ours; cheap, and true for no other."""
    return f'class="{_LESSON}"' in html and "data-title=" in html


def course_of(source: Unpacked, entry: str, format_: str) -> FoundCourse:
    """Return the course on a page of ours.

    Args:
        source: The package, or the page itself.
        entry: The page's entry in it.
        format_: What kind of file that is.
    """
    html = decoded(source.read(entry))
    root, said = tree(html), head(html)
    sections = [one for one in root.iter("section") if _LESSON in (one.get("class") or "").split()]
    reading = _Reading(source, entry, sections)
    about, *rest = [reading.lesson(section) for section in sections]
    main = next((one for one in root.iter("main") if one.get("data-title")), None)
    pass_mark = "" if main is None else main.get("data-pass") or ""
    publisher = next(
        (words(one) for one in root.iter("p") if one.get("class") == "kmp-header__publisher"), ""
    )
    return FoundCourse(
        title=clean((main.get("data-title") or "") if main is not None else "")
        or about.title
        or source.file.stem,
        source=source.file.name,
        format=format_,
        lessons=tuple(rest),
        body=about.body,
        summary=about.summary,
        language=said.language,
        licence=said.licence,
        authors=tuple(filter(None, (clean(publisher),))),
        objectives=reading.objectives,
        media=reading.shelf.media,
        pass_mark=int(pass_mark)
        if pass_mark.isascii() and pass_mark.isdigit() and len(pass_mark) < 4
        else None,
        losses=(*reading.losses, *reading.shelf.losses),
    )


class _OwnPlaces(PagePlaces):
    """Places of a page whose lessons are anchors of it."""

    def __init__(self, source: Unpacked, page: str, shelf: Shelf, numbers: Mapping[str, int]) -> None:
        super().__init__(source, page, shelf, {})
        self._numbers = numbers

    def link(self, url: str) -> str | None:
        """Return where a link leads."""
        if not url.startswith("#"):
            return super().link(url)
        number = self._numbers.get(url[1:].partition("--")[0])
        return None if number is None else f"lesson:{number}"


class _Reading:
    """A page of ours while it is read.

    Attributes:
        shelf: Its files.
        losses: What was not carried over.
        objectives: Those of the course.
    """

    def __init__(self, source: Unpacked, entry: str, sections: Sequence[Element]) -> None:
        self.shelf = Shelf()
        self.losses: list[Loss] = []
        self.objectives: tuple[str, ...] = ()
        self._source = source
        self._first = sections[0] if sections else None
        numbers = {one.get("id") or "": place for place, one in enumerate(sections[1:])}
        self._places = _OwnPlaces(source, entry, self.shelf, numbers)

    def lesson(self, section: Element) -> FoundLesson:
        """Return a section as a lesson; the first is the course itself."""
        title = clean(words(next(section.iter("h1"), section)))
        where = f"{self._source.file.name}: {title[:100]}"
        summary = self._taken(section, "kmp-lead")
        self._taken(section, "kmp-lesson__place")
        if section is self._first:
            self.objectives = tuple(self._objectives(section))
        for one in [*section.iter("h1"), *_of_class(section, "kmp-hidden")]:
            take_out(one)
        questions = list(self._questions(section, where))
        found = html_text.written(section, self._places, where)
        self.losses += found.losses
        body, left = _put_in(found.body, questions)
        return FoundLesson(title, body, left, summary)

    def _taken(self, section: Element, name: str) -> str:
        """Take out the part of a section with a class, and return its words."""
        found = next(_of_class(section, name), None)
        if found is None:
            return ""
        said = clean(words(found))
        take_out(found)
        return said

    def _objectives(self, section: Element) -> Iterator[str]:
        found = next(_of_class(section, "kmp-objectives"), None)
        if found is not None:
            yield from (clean(words(one)) for one in found.iter("li"))
            take_out(found)

    def _questions(self, section: Element, where: str) -> Iterator[Question]:
        """Yield the questions, and put a sign in the place of each."""
        for number, quiz in enumerate(list(_of_class(section, _QUIZ))):
            yield self._question(quiz, Saying(where, self.losses, self._places))
            tail = quiz.tail
            quiz.clear()
            quiz.tag, quiz.text, quiz.tail = "p", _SIGN.format(number), tail

    def _question(self, quiz: Element, saying: Saying) -> Question:
        return Question(
            quiz.get("data-question") or "",
            saying.block(_html(next(_of_class(quiz, f"{_QUIZ}__stem"), None))),
            tuple(_options(quiz, saying)),
            tuple(_answers(quiz.get("data-answers"))),
            saying.block(_html(next(_of_class(quiz, f"{_QUIZ}__explanation"), None))),
        )


def _options(quiz: Element, saying: Saying) -> Iterator[Option]:
    right = (quiz.get("data-right") or "").split()
    shown = next((one for one in quiz if one.tag == "ul"), None)
    folded = next(_of_class(quiz, f"{_QUIZ}__answer"), None)
    said = next((one for one in folded if one.tag == "ul"), None) if folded is not None else None
    for place, one in enumerate(() if shown is None else shown):
        answer = said[place] if said is not None and place < len(said) else None
        feedback = None if answer is None else next(_of_class(answer, f"{_QUIZ}__feedback"), None)
        yield Option(saying.row(_html(one)), str(place) in right, saying.row(_html(feedback)))


def _answers(written: str | None) -> Iterator[str]:
    try:
        found = json.loads(written or "[]")
    except ValueError:
        return
    yield from (one for one in found if isinstance(one, str)) if isinstance(found, list) else ()


def _of_class(root: Element, name: str) -> Iterator[Element]:
    return (one for one in root.iter() if name in (one.get("class") or "").split())


def _html(element: Element | None) -> str:
    return "" if element is None else inner_html(element)


def _put_in(body: str, questions: Sequence[Question]) -> tuple[str, tuple[Question, ...]]:
    """Return a text with its questions in their places, and those whose place is no row of its own."""
    left = []
    for number, question in enumerate(questions):
        sign = _SIGN.format(number)
        fitted = quiz_text.fitted(question)[0]
        rows = body.split("\n")
        if fitted and sign in rows:
            rows[rows.index(sign)] = quiz_text.as_quiz(fitted)
            body = "\n".join(rows)
        else:
            body = body.replace(sign, "")
            left.append(question)
    return body.strip(), tuple(left)
