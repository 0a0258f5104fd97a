"""HTML made flat: only what systems keep when they import a page, and nothing lost of what it says.

Moodle cleans away details, figures, sections, ids, classes and drawings. What such an element says is written with the
elements that stay: a heading and text, a paragraph, a quotation with a bold first line.
"""

from __future__ import annotations

from html import unescape
from html.parser import HTMLParser

from markupsafe import escape

_ELEMENTS = (
    "a abbr audio b blockquote br caption cite code col colgroup dd del dfn div dl dt em h1 h2 h3 h4 h5 h6 hr i img ins kbd li ol"
    " p pre q s samp small source strong sub sup table tbody td tfoot th thead tr track u ul var video"
)
_KEPT = frozenset(_ELEMENTS.split())
_BOXES = "address article aside details fieldset figure footer form header main nav section"
_WRITTEN_AS = {
    **dict.fromkeys(_BOXES.split(), "div"),
    "figcaption": "p",
    "mark": "em",
}
_VOID = frozenset({"br", "col", "hr", "img", "source", "track"})
_NAMES = "alt colspan controls height href kind label poster reversed rowspan scope span src srclang start style title type width"
_ATTRIBUTES = frozenset(_NAMES.split())
_LEADS_ON = ("http://", "https://", "mailto:", "tel:", "media:")
_BACK = "footnote-backref"
_TITLES = frozenset({"admonition-title", "kmp-quiz__title"})
_LOWEST = 6


def flat(html: str, *, guarded: bool = False) -> str:
    """Return cleaned `html` flat, with addresses `media:` left for `placing.placed`.

    A link inside the course is its text: where it would lead is not known before the import.

    Args:
        html: Of a lesson or a question.
        guarded: Whether a sign `<` in front of a letter is kept apart from it. Moodle resolves character references one time
            too often when it reads a cartridge, and would then take the text for an element.
    """
    writer = _Writer(guarded)
    writer.feed(html)
    writer.close()
    return "".join(writer.written)


class _Writer(HTMLParser):
    """Writes what it reads, tag by tag; what is read is well nested."""

    def __init__(self, guarded: bool) -> None:
        super().__init__(convert_charrefs=False)
        self.guarded = guarded
        self.written: list[str] = []
        self._open: list[tuple[str, str]] = []
        """For each element that is open, its name there and what ends it here."""
        self._level = 2
        self._silent = 0
        self._after_less_than = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        start, end = self._tags(tag, given)
        silent = given.get("class") == _BACK
        if not self._silent and not silent:
            self._write(start)
        if tag in _VOID or tag in {"input", "wbr"}:
            return
        self._silent += bool(silent or self._silent)
        self._open.append((tag, end))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1][0] != tag:
            return
        _, end = self._open.pop()
        if self._silent:
            self._silent -= 1
        else:
            self._write(end)

    def handle_data(self, data: str) -> None:
        apart = self._after_less_than and (data[0].isalpha() or data[0] in "/!?")
        self._write(f"<span></span>{data}" if apart else data)

    def handle_entityref(self, name: str) -> None:
        self._write_sign(unescape(f"&{name};"))

    def handle_charref(self, name: str) -> None:
        self._write_sign(unescape(f"&#{name};"))

    def _write_sign(self, sign: str) -> None:
        self._write(str(escape(sign)))
        self._after_less_than = self.guarded and sign == "<"

    def _write(self, text: str) -> None:
        if not self._silent:
            self.written.append(text)
        self._after_less_than = False

    def _tags(self, tag: str, given: dict[str, str]) -> tuple[str, str]:
        """Return what an element begins and ends with here."""
        classes = set(given.get("class", "").split())
        if tag == "summary":
            level = min(self._level + 1, _LOWEST)
            return f"<h{level}>", f"</h{level}>"
        if tag == "p" and classes & _TITLES:
            return "<p><strong>", "</strong></p>"
        name = "blockquote" if "admonition" in classes else _WRITTEN_AS.get(tag, tag)
        if name not in _KEPT or (name == "a" and not given.get("href", "").startswith(_LEADS_ON)):
            return "", ""
        if name[0] == "h" and name[1:].isdigit():
            self._level = int(name[1:])
        kept = "".join(f' {key}="{escape(given[key])}"' for key in given if key in _ATTRIBUTES)
        return f"<{name}{kept}>", f"</{name}>"
