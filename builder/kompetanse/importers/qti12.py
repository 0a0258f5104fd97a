"""Read questions of QTI 1.2, in its Common Cartridge profile and as other systems write it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from kompetanse.importers.asked import Answer, Asked, Fitting, Test, listed, numbered, plain
from kompetanse.importers.bare_xml import number, words
from kompetanse.importers.html_text import plain as words_of
from kompetanse.importers.places import Places
from kompetanse.importers.qti12_material import GAP, material, stem, text_of
from kompetanse.importers.qti12_scoring import Scoring
from kompetanse.importers.saying import Saying
from kompetanse.importers.table import clean
from kompetanse.importers.wording import wording

_RESPONSES = ("response_lid", "response_str", "response_num", "response_grp", "response_xy")


@dataclass(frozen=True, slots=True)
class Exam:
    """An assessment, or a bank of questions.

    Attributes:
        title: Its title; may be empty.
        test: Its questions.
        is_bank: Whether it is a bank, which nobody answers as a whole.
    """

    title: str
    test: Test
    is_bank: bool


def exams(root: etree._Element, where: str, places: Places, fitting: Fitting) -> Iterator[Exam]:
    """Yield what stands under `questestinterop`.

    Args:
        root: That element, with bare names.
        where: The file.
        places: Where links and pictures lead.
        fitting: Takes in the questions.
    """
    for part in root.iterchildren("assessment", "objectbank", "section"):
        if part.find(".//selection_ordering/selection") is not None:
            fitting.lose(where, "that questions are drawn at random", "here each question is asked")
        for item in part.iter("item"):
            _Item(item, where, places, fitting).take()
        yield Exam(clean(part.get("title", "")), fitting.taken(), part.tag == "objectbank")
    for item in root.iterchildren("item"):
        _Item(item, where, places, fitting).take()
    yield Exam("", fitting.taken(), False)


class _Item:
    """An item on its way into our model."""

    def __init__(self, item: etree._Element, where: str, places: Places, fitting: Fitting) -> None:
        self._item = item
        self._fitting = fitting
        self._title = clean(item.get("title", ""))
        self._where = f"{where}: {self._title or item.get('ident', '')}"
        self._saying = Saying(self._where, fitting.losses, places)
        self._presentation = item.find("presentation")
        found = () if self._presentation is None else self._presentation.iter(*_RESPONSES)
        self._responses = list(found)
        is_written = all(one.tag in ("response_str", "response_num") for one in self._responses)
        self._scoring = Scoring(item, alternatives=is_written)
        self._feedback = {one.get("ident", ""): text_of(one) for one in item.iterfind("itemfeedback")}

    def take(self) -> None:
        """Take it in."""
        self._fitting.category = next(self._fields("cc_question_category", "qmd_topic"), "")
        kinds = [str(one.tag) for one in self._responses]
        if not kinds:
            self._fitting.text(self._saying.block(stem(self._presentation)))
        elif self._item.find("itemproc_extension/calculated") is not None:
            self._exercise("", "its numbers are drawn anew for each learner")
        elif len(kinds) > 1:
            self._several()
        elif kinds[0] == "response_lid":
            self._chosen(self._responses[0])
        elif kinds[0] in ("response_str", "response_num"):
            self._written(self._responses[0])
        else:
            self._exercise("", "it asks for a place in a picture, or what belongs together")

    def _fields(self, *labels: str) -> Iterator[str]:
        for one in self._item.iterfind("itemmetadata/qtimetadata/qtimetadatafield"):
            if words(one.find("fieldlabel")) in labels:
                yield clean(words(one.find("fieldentry")))

    def _asked(self, explanation: str = "", html: str | None = None) -> Asked:
        asked = stem(self._presentation) if html is None else html
        return Asked(
            self._where,
            self._saying.block(asked),
            self._saying.block(explanation),
            self._item.get("ident", ""),
            self._title,
        )

    def _exercise(self, solution: str, why: str) -> None:
        self._fitting.exercise(self._asked(), solution, why)

    def _said(self, names: Iterable[str]) -> str:
        """Return the HTML of some feedbacks, in the order of the file."""
        wanted = set(names)
        return "".join(f"<p>{html}</p>" for name, html in self._feedback.items() if name in wanted and html)

    def _chosen(self, response: etree._Element) -> None:
        labels = list(response.iter("response_label"))
        shown = [self._option(one) for one in labels]
        if response.get("rcardinality") == "Ordered":
            self._exercise(numbered(shown), "it asks for an order; check that the answer has the right one")
            return
        many = response.get("rcardinality") == "Multiple"
        options = [one.get("ident", "") for one in labels]
        ident = response.get("ident", "")
        credits = self._shares(ident, options) if many else self._credits(ident, options)
        for_all, own = self._feedbacks(ident, options, credits, many)
        answers = [
            Answer(text, credit, self._saying.row(self._said(names)))
            for text, credit, names in zip(shown, credits, own, strict=True)
        ]
        self._fitting.choice(self._asked(self._said(for_all)), answers, many=many)

    def _option(self, label: etree._Element) -> str:
        html = text_of(label)
        word = {"true": wording(self._fitting.language).true, "false": wording(self._fitting.language).false}
        return self._saying.row(html) if html.strip() else word.get(label.get("ident", "").lower(), "")

    def _credits(self, ident: str, values: Sequence[str]) -> list[float]:
        """Return the share of the best score that each value gives alone, in per cent."""
        scores = [self._scoring.outcome({ident: frozenset({one})}).score for one in values]
        best = max(scores, default=0.0)
        return [100 * score / best if best > 0 else 0.0 for score in scores]

    def _shares(self, ident: str, options: Sequence[str]) -> list[float]:
        right = self._scoring.best_set(ident, options)
        return [100 / len(right) if one in right else 0.0 for one in options]

    def _feedbacks(
        self, ident: str, options: Sequence[str], credits: Sequence[float], many: bool
    ) -> tuple[frozenset[str], list[frozenset[str]]]:
        """Return the feedbacks that everybody gets, and those of each option."""
        alone = [self._scoring.outcome({ident: frozenset({one})}).feedback for one in options]
        if not many:
            for_all = frozenset.intersection(*alone) if alone else frozenset[str]()
            return for_all, [one - for_all for one in alone]
        right = frozenset(one for one, credit in zip(options, credits, strict=True) if credit > 0)
        to_right = self._scoring.outcome({ident: right}).feedback
        to_none = self._scoring.outcome({}).feedback
        for_all = to_right.intersection(to_none, *alone)
        own = [self._scoring.feedback_of(ident, one) - for_all for one in options]
        self._tell_rest(to_right.union(to_none, *alone).difference(for_all, *own))
        return for_all, own

    def _tell_rest(self, names: Iterable[str]) -> None:
        for name in sorted(names):
            said = words_of(self._feedback.get(name, ""))
            if said:
                self._fitting.lose(
                    self._where,
                    f"what is said of the whole answer: «{said[:60]}»",
                    "here each option has its own feedback, and all get the explanation",
                )

    def _written(self, response: etree._Element) -> None:
        ident = response.get("ident", "")
        limits = {words(one) for one in self._item.iter("vargt", "vargte", "varlt", "varlte")}
        values = self._scoring.named(ident)
        if len(limits) > 1:
            self._exercise(plain("–".join(sorted(limits, key=number))), "every number in a span is right")
        elif not values and not limits:
            html = stem(self._presentation).replace(GAP, "")
            self._fitting.exercise(self._asked(html=html), "", "its answer is a text that a person must read")
        else:
            self._short(ident, values or tuple(limits), bool(limits))

    def _short(self, ident: str, values: Sequence[str], is_number: bool) -> None:
        shown = [self._scoring.outcome({ident: frozenset({one})}).feedback for one in values]
        for_all = self._scoring.outcome({ident: frozenset({"\0"})}).feedback.intersection(*shown)
        answers = [
            Answer(value, credit, self._saying.row(self._said(names - for_all)))
            for value, credit, names in zip(values, self._credits(ident, values), shown, strict=True)
        ]
        if self._scoring.case_counts:
            self._fitting.lose(self._where, "that capitals count in its answer", "here they do not")
        take = self._fitting.number if is_number else self._fitting.short
        take(self._asked(self._said(for_all)), answers)

    def _several(self) -> None:
        rows = [self._right_of(one) for one in self._responses]
        is_text = all(one.tag in ("response_str", "response_num") for one in self._responses)
        asked = self._asked(html=stem(self._presentation, with_labels=is_text))
        solution = numbered(rows) if is_text else listed(rows)
        self._fitting.exercise(asked, solution, "it has several places to answer")

    def _right_of(self, response: etree._Element) -> str:
        """Return `left → right` of one place to answer."""
        named = self._scoring.named(response.get("ident", ""))
        options = {one.get("ident", ""): self._option(one) for one in response.iter("response_label")}
        right = " / ".join(options.get(one) or plain(one) for one in named)
        label = self._saying.row(" ".join(map(material, response.iterchildren("material"))))
        return f"{label} → {right}" if label else right
