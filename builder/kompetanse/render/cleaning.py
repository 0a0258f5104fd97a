"""Which HTML may stand on a page."""

from __future__ import annotations

import re
from collections.abc import Mapping

import nh3

from kompetanse.render.elements import UnfinishedError, elements
from kompetanse.render.memo import Memo

_TAGS = frozenset(
    [
        "a",
        "abbr",
        "address",
        "article",
        "aside",
        "audio",
        "b",
        "bdi",
        "bdo",
        "blockquote",
        "br",
        "button",
        "caption",
        "cite",
        "code",
        "col",
        "colgroup",
        "dd",
        "del",
        "details",
        "dfn",
        "div",
        "dl",
        "dt",
        "em",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "i",
        "img",
        "input",
        "ins",
        "kbd",
        "label",
        "legend",
        "li",
        "main",
        "mark",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "picture",
        "pre",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "section",
        "select",
        "small",
        "source",
        "span",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "time",
        "tr",
        "track",
        "u",
        "ul",
        "var",
        "video",
        "wbr",
    ]
)
_ATTRIBUTES: Mapping[str, frozenset[str]] = {
    tag: frozenset(names.split())
    for tag, names in {
        "*": "id class lang dir title role tabindex hidden style",
        "a": "href hreflang rel target name type download",
        "audio": "src controls preload loop muted",
        "blockquote": "cite",
        "button": "type name value disabled",
        "col": "span",
        "colgroup": "span",
        "del": "cite datetime",
        "details": "open name",
        "form": "autocomplete",
        "img": "src alt width height loading align",
        "input": "type name value autocomplete checked disabled placeholder readonly min max",
        "ins": "cite datetime",
        "label": "for",
        "li": "value",
        "ol": "start type reversed",
        "optgroup": "label disabled",
        "option": "value selected disabled label",
        "q": "cite",
        "select": "name autocomplete disabled",
        "source": "src type",
        "td": "colspan rowspan headers align",
        "th": "colspan rowspan headers scope abbr align",
        "time": "datetime",
        "track": "src kind srclang label default",
        "video": "src controls preload loop muted poster width height",
    }.items()
}
_CLEANER = nh3.Cleaner(
    tags=set(_TAGS),
    attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
    generic_attribute_prefixes={"data-", "aria-"},
    url_schemes={"http", "https", "mailto", "tel"},
    filter_style_properties={"text-align"},
    link_rel=None,
)


def clean(html: str) -> str:
    """Return `html` with nothing left that runs, sends or restyles.

    A list of what may stand on a page, not of what may not: `kompetanse check` tells the author, this holds when it
    was not asked.
    """
    return _CLEANER.clean(html)


_ODD = re.compile(r"<(?![a-z/])|<https?:|\r", re.IGNORECASE)
"""What may be read with what follows: a sign that begins no tag, a tag that only Markdown knows for a link, half a row end."""


def clean_part(html: str) -> str | None:
    """Return a part of a page cleaned alone; None when that may be another thing than to clean the whole page.

    It is the same when the part leaves everything as it found it: each element in it is one that may stand on a page, and
    ends there, within the one around it. A parser of HTML then begins each part with nothing open and nothing
    pending. Nothing unsafe could come of a wrong answer: what was cleaned is tags and attributes from the lists above,
    however many of them stand after each other.
    """
    cleaned = clean(html)
    return cleaned if cleaned == html or _leaves_nothing(html) else None


CLEANED: Memo[str, str | None] = Memo(clean_part, len)
"""Parts of pages → what they are cleaned alone."""


def _leaves_nothing(html: str) -> bool:
    try:
        found = elements(html)
    except UnfinishedError:
        return False
    return bool(found and found.closed and found.names <= _TAGS and not _ODD.search(html))
