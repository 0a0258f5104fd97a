"""Text of others made harmless before anybody renders it: HTML, attributes, templates and foreign addresses become plain text.

Every engine that reads the stage gets the same text. It is worked out on the Markdown, not on the page, so that search,
packages and other engines need no cleaning of their own; the site's own cleaning of pages comes on top of it. What is
surely code stays as it is written.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from kompetanse.content.document import Document
from kompetanse.errors import Problem, Severity
from kompetanse.model.origin import Adoption

_FENCE = re.compile(
    r"^([ >]*)(?P<fence>`{3,}|~{3,})[ \t]*[\w+#.-]*[ \t]*\n(?:(?:\1.*|[ \t]*)\n)*?\1(?P=fence)[ \t]*$",
    re.MULTILINE,
)
"""A fence with nothing but a language."""
_LONG_RUN = re.compile(r"`{3,}|~{3,}")
_COMMENT = re.compile(r"<!--[^<>`-]*(?:-[^<>`-]+)*-->")
_BLOCK = re.compile(r"(?:.*\S.*\n?)+")
_TICKS = re.compile(r"`+")
_QUIZ = re.compile(r"^</?quiz>[ \t]*$", re.MULTILINE)
_ADDRESS = re.compile(r"<(https?://[^\s<>\"'`]+|mailto:[\w.+-]+@[\w.-]+|[\w.+-]+@[\w.-]+)>")
_OPENS = re.compile(r"[a-zA-Z/!?<&]")
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)(?:\s[^<>\n]*)?/?>")
_KEPT = frozenset(
    [
        "b",
        "br",
        "cite",
        "del",
        "em",
        "i",
        "ins",
        "kbd",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "strong",
        "sub",
        "sup",
        "u",
        "var",
        "wbr",
    ]
)
"""Elements that say something of the words in them and can do nothing; they keep no attribute."""
_EMPTY = frozenset(
    [
        "div",
        "span",
        "section",
        "center",
        "figure",
        "p",
        "font",
        "details",
        "summary",
        "article",
        "main",
        "header",
        "footer",
    ]
)
"""Elements that only arrange; their contents stay."""
_PAIR = r"([A-Za-z][\w:-]*)=(\"(?:[^\"\n\\]|\\.)*\"|'(?:[^'\n\\]|\\.)*'|[\w%]+)[ \t]*"
_MARK = r"[.#][\w-]+[ \t]*"
_LOOKS = re.compile(rf"\{{:?[ \t]*(?:{_PAIR}|{_MARK})+\}}")
_SIZE = re.compile(r"\d{1,4}(?:%|px)?")
_QUOTING = str.maketrans({'"': "”", "{": "(", "}": ")", "<": "‹", ">": "›", "\\": ""})
"""Signs that could end the text of a picture, or what stands around it."""
_PICTURE = re.compile(
    r"!\[(?P<alt>(?:[^\[\]\\]|\\.)*)\](?:\((?P<open>[ \t]*<?)(?P<target>[^\s)>]*)|(?P<ref>\[[^\]]*\])?)"
)
_DEFINITION = re.compile(r"^( {0,3}\[[^\]\n]+\]:[ \t]*\n?[ \t]*<?)([^\s>]*)", re.MULTILINE)
_TARGET = re.compile(r"(\]\([ \t]*<?)([^\s)>]*)")
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_ANSWERED = frozenset({"active-html", "unsafe-link", "outside-image"})
_OPEN = frozenset({"http:", "https:", "mailto:", "tel:", "id:"})


def neutral_documents(
    documents: Sequence[Document], adopted: Mapping[PurePosixPath, Adoption]
) -> tuple[list[Document], tuple[Problem, ...]]:
    """Return the documents, those of adopted courses made harmless, and a notice for each in which something was."""
    if not adopted:
        return list(documents), ()
    found, notices = [], []
    for one in documents:
        body = one.source.body
        made = neutral(body) if any(folder in adopted for folder in one.path.parents) else body
        if made != body:
            line = next(
                n
                for n, (old, new) in enumerate(zip(body.split("\n"), made.split("\n"), strict=True))
                if old != new
            )
            notices.append(one.source.body_problem(line, "adopted-markup", Severity.NOTICE))
            one = replace(one, source=replace(one.source, body=made))  # noqa: PLW2901 (the same document, made harmless)
        found.append(one)
    return found, tuple(notices)


def is_answered(problem: Problem, adopted: Mapping[PurePosixPath, Adoption]) -> bool:
    """Tell whether a problem of a file as it is written is none any more, since the text was made harmless."""
    return problem.code in _ANSWERED and any(folder in adopted for folder in problem.path.parents)


def neutral(body: str) -> str:
    """Return Markdown in which nothing runs, is fetched from elsewhere, or changes how the page looks; rows stay rows."""
    if not any(sign in body for sign in "<{[&"):
        return body
    defined = {match[1].strip(" []:\n").lower(): match[2] for match in _DEFINITION.finditer(body)}
    made, reached = [], 0
    for start, end in _code(body):
        made += [_neutral(body[reached:start], defined), body[start:end]]
        reached = end
    return "".join((*made, _neutral(body[reached:], defined)))


def _code(body: str) -> Iterator[tuple[int, int]]:
    """Yield the places of what is code, or a comment, for every reader of Markdown.

    They differ on runs of backticks that do not match and on fences that are never closed; there is none of it then.
    """
    fences = [match.span() for match in _FENCE.finditer(body)] if _LONG_RUN.search(body) else []
    rest = _FENCE.sub(lambda match: re.sub(r"[^\n]", "\0", match[0]), body)
    if _LONG_RUN.search(rest):
        fences, rest = [], body
    spans = [span for block in _BLOCK.finditer(rest) for span in _inline(block[0], block.start())]
    yield from sorted((*fences, *spans))


def _inline(block: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield the code of a block when all its runs of backticks are alike and even in number in each row and cell."""
    runs = list(_TICKS.finditer(block))
    if not runs:
        yield from ((start + one.start(), start + one.end()) for one in _COMMENT.finditer(block))
        return
    if len({one[0] for one in runs}) > 1 or "\\" in block or "<!--" in block:
        return
    pieces = [piece for row in block.split("\n") for piece in row.split("|")]
    if any(len(_TICKS.findall(piece)) % 2 for piece in pieces):
        return
    for first, last in zip(runs[::2], runs[1::2], strict=True):
        yield start + first.start(), start + last.end()


def _neutral(text: str, defined: Mapping[str, str]) -> str:
    text = _PICTURE.sub(lambda match: _picture(match, defined), text)
    text = _TARGET.sub(_target, text)
    text = _DEFINITION.sub(_target, text)
    return _signs(text)


def _signs(text: str) -> str:
    made, place = [], 0
    while place < len(text):
        sign = text[place]
        if sign == "<":
            kept, length = _angle(text, place)
        elif sign == "{":
            kept, length = _brace(text, place)
        else:
            length = next((n for n in range(place, len(text)) if text[n] in "<{"), len(text)) - place
            kept = text[place : place + length]
        made.append(kept)
        place += length
    return "".join(made)


def _angle(text: str, place: int) -> tuple[str, int]:
    """Return what stands for what begins with `<`, and how long that is; before a sign that opens nothing it stays."""
    if not _OPENS.match(text, place + 1):
        return "<", 1
    for known in (_ADDRESS, _QUIZ):
        match = known.match(text, place)
        if match:
            return match[0], len(match[0])
    match = _TAG.match(text, place)
    name = match[1].lower() if match else ""
    if match and name in _KEPT:
        return ("</" if match[0][1] == "/" else "<") + name + ">", len(match[0])
    if match and name in _EMPTY:
        return "", len(match[0])
    return "&lt;", 1


def _brace(text: str, place: int) -> tuple[str, int]:
    """Return what stands for what begins with `{`: what a list of attributes may say, or the sign itself."""
    looks = _LOOKS.match(text, place)
    return (_looking(looks[0]), len(looks[0])) if looks else ("&#123;", 1)


def _looking(written: str) -> str:
    """Return a list of attributes with an anchor, an alternative text and a size, and without all else."""
    pairs = {match[1]: match[2].strip("\"'").translate(_QUOTING) for match in re.finditer(_PAIR, written)}
    anchor = re.search(r"#(?!__)([A-Za-z0-9][\w-]*)[ \t]*(?=[.#}\w])", re.sub(_PAIR, "", written))
    kept = [f"#{anchor[1]}"] if anchor else []
    kept += [f'alt="{pairs["alt"]}"'] if "alt" in pairs else []
    kept += [f'{one}="{pairs[one]}"' for one in ("width", "height") if _SIZE.fullmatch(pairs.get(one, ""))]
    return "{" + " ".join(kept) + "}" if kept else ""


def _target(match: re.Match[str]) -> str:
    return match[1] + (match[2] if _leads(match[2]) else "#")


def _plain(target: str) -> str:
    return _UNSEEN.sub("", html.unescape(html.unescape(target)))


def _leads(target: str) -> bool:
    """Tell whether a link may lead to `target`: a place of the site, or an address that browsers only open."""
    scheme = _SCHEME.match(_plain(target))
    return scheme is None or scheme[0].lower() in _OPEN


def _is_near(target: str) -> bool:
    """Tell whether a picture lies beside the text."""
    plain = _plain(target).replace("\\", "/")
    return not plain.startswith("//") and not _SCHEME.match(plain)


def _picture(match: re.Match[str], defined: Mapping[str, str]) -> str:
    """Return a picture that lies beside the text as it is, and a link to one that lies elsewhere."""
    if match["target"] is not None:
        if _is_near(match["target"]):
            return match[0]
        words = match["alt"] or _plain(urlsplit(_plain(match["target"])).path.rpartition("/")[2]) or "…"
        return f"[{words}]({match['open']}{match['target']}"
    name = (match["ref"] or "").strip("[]") or match["alt"]
    return match[0] if _is_near(defined.get(name.lower(), "//")) else match[0][1:]
