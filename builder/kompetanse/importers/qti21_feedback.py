"""Which feedback of a QTI 2 item is told to whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from kompetanse.importers.bare_xml import inner_html, words

To = Literal["all", "right", "wrong", "nobody knows"]
_TESTED = frozenset({"match", "member", "equal", "stringMatch", "equalRounded"})


@dataclass(frozen=True, slots=True)
class Feedback:
    """A feedback.

    Attributes:
        html: What it says.
        choice: Identifier of the choice that it is about; empty when it is about more.
        to: Whom else it is told.
    """

    html: str
    choice: str
    to: To


def feedbacks(item: etree._Element, choices: frozenset[str]) -> Iterator[Feedback]:
    """Yield the feedbacks of an item that stand apart from its choices.

    Args:
        item: The `assessmentItem`, with bare names.
        choices: Identifiers of its choices.
    """
    told = dict(_told(item))
    for one in (*item.iterfind("modalFeedback"), *item.iter("feedbackBlock")):
        name = one.get("identifier", "")
        html = inner_html(one)
        if not words(one) and "<img" not in html:
            continue
        if name in choices:
            yield Feedback(html, name, "nobody knows")
        else:
            choice, to = told.get(name, ("", "nobody knows"))
            yield Feedback(html, choice, to)


def _told(item: etree._Element) -> Iterator[tuple[str, tuple[str, To]]]:
    """Yield each name that the response processing sets, with the choice or the people that it is set for."""
    processing = item.find("responseProcessing")
    if processing is None:
        return
    for setting in processing.iter("setOutcomeValue"):
        for value in setting.iter("baseValue"):
            yield words(value), _when(setting)


def _when(setting: etree._Element) -> tuple[str, To]:
    branch = next(setting.iterancestors("responseIf", "responseElseIf", "responseElse"), None)
    if branch is None:
        return "", "all"
    if branch.tag == "responseElse":
        first = branch.getprevious()
        return ("", "wrong") if first is not None and _test(first)[1] == "right" else ("", "nobody knows")
    return _test(branch)


def _test(branch: etree._Element) -> tuple[str, To]:
    """Return what a branch asks: one choice, the right answer, or something else."""
    test = branch[0] if len(branch) else None
    if test is None:
        return "", "nobody knows"
    if test.tag == "not" and len(test) and _asks_correct(test[0]):
        return "", "wrong"
    if _asks_correct(test):
        return "", "right"
    if test.tag in _TESTED:
        return words(test.find("baseValue")), "nobody knows"
    return "", "nobody knows"


def _asks_correct(test: etree._Element) -> bool:
    return test.tag in _TESTED and test.find("correct") is not None
