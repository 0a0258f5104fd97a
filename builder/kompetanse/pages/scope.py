"""A finished body that shares a page with others: its headings a level lower, its anchors and labels its own."""

from __future__ import annotations

import re
from functools import lru_cache, partial

from kompetanse.pages.markdown import BLOCK_CODE, CODE, outside
from kompetanse.pages.seldom import Seldom

_HEADING = Seldom(("# ", "#\t"), r"^(#{1,5})(?=[ \t])")
_ANCHOR = re.compile(r"(\{:?[^{}\n]{0,200}?#)([\w:.-]+)(?=[^{}\n]*\})")
_HTML_ID = re.compile(r"(<[a-zA-Z][^<>]{0,500}?\s(?:id|name)=[\"'])([^\"']+)")
_TO_ANCHOR = re.compile(r"(\]\(\s*<?#|\]:[ \t]*<?#|href(?<=\bhref)=[\"']#)(?!top\b)([^\s)>\"']+)")
"""That each way begins with a letter, and looks back for the rest, is what makes it fast."""
_FOOTNOTE = re.compile(r"(\[\^)([^\]\n]+)(?=\])")
_LABEL = Seldom(("]:",), r"^ {0,3}\[([^\]^\n][^\]\n]*)\]:(?=[ \t]*\S)")


@lru_cache(maxsize=64)
def scoped(body: str, name: str) -> str:
    """Return `body` with each anchor, footnote and link label beginning with `name`, and headings one level lower."""
    body = outside(BLOCK_CODE, body, partial(_HEADING.sub, lambda heading: f"#{heading[1]}"))
    labels = tuple(dict.fromkeys(match[1] for match in _LABEL.finditer(body)))
    return outside(CODE, body, partial(_named, name, labels))


def _named(name: str, labels: tuple[str, ...], text: str) -> str:
    for place in (_ANCHOR, _HTML_ID, _TO_ANCHOR, _FOOTNOTE):
        text = place.sub(rf"\g<1>{name}-\2", text)
    for label in labels:
        text = _labelled(label, name, text)
    return text


def _labelled(label: str, name: str, text: str) -> str:
    """Give the reference link `label` a name of its own; what is shown stays."""
    written = re.escape(label)
    text = re.sub(rf"(?m)^( {{0,3}}\[){written}(\]:)", rf"\g<1>{name}-{label}\2", text)
    text = re.sub(rf"(?<=\]\[){written}(?=\])", f"{name}-{label}", text)
    return re.sub(rf"(?<![\]\\])\[{written}\](?:\[\])?(?![\[(:])", f"[{label}][{name}-{label}]", text)
