"""Finished text made ready for one page: links that fit its place, questions and blocks in the page's words."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from kompetanse.messages import text
from kompetanse.model.quiz import QUIZ, Question, parse
from kompetanse.pages import questions
from kompetanse.pages.plain import plain
from kompetanse.pages.view import View

_LINK = re.compile(
    r"(\]\(\s*<?|^ {0,3}\[[^\]]+\]:[ \t]*<?|\b(?:href|src)=[\"'])(id|asset):([^\s)>\"'#]*)(#[^\s)>\"']*)?",
    re.MULTILINE,
)
_EMPTY = re.compile(r"\[\](\(\s*id:([a-z0-9-]+))")
_BLOCK = re.compile(
    r"^([ \t]*)(!!!|\?\?\?\+?) (instructor|exercise|example|keypoints)(?:[ \t]+\"([^\"]*)\")?[ \t]*$",
    re.MULTILINE,
)
_FENCE = r"^[ \t>]*(?P<fence>`{3,}|~{3,})[^\n]*\n(?:.*\n)*?(?:[ \t>]*(?P=fence)[`~]*[ \t]*$|\Z)"
_BLOCK_CODE = re.compile(_FENCE, re.MULTILINE)
_CODE = re.compile(rf"{_FENCE}|(?<!`)(?P<tick>`+)(?!`).+?(?<!`)(?P=tick)(?!`)", re.MULTILINE)
"""What shows how something is written, and is left as it is."""
_QUIZ_OR_CODE = re.compile(rf"{_FENCE}|(?P<quiz>{QUIZ.pattern})", re.MULTILINE)
_LOOK = {"instructor": "???"}
"""Blocks that are folded on the participant's page."""

Write = Callable[[int, Question], str]
"""Writes a question by its number on the page."""


def ready(view: View, body: str) -> str:
    """Return `body` as the page of `view` shows it."""
    if "<quiz>" in body:
        body = _questions(body, partial(questions.written, view.language))
    if "!!! " in body or "???" in body:
        body = _outside(_BLOCK_CODE, body, partial(_BLOCK.sub, partial(_block, view.language)))
    if "id:" in body or "asset:" in body:
        body = _outside(_CODE, body, partial(_EMPTY.sub, partial(_titled, view)))
        body = _outside(_CODE, body, partial(_LINK.sub, partial(_link, view)))
    return body


def _outside(code: re.Pattern[str], body: str, change: Callable[[str], str]) -> str:
    """Return `body` with everything but its code changed."""
    done, last = "", 0
    for match in code.finditer(body):
        done += change(body[last : match.start()]) + match[0]
        last = match.end()
    return done + change(body[last:])


def _link(view: View, match: re.Match[str]) -> str:
    start, kind, name, anchor = match[1], match[2], match[3], match[4] or ""
    if kind == "asset":
        return f"{start}{view.href(name)}"
    found = view.item(name)
    return f"{start}{view.link(found)}{anchor}" if found else f"{start}#"


def _titled(view: View, match: re.Match[str]) -> str:
    found = view.item(match[2])
    return f"[{plain(found.title) if found else match[2]}]{match[1]}"


def _block(language: str, match: re.Match[str]) -> str:
    indent, sign, name, title = match[1], match[2], match[3], match[4]
    shown = title or text(language, f"block.{name}")
    return f'{indent}{_LOOK.get(name, sign)} {name} "{shown}"'


def _questions(body: str, write: Write) -> str:
    number = 0

    def one(match: re.Match[str]) -> str:
        nonlocal number
        block = QUIZ.fullmatch(match["quiz"] or "")
        if not block:
            return match[0]
        question = parse(block[1])
        if question.fault:
            return ""
        number += 1
        return write(number, question)

    return _QUIZ_OR_CODE.sub(one, body)
