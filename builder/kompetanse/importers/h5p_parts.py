"""What becomes of each content type of H5P."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from kompetanse.importers.asked import Answer, Asked, Fitting, plain
from kompetanse.importers.found_course import Loss
from kompetanse.importers.html_text import plain as words_of
from kompetanse.importers.media import Shelf
from kompetanse.importers.places import PagePlaces
from kompetanse.importers.saying import Saying
from kompetanse.importers.sections import heading, lowered
from kompetanse.importers.table import clean
from kompetanse.importers.unpacked import Unpacked
from kompetanse.model.quiz import Question

Params = Mapping[str, Any]

_GAP = re.compile(r"\*([^*\n]{1,500})\*")
_DEEPEST = 12


def said(params: object, *keys: str) -> str:
    """Return the first of some texts that is there; empty when none is."""
    found = (params.get(key) for key in keys) if isinstance(params, Mapping) else ()
    return next((one for one in found if isinstance(one, str) and one.strip()), "")


def listed(params: object, key: str) -> list[Any]:
    """Return a list; empty when it is not there."""
    found = params.get(key) if isinstance(params, Mapping) else None
    return found if isinstance(found, list) else []


def inner(params: object, *keys: str) -> Params:
    """Return what lies below some keys; empty when it is not there."""
    for key in keys:
        params = params.get(key) if isinstance(params, Mapping) else None
    return params if isinstance(params, Mapping) else {}


def name_of(library: str) -> str:
    """Return the name of a content type without its version."""
    return clean(library).partition(" ")[0]


@dataclass(frozen=True, slots=True)
class Part:
    """A content of one type.

    Attributes:
        library: Its type, such as `H5P.MultiChoice`.
        params: Its parameters.
        title: As its author named it; may be empty.
    """

    library: str
    params: Params
    title: str = ""

    @classmethod
    def of(cls, written: object) -> Part | None:
        """Return the content that is written inside another; None when none is."""
        library, params = said(written, "library"), inner(written, "params")
        return (
            cls(name_of(library), params, clean(said(inner(written, "metadata"), "title")))
            if library
            else None
        )


@dataclass
class Parts:
    """The contents of a package, one at a time.

    Attributes:
        name: The package's name, for the report.
        places: Where its links and pictures lead.
        shelf: Where its files go.
        source: The package.
        fitting: Takes in its questions.
        losses: What was not carried over.
    """

    name: str
    places: PagePlaces
    shelf: Shelf
    source: Unpacked
    fitting: Fitting
    losses: list[Loss] = field(default_factory=list)
    _questions: list[Question] = field(default_factory=list)

    def questions(self) -> tuple[Question, ...]:
        """Return the questions since this was last asked."""
        found, self._questions = tuple(self._questions), []
        return found

    def blocks(self, part: Part, level: int = 2, depth: int = 0) -> Iterator[str]:
        """Yield the text of a content, headings from `level` on."""
        if depth > _DEEPEST:
            return
        show = _SHOWN.get(part.library)
        if show:
            yield lowered(show(self, part), level - 2)
        else:
            yield from self._below(part, level, depth)

    def _below(self, part: Part, level: int, depth: int) -> Iterator[str]:
        """Yield the contents inside one that only arranges them, each under its title where it has one."""
        yield self._saying(part).block(said(inner(part.params, "introPage"), "introduction"))
        found = list(_contents(part))
        if not found:
            self.losses.append(
                Loss(
                    self._where(part),
                    f"content of the type {part.library[:60]}",
                    "it is made of scripts; write its text anew",
                )
            )
        for title, one in found:
            yield heading(level, title) if title else ""
            yield from self.blocks(one, level + bool(title), depth + 1)

    def _where(self, part: Part) -> str:
        return f"{self.name}: {part.title or part.library}"

    def _saying(self, part: Part) -> Saying:
        return Saying(self._where(part), self.losses, self.places)

    def text(self, part: Part) -> str:
        """Return the text of a content that is one."""
        return self._saying(part).block(said(part.params, "text"))

    def picture(self, part: Part) -> str:
        """Return a picture."""
        return self._saying(part).block(_image(part.params))

    def link(self, part: Part) -> str:
        """Return a link as a paragraph."""
        link = inner(part.params, "linkWidget")
        address = f"{said(link, 'protocol')}{said(link, 'url')}"
        title = words_of(said(part.params, "title")) or address
        return self._saying(part).block(f'<p><a href="{escape(address)}">{escape(title)}</a></p>')

    def cards(self, part: Part) -> str:
        """Return cards with two sides as a list."""
        saying = self._saying(part)
        rows = [
            f"- **{saying.row(said(one, 'text'))}** {saying.row(said(one, 'answer'))}"
            for key in ("dialogs", "cards")
            for one in listed(part.params, key)
        ]
        return "\n".join(rows)

    def asked(self, part: Part, html: str, picture: Params | None = None) -> Asked:
        """Return a question with its picture."""
        media = _image(inner(part.params, "media", "type", "params") if picture is None else picture)
        return Asked(self._where(part), self._saying(part).block(media + html), title=part.title)

    def settled(self) -> str:
        """Return the text of what was no question after all."""
        test = self.fitting.taken()
        self._questions += test.questions
        self.losses += test.losses
        return test.body

    def choice(self, part: Part) -> str:
        """Take in a question with options."""
        saying, rows = self._saying(part), listed(part.params, "answers")
        right = [one for one in rows if isinstance(one, Mapping) and one.get("correct") is True]
        many = said(inner(part.params, "behaviour"), "type") != "single" and len(right) > 1
        answers = [
            Answer(
                saying.row(said(one, "text")),
                100.0 / (len(right) if many else 1) if one in right else 0.0,
                saying.row(said(inner(one, "tipsAndFeedback"), "chosenFeedback")),
            )
            for one in rows
        ]
        self.fitting.choice(self.asked(part, said(part.params, "question")), answers, many=many)
        return self.settled()

    def truth(self, part: Part) -> str:
        """Take in a statement."""
        behaviour, saying = inner(part.params, "behaviour"), self._saying(part)
        right, wrong = (saying.row(said(behaviour, key)) for key in ("feedbackOnCorrect", "feedbackOnWrong"))
        holds = said(part.params, "correct") == "true"
        asked = self.asked(part, said(part.params, "question"))
        self.fitting.truth(asked, holds, right if holds else wrong, wrong if holds else right)
        return self.settled()

    def first_is_right(self, part: Part) -> str:
        """Take in questions whose first answer is the right one."""
        saying = self._saying(part)
        rows = [(said(one, "question"), listed(one, "answers")) for one in listed(part.params, "choices")]
        intro = said(part.params, "intro")
        rows += [(intro, listed(one, "summary")) for one in listed(part.params, "summaries")]
        for question, answers in rows:
            found = [
                Answer(saying.row(one), 0.0 if place else 100.0)
                for place, one in enumerate(one for one in answers if isinstance(one, str))
            ]
            self.fitting.choice(self.asked(part, question, {}), found, many=False)
        return self.settled()

    def gaps(self, part: Part) -> str:
        """Take in texts with gaps: each with one gap is a question."""
        lead = said(part.params, "text", "taskDescription")
        texts = [one for one in listed(part.params, "questions") if isinstance(one, str)]
        for html in texts or [said(part.params, "textField")]:
            found = _GAP.findall(html)
            asked = self.asked(part, f"<div>{lead}</div>{_GAP.sub('____', html)}")
            spellings = [one.partition(":")[0].split("/") for one in found]
            if len(found) == 1:
                self.fitting.short(asked, [Answer(words_of(one), 100.0) for one in spellings[0]])
            elif found:
                rows = "\n".join(
                    f"{place}. {plain(words_of(one[0]))}" for place, one in enumerate(spellings, 1)
                )
                self.fitting.exercise(asked, rows, "it has several gaps in one text")
        return self.settled()

    def essay(self, part: Part) -> str:
        """Take in a question that is answered with a text."""
        asked = self.asked(part, said(part.params, "taskDescription", "question"))
        solution = self._saying(part).block(said(inner(part.params, "solution"), "sample"))
        self.fitting.exercise(asked, solution, "its answer is a text that a person must read")
        return self.settled()


def _image(params: Params) -> str:
    path = said(inner(params, "file"), "path")
    return f'<p><img src="{escape(path)}" alt="{escape(said(params, "alt"))}"></p>' if path else ""


def _contents(part: Part) -> Iterator[tuple[str, Part]]:
    """Yield the contents inside `part` in their order, each with the title that stands above it; may be empty."""
    waiting: list[tuple[str, object]] = [("", part.params)]
    while waiting:
        title, one = waiting.pop()
        found = Part.of(one)
        if found:
            yield title, found
            continue
        below = list(one.values()) if isinstance(one, Mapping) else one if isinstance(one, list) else []
        above = (plain_title(one) if isinstance(one, Mapping) else "") or title
        rows = [value for value in below if isinstance(value, Mapping | list)]
        waiting += reversed([("" if place else above, value) for place, value in enumerate(rows)])


def plain_title(one: Mapping[str, Any]) -> str:
    """Return what a panel or slide is called."""
    keywords = listed(one, "keywords")
    return words_of(said(one, "title") or said(keywords[0] if keywords else None, "main"))


_SHOWN: Mapping[str, Callable[[Parts, Part], str]] = {
    "H5P.AdvancedText": Parts.text,
    "H5P.Text": Parts.text,
    "H5P.Table": Parts.text,
    "H5P.Image": Parts.picture,
    "H5P.Link": Parts.link,
    "H5P.Dialogcards": Parts.cards,
    "H5P.Flashcards": Parts.cards,
    "H5P.MultiChoice": Parts.choice,
    "H5P.TrueFalse": Parts.truth,
    "H5P.SingleChoiceSet": Parts.first_is_right,
    "H5P.Summary": Parts.first_is_right,
    "H5P.Blanks": Parts.gaps,
    "H5P.DragText": Parts.gaps,
    "H5P.MarkTheWords": Parts.gaps,
    "H5P.Essay": Parts.essay,
    "H5P.OpenEndedQuestion": Parts.essay,
}
