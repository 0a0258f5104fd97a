"""Merge one passage that both changed: by sentence, then by word, and never where that could change what is true.

The guards are what thousands of real merges taught: where both changed a number, a date, an address or a negation, where one side
rewrote or deleted the passage, in code, and in questions with right answers, a person must look.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kompetanse.sharing.merge.beside import LIKENESS, LONGEST, TOKEN, beside, likeness
from kompetanse.sharing.merge.parts import Why
from kompetanse.sharing.merge.sequences import Kind, Stretch, stretches

WORDS_IN_STEP = 3
"""So many tokens in a row must agree before we believe that the three are in step."""

_SENTENCE = re.compile(r"[^.!?:\n]*(?:[.!?:]+[ \t]*|\n+|$)")
_WORD = re.compile(r"\w+")
_FACT = re.compile(
    r"https?://[^\s)>\"']+"
    r"|(?<=\]\()[^)\s]+"
    r"|(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]+"
    r"|\d+(?:[.,:/-]\d+)*"
    r"|\b(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
    r"|january|february|june|july|october|december|(?-i:March|May)"
    r"|mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag|måndag|tysdag|laurdag|sundag"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    r"|ikke|ikkje|aldri|ingen|inga|intet|uten|utan|unntatt|unnateke|verken|not|never|no|none|nor|without|except|cannot)\b"
    r"|n['’]t\b",
    re.IGNORECASE,
)
"""Numbers, dates, addresses and negations."""
ANSWER = re.compile(r"^[ \t>]*[-*+] \[[ xX]\]|<quiz\b", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Settled:
    """What was made of a passage, and how: `space`, `sentence` or `word`."""

    text: str
    how: str


def settle(base: str, ours: str, theirs: str) -> Settled | Why:
    """Merge a passage that is neither code nor the same in two of the three; or say why a person must choose."""
    z, o, t = (_flat(text) for text in (base, ours, theirs))
    if z in (o, t) or o == t:
        return Settled(_spaced(base, ours, theirs, o if z == t else t), "space")
    return _refusal(base, ours, theirs) or _checked(_refined(base, ours, theirs), base, ours, theirs)


def _checked(found: Settled | Why, base: str, ours: str, theirs: str) -> Settled | Why:
    """Return what was found, unless both put in the same fact and it came to stand twice."""
    if isinstance(found, Settled) and both_changed_facts(base, ours, theirs, found.text):
        return Why.FACTS
    return found


def merged_words(base: str, ours: str, theirs: str) -> str | Why:
    """Merge a text of one line by its words."""
    found = _refusal(base, ours, theirs) or _checked(_by_words(base, ours, theirs), base, ours, theirs)
    return found if isinstance(found, Why) else found.text


def _flat(text: str) -> str:
    return " ".join(text.split())


def _spaced(base: str, ours: str, theirs: str, wanted: str) -> str:
    """Return the words of `wanted`, with the white space of both sides where it can be had: two spaces at a row's end break it."""
    if len(base) + len(ours) + len(theirs) <= LONGEST:
        found = _in_step(TOKEN.findall, base, ours, theirs, bool)
        if found is not None and _flat(found) == wanted:
            return found
    return ours if _flat(ours) == wanted else theirs


def _refusal(base: str, ours: str, theirs: str) -> Why | None:
    if not base.strip():
        return Why.BOTH_INSERTED
    if not ours.strip() or not theirs.strip():
        return Why.DELETED_AND_CHANGED
    if len(base) + len(ours) + len(theirs) > LONGEST:
        return Why.TOO_LONG
    if any(ANSWER.search(text) for text in (base, ours, theirs)):
        return Why.ANSWERS
    return Why.FACTS if both_changed_facts(base, ours, theirs) else None


def both_changed_facts(base: str, ours: str, theirs: str, merged: str | None = None) -> bool:
    """Tell whether each changed a number, date, address or negation, and not in the same way.

    Two that put the same word in two places have not done the same: that shows when the merged text is known.
    """
    z, o, t = (_facts(text) for text in (base, ours, theirs))
    if z in (o, t):
        return False
    return o != t or (merged is not None and _facts(merged) != o)


def _facts(text: str) -> Counter[str]:
    return Counter(found.lower() for found in _FACT.findall(text))


def _refined(base: str, ours: str, theirs: str) -> Settled | Why:
    text = _by_sentences(base, ours, theirs)
    return Settled(text, "sentence") if text is not None else _by_words(base, ours, theirs)


def _by_sentences(base: str, ours: str, theirs: str) -> str | None:
    pieces = [[piece for piece in _SENTENCE.findall(text) if piece] for text in (base, ours, theirs)]
    return _written(beside(pieces[0], pieces[1], pieces[2], _enough_words))


def _by_words(base: str, ours: str, theirs: str) -> Settled | Why:
    if min(likeness(base, side) for side in (ours, theirs)) < LIKENESS:
        return Why.REWRITTEN
    text = _in_step(TOKEN.findall, base, ours, theirs, _enough_tokens)
    return Why.SAME_WORDS if text is None else Settled(text, "word")


def _enough_words(run: Sequence[str]) -> bool:
    return len(_WORD.findall("".join(run))) >= WORDS_IN_STEP


def _enough_tokens(run: Sequence[str]) -> bool:
    return len(run) >= WORDS_IN_STEP


def _in_step(
    cut: Callable[[str], list[str]],
    base: str,
    ours: str,
    theirs: str,
    enough: Callable[[Sequence[str]], bool],
) -> str | None:
    """Return the merge of the pieces; None when both changed one of them."""
    pieces = [[piece for piece in cut(text) if piece] for text in (base, ours, theirs)]
    return _written(stretches(pieces[0], pieces[1], pieces[2], enough))


def _written(found: Iterable[Stretch]) -> str | None:
    """Return what came of it; None when there is a conflict."""
    written: list[str] = []
    for stretch in found:
        if stretch.kind is Kind.CONFLICT:
            return None
        written += stretch.merged
    return "".join(written)
