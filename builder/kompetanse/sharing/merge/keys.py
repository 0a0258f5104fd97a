"""Merge front matter, or a YAML file, by key: each value as the one who changed it wrote it, with its comments and quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kompetanse.sharing.merge import written
from kompetanse.sharing.merge.compose import composed
from kompetanse.sharing.merge.parts import Kept, Notice, Part, Question, Review, Where, Why
from kompetanse.sharing.merge.values import MISSING, Missing, Undecided, merge_value, union
from kompetanse.sharing.merge.written import Entry

LOCAL = frozenset({"id", "owner", "status", "redirect_from", "reviewed", "review_every"})
"""Keys that are about us: ours stay, whatever the source does."""
TOLD = frozenset({"licence"})
"""Keys that ours keep, where a change at the source is told: terms are accepted by a person."""

keys_of = written.read

_WORD = re.compile(r"\w+")


def merge_keys(
    base: Sequence[Entry], ours: Sequence[Entry], theirs: Sequence[Entry], notices: list[Notice]
) -> Iterator[Part]:
    """Yield the parts of the front matter, in order; what is told of the source is put into `notices`."""
    z, o, t = ({entry.name: entry for entry in side} for side in (base, ours, theirs))
    for key in union(list(z), list(o), list(t)):
        sides = (z.get(key), o.get(key), t.get(key))
        if key in LOCAL or key in TOLD:
            notices.extend(_told(key, *sides))
            yield Kept(sides[1].text if sides[1] else "")
        else:
            yield _part(key, *sides)


def _told(key: str, base: Entry | None, ours: Entry | None, theirs: Entry | None) -> Iterator[Notice]:
    was, here, now = (str(one.value) if one else "" for one in (base, ours, theirs))
    if now not in (was, here) and (key in TOLD or (key == "status" and now == "retired")):
        yield Notice(key, was, now)


def _part(key: str, base: Entry | None, ours: Entry | None, theirs: Entry | None) -> Part:
    z, o, t = (one.text if one else "" for one in (base, ours, theirs))
    if o == t or t == z:
        return Kept(o)
    if o == z:
        return Kept(t)
    try:
        value = merge_value(*(one.value if one else MISSING for one in (base, ours, theirs)))
        text = "" if isinstance(value, Missing) else composed(value, base, ours, theirs)
    except Undecided as undecided:
        return Question(Where.KEYS, key, z, o, t, undecided.why)
    if _loses_words(z, o, t, text):
        return Question(Where.KEYS, key, z, o, t, Why.SAME_KEY if text else Why.DELETED_AND_CHANGED)
    return Kept(text) if text in (o, t) else Review(Where.KEYS, key, "value", z, o, t, text)


def _loses_words(base: str, ours: str, theirs: str, text: str) -> bool:
    """Tell whether something that one of them added is not in `text`: a comment on what the other deleted."""
    z, o, t, found = (set(_WORD.findall(one)) for one in (base, ours, theirs, text))
    return not (o | t) - z <= found
