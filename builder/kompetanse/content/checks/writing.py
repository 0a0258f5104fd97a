"""Is the text plain, orderly and free of what must not stand there?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from itertools import pairwise

from kompetanse.content.body import line_at, mask, without_quizzes
from kompetanse.content.frontmatter import Source
from kompetanse.errors import Problem, Severity
from kompetanse.model.quiz import questions

MAX_LIX = 55
"""Above this a text is very hard to read. Source: Björnsson, Läsbarhet, 1968."""

_MIN_WORDS = 80
_LONG = 6
_WORD = re.compile(r"[^\W\d_](?:[^\W_]|-(?=\w))*")
_SENTENCE_END = re.compile(r"[.!?:](?=\s|$)|\n\s*\n|\n(?=[ \t]*(?:[-*+#>|]|\d+\.))")
_NUMBER = re.compile(r"[0-9]{2}\.?[0-9]{2}\.?[0-9]{2}[ \u00a0.-]?[0-9]{5}(?![0-9])")
_DIGITS_ALIKE = bytes(ord("0") if chr(sign).isdigit() and sign < 128 else ord(" ") for sign in range(256))
_FIVE_DIGITS = b"00000"
"""What every such number holds; looked for first, since most texts have none and this is ten times as quick."""

_ACTIVE = re.compile(
    r"<(script|iframe|object|embed|form|style|link|meta|base|svg|math|template|applet|frame|frameset|noscript"
    r"|button|input|select|textarea|area|map|portal)\b",
    re.IGNORECASE,
)
_RUNS = r"on[a-z]+|formaction|action|srcdoc|xlink:href"
_ON = re.compile(rf"\b(?:{_RUNS})\s*=", re.IGNORECASE)
_HANDLER = rf"(?:[\s\"']/*|(?<=\w)/+)({_RUNS})\s*="
_HANDLERS = (
    re.compile(r"<[a-z][^>]{0,2000}?" + _HANDLER, re.IGNORECASE),
    re.compile(r"<[a-z](?:\"[^\"]{0,500}\"|'[^']{0,500}'|[^>\"']){0,500}?" + _HANDLER, re.IGNORECASE),
)
"""Tags with a handler, read as written and with `>` inside quotation marks; bounded, so that no text takes long."""

_LIST = re.compile(r"\{([^{}\n]*=[^{}\n]*)\}")
_QUOTED = re.compile(r"=\"[^\"]*\"|='[^']*'")
_KEY = re.compile(r"([^\s={}\"':]+)=")
_PLAIN_KEY = re.compile(
    r"(?:id|class|lang|alt|title|width|height|target|rel|start|linenums|hl_lines|data-[\w-]+)", re.IGNORECASE
)
_LIVE_KEY = re.compile(rf"(?:{_RUNS}|href|src|srcset|style|poster)", re.IGNORECASE)

_ENTITY = re.compile(r"&(?:#\w{1,12};?|\w{1,32};)")
_NOISE = r"[\x00-\x20\x7f]*"
_BEGINS = re.compile(rf"(?:\]\(|\]:|=[\"']?){_NOISE}<?{_NOISE}([jJvVdD&])")
_UNSAFE = re.compile(
    rf"(?:\]\(|\]:|=[\"']?){_NOISE}<?{_NOISE}("
    + "|".join(_NOISE.join(word) for word in ("javascript:", "vbscript:", "data:text/html"))
    + ")",
    re.IGNORECASE,
)
"""An address that runs, however it is dressed up: browsers skip control signs in it, and read entities first."""

_MARKUP = re.compile(r"\]\([^)\n]*\)|<[^<>]+>|^[ \t]*(?:!!!|\?\?\?)\+? *\w+|\{[^}\n]*\}", re.MULTILINE)


def check(source: Source) -> Iterator[Problem]:
    """Yield what is wrong with the words of one file; needs nothing but its text."""
    yield from _persons(source)
    yield from _active(source)
    yield from _addresses(source)
    yield from _headings(source)
    yield from _quizzes(source)
    yield from _reading(source)


def _persons(source: Source) -> Iterator[Problem]:
    for offset, text in ((0, source.raw), (source.body_line - 1, source.body)):
        if _FIVE_DIGITS not in text.encode().translate(_DIGITS_ALIKE):
            continue
        for match in _NUMBER.finditer(text):
            inside = text[match.start() - 1 : match.start()].isdigit()
            if not inside and is_national_identity_number("".join(filter(str.isdigit, match[0]))):
                line = offset + line_at(text, match.start()) + 1
                yield Problem(source.path, line, "", "identity-number", Severity.ERROR)


def has_national_identity_number(text: str) -> bool:
    """Tell whether one stands in `text`, written as people write it."""
    return any(
        is_national_identity_number("".join(filter(str.isdigit, match[0])))
        and not text[match.start() - 1 : match.start()].isdigit()
        for match in _NUMBER.finditer(text)
    )


def is_national_identity_number(digits: str) -> bool:
    """Tell whether 11 digits are a Norwegian national identity number, D number or synthetic test number.

    Both check digits must be right and the day must exist, so that case numbers pass.
    Source: Skatteetaten on the form of the number; D numbers add 40 to the day, synthetic ones 40 or 80 to the month.
    """
    numbers = [int(digit) for digit in digits]
    day, month = int(digits[:2]) % 40, int(digits[2:4]) % 40
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return False
    return _checks(numbers[:9], (3, 7, 6, 1, 8, 9, 4, 5, 2)) == numbers[9] and (
        _checks(numbers[:10], (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) == numbers[10]
    )


def _checks(numbers: list[int], weights: tuple[int, ...]) -> int:
    return -sum(number * weight for number, weight in zip(numbers, weights, strict=True)) % 11


def _active(source: Source) -> Iterator[Problem]:
    body = source.body
    found = {
        **(_tags(source.outline.live) if _may_run(body) else {}),
        **(_lists(source) if "{" in body else {}),
    }
    for start, name in sorted(found.items()):
        yield source.body_problem(line_at(body, start), "active-html", found=name.lower())


def _may_run(body: str) -> bool:
    """Tell whether a look at what is live is worth its time: most texts have no such tag, and no attribute at all."""
    return "<" in body and ("=" in body or _ACTIVE.search(body) is not None)


def _tags(live: str) -> dict[int, str]:
    patterns = (_ACTIVE, *_HANDLERS) if "=" in live and _ON.search(live) else (_ACTIVE,)
    return {match.start(1): match[1] for pattern in patterns for match in pattern.finditer(live)}


def _lists(source: Source) -> dict[int, str]:
    """Find attribute lists, such as `{ .wide onclick=… }`, that carry more than looks; in doubtful code, what runs."""
    if not _LIST.search(source.body):
        return {}
    visible = {start: key for start, key in _keys(source.outline.visible) if not _PLAIN_KEY.fullmatch(key)}
    return visible | {start: key for start, key in _keys(source.outline.live) if _LIVE_KEY.fullmatch(key)}


def _keys(text: str) -> Iterator[tuple[int, str]]:
    for match in _LIST.finditer(text):
        for key in _KEY.finditer(_QUOTED.sub(lambda quoted: "=" + " " * (len(quoted[0]) - 1), match[1])):
            yield match.start(1) + key.start(1), key[1]


def _addresses(source: Source) -> Iterator[Problem]:
    if not _BEGINS.search(source.body):
        return
    live = source.outline.live
    text = _ENTITY.sub(_meant, live) if "&" in live else live
    said = {line_at(live, link.start) for link in source.outline.links if _is_plainly_unsafe(link.target)}
    for match in _UNSAFE.finditer(text):
        line = line_at(text, match.start(1))
        if line not in said:
            yield source.body_problem(line, "unsafe-link", target="".join(match[1].split()).lower())


def _meant(match: re.Match[str]) -> str:
    """Return what an entity stands for, with a space for a new row, so that rows keep their numbers."""
    return unescape(match[0]).replace("\n", " ").replace("\r", " ")


def _is_plainly_unsafe(target: str) -> bool:
    """Tell whether the check of links says it."""
    return target.lower().startswith(("javascript:", "vbscript:", "data:"))


def _headings(source: Source) -> Iterator[Problem]:
    if "#" not in source.body or not _jumps(source.outline.levels):
        return
    before = 1
    for heading in source.outline.headings:
        if heading.level > before + 1:
            line = line_at(source.body, heading.start)
            values = {"text": heading.text, "level": str(heading.level), "before": str(before)}
            yield source.body_problem(line, "heading-jump", Severity.WARNING, **values)
        before = heading.level


def _jumps(levels: tuple[int, ...]) -> bool:
    return any(level > before + 1 for before, level in pairwise((1, *levels)))


def _quizzes(source: Source) -> Iterator[Problem]:
    body = source.body
    if "<quiz" not in body:
        return
    visible = source.outline.visible
    shown = [(match, question) for match, question in questions(body) if visible[match.start()] == "<"]
    if visible.count("<quiz") > len(shown):
        rest = without_quizzes(visible)
        if "<quiz" in rest:
            yield source.body_problem(line_at(rest, rest.index("<quiz")), "quiz-not-closed")
    seen: set[str] = set()
    for match, question in shown:
        if question.fault:
            yield source.body_problem(line_at(body, match.start()), question.fault)
        if question.id in seen:
            yield source.body_problem(line_at(body, match.start()), "duplicate-question", id=question.id)
        seen.add(question.id)


def _reading(source: Source) -> Iterator[Problem]:
    body = source.body
    if _is_surely_readable(body):
        return
    score = lix(body)
    if score is not None and score > MAX_LIX:
        line = line_at(body, len(body) - len(body.lstrip()))
        yield source.body_problem(
            line, "hard-to-read", Severity.WARNING, score=str(score), limit=str(MAX_LIX)
        )


def _is_surely_readable(body: str) -> bool:
    """Tell whether even the fewest sentences a body can have keep it under the limit; cheap, for most files."""
    words = body.split()
    sentences = body.count(". ") + body.count(".\n") + body.count("? ") + body.count("?\n")
    if len(words) < _MIN_WORDS or not sentences:
        return len(words) < _MIN_WORDS
    long = sum(map(_LONG.__lt__, map(len, words)))
    return len(words) / sentences + 100 * long / len(words) <= MAX_LIX


def lix(body: str) -> int | None:
    """Return the readability index of a body, or None for one too short to judge.

    Words a sentence plus the share of words longer than six letters in per cent. A heading, a list item and a
    paragraph end a sentence too. Source: Björnsson, Läsbarhet, 1968.
    """
    text = _MARKUP.sub(" ", without_quizzes(mask(body)))
    words = _WORD.findall(text)
    if len(words) < _MIN_WORDS:
        return None
    sentences = sum(1 for part in _SENTENCE_END.split(text) if _WORD.search(part))
    long = sum(len(word) > _LONG for word in words)
    return round(len(words) / max(sentences, 1) + 100 * long / len(words))
