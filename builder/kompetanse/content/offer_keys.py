"""What a file of kept offers may hold: text that others wrote, with a limit to each."""

from __future__ import annotations

import re
from typing import Annotated, Any

from kompetanse.content.keys import Keys, Reads, Wrong
from kompetanse.content.values import Day, Id, Language, LevelNumber, Url, Whole

MOST_LINE, MOST_PARAGRAPH, MOST_ENTRIES = 300, 2000, 100
"""Signs of a line and of a few sentences, and entries of a list."""

UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
"""Signs that nobody sees, and that turn the text around them or end a line."""

SPDX = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]{0,63}")
COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


def _short(limit: int) -> Any:
    def check(value: Any) -> Any:
        if not isinstance(value, str) or not value.strip():
            raise Wrong("wrong-type", expected="text")
        if len(value) > limit:
            raise Wrong("text-too-long", limit=str(limit))
        if unseen := UNSEEN.search(value):
            raise Wrong("unseen-sign", character=ascii(unseen[0]))
        return value

    return check


def _matching(pattern: re.Pattern[str]) -> Any:
    def check(value: Any) -> str:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise Wrong("bad-offer-value", value=str(value)[:100])
        return value

    return check


def _in_the_web(value: str) -> str:
    if not value.lower().startswith(("https://", "http://")):
        raise Wrong("bad-url", value=value)
    return value


def _few(value: Any) -> Any:
    if isinstance(value, list | tuple) and len(value) > MOST_ENTRIES:
        raise Wrong("too-many", limit=str(MOST_ENTRIES))
    return value


Line = Annotated[str, Reads(_short(MOST_LINE))]
Paragraph = Annotated[str, Reads(_short(MOST_PARAGRAPH))]
Spdx = Annotated[str, Reads(_matching(SPDX))]
Commit = Annotated[str, Reads(_matching(COMMIT))]
Page = Annotated[Url, Reads(_in_the_web), Reads(_short(MOST_PARAGRAPH))]
Lines = Annotated[tuple[Line, ...], Reads(_few)]


class OffersKeys(Keys):
    """The file as a whole; what its offers have in common stands here once."""

    version: Whole
    region: Id | None = None
    region_name: Line | None = None
    repository: Line | None = None
    commit: Commit | None = None
    offers: list[Any]


class OfferKeys(Keys):
    """One course, in the order and with the meaning of `Offer`."""

    region: Id | None = None
    region_name: Line
    id: Id
    title: Line
    language: Language
    summary: Paragraph = ""
    licence: Spdx | None = None
    minutes: Whole | None = None
    levels: tuple[LevelNumber, ...] = ()
    teaches: Lines = ()
    audience: Lines = ()
    authors: Lines = ()
    url: Page | None = None
    repository: Line | None = None
    path: Line | None = None
    commit: Commit | None = None
    version: Line | None = None
    modified: Day | None = None
    based_on: Lines = ()
    withdrawn: Line | None = None
    withdrawn_on: Day | None = None
