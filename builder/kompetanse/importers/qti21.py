"""Read one question of QTI 2.0–2.2, and of QTI 3, which has the same elements under longer names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

from kompetanse.importers.asked import Answer, Asked, Fitting, listed, numbered, plain
from kompetanse.importers.bare_xml import inner_html, number, words
from kompetanse.importers.html_text import plain as words_of
from kompetanse.importers.places import Places
from kompetanse.importers.qti21_body import CHOICES, is_interaction, stem
from kompetanse.importers.qti21_feedback import feedbacks
from kompetanse.importers.saying import Saying
from kompetanse.importers.table import clean

_LONGEST_NAME = re.compile(r"-([a-z])")


def with_short_names(root: etree._Element) -> None:
    """Turn the names of QTI 3 into those of QTI 2: `qti-simple-choice` is `simpleChoice`."""
    for element in root.iter():
        if str(element.tag).startswith("qti-"):
            element.tag = _short(str(element.tag).removeprefix("qti-"))
            for name in [str(name) for name in element.attrib if "-" in str(name)]:
                element.set(_short(name), element.attrib.pop(name))


def _short(name: str) -> str:
    return _LONGEST_NAME.sub(lambda match: match[1].upper(), name)


def take(item: etree._Element, where: str, places: Places, fitting: Fitting) -> None:
    """Take an `assessmentItem`, with bare names, into what is fitted to our model."""
    _Item(item, where, places, fitting).take()


class _Item:
    """An item on its way into our model."""

    def __init__(self, item: etree._Element, where: str, places: Places, fitting: Fitting) -> None:
        self._item = item
        self._fitting = fitting
        self._title = clean(item.get("title", ""))
        self._where = f"{where}: {self._title}" if self._title else where
        self._saying = Saying(self._where, fitting.losses, places)
        body = item.find("itemBody")
        self._body = etree.Element("itemBody") if body is None else body
        self._asking = [one for one in self._body.iter() if is_interaction(one)]
        self._choices = {one.get("identifier", ""): one for one in self._body.iter(*CHOICES)}
        self._feedback = list(feedbacks(item, frozenset(self._choices)))
        self._declared = {one.get("identifier", ""): one for one in item.iterfind("responseDeclaration")}

    def take(self) -> None:
        """Take it in."""
        for one in self._body.iter("rubricBlock"):
            if words(one):
                self._lose(
                    f"a note to {one.get('view', 'others')}: «{words(one)[:60]}»", "only the question is read"
                )
        if self._item.find("templateDeclaration") is not None:
            self._exercise("", "its numbers are drawn anew for each learner")
        elif not self._asking:
            self._fitting.text(self._saying.block(stem(self._body)))
        elif len(self._asking) > 1:
            rows = [" / ".join(self._right_of(one)) for one in self._asking]
            self._exercise(numbered(rows), "it has several places to answer")
        else:
            self._take_one(self._asking[0])

    def _take_one(self, one: etree._Element) -> None:
        if one.tag in ("choiceInteraction", "inlineChoiceInteraction", "hottextInteraction"):
            self._chosen(one)
        elif one.tag == "textEntryInteraction":
            self._written(one)
        elif one.tag == "orderInteraction":
            self._exercise(numbered(self._right_of(one)), "it asks for an order")
        elif one.tag in ("matchInteraction", "associateInteraction", "gapMatchInteraction"):
            self._exercise(listed(self._right_of(one)), "it asks what belongs together")
        elif one.tag == "extendedTextInteraction":
            solution = "\n\n".join(self._right_of(one))
            self._exercise(solution, "its answer is a text that a person must read")
        else:
            self._exercise("", f"questions with a {plain(str(one.tag))[:60]} are not read")

    def _lose(self, what: str, why: str) -> None:
        self._fitting.lose(self._where, what, why)

    def _exercise(self, solution: str, why: str) -> None:
        self._fitting.exercise(self._asked(), solution, why)

    def _asked(self) -> Asked:
        explanation = "".join(f"<div>{one.html}</div>" for one in self._feedback if one.to == "all")
        return Asked(
            self._where,
            self._saying.block(stem(self._body)),
            self._saying.block(explanation),
            self._item.get("identifier", ""),
            self._title,
        )

    def _chosen(self, one: etree._Element) -> None:
        options = list(one.iter(*CHOICES))
        names = [part.get("identifier", "") for part in options]
        credits = self._credits(one, names)
        declared = self._declared.get(one.get("responseIdentifier", ""))
        many = declared is not None and declared.get("cardinality") == "multiple"
        answers = [
            Answer(self._option(part), credit, self._saying.row(self._said(part, credit > 0, many)))
            for part, credit in zip(options, credits, strict=True)
        ]
        self._tell_rest(frozenset(names), many)
        self._fitting.choice(self._asked(), answers, many=many)

    def _option(self, part: etree._Element) -> str:
        return self._saying.row(stem(part))

    def _said(self, part: etree._Element, is_right: bool, many: bool) -> str:
        """Return what is said to who chose an option: inside it, of it, or to all who are right or wrong."""
        name, to = part.get("identifier", ""), "right" if is_right else "wrong"
        inside = [inner_html(one) for one in part.iter("feedbackInline") if one.get("identifier") == name]
        own = [one.html for one in self._feedback if one.choice == name or (one.to == to and not many)]
        return "".join(f"<p>{html}</p>" for html in (*inside, *own))

    def _tell_rest(self, names: frozenset[str], many: bool) -> None:
        for one in self._feedback:
            is_told = one.choice in names or one.to == "all" or (one.to in ("right", "wrong") and not many)
            if not is_told:
                self._lose(
                    f"what is said of the whole answer: «{words_of(one.html)[:60]}»",
                    "here each option has its own feedback, and all get the explanation",
                )

    def _credits(self, one: etree._Element, names: Sequence[str]) -> list[float]:
        """Return the share of the best that each choice gives, in per cent."""
        declared = self._declared.get(one.get("responseIdentifier", ""))
        right = self._correct(declared)
        if right or declared is None:
            return [100.0 if name in right else 0.0 for name in names]
        mapped = {row.get("mapKey", ""): number(row.get("mappedValue")) for row in declared.iter("mapEntry")}
        best = max(mapped.values(), default=0.0)
        return [100 * mapped.get(name, 0.0) / best if best > 0 else 0.0 for name in names]

    def _correct(self, declared: etree._Element | None) -> list[str]:
        return [] if declared is None else [words(one) for one in declared.iterfind("correctResponse/value")]

    def _written(self, one: etree._Element) -> None:
        declared = self._declared.get(one.get("responseIdentifier", ""))
        rows = [] if declared is None else list(declared.iter("mapEntry"))
        found = dict.fromkeys(self._correct(declared), 100.0)
        best = max((number(row.get("mappedValue")) for row in rows), default=0.0)
        for row in rows:
            share = 100 * number(row.get("mappedValue")) / best if best > 0 else 0.0
            found.setdefault(row.get("mapKey", ""), share)
        if any(row.get("caseSensitive", "false") == "true" for row in rows):
            self._lose("that capitals count in its answer", "here they do not")
        self._tell_rest(frozenset(), many=True)
        is_number = declared is not None and declared.get("baseType") in ("float", "integer")
        take_in = self._fitting.number if is_number else self._fitting.short
        take_in(self._asked(), [Answer(text, credit) for text, credit in found.items()])

    def _right_of(self, one: etree._Element) -> list[str]:
        """Return the right answers of one interaction, in Markdown."""
        values = self._correct(self._declared.get(one.get("responseIdentifier", "")))
        return [" → ".join(self._named(name) for name in self._names(value)) for value in values]

    def _names(self, value: str) -> list[str]:
        """Return what a value names: one choice, a pair of them, or its own words."""
        parts = value.split()
        is_pair = len(parts) == 2 and value not in self._choices and parts[0] in self._choices
        return parts if is_pair else [value]

    def _named(self, name: str) -> str:
        return self._option(self._choices[name]) if name in self._choices else plain(name)
