"""Words within a row: HTML elements → Markdown that shows them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Protocol
from urllib.parse import quote, urlsplit

from kompetanse.importers.html_tree import BLOCKS, SILENT, Element, name, words
from kompetanse.importers.plain_text import escaped
from kompetanse.render import html

BREAK = "\v"
"""Stands for a new row within a paragraph; no HTML holds this sign."""

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

_TOKEN = re.compile(r"\\.|(`+)(?!`).*?(?<!`)\1(?!`)|\*+")
_TAGS = re.compile(r"</?(?:em|strong|p)>")
_ONLY_NOTES = re.compile(r"(?:\[\^\d+\])+")
_CODE = frozenset({"code", "tt", "samp"})
_TICKS = re.compile(r"`+")
_WEB = re.compile(r"https?://\S.*", re.IGNORECASE)
_OPEN = re.compile(r"(?:mailto|tel):[^\s]+", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_NOT_IN_ADDRESS = re.compile(r"[\s<>()\"'\\`*\[\]{}^|]")


class Around(Protocol):
    """What the walk over a page knows."""

    in_cell: bool
    """Whether a table's cell is being written."""

    def link(self, url: str) -> str | None:
        """Return where a link leads that is no address on the web."""

    def picture(self, url: str) -> str | None:
        """Return the name of a picture."""

    def note(self, element: Element) -> str | None:
        """Return the mark of the footnote that a link leads to, or None when it leads to none."""

    def lost(self, what: str, why: str) -> None:
        """Remember what did not come along."""


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
    return written if _shown(written) == _shown(bare) else bare


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
    special = _SPECIAL.get(tag)
    if special:
        return special(around, element, active)
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


def _break(around: Around, element: Element, active: frozenset[str]) -> str:
    return BREAK


def _link(around: Around, element: Element, active: frozenset[str]) -> str:
    note = around.note(element)
    if note is not None:
        return note
    shown = inside(around, element, active)
    url = (element.get("href") or "").strip()
    target = _target(around, url) if url else None
    if target is None:
        if url and not url.startswith("#") and shown.strip():
            around.lost(
                f"link to {url[:100]}",
                f"it leads nowhere outside its system; its words stand: {_few(element)}",
            )
        return shown
    return _each_row(shown, "[", f"]({target})")


def _few(element: Element) -> str:
    return " ".join(words(element).split())[:60]


def _target(around: Around, url: str) -> str | None:
    plain = "".join(sign for sign in url if sign.isprintable()).strip()
    if _WEB.fullmatch(plain) or _OPEN.fullmatch(plain):
        return _on_web(plain)
    if plain.startswith("//"):
        return _on_web(f"https:{plain}")
    if _SCHEME.match(plain):
        return None
    found = around.link(plain)
    return None if found is None else _written(found)


def _on_web(url: str) -> str | None:
    try:
        host = urlsplit(url).netloc
    except ValueError:
        return None
    return None if url.lower().startswith("http") and not host else _written(url)


def _written(url: str) -> str:
    """Return an address in which no sign ends it or means something in Markdown."""
    return _NOT_IN_ADDRESS.sub(lambda sign: quote(sign[0], safe=""), url)


def _picture(around: Around, element: Element, active: frozenset[str]) -> str:
    url = (element.get("src") or element.get("data-src") or "").strip()
    alt = " ".join((element.get("alt") or "").split())
    if not url:
        return escaped(alt)
    if _WEB.fullmatch(url) or url.startswith("//"):
        around.lost(
            f"picture {url[:100]}",
            "it lies on another site and was not fetched; a link to it stands in its place",
        )
        target = _target(around, url)
        return f"[{escaped(alt) or 'bilde'}]({target})" if target else escaped(alt)
    found = around.picture(url)
    if found is None:
        around.lost(
            f"picture {_short(url)}",
            "its file is not there, or could not be taken" + (f"; its text stands: {alt}" if alt else ""),
        )
        return escaped(alt)
    if not alt:
        around.lost(
            f"picture {found}", "it has no alternative text. Write what it shows; `check` asks for it"
        )
    return f"![{escaped(alt)}]({_written(found)})"


def _short(url: str) -> str:
    return "in the text itself" if url[:5].lower() == "data:" else url[:100]


def _played(around: Around, element: Element, active: frozenset[str]) -> str:
    """Return links to sound and film: our pages play none by themselves."""
    urls = [one.get("src") for one in (element, *element.iter("source")) if one.get("src")]
    if not urls:
        return inside(around, element, active)
    url = str(urls[0]).strip()
    on_web = _WEB.fullmatch(url) or url.startswith("//")
    target = _target(around, url) if on_web else around.picture(url)
    shown = (
        " ".join((element.get("title") or element.get("aria-label") or "").split()) or url.rpartition("/")[2]
    )
    if target is None:
        around.lost(f"sound or film {_short(url)}", "its file is not there, or could not be taken")
        return ""
    around.lost(f"sound or film {_short(url)}", "it stands as a link; add captions or a transcript")
    return f"[{escaped(shown)}]({target if on_web else _written(target)})"


def _embedded(around: Around, element: Element, active: frozenset[str]) -> str:
    url = (element.get("src") or element.get("data") or "").strip()
    target = _target(around, url) if _WEB.fullmatch(url) or url.startswith("//") else None
    shown = " ".join((element.get("title") or "").split()) or _host(url)
    around.lost(
        f"embedded page {_short(url) or '(without address)'}",
        "it runs elsewhere" + ("; a link to it stands in its place" if target else ""),
    )
    return f"{BREAK}[{escaped(shown)}]({target}){BREAK}" if target else inside(around, element, active)


def _host(url: str) -> str:
    """Return the host of an address, or the address itself when it has none."""
    try:
        return urlsplit(url).netloc or url
    except ValueError:
        return url


def _formula(around: Around, element: Element, active: frozenset[str]) -> str:
    shown = " ".join(words(element).split())
    around.lost(
        f"formula {shown[:60]}", "its signs stand in a row; write it anew where the layout means something"
    )
    return escaped(shown)


def _drawing(around: Around, element: Element, active: frozenset[str]) -> str:
    found = next(iter(element.iter("title")), None)
    shown = " ".join((found.text or "").split()) if found is not None else ""
    around.lost(
        f"drawing in the page {shown[:60]}".strip(),
        "drawings in a page's own code are not taken. Save it as SVG or PNG",
    )
    return ""


_SPECIAL = {
    "br": _break,
    "a": _link,
    "img": _picture,
    "audio": _played,
    "video": _played,
    "iframe": _embedded,
    "object": _embedded,
    "embed": _embedded,
    "math": _formula,
    "svg": _drawing,
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
