"""Finished text made ready for one page: links that fit its place, questions and blocks in the page's words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache, partial
from itertools import count
from typing import Protocol

from kompetanse.messages import text
from kompetanse.model.item import Item
from kompetanse.model.quiz import QUIZ, Question, parse
from kompetanse.pages import questions
from kompetanse.pages.plain import plain
from kompetanse.pages.seldom import Seldom

_BEFORE = r"\]\(\s*<?|(?:href(?<=\bhref)|src(?<=\bsrc))=[\"']"
"""What a link begins with: a letter each way, and a look back for the rest, which is faster than `\\b`."""
_TARGET = r"(id|asset):([^\s)>\"'#]*)(#[^\s)>\"']*)?"
_LINK = re.compile(rf"({_BEFORE}){_TARGET}")
_LINK_OR_LABEL = re.compile(rf"({_BEFORE}|^ {{0,3}}\[[^\]]+\]:[ \t]*<?){_TARGET}", re.MULTILINE)
"""Looks at every row, for texts that have labels."""
_EMPTY = re.compile(r"\[\](\(\s*id:([a-z0-9-]+))")
_BLOCK = Seldom(
    ("!!! ", "??? ", "???+ "),
    r"^([ \t]*)(!!!|\?\?\?\+?) (instructor|exercise|example|keypoints)(?:[ \t]+\"([^\"]*)\")?[ \t]*$",
)
_FENCE = r"^[ \t>]*(?P<fence>`{3,}|~{3,})[^\n]*\n(?:.*\n)*?(?:[ \t>]*(?P=fence)[`~]*[ \t]*$|\Z)"
BLOCK_CODE = Seldom(("```", "~~~"), _FENCE)
CODE = Seldom(("`", "~~~"), rf"{_FENCE}|(?<!`)(?P<tick>`+)(?!`).+?(?<!`)(?P=tick)(?!`)")
"""What shows how something is written, and is left as it is."""
_EXERCISE = Seldom(
    ("```", "~~~", " exercise", "<quiz>"),
    rf"{_FENCE}|(?P<part>^(?:!!!|\?\?\?\+?) exercise\b[^\n]*\n(?:(?: {{4}}|\t)[^\n]*\n|[ \t]*\n)*|{QUIZ.pattern})",
)
_INSTRUCTOR = Seldom(("```", "~~~", " instructor"), rf"{_FENCE}|(?P<part>^(?:!!!|\?\?\?\+?) instructor\b)")
_QUIZ_OR_CODE = Seldom(("```", "~~~", "<quiz>"), rf"{_FENCE}|{QUIZ.pattern}")
_FOLDED = {"instructor": "???"}
"""Blocks that are folded on the participant's page."""

Write = Callable[[int, Question], str]
"""Writes a question by its number on the page."""


class Around(Protocol):
    """What a text is shown in: a page, or a package."""

    @property
    def language(self) -> str:
        """Language of its words."""
        ...

    def item(self, id_: str, /) -> Item | None:
        """Return an item that can be read, in that language where there is one."""
        ...

    def link(self, item: Item, /) -> str:
        """Return the address of `item`."""
        ...

    def href(self, address: str, /) -> str:
        """Return the address of a published file."""
        ...


def ready(view: Around, body: str, write: Write | None = None, *, unfolded: bool = False) -> str:
    """Return `body` as `view` shows it.

    Args:
        view: The page, or what else it is shown in.
        body: Finished Markdown of an item.
        write: Writes its questions; else they can be answered.
        unfolded: Whether the blocks that participants see folded stand open.
    """
    if "<quiz>" in body:
        body = _questions(body, write or partial(questions.written, view.language))
    if "!!! " in body or "???" in body:
        look = partial(_block, view.language, {} if unfolded else _FOLDED)
        body = outside(BLOCK_CODE, body, partial(_BLOCK.sub, look))
    if "id:" in body or "asset:" in body:
        if "[](" in body:
            body = outside(CODE, body, partial(_EMPTY.sub, partial(_titled, view)))
        link = _LINK_OR_LABEL if "]:" in body else _LINK
        body = outside(CODE, body, partial(link.sub, partial(_link, view)))
    return body


def outside(code: Seldom, body: str, change: Callable[[str], str]) -> str:
    """Return `body` with everything but its code changed."""
    done: list[str] = []
    last = 0
    for match in code.finditer(body):
        done += (change(body[last : match.start()]), match[0])
        last = match.end()
    return "".join((*done, change(body[last:])))


def _link(view: Around, match: re.Match[str]) -> str:
    start, kind, name, anchor = match[1], match[2], match[3], match[4] or ""
    if kind == "asset":
        return f"{start}{view.href(name)}"
    found = view.item(name)
    return f"{start}{view.link(found)}{anchor}" if found else f"{start}#"


def _titled(view: Around, match: re.Match[str]) -> str:
    found = view.item(match[2])
    return f"[{plain(found.title) if found else match[2]}]{match[1]}"


def _block(language: str, looks: Mapping[str, str], match: re.Match[str]) -> str:
    indent, sign, name, title = match[1], match[2], match[3], match[4]
    shown = title or text(language, f"block.{name}")
    return f'{indent}{looks.get(name, sign)} {name} "{shown}"'


def _questions(body: str, write: Write) -> str:
    numbers = count(1)

    def one(match: re.Match[str]) -> str:
        question = _question(match)
        if question is None:
            return match[0]
        return "" if question.fault else write(next(numbers), question)

    return _QUIZ_OR_CODE.sub(one, body)


def _question(match: re.Match[str]) -> Question | None:
    """Return the question that `_QUIZ_OR_CODE` has found; None when it is code."""
    block = match["question"]
    return None if block is None else _parsed(block)


_parsed = lru_cache(maxsize=512)(parse)
"""The questions of a course stand on several of its pages."""


def numbered(body: str) -> Iterator[tuple[int, Question]]:
    """Yield the questions of `body` that can be answered, by the number under which `ready` writes each."""
    found = map(_question, _QUIZ_OR_CODE.finditer(body))
    yield from enumerate((one for one in found if one and not one.fault), 1)


@lru_cache(maxsize=64)
def exercises(body: str) -> tuple[str, ...]:
    """Return the exercise blocks and questions of `body`, in their order."""
    return tuple(match["part"].strip("\n") for match in _EXERCISE.finditer(body + "\n") if match["part"])


@lru_cache(maxsize=64)
def is_for_instructors(body: str) -> bool:
    """Tell whether `body` has blocks for the one who holds the course."""
    return any(match["part"] for match in _INSTRUCTOR.finditer(body))
