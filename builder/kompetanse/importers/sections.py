"""Parts of a text put under each other, with headings that fit."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kompetanse.importers.plain_text import as_markdown
from kompetanse.importers.table import clean

_HEADING = re.compile(r"(#{1,6})(?= )")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_LOWEST = 6


def heading(level: int, title: str) -> str:
    """Return a heading of a title without markup."""
    return f"{'#' * min(level, _LOWEST)} {as_markdown(clean(title))}"


def lowered(markdown: str, by: int) -> str:
    """Return a text with its headings `by` levels lower; code is left as it is."""
    if by <= 0 or "#" not in markdown:
        return markdown
    rows, fence = [], ""
    for row in markdown.split("\n"):
        mark = _FENCE.match(row)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        found = None if fence else _HEADING.match(row)
        rows.append(f"{'#' * min(len(found[1]) + by, _LOWEST)}{row[found.end() :]}" if found else row)
    return "\n".join(rows)


def is_alike(title: str, other: str) -> bool:
    """Tell whether two titles say the same."""
    return title.casefold().strip(" .:") == other.casefold().strip(" .:")


def without_title(markdown: str, title: str) -> str:
    """Return a text without a heading at its start that says the title again."""
    first, _, rest = markdown.partition("\n")
    mark, _, said = first.partition(" ")
    is_again = set(mark) == {"#"} and is_alike(said, as_markdown(clean(title)))
    return rest.lstrip("\n") if is_again else markdown


def joined(blocks: Iterable[str]) -> str:
    """Return blocks as one text; rows of a list that come after each other stand in one."""
    text = ""
    for block in filter(None, (block.strip("\n") for block in blocks)):
        together = text and _is_row(block) and _is_row(text.rpartition("\n")[2])
        text += ("" if not text else "\n" if together else "\n\n") + block
    return text


def _is_row(block: str) -> bool:
    return block.startswith("- [") and "\n" not in block
