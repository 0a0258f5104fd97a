"""A question as HTML: what is asked, the options, and the answer folded under them, as it stands on a page of the site."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

from markupsafe import Markup, escape

from kompetanse.export.edition import Task
from kompetanse.messages import text

Put = Callable[[str], str]
"""Returns cleaned HTML as it stands in its place."""


def asked(language: str, task: Task, put: Put, *, answer: str | None = None) -> str:
    """Return a question.

    Args:
        language: Of the words around it.
        task: The question.
        put: Brings its HTML into place.
        answer: Address of where the answer stands, empty when nothing leads there; without one it is folded under the
            question, for a script to find.
    """
    rows = [
        f'<div class="kmp-quiz"{_data(task) if answer is None else _id(task)}>',
        f'<p class="kmp-quiz__title">{escape(task.title)}</p>',
        f'<div class="kmp-quiz__stem">{put(task.html)}</div>',
        f'<p class="kmp-quiz__how">{_say(language, f"quiz.{task.kind}")}</p>',
        *_options(task, put),
        _folded(language, task, put) if answer is None else _link(language, answer),
        "</div>",
    ]
    return "\n".join(row for row in rows if row)


def answered(language: str, task: Task, put: Put) -> str:
    """Return what is right, what is said to each option, and the explanation."""
    return "\n".join(_answered(language, task, put))


def place_of(task: Task) -> str:
    """Return the id of a question whose answer stands elsewhere."""
    return f"kmp-task-{task.id}"


def _id(task: Task) -> str:
    return f' id="{place_of(task)}"'


def _data(task: Task) -> str:
    """Return what the script reads: `quiz.js` has the names."""
    key = (
        {"answers": json.dumps(task.answers, ensure_ascii=False)}
        if task.answers
        else {"right": " ".join(str(place) for place, one in enumerate(task.choices) if one.right)}
    )
    data = {"kind": task.kind, "question": task.id, **key}
    return "".join(f' data-{name}="{escape(value)}"' for name, value in data.items())


def _options(task: Task, put: Put) -> Iterator[str]:
    if task.choices:
        yield "<ul>" + "".join(f"<li>{put(one.html)}</li>" for one in task.choices) + "</ul>"


def _link(language: str, address: str) -> str:
    if not address:
        return ""
    return f'<p><a href="{escape(address)}">{_say(language, "quiz.show")}</a></p>'


def _folded(language: str, task: Task, put: Put) -> str:
    summary = f"<summary>{_say(language, 'quiz.show')}</summary>"
    return (
        f'<details class="kmp-quiz__answer">{summary}\n{"".join(_answered(language, task, put))}\n</details>'
    )


def _answered(language: str, task: Task, put: Put) -> Iterator[str]:
    if task.choices:
        yield "<ul>"
        for one in task.choices:
            said = _say(language, "quiz.right" if one.right else "quiz.wrong")
            feedback = f'<br><span class="kmp-quiz__feedback">{one.feedback}</span>' if one.feedback else ""
            yield f"<li><strong>{said}:</strong> {put(one.html + feedback)}</li>"
        yield "</ul>"
    if task.answers:
        best, *others = task.answers
        yield f"<p><strong>{_say(language, 'quiz.answer')}:</strong> {escape(best)}</p>"
        if others:
            also = escape(", ".join(others))
            yield f"<p><strong>{_say(language, 'task.also')}:</strong> {also}</p>"
    if task.explanation:
        yield f'<div class="kmp-quiz__explanation">{put(task.explanation)}</div>'


def _say(language: str, key: str) -> Markup:
    return escape(text(language, key))
