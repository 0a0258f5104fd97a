"""What QTI 1.2 does with an answer: its conditions are carried out, so that we need not guess what an author meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from lxml import etree

from kompetanse.importers.bare_xml import number, words

Response = Mapping[str, frozenset[str]]
"""What was answered: values by the response's `ident`."""

_FEW, _FEW_CONDITIONS = 8, 40
"""Options and conditions up to which every set of options can be tried."""

_DEEPEST = 50


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an item makes of an answer.

    Attributes:
        score: Its score.
        feedback: Names of the feedbacks that are shown.
    """

    score: float
    feedback: frozenset[str]


class Scoring:
    """The response processing of an item.

    Attributes:
        case_counts: Whether capitals count anywhere.
    """

    def __init__(self, item: etree._Element, *, alternatives: bool = False) -> None:
        """Read the conditions of `item`; with `alternatives`, terms beside each other are spellings of one answer."""
        self._alternatives = alternatives
        self._conditions = list(item.iterfind("resprocessing/respcondition"))
        self.case_counts = any(
            one.get("case") == "Yes"
            for condition in self._conditions
            for one in condition.iter("varequal", "varsubstring", "varsubset")
        )

    def outcome(self, response: Response) -> Outcome:
        """Return what becomes of an answer."""
        score, shown = 0.0, set[str]()
        for condition in self._conditions:
            if not self._holds(condition.find("conditionvar"), response):
                continue
            score = _scored(score, condition)
            shown |= {one.get("linkrefid", "") for one in condition.iterfind("displayfeedback")}
            if condition.get("continue", "No") != "Yes":
                break
        return Outcome(score, frozenset(shown))

    def _holds(self, test: etree._Element | None, response: Response) -> bool:
        if test is None:
            return False
        parts = [_term(one, response, self.case_counts) for one in test]
        are_spellings = self._alternatives and all(one.tag == "varequal" for one in test)
        return any(parts) if are_spellings else all(parts)

    def named(self, ident: str) -> tuple[str, ...]:
        """Return every value that a condition asks of a response outside of `not`, in their order."""
        return tuple(dict.fromkeys(value for one in self._conditions for value in _positive(one, ident)))

    def feedback_of(self, ident: str, option: str) -> frozenset[str]:
        """Return the feedbacks of a response that are about one option and no other."""
        return frozenset(
            shown.get("linkrefid", "")
            for one in self._conditions
            if list(_positive(one, ident)) == [option] and not any(True for _ in one.iter("not"))
            for shown in one.iterfind("displayfeedback")
        )

    def best_set(self, ident: str, options: Sequence[str]) -> frozenset[str]:
        """Return the options of a response that together give most; empty when none gives anything."""
        tried = [frozenset(_positive(one, ident)) & set(options) for one in self._conditions]
        adding = [one for one in self._conditions if _scored(0.0, one) > 0]
        tried.append(frozenset(value for one in adding for value in _positive(one, ident)) & set(options))
        if len(options) <= _FEW and len(self._conditions) <= _FEW_CONDITIONS:
            tried += [
                frozenset(some) for size in range(1, len(options) + 1) for some in combinations(options, size)
            ]
        scored = [(self.outcome({ident: some}).score, -len(some), some) for some in tried if some]
        best = max(scored, key=lambda one: one[:2], default=(0.0, 0, frozenset()))
        return best[2] if best[0] > 0 else frozenset()


def _scored(score: float, condition: etree._Element) -> float:
    for one in condition.iterfind("setvar"):
        value = number(words(one))
        action = one.get("action", "Set")
        if action == "Add":
            score += value
        elif action == "Subtract":
            score -= value
        elif action == "Set":
            score = value
    return score


def _term(one: etree._Element, response: Response, case: bool, depth: int = 0) -> bool:
    """Tell whether one term of a condition holds; what we do not know, or nests without end, does not."""
    if depth > _DEEPEST:
        return False
    if one.tag in ("and", "or", "not"):
        parts = (_term(part, response, case, depth + 1) for part in one)
        return any(parts) if one.tag == "or" else all(parts) is (one.tag == "and")
    if one.tag == "other":
        return True
    given = response.get(one.get("respident", ""), frozenset())
    if one.tag == "unanswered":
        return not given
    return _compared(one, given, case)


def _compared(one: etree._Element, given: frozenset[str], case: bool) -> bool:
    asked = words(one)
    if one.tag in ("varequal", "varsubset"):
        alike = str if case else str.casefold
        return alike(asked) in {alike(value) for value in given}
    limits = {
        "varlt": lambda value: value < number(asked),
        "varlte": lambda value: value <= number(asked),
        "vargt": lambda value: value > number(asked),
        "vargte": lambda value: value >= number(asked),
    }
    return one.tag in limits and any(limits[str(one.tag)](number(value)) for value in given)


def _positive(condition: etree._Element, ident: str) -> Iterator[str]:
    """Yield the values that a condition names outside of `not`."""
    test = condition.find("conditionvar")
    waiting = [] if test is None else list(test)
    while waiting:
        one = waiting.pop(0)
        if one.tag in ("and", "or"):
            waiting = [*one, *waiting]
        elif one.tag == "varequal" and one.get("respident") == ident:
            yield words(one)
