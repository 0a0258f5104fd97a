"""What a Markdown body holds that others ask about: headings, links, pictures, reuse and questions.

A reading for checks and links, not a rendering: it knows the constructs that point somewhere, and what hides them (code, comments).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from kompetanse.model.quiz import QUIZ
from kompetanse.model.slug import slug

_FENCE = re.compile(r"^([ \t>]*)(`{3,}|~{3,})[^\n]*\n(?:.*\n)*?[ \t>]*\2[ \t]*$", re.MULTILINE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HIDDEN = re.compile(r"<!--.*?-->|(?<![`\\])(`+)(?!`)(?:[^\n]|\n(?![ \t]*\n))+?(?<!`)\1(?!`)", re.DOTALL)
"""A comment, or code in a paragraph; what starts first hides the other, and what is never closed hides nothing."""
_SURE_FENCE = re.compile(
    r"^((?: {0,3}>)* {0,3})(`{3,}|~{3,})[ \t]*(?:[\w+#.-]*|\{[ \t]*\.?[\w+#. -]*\})"
    r"(?:[ \t]+(?:title|linenums|hl_lines)=\"[^\"\n]*\")*[ \t]*\n"
    r"(?:(?:\1.*|[ \t]*)\n)*?\1\2[ \t]*$",
    re.MULTILINE,
)
_SURELY_HIDDEN = re.compile(
    r"(?:^ {0,3}<!--(?!-?>)(?:(?!<!--|--!?>)[\s\S])*|<!--(?!-?>)(?:(?!<!--|--!?>).)*)-->"
    r"|(?<![`\\])(`+)(?!`).+?(?<!`)\1(?!`)",
    re.MULTILINE,
)
_DOUBT = re.compile(r"^ {0,3}(?:</?(?!quiz>)[a-zA-Z]|```|~~~)|<!--", re.MULTILINE)
"""Inside HTML that starts a line Markdown knows no code; what is left open may take the start of something else."""
_HEADING = re.compile(r"^(#{1,6})[ \t]+(.+?)(?:[ \t]+#+)?[ \t]*$", re.MULTILINE)
_LEVEL = re.compile(r"^(#{1,6})[ \t]+\S", re.MULTILINE)
_UNDERLINED = re.compile(r"^(?![ \t>#*+-]|\d+\.)([^\n]+)\n(=+|-{2,})[ \t]*$", re.MULTILINE)
_ANCHOR = re.compile(r"\{:?[^{}]{0,500}?#([\w:.-]++)[^{}]{0,500}+\}\s*$")
_LINK = re.compile(
    r"\[((?:[^\[\]\\]|\\.|\[(?:[^\[\]\\]|\\.)*\](?:\([^()]*\))?)*)\]"
    r"\([ \t]*(?:<([^<>\n]*)>|((?:[^\s()\\]|\\.|\([^\s()]*\))*))(?:[ \t\n]+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?[ \t]*\)"
)
_DEFINITION = re.compile(r"^ {0,3}\[([^\]^][^\]]*)\]:[ \t]*<?([^\s>]+)>?", re.MULTILINE)
_TAG = re.compile(r"<(a|img|audio|video|source|track)\b([^>]{0,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""\b(href|src|alt|id|name)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE
)
_ATTRIBUTES = re.compile(r"\{:?[^{}]{0,500}\balt\s*=[^{}]{0,2000}+\}")
_HTML_ID = re.compile(r"""<[a-zA-Z][^>]{0,2000}?\s(?:id|name)\s*=\s*["']([^"']+)["']""")
_ATTR_ID = re.compile(r"\{:?[^{}\n]{0,500}?#([\w:.-]++)[^{}\n]{0,500}+\}")
REUSE = re.compile(r"^([ \t]*)-{1,}8<-{1,}[ \t]+[\"']([^\"'\n]+)[\"'][ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading.

    Attributes:
        level: 1–6.
        text: As written, without attributes.
        anchor: Its place on the page.
        start, text_end, end: Where it starts, where its text ends, and where it ends, underlining and all.
    """

    level: int
    text: str
    anchor: str
    start: int
    text_end: int
    end: int


@dataclass(frozen=True, slots=True)
class Link:
    """A link or picture as written.

    Attributes:
        text: What is shown, or the alternative text of a picture; None when a picture's HTML has no `alt`.
        target: Where it leads, as written.
        picture: Whether it is shown in place.
        start, end: Where `target` stands in the body.
        around: Where its opening bracket stands, its closing one, and where all of it ends; None for a definition and a tag.
    """

    text: str | None
    target: str
    picture: bool
    start: int
    end: int
    around: tuple[int, int, int] | None = None


@dataclass(frozen=True, slots=True)
class Reuse:
    """A line that brings in a module, or one section of it."""

    id: str
    anchor: str
    start: int


class Outline:
    """What one body holds, each in the order of the text; each is read when somebody asks.

    Attributes:
        visible: The body with code and comments blanked out.
    """

    def __init__(self, body: str) -> None:
        self._body = body
        self.visible = mask(body)

    @cached_property
    def live(self) -> str:
        """The body with only that blanked out which surely never reaches a browser as markup; for safety."""
        return surely_masked(self._body)

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """Its headings."""
        return tuple(_headings(self.visible, self._body))

    @cached_property
    def levels(self) -> tuple[int, ...]:
        """The levels of its headings; cheaper than the headings."""
        if "\n==" in self.visible or "\n--" in self.visible:
            return tuple(heading.level for heading in self.headings)
        return tuple(map(len, _LEVEL.findall(self.visible)))

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Its links and pictures."""
        return tuple(_links(self.visible))

    @cached_property
    def reuses(self) -> tuple[Reuse, ...]:
        """What it brings in."""
        return tuple(_reuses(self.visible))

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """Where each line starts."""
        return (0, *(row.end() for row in re.finditer("\n", self._body)))

    def line_at(self, position: int) -> int:
        """Return the line (from 0) of `position`; for texts in which many places are asked for."""
        return bisect_right(self.line_starts, position) - 1

    @cached_property
    def anchors(self) -> frozenset[str]:
        """Places in it that can be linked to."""
        return frozenset(_anchors(self.visible, self.headings))


def mask(body: str) -> str:
    """Return `body` with code and comments blanked out, each sign at its old place."""
    if "```" in body or "~~~" in body:
        body = _FENCE.sub(_blank, body)
    if "`" in body:
        return _HIDDEN.sub(_blank, body)
    return _COMMENT.sub(_blank, body) if "<!--" in body else body


def surely_masked(body: str) -> str:
    """Return `body` like `mask`, but in doubt with its code and comments left in."""
    if "```" in body or "~~~" in body:
        body = _SURE_FENCE.sub(_blank, body)
    if "`" not in body and "<!--" not in body:
        return body
    hidden = _SURELY_HIDDEN.sub(_blank, body)
    return body if _DOUBT.search(hidden) else hidden


def _blank(match: re.Match[str]) -> str:
    text = match[0]
    if "\n" not in text:
        return " " * len(text)
    return "\n".join(" " * len(row) for row in text.split("\n"))


def outline(body: str) -> Outline:
    """Read `body`."""
    return Outline(body)


def _headings(body: str, whole: str) -> Iterator[Heading]:
    """Find headings where `body` shows them; their words, code too, are those of the `whole` one."""
    found = list(_HEADING.finditer(body))
    if "\n==" in body or "\n--" in body:
        found = sorted((*found, *_UNDERLINED.finditer(body)), key=lambda match: match.start())
    seen: dict[str, int] = {}
    for match in found:
        row = _with_code(match, whole)
        underlined = match.re is _UNDERLINED
        level = (1 if row[2][0] == "=" else 2) if underlined else len(row[1])
        written, start = (row[1], row.start(1)) if underlined else (row[2], row.start(2))
        given = _ANCHOR.search(written)
        text = (written[: given.start()] if given else written).rstrip()
        anchor = given[1] if given else _unused(slug(plain(text)) or "del", seen)
        yield Heading(level, text.strip(), anchor, row.start(), start + len(text), row.end())


def _with_code(match: re.Match[str], whole: str) -> re.Match[str]:
    """Return the heading as it stands in the file when code was blanked out of it."""
    row = whole[match.start() : match.end()]
    again = match.re.match(whole, match.start()) if "`" in row and "<!--" not in row else None
    return again or match


def _unused(anchor: str, seen: dict[str, int]) -> str:
    seen[anchor] = seen.get(anchor, 0) + 1
    return anchor if seen[anchor] == 1 else f"{anchor}-{seen[anchor]}"


def plain(text: str) -> str:
    """Return the words of a piece of inline Markdown."""
    if "[" in text:
        text = _LINK.sub(r"\1", text)
    return text.translate(_SIGNS) if any(sign in text for sign in "*`\\") else text


_SIGNS = str.maketrans("", "", "*`\\")


def _links(body: str) -> Iterator[Link]:
    if "](" in body:
        for match in _LINK.finditer(body):
            yield from _inline(body, match, 0)
    if "]:" in body:
        for match in _DEFINITION.finditer(body):
            yield Link(match[1], match[2], False, match.start(2), match.end(2))
    if "<" in body and _TAG.search(body):
        yield from _tags(body)


def _inline(body: str, match: re.Match[str], offset: int) -> Iterator[Link]:
    group = 2 if match[2] is not None else 3
    picture = match.start() > 0 and match.string[match.start() - 1] == "!"
    shown = match[1] or _given_alt(match) if picture else match[1]
    around = (offset + match.start(), offset + match.end(1), offset + match.end())
    yield Link(shown, match[group], picture, offset + match.start(group), offset + match.end(group), around)
    if "](" in match[1]:
        for inner in _LINK.finditer(match[1]):
            yield from _inline(body, inner, offset + match.start(1))


def _given_alt(match: re.Match[str]) -> str:
    """Return the alternative text that stands in an attribute list: `![](a.svg){alt="A house"}`."""
    attributes = _ATTRIBUTES.match(match.string, match.end())
    alt = _ATTRIBUTE.search(attributes[0]) if attributes else None
    return (_attribute(alt) or "") if alt and alt[1] == "alt" else ""


def _tags(body: str) -> Iterator[Link]:
    for match in _TAG.finditer(body):
        attributes = {one[1].lower(): one for one in _ATTRIBUTE.finditer(match[2])}
        picture = match[1].lower() == "img"
        where = attributes.get("href" if match[1].lower() == "a" else "src")
        if where:
            group = next(number for number in (2, 3, 4) if where[number] is not None)
            alt = attributes.get("alt")
            shown = _attribute(alt) if picture else ""
            start = match.start(2)
            yield Link(shown, where[group], picture, start + where.start(group), start + where.end(group))


def _attribute(match: re.Match[str] | None) -> str | None:
    return None if match is None else next(one for one in match.groups()[1:] if one is not None)


def _reuses(body: str) -> Iterator[Reuse]:
    if "8<" in body:
        for match in REUSE.finditer(body):
            id_, _, anchor = match[2].partition("#")
            yield Reuse(id_, anchor, match.start(2))


def _anchors(body: str, headings: tuple[Heading, ...]) -> Iterator[str]:
    yield from (heading.anchor for heading in headings)
    if "<" in body:
        yield from _HTML_ID.findall(body)
    if "{" in body:
        yield from _ATTR_ID.findall(body)


def section(body: str, found: Outline, anchor: str) -> str | None:
    """Return the part of `body` under the heading with `anchor`, heading first; None when there is none."""
    for place, heading in enumerate(found.headings):
        if heading.anchor == anchor:
            rest = found.headings[place + 1 :]
            end = next((later.start for later in rest if later.level <= heading.level), len(body))
            return body[heading.start : end].rstrip() + "\n"
    return None


def line_at(body: str, position: int) -> int:
    """Return the line (from 0) of `position`."""
    return body.count("\n", 0, position)


def without_quizzes(body: str) -> str:
    """Return `body` with the questions blanked out."""
    return QUIZ.sub(_blank, body) if "<quiz>" in body else body
