"""Questions of ours in the HTML of a package: `export/asked.py` marks what is asked, what is right and what is said."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from kompetanse.importers import quiz_text
from kompetanse.importers.bare_xml import inner_html
from kompetanse.importers.html_tree import Element, take_out, words
from kompetanse.importers.saying import Saying
from kompetanse.messages import LANGUAGES, text
from kompetanse.model.quiz import Option, Question

_QUIZ = "kmp-quiz"
_PLACE, _APART = "kmp-task-", "kmp-answers"
_SIGN = "kmp9question{}kmp9"
"""A word that stands for a question while the text around it is read."""


def has_any(html: str) -> bool:
    """Tell whether there may be a question of ours in `html`; cheap."""
    return f'class="{_QUIZ}"' in html


def taken_out(root: Element, saying: Saying) -> list[Question]:
    """Return the questions in a tree, and leave a sign in the place of each; answers that stand apart are taken out too."""
    questions: list[Question] = []
    for quiz in list(of_class(root, _QUIZ)):
        id_ = quiz.get("data-question") or (quiz.get("id") or "").removeprefix(_PLACE)
        answer = _answer(root, quiz, id_)
        if not id_ or answer is None:
            continue
        sign = _SIGN.format(len(questions))
        questions.append(_question(quiz, id_, answer, saying))
        tail = quiz.tail
        quiz.clear()
        quiz.tag, quiz.text, quiz.tail = "p", sign, tail
    for apart in list(of_class(root, _APART)) if questions else ():
        take_out(apart)
    return questions


def _answer(root: Element, quiz: Element, id_: str) -> Element | None:
    """Return what says the answer: folded in the question, or at the end of the chapter as in a book."""
    folded = next(of_class(quiz, f"{_QUIZ}__answer"), None)
    if folded is not None:
        return folded
    apart = (one for part in of_class(root, _APART) for one in part.iter("section"))
    return next((one for one in apart if one.get("id") == f"svar-{id_}"), None)


def _question(quiz: Element, id_: str, answer: Element, saying: Saying) -> Question:
    options = tuple(_options(quiz, answer, saying))
    return Question(
        id_,
        saying.block(_html(next(of_class(quiz, f"{_QUIZ}__stem"), None))),
        options,
        () if options else tuple(_spellings(quiz.get("data-answers"), answer)),
        saying.block(_html(next(of_class(answer, f"{_QUIZ}__explanation"), None))),
    )


def _options(quiz: Element, answer: Element, saying: Saying) -> Iterator[Option]:
    shown = next((one for one in quiz if one.tag == "ul"), ())
    said = next((list(one) for one in answer if one.tag == "ul"), [])
    right = quiz.get("data-right")
    for place, (one, told) in enumerate(zip(shown, said, strict=False)):
        feedback = next(of_class(told, f"{_QUIZ}__feedback"), None)
        is_right = str(place) in right.split() if right is not None else _label(told) in _words("quiz.right")
        yield Option(saying.row(_html(one)), is_right, saying.row(_html(feedback)))


def _spellings(written: str | None, answer: Element) -> Iterator[str]:
    """Yield the right spellings: from the question's attribute, else from the words of a book."""
    if written is not None:
        yield from _listed(written)
        return
    for row in answer.iter("p"):
        said = " ".join("".join(map(str, row.itertext())).split()).removeprefix(f"{_label(row)}:").strip()
        if _label(row) in _words("quiz.answer"):
            yield said
        elif _label(row) in _words("task.also"):
            yield from said.split(", ")


def _listed(written: str) -> Iterator[str]:
    try:
        found = json.loads(written)
    except ValueError:
        return
    yield from (one for one in found if isinstance(one, str)) if isinstance(found, list) else ()


def _label(row: Element) -> str:
    """Return the words in bold that a row starts with, without their colon."""
    first = next(iter(row), None)
    return words(first).strip().removesuffix(":") if first is not None and first.tag == "strong" else ""


def _words(key: str) -> frozenset[str]:
    return frozenset(text(language, key) for language in LANGUAGES)


def of_class(root: Element, name: str) -> Iterator[Element]:
    """Yield the elements in `root` with a class, in their order."""
    return (one for one in list(root.iter()) if name in (one.get("class") or "").split())


def _html(element: Element | None) -> str:
    return "" if element is None else inner_html(element)


def put_in(body: str, questions: Sequence[Question]) -> tuple[str, tuple[Question, ...]]:
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
