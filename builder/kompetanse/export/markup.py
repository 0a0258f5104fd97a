"""Cleaned HTML gone through tag by tag: for one page among others, for a package without a network, and as XML.

What is cleaned (`render.clean`) is well nested, has no comments, and nothing in it runs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

from markupsafe import escape

_VOID = frozenset({"br", "col", "hr", "img", "input", "source", "track", "wbr"})
_ELSEWHERE = ("http://", "https://", "mailto:", "tel:")
_SHOWN = frozenset({"src", "poster"})
_REFERS = frozenset(
    {"for", "headers", "aria-labelledby", "aria-describedby", "aria-controls", "aria-details"}
)
_IN_XML = frozenset(
    [
        "alt",
        "aria-hidden",
        "aria-label",
        "checked",
        "class",
        "colspan",
        "controls",
        "dir",
        "disabled",
        "height",
        "lang",
        "open",
        "rowspan",
        "scope",
        "start",
        "style",
        "title",
        "type",
        "value",
        "width",
    ]
)
"""Attributes that a book keeps, apart from addresses and ids: EPUB refuses a whole book for one that is wrong."""

_DIRECTIONS = frozenset({"ltr", "rtl", "auto"})
_EMPTY_WITHOUT = frozenset({"source", "track"})
_NOT_IN_ID = re.compile(r"[^A-Za-z0-9.-]")
_TASK = "data-task"

Attributes = dict[str, str]


def prefix_of(lesson: str) -> str:
    """Return what ids in a lesson begin with where all lessons stand on one page."""
    return f"{lesson}--"


def anchor(name: str) -> str:
    """Return `name` as an id that XML takes too: what is no letter, digit, full stop or hyphen is written `_3a`."""
    return _NOT_IN_ID.sub(lambda match: f"_{ord(match[0]):x}", name)


@dataclass
class Place:
    """Where HTML comes to stand.

    Attributes:
        media: Returns the address of a file of the course, by its name.
        lesson: Returns the address of a lesson that has a page of its own; without it all stand on one page.
        shown: Tells whether a file can be shown there, by its name; without it all can. What cannot is left out, and no file is
            linked to.
        prefix: What ids begin with where all lessons stand on one page (`prefix_of`).
        xml: Whether it is written as XML, without what EPUB does not know.
        saves: Whether a file that is linked to is saved, not opened.
        away: Words after a link that opens a new window, without markup; links do so only with them.
        lost: What could not come along is noted here: addresses that are neither in the course nor on the web, and pictures,
            sound and film that lie elsewhere.
    """

    media: Callable[[str], str]
    lesson: Callable[[str], str] | None = None
    shown: Callable[[str], bool] | None = None
    prefix: str = ""
    xml: bool = False
    saves: bool = False
    away: str = ""
    lost: list[str] = field(default_factory=list)
    _seen: set[str] = field(default_factory=set)

    def put(self, html: str) -> str:
        """Return cleaned `html` of an edition as it stands here."""
        writer = _Writer(self)
        writer.feed(html)
        writer.close()
        return "".join(writer.written)

    def id_of(self, name: str) -> str | None:
        """Return the id for an element that calls itself `name`; None when another is called so already."""
        made = self.prefix + anchor(name)
        if made in self._seen:
            return None
        self._seen.add(made)
        return made


class _Writer(HTMLParser):
    """Writes what it reads, tag by tag."""

    def __init__(self, place: Place) -> None:
        super().__init__(convert_charrefs=False)
        self.place = place
        self.written: list[str] = []
        self._after: list[tuple[str, str]] = []
        """For each element that is open, its name here and what is written before its end."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "img" and (written := self._instead(given)) is not None:
            self.written.append(written)
            return
        name = "div" if tag == "form" else tag  # nothing here is sent
        made = dict(self._attributes(name, given))
        if tag in _EMPTY_WITHOUT and "src" not in made:
            return
        after = ""
        if name == "a" and self.place.saves and given.get("href", "").startswith("media:"):
            made["download"] = given["href"].removeprefix("media:")
        elif name == "a" and (after := self._leave(given)):
            made |= {"target": "_blank", "rel": " ".join(filter(None, (made.get("rel"), "noopener")))}
        end = " />" if self.place.xml and tag in _VOID else ">"
        self.written.append(f"<{name}{_written(made)}{end}")
        if tag not in _VOID:
            self._after.append((name, after))

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID or not self._after:
            return
        name, after = self._after.pop()
        self.written.append(f"{after}</{name}>")

    def handle_data(self, data: str) -> None:
        self.written.append(data if not self.place.xml else _without_controls(data))

    def handle_entityref(self, name: str) -> None:
        self.written.append(str(escape(unescape(f"&{name};"))))

    def handle_charref(self, name: str) -> None:
        self.written.append(str(escape(_without_controls(unescape(f"&#{name};")))))

    def _attributes(self, tag: str, given: Attributes) -> Iterator[tuple[str, str]]:
        for name, value in given.items():
            if name == "id" or (name == "name" and tag == "a"):
                if found := self.place.id_of(value):
                    yield "id", found
            elif name in _REFERS and not self.place.xml:
                yield name, " ".join(self.place.prefix + anchor(one) for one in value.split())
            elif name == "href":
                yield from self._href(value)
            elif name in _SHOWN:
                yield from self._src(name, value)
            elif self._stays(tag, name):
                yield from self._in_xml(name, value) if self.place.xml else ((name, value),)
        if tag == "img" and not self.place.xml:
            yield "loading", "lazy"

    def _stays(self, tag: str, name: str) -> bool:
        """Tell whether an attribute is for this place: what is data for a script is not, but for where a question stands."""
        if name.startswith("data-"):
            return tag == "div" and name == _TASK
        return name not in {"target", "loading"}

    def _in_xml(self, name: str, value: str) -> Iterator[tuple[str, str]]:
        """Yield an attribute as EPUB has it: no `align`, whole numbers only, and the language twice."""
        if name == "align":
            yield "style", f"text-align: {value}"
        elif _is_in_xml(name, value):
            yield name, _without_controls(value)
        if name == "lang":
            yield "xml:lang", value

    def _href(self, value: str) -> Iterator[tuple[str, str]]:
        if value.startswith("#"):
            yield "href", f"#{self.place.prefix}{anchor(value[1:])}"
        elif value.startswith("lesson:"):
            yield "href", self._lesson(*value.removeprefix("lesson:").partition("#"))
        elif value.startswith("media:") and not self.place.shown:
            yield "href", self.place.media(value.removeprefix("media:"))
        elif value.startswith(_ELSEWHERE):
            yield "href", value
        else:
            self._lose(value)

    def _lesson(self, lesson: str, sign: str, name: str) -> str:
        """Return the address of a lesson, or of a place in it; on one page all are places."""
        if self.place.lesson:
            return f"{self.place.lesson(lesson)}{sign}{anchor(name)}"
        return f"#{prefix_of(lesson)}{anchor(name)}" if name else f"#{lesson}"

    def _src(self, name: str, value: str) -> Iterator[tuple[str, str]]:
        if value.startswith("media:") and self._can_show(value):
            yield name, self.place.media(value.removeprefix("media:"))
        else:
            self._lose(value)

    def _leave(self, given: Attributes) -> str:
        """Return the words that say that a link opens a new window; empty when it does not."""
        if not self.place.away or not given.get("href", "").startswith(("http://", "https://", "media:")):
            return ""
        return f'<span class="kmp-hidden"> ({escape(self.place.away)})</span>'

    def _lose(self, address: str) -> None:
        self.place.lost.append(address.removeprefix("media:"))

    def _can_show(self, address: str) -> bool:
        return self.place.shown is None or self.place.shown(address.removeprefix("media:"))

    def _instead(self, given: Attributes) -> str | None:
        """Return what stands instead of a picture that cannot: a link where it lies elsewhere, else its words; None when it can."""
        address, alt = given.get("src", ""), given.get("alt", "")
        if address.startswith("media:") and self._can_show(address):
            return None
        self._lose(address)
        if address.startswith(_ELSEWHERE):
            return f'<a href="{escape(address)}">{escape(alt or address)}</a>'
        return f"[{escape(alt)}]" if alt else ""


def _is_in_xml(name: str, value: str) -> bool:
    if name in {"colspan", "height", "rowspan", "start", "width"}:
        return value.isascii() and value.isdecimal()
    return value in _DIRECTIONS if name == "dir" else name in _IN_XML or name == _TASK


def _written(made: Attributes) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in made.items())


_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def _without_controls(text: str) -> str:
    """Return `text` without signs that XML 1.0 does not know (section 2.2)."""
    return _CONTROLS.sub("", text)
