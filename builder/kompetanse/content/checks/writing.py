"""Is the text plain, orderly and free of what must not stand there?"""

from __future__ import annotations

import re
from collections.abc import Iterator
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
_NUMBER = re.compile(r"[0-9]{6}[ \u00a0-]?[0-9]{5}(?![0-9])")
_DIGITS_ALIKE = bytes(ord("0") if chr(sign).isdigit() and sign < 128 else ord(" ") for sign in range(256))
_FIVE_DIGITS = b"00000"
"""What every such number holds; looked for first, since most texts have none and this is ten times as quick."""

_ACTIVE = re.compile(r"<(script|iframe|object|embed|form|style|link|meta|base)\b", re.IGNORECASE)
_ON = re.compile(r"\bon[a-z]+\s*=", re.IGNORECASE)
_HANDLER = r"(?:[\s\"']/*|(?<=\w)/+)(on[a-z]+)\s*="
_HANDLERS = (
    re.compile(r"<[a-z][^>]{0,2000}?" + _HANDLER, re.IGNORECASE),
    re.compile(r"<[a-z](?:\"[^\"]{0,500}\"|'[^']{0,500}'|[^>\"']){0,500}?" + _HANDLER, re.IGNORECASE),
)
"""Tags with a handler, read as written and with `>` inside quotation marks; bounded, so that no text takes long."""

_MARKUP = re.compile(r"\]\([^)\n]*\)|<[^<>]+>|^[ \t]*(?:!!!|\?\?\?)\+? *\w+|\{[^}\n]*\}", re.MULTILINE)


def check(source: Source) -> Iterator[Problem]:
    """Yield what is wrong with the words of one file; needs nothing but its text."""
    yield from _persons(source)
    yield from _active(source)
    yield from _headings(source)
    yield from _quizzes(source)
    yield from _reading(source)


def _persons(source: Source) -> Iterator[Problem]:
    for offset, text in ((0, source.raw), (source.body_line - 1, source.body)):
        if _FIVE_DIGITS not in text.encode().translate(_DIGITS_ALIKE):
            continue
        for match in _NUMBER.finditer(text):
            inside = text[match.start() - 1 : match.start()].isdigit()
            if not inside and is_national_identity_number(match[0][:6] + match[0][-5:]):
                line = offset + line_at(text, match.start()) + 1
                yield Problem(source.path, line, "", "identity-number", Severity.ERROR)


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
    if "<" not in source.body:
        return
    visible = source.outline.visible
    patterns = (_ACTIVE, *_HANDLERS) if "=" in visible and _ON.search(visible) else (_ACTIVE,)
    found = {match.start(1): match[1] for pattern in patterns for match in pattern.finditer(visible)}
    for start, name in sorted(found.items()):
        yield source.body_problem(line_at(visible, start), "active-html", found=name.lower())


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
