"""What a block of a text, the rows between two blank ones, tells about where the text may be taken apart.

Most blocks of a site stand on more than one page, so what one tells is found out once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kompetanse.render.elements import Elements, UnfinishedError, elements
from kompetanse.render.memo import Memo

_REACHES_ACROSS = re.compile(
    r"\]:"  # a reference, footnote or abbreviation that is defined here
    r"|\n *\{:"  # attributes of the block above
    r"|\n {0,3}: "  # a definition, whose list goes on over the next
    r"|\[(?i:TOC)\]"
    r"|<[!?]"  # comments and declarations, which may run over blank rows
    r"|<(?i:pre|script|style|textarea|math)\b"
    r"|&\#(?!\d+;|[xX][0-9a-fA-F]+;)"  # no sign, which Python-Markdown then looks for far away
    r"|\t|\r|\x02|\x03"
)
"""What makes a part of a text depend on another, or stands for more than it looks.

Each begins with a sign of its own, by which it is found quickly: here and below the start of a row is the end of the
row before, and a text is searched with one before its first.
"""

_LIST = re.compile(r"\n {0,3}(?:[*+-]|\d+\.)(?: |$)", re.MULTILINE)
_QUOTE = re.compile(r"\n {0,3}>")
_STANDS_ALONE = re.compile(
    r"\n {0,3}</?(?!(?:a|abbr|b|br|cite|code|em|i|img|kbd|mark|q|s|small|span|strong|sub|sup|u)\b|https?:)[a-z]",
    re.IGNORECASE,
)
"""The start of a row that may begin or end an element on its own: any that is not known to stand among words."""

_OPENS = re.compile(
    r"<(?:address|article|aside|blockquote|details|dl|div|fieldset|figure|footer|form|h[1-6]|header|main|nav|ol|p|section|table|ul)"
    r"(?![\w-])",
    re.IGNORECASE,
)
"""The start of an element that stands on its own; of those that Python-Markdown takes so, the ones that pages have."""

DEEPER, LISTED, QUOTED = 1, 2, 4
"""Ways in which a block may go on with what stands before it: indented, as a list, as a quotation."""


class InseparableError(ValueError):
    """The text cannot be taken apart with certainty."""


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A block, and what it tells.

    Attributes:
        text: Its rows.
        elements: Those of HTML in it; None when they cannot be told.
        opens: Tells whether one begins it that stands on its own.
        stands_alone: Tells whether a row of it may begin or end one that stands on its own.
        fenced: Tells whether it may hold the fence of code.
        follows: The ways in which it may go on with what stands before it.
        leads: The ways in which what stands after it may go on with it.
    """

    text: str
    elements: Elements | None
    opens: bool
    stands_alone: bool
    fenced: bool
    follows: int
    leads: int


def block(piece: str) -> Block:
    """Return what `piece` tells.

    Raises:
        InseparableError: When something in it may reach into other blocks.
    """
    text = piece.strip("\n")
    rows = "\n" + text
    if _REACHES_ACROSS.search(rows):
        raise InseparableError
    return Block(
        text,
        _elements(text),
        opens=opens(text, 0),
        stands_alone="<" in text and bool(_STANDS_ALONE.search(rows)),
        fenced="```" in text or "~~~" in text,
        follows=DEEPER * text.startswith((" ", ":"))
        | LISTED * bool(_LIST.match(rows))
        | QUOTED * bool(_QUOTE.match(rows)),
        leads=DEEPER | LISTED * bool(_LIST.search(rows)) | QUOTED * bool(_QUOTE.search(rows)),
    )


BLOCKS: Memo[str, Block] = Memo(block, len)
"""Rows → what they tell."""


def _elements(text: str) -> Elements | None:
    try:
        return elements(text) if "<" in text else _NONE
    except UnfinishedError as error:
        raise InseparableError from error


_NONE = Elements()


def opens(text: str, at: int) -> bool:
    """Tell whether a tag that begins at `at` begins an element that stands on its own."""
    return bool(_OPENS.match(text, at))
