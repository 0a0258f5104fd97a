"""Our version of a file as its source can use it: on its newest text, without what is about us, with its own ids."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from kompetanse.content import edit
from kompetanse.content.adoption import NAMING_KEYS
from kompetanse.content.frontmatter import Source, divide, split
from kompetanse.content.keys import declared
from kompetanse.content.schema import KEYS
from kompetanse.errors import Problem
from kompetanse.sharing.merge import Merged, Refusal, Why, merge
from kompetanse.sharing.merge.keys import LOCAL, TOLD, keys_of
from kompetanse.sharing.merge.values import union
from kompetanse.sharing.merge.written import Entry

OUR_OWN = (LOCAL | TOLD) - {"id"}
"""Keys that a file which is new to the source leaves behind: they are about us."""

_MODEL = frozenset(name for keys in KEYS.values() for name in declared(keys))
_CUT = frozenset({"teaches", "prerequisites", "audience", "broader"})
"""Keys out of which a fork takes what stays with the source."""

_HERE = PurePosixPath("document.md")
_REFERENCE = re.compile(
    r"(?:^|\.)(?:competence|course|session|broader|translation_of|modules\[\d+\]|prerequisites\[\d+\]|audience\[\d+\])$"
)
_IN_TEXT = re.compile(r"(?<=\]\(id:)([a-z0-9][a-z0-9-]*)|(?<=--8<-- \")([a-z0-9][a-z0-9-]*)")


def returned(
    base: bytes | None, ours: bytes, newest: bytes | None, ids: Mapping[str, str], *, foreign: bool
) -> bytes | tuple[Why, ...]:
    """Return our version of a Markdown file as the source can take it.

    Args:
        base: The source's version that ours was made from; None when the file is ours.
        ours: Our version.
        newest: The source's newest version; None when it has none.
        ids: Ids of ours → ids of the source, where they differ.
        foreign: Whether the source is no region of ours; then the keys that we had to add stay with us.

    Returns:
        The text, or why it does not fit the newest text without a person's answer.
    """
    text = _decoded(ours)
    if text is None:
        return (Why.ENCODING,)
    if base is None or newest is None:
        return _written(mapped(_without(text, OUR_OWN), ids, frozenset()), ours)
    start, target = _decoded(base), _decoded(newest)
    if start is None or target is None:
        return (Why.ENCODING,)
    text = mapped(with_their_keys(text, start, target, foreign=foreign), ids, frozenset(_references(start)))
    found = merge(base, _written(text, newest), newest)
    if isinstance(found, Refusal):
        return (found.why,)
    return _whys(found) or (found.text or "").encode()


def _whys(found: Merged) -> tuple[Why, ...]:
    return tuple(dict.fromkeys(one.why for one in found.questions))


def _decoded(data: bytes) -> str | None:
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return None


def _written(text: str, like: bytes) -> bytes:
    """Return `text` with the row ends of the file it is to stand for."""
    crlf = like.count(b"\r\n") * 2 > like.count(b"\n")
    return (text.replace("\n", "\r\n") if crlf else text).encode()


# --- keys -----------------------------------------------------------------------------------------------------------


def with_their_keys(ours: str, base: str, newest: str, *, foreign: bool) -> str:
    """Return our text with the source's values, as they are now, of all keys that are about us."""
    found = [_entries(text) for text in (ours, base, newest)]
    mine, start, target = found
    if mine is None or start is None or target is None:
        return ours
    added = {one.name for one in mine} - {one.name for one in start}
    stay = LOCAL | TOLD | (added & (_MODEL if foreign else NAMING_KEYS)) | frozenset(_cut(mine, start))
    theirs = {one.name: one.text for one in target}
    rows = {one.name: one.text for one in mine if one.name not in stay or one.name in theirs}
    rows |= {name: text for name, text in theirs.items() if name in stay}
    names = union(*([one.name for one in side] for side in (start, mine, target)))
    head = "".join(rows[name] for name in names if name in rows)
    return edit.whole("\n" + head, _body(ours))


def _cut(mine: list[Entry], base: list[Entry]) -> Iterator[str]:
    """Yield the keys in which we have a part of what the source has and nothing else: that is no change to give back."""
    ours = {one.name: one.value for one in mine}
    for one in base:
        if one.name in _CUT:
            rest = ours.get(one.name, [])
            if isinstance(one.value, list) and isinstance(rest, list):
                if all(entry in one.value for entry in rest):
                    yield one.name
            elif one.name not in ours:
                yield one.name


def _without(text: str, keys: frozenset[str]) -> str:
    entries = _entries(text)
    if entries is None:
        return text
    return edit.whole("\n" + "".join(one.text for one in entries if one.name not in keys), _body(text))


def _entries(text: str) -> list[Entry] | None:
    found = divide(_HERE, text)
    return None if isinstance(found, Problem) else keys_of(found.raw.removeprefix("\n"))


def _body(text: str) -> str:
    found = divide(_HERE, text)
    return text if isinstance(found, Problem) else found.body


# --- ids ------------------------------------------------------------------------------------------------------------


def mapped(text: str, ids: Mapping[str, str], theirs: frozenset[str]) -> str:
    """Return `text` with ids of ours turned into the source's, but those that the source itself uses.

    Args:
        text: A Markdown file.
        ids: Ids of ours → ids of the source.
        theirs: Ids that the source's version refers to; there they mean what they mean in the source.
    """
    turned = {ours: given for ours, given in ids.items() if ours not in theirs}
    if not turned:
        return text
    found = split(_HERE, text)
    if isinstance(found, Problem):
        return text
    body = _IN_TEXT.sub(lambda match: turned.get(match[0], match[0]), found.body)
    values = {key: turned[value] for key, value in _keyed(found) if value in turned}
    return edit.whole(edit.with_values(found, values), body) if values else edit.whole(found.raw, body)


def _references(text: str) -> Iterator[str]:
    """Yield the ids that a text refers to."""
    found = split(_HERE, text)
    if not isinstance(found, Problem):
        yield from (value for _, value in _keyed(found))
        yield from (match[0] for match in _IN_TEXT.finditer(found.body))


def _keyed(source: Source) -> Iterator[tuple[str, str]]:
    return ((key, value) for key, value in _scalars(source.meta, "") if _REFERENCE.search(key))


def _scalars(value: Any, key: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, child in value.items():
            yield from _scalars(child, f"{key}.{name}" if key else name)
    elif isinstance(value, list):
        for place, child in enumerate(value):
            yield from _scalars(child, f"{key}[{place}]")
    elif isinstance(value, str):
        yield key, value
