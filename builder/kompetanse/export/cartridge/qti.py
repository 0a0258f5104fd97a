"""Questions as QTI 1.2.1 in the profile of Common Cartridge 1.1, in the shape that Moodle's converter reads without loss.

Feedback stands in `flow_mat`: without it Moodle drops it. Feedback for everybody hangs on a condition that continues, that for
an answer on one that does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from markupsafe import Markup

from kompetanse.export.edition import Task
from kompetanse.export.elements import element, made
from kompetanse.export.naming import plain
from kompetanse.export.question_bank import Asked

NAMESPACE = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
_SCHEMA = "http://www.imsglobal.org/profile/cc/ccv1p1/ccv1p1_qtiasiv1p2p1_v1p0.xsd"
_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"

_RESPONSE, _EVERYBODY = "r", "all"
_TRUE = frozenset({"riktig", "rett", "sant", "true", "right", "correct"})
_FALSE = frozenset({"galt", "gale", "feil", "usant", "false", "wrong", "incorrect"})
_TITLE = 255
"""Signs of a title that Moodle takes."""

Shown = Callable[[str], str]
"""Returns HTML of a question as it stands in a cartridge."""


def assessment(
    ident: str, title: str, language: str, found: Sequence[Asked], stem: Shown, said: Shown
) -> Markup:
    """Return a test with all of `found`, which can be tried as often as one likes.

    Args:
        ident: Its id.
        title: Its name.
        language: Of its words.
        found: Its questions, in their order.
        stem: Brings what is asked into place.
        said: Brings answers and what is said of them into place.
    """
    meta = element(
        "qtimetadata",
        _field("cc_profile", "cc.exam.v0p1"),
        _field("qmd_assessmenttype", "Examination"),
        _field("qmd_scoretype", "Percentage"),
        _field("cc_maxattempts", "unlimited"),
    )
    section = element("section", *(_item(one, stem, said) for one in found), ident="root_section")
    test = made("assessment", {"ident": ident, "title": title, "xml:lang": language}, meta, section)
    names = {"xmlns": NAMESPACE, "xmlns:xsi": _INSTANCE, "xsi:schemaLocation": f"{NAMESPACE} {_SCHEMA}"}
    return made("questestinterop", names, test)


def _item(one: Asked, stem: Shown, shown: Shown) -> Markup:
    task = one.task
    labels = _labels(task)
    profile, response, conditions = _FORMS[task.kind](task, labels, shown)
    if labels[:2] in (["true", "false"], ["false", "true"]):
        profile = "true_false"
    feedback = dict(_feedback(task, labels, shown))
    everybody = [_condition(element("other"), _EVERYBODY, goes_on=True)] if task.explanation else []
    processing = element("resprocessing", _outcomes(), *everybody, *conditions(feedback))
    return element(
        "item",
        element(
            "itemmetadata",
            element(
                "qtimetadata",
                _field("cc_profile", f"cc.{profile}.v0p1"),
                _field("cc_question_category", plain(one.lesson.title)),
            ),
        ),
        element("presentation", _html(_ascii(stem(task.html))), response),
        processing,
        *(
            element("itemfeedback", element("flow_mat", _html(said)), ident=name)
            for name, said in feedback.items()
        ),
        ident=task.id,
        title=one.name[:_TITLE],
    )


Conditions = Callable[[dict[str, str]], Iterator[Markup]]
"""Returns what is done with an answer, by the feedback that there is."""


def _single(task: Task, labels: list[str], shown: Shown) -> tuple[str, Markup, Conditions]:
    def conditions(feedback: dict[str, str]) -> Iterator[Markup]:
        for label, choice in zip(labels, task.choices, strict=True):
            said = _said(label) if _said(label) in feedback else None
            if choice.right or said:
                yield _condition(_equal(label), said, right=choice.right)

    return "multiple_choice", _choices("Single", task, labels, shown), conditions


def _multiple(task: Task, labels: list[str], shown: Shown) -> tuple[str, Markup, Conditions]:
    def conditions(feedback: dict[str, str]) -> Iterator[Markup]:
        terms = (
            _exactly(label) if choice.right else element("not", _exactly(label))
            for label, choice in zip(labels, task.choices, strict=True)
        )
        yield _condition(element("and", *terms), None, right=True)
        for label in labels:
            if _said(label) in feedback:
                yield _condition(_equal(label), _said(label))

    return "multiple_response", _choices("Multiple", task, labels, shown), conditions


def _short(task: Task, labels: list[str], shown: Shown) -> tuple[str, Markup, Conditions]:
    def conditions(feedback: dict[str, str]) -> Iterator[Markup]:
        spellings = (element("varequal", answer, respident=_RESPONSE, case="No") for answer in task.answers)
        yield _condition(Markup("").join(spellings), None, right=True)

    fill = element("response_str", element("render_fib", prompt="Dashline"), ident=_RESPONSE)
    return "fib", fill, conditions


_FORMS = {"single": _single, "multiple": _multiple, "short": _short}


def _labels(task: Task) -> list[str]:
    """Return an id for each choice. A question of right or wrong has the two that Moodle knows."""
    said = [choice.text.strip(" .").casefold() for choice in task.choices]
    if task.kind == "single" and len(said) == 2 and set(said) & _TRUE and set(said) & _FALSE:
        return ["true" if one in _TRUE else "false" for one in said]
    return [f"a{number}" for number, _ in enumerate(task.choices, 1)]


def _choices(cardinality: str, task: Task, labels: list[str], shown: Shown) -> Markup:
    rows = (
        element("response_label", _html(_not_empty(shown(choice.html))), ident=label)
        for label, choice in zip(labels, task.choices, strict=True)
    )
    return element("response_lid", element("render_choice", *rows), ident=_RESPONSE, rcardinality=cardinality)


def _feedback(task: Task, labels: list[str], shown: Shown) -> Iterator[tuple[str, str]]:
    """Yield each feedback's id with its HTML."""
    for label, choice in zip(labels, task.choices, strict=True):
        if choice.feedback:
            yield _said(label), shown(choice.feedback)
    if task.explanation:
        yield _EVERYBODY, shown(task.explanation)


def _said(label: str) -> str:
    return f"said_{label}"


def _condition(
    variables: Markup, feedback: str | None, *, right: bool = False, goes_on: bool = False
) -> Markup:
    score = element("setvar", 100, action="Set", varname="SCORE") if right else ""
    said = element("displayfeedback", feedbacktype="Response", linkrefid=feedback) if feedback else ""
    goes = "Yes" if goes_on else "No"
    return made("respcondition", {"continue": goes}, element("conditionvar", variables), score, said)


def _equal(label: str) -> Markup:
    return element("varequal", label, respident=_RESPONSE)


def _exactly(label: str) -> Markup:
    """Return a term of several answers: Moodle counts those as right that ask for capitals."""
    return element("varequal", label, respident=_RESPONSE, case="Yes")


def _outcomes() -> Markup:
    score = element("decvar", maxvalue=100, minvalue=0, varname="SCORE", vartype="Decimal")
    return element("outcomes", score)


def _field(label: str, entry: str) -> Markup:
    return element("qtimetadatafield", element("fieldlabel", label), element("fieldentry", entry))


def _html(html: str) -> Markup:
    return element("material", element("mattext", html, texttype="text/html"))


def _ascii(html: str) -> str:
    """Return `html` with a character reference for each letter outside of ASCII: Moodle reads what is asked as Latin-1."""
    return html.encode("ascii", "xmlcharrefreplace").decode()


def _not_empty(html: str) -> str:
    """Return `html` so that Moodle's converter, to which «0» is nothing, sees that there is something."""
    return f"<p>{html}</p>" if html == "0" else html
