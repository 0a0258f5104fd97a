"""Words within a row: HTML elements → Markdown that shows them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from kompetanse.importers.html_address import target
from kompetanse.importers.html_around import BREAK, Around
from kompetanse.importers.html_things import drawing, embedded, formula, picture, played
from kompetanse.importers.html_tree import BLOCKS, SILENT, Element, name, words
from kompetanse.importers.plain_text import escaped
from kompetanse.render import html

_SPACES = re.compile(r"[ \t\r\n\f]+")
_EDGES = re.compile(rf"\A([ {BREAK}]*)(.*?)([ {BREAK}]*)\Z", re.DOTALL)
_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "cite": "*", "dfn": "*", "var": "*"}
_KEPT = {
    "sub": "sub",
    "sup": "sup",
    "kbd": "kbd",
    "mark": "mark",
    "q": "q",
    "del": "del",
    "s": "del",
    "strike": "del",
    "ins": "ins",
}
"""Elements that mean something and that our pages may have, with the name they get."""

_ENDS_MARKED = re.compile(r"(?<![*\\])(\*\*?)\Z")
_ONE_TICK = re.compile(r"(?<!`)`\Z")
_TICKED = re.compile(r"`(?!`)")
_RISKY = re.compile(r"\*{3}|\w\*+[^\w\s*]|[^\w\s*]\*+\w")
"""Marks within a word beside a sign, and those that stand together: betterem does not always take them for emphasis."""

_LONGEST = 20_000
"""Characters of a paragraph that is looked at as it is shown; nobody writes longer ones."""

_TOKEN = re.compile(r"\\.|(`+)(?!`).*?(?<!`)\1(?!`)|\*+")
_TAGS = re.compile(r"</?(?:em|strong|p)>")
_ONLY_NOTES = re.compile(r"(?:\[\^\d+\])+")
_CODE = frozenset({"code", "tt", "samp"})
_TICKS = re.compile(r"`+")


def inside(around: Around, element: Element, active: frozenset[str] = frozenset()) -> str:
    """Return what stands in `element`; spaces are single ones, new rows `BREAK`."""
    parts = [text(element.text)]
    for child in element:
        parts += [one(around, child, active), text(child.tail)]
    return together(parts)


def together(parts: Iterable[str]) -> str:
    """Return pieces as one; emphasis that ends where the same begins goes on, and so does code."""
    found: list[str] = []
    for part in filter(None, parts):
        if found:
            found[-1], part = _joined(found[-1], part)  # noqa: PLW2901 (the same piece, its mark gone)
        found.append(part)
    return _sure(_SPACES.sub(" ", "".join(found)))


def _joined(before: str, part: str) -> tuple[str, str]:
    """Return two pieces that stand together so that the marks between them are read as what they are."""
    mark = _ENDS_MARKED.search(before[-3:])
    if mark and part.startswith(mark[1]) and not part.startswith(mark[1] + "*"):
        return before[: -len(mark[1])], part[len(mark[1]) :]
    if before.endswith("`") and part.startswith("`"):
        if _ONE_TICK.search(before[-2:]) and _TICKED.match(part):
            return before[:-1], part[1:]
        return f"{before} ", part
    return before, part


def _sure(written: str) -> str:
    """Return words with emphasis, or without any where marks that stand together would be read as something else."""
    if not _RISKY.search(written):
        return written
    bare = _TOKEN.sub(lambda token: "" if token[0][0] == "*" else token[0], written)
    return written if len(written) < _LONGEST and _shown(written) == _shown(bare) else bare


def _shown(written: str) -> str:
    """Return the words that a page shows of a row of Markdown."""
    return _TAGS.sub("", html(f"x {written.replace(BREAK, ' ')}"))


def text(written: str | None) -> str:
    """Return words as Markdown."""
    return escaped(_SPACES.sub(" ", written)) if written else ""


def one(around: Around, element: Element, active: frozenset[str] = frozenset()) -> str:
    """Return one element, its tail not with it."""
    tag = name(element)
    if tag in SILENT or not tag:
        return ""
    if tag in _MARKS:
        return _marked(_MARKS[tag], inside(around, element, active | {_MARKS[tag]}), active)
    if tag in _KEPT:
        return _kept(_KEPT[tag], inside(around, element, active))
    if tag in _CODE:
        return _code(around, words(element))
    if tag == "br":
        return BREAK
    if tag == "a":
        return _link(around, element, active)
    if tag in _THINGS:
        found = _THINGS[tag](around, element)
        return inside(around, element, active) if found is None else found
    if tag in _LOST:
        around.lost(*_LOST[tag])
        return ""
    found = inside(around, element, active)
    return f"{BREAK}{found}{BREAK}" if tag in BLOCKS else found


def _marked(mark: str, content: str, active: frozenset[str]) -> str:
    """Return emphasis around words, never around spaces or over the end of a row."""
    return content if mark in active else _each_row(content, mark, mark)


def _kept(tag: str, content: str) -> str:
    """Return words in an element of HTML; the mark of a footnote is raised already."""
    if _ONLY_NOTES.fullmatch(content):
        return content
    return _each_row(content, f"<{tag}>", f"</{tag}>")


def _each_row(content: str, opening: str, closing: str) -> str:
    return BREAK.join(_around(row, opening, closing) for row in content.split(BREAK))


def _around(row: str, opening: str, closing: str) -> str:
    match = _EDGES.match(row)
    if not match or not match[2]:
        return row
    return f"{match[1]}{opening}{match[2]}{closing}{match[3]}"


def _code(around: Around, written: str) -> str:
    found = " ".join(written.split())
    if not found:
        return " " if written else ""
    before, after = " " * written[0].isspace(), " " * written[-1].isspace()
    return before + _in_ticks(found, in_cell=around.in_cell) + after


def _in_ticks(found: str, *, in_cell: bool) -> str:
    """Return code, or plain words where code could not hold its signs: a backquote at an end, what parts a table's cells."""
    if (in_cell and "|" in found) or found[0] == "`" or found[-1] == "`" or ("\\" in found and "`" in found):
        return escaped(found)
    longest = max(map(len, _TICKS.findall(found)), default=0)
    ticks = "`" * (longest + 1)
    return f"{ticks} {found} {ticks}" if longest else f"`{found}`"


def _link(around: Around, element: Element, active: frozenset[str]) -> str:
    note = around.note(element)
    if note is not None:
        return note
    shown = inside(around, element, active)
    url = (element.get("href") or "").strip()
    leads = target(around, url) if url else None
    if leads is None:
        if url and not url.startswith("#") and shown.strip():
            around.lost(
                f"link to {url[:100]}",
                f"it leads nowhere outside its system; its words stand: {_few(element)}",
            )
        return shown
    return _each_row(shown, "[", f"]({leads})")


def _few(element: Element) -> str:
    return " ".join(words(element).split())[:60]


_THINGS: dict[str, Callable[[Around, Element], str | None]] = {
    "img": picture,
    "audio": played,
    "video": played,
    "iframe": embedded,
    "object": embedded,
    "embed": embedded,
    "math": formula,
    "svg": drawing,
}
_FIELD = ("form field", "what one fills in is not kept; write a <quiz> where it asked something")
_LOST = {
    "script": ("script", "scripts are never taken"),
    "noscript": ("text for those without scripts", "the page's own scripts are not taken"),
    "applet": ("program", "programs are never taken"),
    "canvas": ("drawing made by a script", "scripts are never taken"),
    "input": _FIELD,
    "select": _FIELD,
    "textarea": _FIELD,
    "button": ("button", "what it did is not taken"),
}


def rows(written: str) -> Iterator[str]:
    """Yield the rows of what stood in an element, trimmed; an empty one parts paragraphs."""
    yield from (row.strip(" ") for row in written.split(BREAK))
